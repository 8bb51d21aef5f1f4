"""Every page about a finding of evaluation shows a unit that meets it, and the rule or the data that avoid it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pages import DOCS, fences
from running import differences, errors, read, results
from thangdiem.dsl.library import ScaleRules
from thangdiem.engine.evaluator import evaluate_all

BY_DATA = ("TD516",)
"""Findings that an example cannot have: they are about a column of a data file (tests/security/test_population.py)."""

BY_RUN = ("TD519", "TD523", "TD524", "TD525")
"""Findings of runs with several versions or readings (tests/app/test_transitions.py, tests/app/test_readings.py)."""

PAGES = sorted(page for page in (DOCS / "diagnostics").glob("TD5[0-2]*.md") if page.stem not in BY_DATA + BY_RUN)


def told(text: str) -> set[str]:
    book, _ = read(text)
    assert book is not None
    return {finding.code for _, found in results(book) for unit in found.units for finding in unit.diagnostics}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_unit_of_the_wrong_file_meets_it_and_that_of_the_right_file_does_not(page: Path) -> None:
    wrong, right = (fence.text for fence in fences(page, "rubric"))
    assert page.stem in told(wrong)
    assert page.stem not in told(right)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_examples_of_both_files_hold_and_the_right_one_has_no_error(page: Path) -> None:
    for fence in fences(page, "rubric"):
        book, _ = read(fence.text)
        assert book is not None
        assert differences(book) == []
    assert errors(read(fences(page, "rubric")[1].text)[1]) == []


def test_a_scale_without_units_is_warned_of() -> None:
    book, _ = read('Bộ tiêu chí "A"\nThang điểm a "A": 10 điểm\n  Chỉ số 1 "Một": 10 điểm\n')
    assert book is not None
    found = evaluate_all(ScaleRules(book, book.scales[0]), [])
    assert [each.code for each in found.diagnostics] == ["TD530"]
