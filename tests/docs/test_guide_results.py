"""What the guide shows of its four communes is what comes out of its rule file and its table."""

from __future__ import annotations

import re

from pages import DOCS, fences, read_page
from running import read
from thangdiem.dsl.library import ScaleRules
from thangdiem.dsl.numerals import write_number
from thangdiem.engine import evaluate_all

GUIDE = DOCS / "huong-dan" / "tu-quyet-dinh-den-ket-qua.md"


def communes() -> list[dict[str, str]]:
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in read_page(GUIDE).splitlines()
        if line[:1] == "|"
    ]
    head, _, *units = rows
    return [dict(zip(head, row, strict=True)) for row in units]


def test_the_results_shown_are_those_of_the_rules_and_the_data_shown() -> None:
    book, _ = read(fences(GUIDE, "rubric")[0].text)
    assert book is not None
    results = evaluate_all(ScaleRules(book, book.scales[0]), communes())
    shown = next(fence.text for fence in fences(GUIDE, "text") if "Tổng điểm" in fence.text)
    told = dict(re.findall(r"^(Xã .+?) {2,}(.+)$", shown, re.MULTILINE))
    for unit in results.units:
        if unit.total is None:
            assert f"{unit.unit}: bị từ chối" in shown
            assert all(gap in shown for gap in unit.gaps)
        else:
            figures = told[unit.unit].split()
            assert [figures[0], *figures[-2:]] == [write_number(unit.total, "vi"), unit.grade, str(unit.rank)]
    assert len(results.units) == 4
