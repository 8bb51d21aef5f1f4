"""``thangdiem demo``: the whole job on what ships; in English it is the installed wheel that runs it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from thangdiem.app.cli import program

Run = Callable[..., Any]


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> tuple[Result, Path]:
    """The demo in Vietnamese, and the folder it wrote to, which is not to be changed."""
    out = tmp_path_factory.mktemp("demo") / "kết quả"
    return CliRunner().invoke(program, ["--lang", "vi", "demo", "-o", str(out)]), out


def test_the_demo_shows_ranking_refusals_and_what_to_do_next(shown: tuple[Result, Path]) -> None:
    ended, out = shown
    assert (ended.exit_code, ended.stderr) == (0, "")
    assert "Sở A (minh họa)" in ended.stdout
    assert "Chi cục U (minh họa): bị từ chối" in ended.stdout
    assert "Huyện A (minh họa)" in ended.stdout
    assert "Làm gì tiếp theo" in ended.stdout
    assert "khoản 6 Điều 1 Quyết định 01/MINH-HOA: đổi điểm 7 đơn vị, đổi loại 1, đổi hạng 4" in ended.stdout
    assert "được sửa đổi bởi" in (out / "van-ban-hop-nhat.html").read_text("utf-8").lower()
    assert "Sở E" in (out / "tac-dong.html").read_text("utf-8")
    pages = sorted(path.name for path in (out / "giai-trinh").iterdir())
    assert len(pages) == 28
    assert "so-a-minh-hoa.html" in pages
    assert "Sở A" in (out / "bang-xep-hang.html").read_text("utf-8")


def test_the_commands_it_names_work_and_show_an_edit(run: Run, shown: tuple[Result, Path], tmp_path: Path) -> None:
    shutil.copytree(shown[1], tmp_path, dirs_exist_ok=True)
    folder = tmp_path / "quy-tac" / "minh-hoa"
    rules = folder / "minh-hoa.rubric"
    text = rules.read_text("utf-8")
    edited = text.replace("từ 220 điểm trở lên", "từ 225 điểm trở lên").replace(
        "đến dưới 220 điểm", "đến dưới 225 điểm"
    )
    rules.write_text(edited, "utf-8")
    line = ("score", folder, folder / "so-lieu-so-nganh.csv", "--scale", "cap-tinh", "--period", "2022")
    rows = {row[:15].strip(): row for row in run(*line).out.splitlines()}
    assert "tốt" in rows["Sở D (minh họa)"]
    again = run("demo", "-o", tmp_path)
    assert f"Tệp {rules} đã được sửa" in again.out
    assert rules.read_text("utf-8") == edited


def test_a_folder_that_cannot_be_made_ends_in_73(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert run("demo", "-o", tmp_path / "file" / "x").code == 73
