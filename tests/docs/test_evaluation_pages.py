"""A scale without units is warned of, whoever evaluates it."""

from __future__ import annotations

from running import read
from thangdiem.dsl.library import ScaleRules
from thangdiem.engine.evaluator import evaluate_all


def test_a_scale_without_units_is_warned_of() -> None:
    book, _ = read('Bộ tiêu chí "A"\nThang điểm a "A": 10 điểm\n  Chỉ số 1 "Một": 10 điểm\n')
    assert book is not None
    found = evaluate_all(ScaleRules(book, book.scales[0]), [])
    assert [each.code for each in found.diagnostics] == ["TD530"]
