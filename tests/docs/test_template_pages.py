"""Every page about templates shows one that is told its code, and one that lays out an explanation."""

from __future__ import annotations

from pathlib import Path

import pytest

from explained import scored
from pages import DOCS, fences
from thangdiem.engine.explanation import explain
from thangdiem.engine.rendering import Renderer

PAGES = sorted((DOCS / "diagnostics").glob("TD58*.md"))
RULES = """Bộ tiêu chí "Ví dụ"

Thang điểm a "A": 10 điểm
  Chỉ số 1 "Một": 10 điểm

Ví dụ "Sở A"
  1 = 5
"""
OF_BYTES = {"TD584": b"-" * 1_000_000, "TD586": "Điểm".encode("utf-16")}
"""Wrong files that a page can only tell of."""


def laid_out(folder: Path, template: bytes) -> tuple[str | None, set[str]]:
    folder.mkdir()
    (folder / "explanation.html").write_bytes(template)
    (folder / "dau-trang.html").write_text("<h1>Sở A</h1>", encoding="utf-8")
    results = scored(RULES)
    text, found = Renderer(folder).explanation(explain(results, results.units[0], "vi"))
    return text, {each.code for each in found}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_wrong_template_is_told_it_and_the_right_one_lays_out(page: Path, tmp_path: Path) -> None:
    shown = [fence.text.encode() for fence in fences(page, "jinja")]
    wrong = OF_BYTES.get(page.stem) or shown[0]
    assert laid_out(tmp_path / "wrong", wrong) == (None, {page.stem})
    text, codes = laid_out(tmp_path / "right", shown[-1])
    assert text is not None
    assert codes == set()
