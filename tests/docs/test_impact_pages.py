"""Every page about a comparison of two versions shows a run that is told its code, and one that is not."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from pages import DOCS, fences, read_page
from thangdiem.app.cli import program

PAGES = sorted((DOCS / "diagnostics").glob("TD55*.md"))
PROGRAM = "$ thangdiem "
SCALE = """
Thang điểm {scale} "Đánh giá": 10 điểm
  Áp dụng cho: "{scale}"
  Chỉ số 1 "Hồ sơ": 10 điểm
    Theo [Số hồ sơ]:
      - từ {full} trở lên: 10 điểm
      - còn lại: 4 điểm
"""
DOCUMENT = "Quyết định {number}/QĐ-UBND\n  Hiệu lực: {force}\n"
FIRST = DOCUMENT.format(number=7, force="từ 01/01/2023 đến hết 31/12/2023")
SECOND = DOCUMENT.format(number=9, force="từ 01/01/2024")
DESK = {
    "rules/phong/2023.rubric": FIRST + SCALE.format(scale="phòng", full=100),
    "rules/phong/2024.rubric": SECOND + SCALE.format(scale="phòng", full=150),
    "xa.rubric": SECOND + SCALE.format(scale="xã", full=100),
    "phong-va-xa.rubric": FIRST + SCALE.format(scale="phòng", full=100) + SCALE.format(scale="xã", full=100),
    "so-lieu.csv": "Đơn vị;[Số hồ sơ]\nPhòng A;120\nPhòng B;160\n",
    "so-lieu-ca-xa.csv": "Đơn vị;Loại đơn vị;[Số hồ sơ]\nPhòng A;phòng;120\n",
}


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in DESK.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)


def told(text: str) -> list[str]:
    """What each command shown on a part of a page says besides its results; each must not end as a bug of ours."""
    runs = [
        CliRunner().invoke(program, shlex.split(line.removeprefix(PROGRAM)))
        for line in text.splitlines()
        if line.startswith(PROGRAM)
    ]
    assert [run.exit_code for run in runs if run.exit_code not in (0, 1, 2)] == []
    return [run.stderr for run in runs]


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_wrong_command_is_told_it_and_the_right_one_is_not(page: Path) -> None:
    wrong, right = read_page(page).split("## Đúng / Right")
    assert all(page.stem in said for said in told(wrong))
    assert told(wrong)
    assert not any("lỗi" in said or page.stem in said for said in told(right))
    assert told(right)
    assert len(fences(page, "console")) == 2
