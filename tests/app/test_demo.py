"""``thangdiem demo``: the whole job, in either language, on what ships."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., Any]


def test_the_demo_shows_ranking_refusals_and_what_to_do_next(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "kết quả"
    ended = run("demo", "-o", out)
    assert (ended.code, ended.err) == (0, "")
    assert "Sở A (minh họa)" in ended.out
    assert "Chi cục U (minh họa): bị từ chối" in ended.out
    assert "Huyện A (minh họa)" in ended.out
    assert "Làm gì tiếp theo" in ended.out
    assert "khoản 6 Điều 1 Quyết định 01/MINH-HOA: đổi điểm 7 đơn vị, đổi loại 1, đổi hạng 4" in ended.out
    assert "được sửa đổi bởi" in (out / "van-ban-hop-nhat.html").read_text("utf-8").lower()
    assert "Sở E" in (out / "tac-dong.html").read_text("utf-8")
    pages = sorted(path.name for path in (out / "giai-trinh").iterdir())
    assert len(pages) == 28
    assert "so-a-minh-hoa.html" in pages
    assert "Sở A" in (out / "bang-xep-hang.html").read_text("utf-8")


def test_the_commands_it_names_work_and_show_an_edit(run: Run, tmp_path: Path) -> None:
    run("demo", "-o", tmp_path)
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


def test_the_demo_in_english(run: Run, tmp_path: Path) -> None:
    ended = run("demo", "--lang", "en", "-o", tmp_path)
    assert ended.code == 0
    assert "What to do next" in ended.out
    assert "refused" in ended.out


def test_a_folder_that_cannot_be_made_ends_in_73(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert run("demo", "-o", tmp_path / "file" / "x").code == 73
