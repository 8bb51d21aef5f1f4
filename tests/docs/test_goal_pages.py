"""Every page about goals shows a run that is told its code, and one that is not."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from pages import DOCS, fences
from thangdiem.app.cli import program

PAGES = sorted((DOCS / "diagnostics").glob("TD54*.md"))
PROGRAM = "$ thangdiem "
SCALE = """Bộ tiêu chí "Ví dụ"

Thang điểm a "A": 20 điểm
  Chỉ số 1 "Một": 10 điểm
  Chỉ số 2 "Hai": 10 điểm
    Điểm = [Số hồ sơ] * 1 điểm, không quá 10 điểm
"""
GRADES = "  Xếp loại\n    Loại tốt: từ 12 điểm trở lên.\n    Loại khá: dưới 12 điểm.\n"
DESK = {
    "rules/vi-du/a.rubric": SCALE + GRADES,
    "rules/khong-xep-loai/a.rubric": SCALE,
    "so-lieu.csv": "Đơn vị;1;[Số hồ sơ]\nSở Tư pháp;5;6\nSở Nội vụ;;6\n",
}


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder in which the runs of the pages take place."""
    for name, text in DESK.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)


def told(line: str) -> str:
    assert line.startswith(PROGRAM)
    return CliRunner().invoke(program, shlex.split(line.removeprefix(PROGRAM))).stderr


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_wrong_run_is_told_so_and_the_right_one_is_not(page: Path) -> None:
    wrong, right = (fence.text.strip() for fence in fences(page, "console"))
    assert page.stem in told(wrong)
    assert page.stem not in told(right)
