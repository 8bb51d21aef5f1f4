"""What a program gives and asks for: facts instead of cells, items by code, explanations of results of its own."""

from __future__ import annotations

from fractions import Fraction

import pytest
from attrs import evolve

from running import read
from thangdiem.dsl.library import ScaleRules
from thangdiem.dsl.rulebook import State
from thangdiem.engine import UnitFacts, UnitResult, evaluate, evaluate_all, explain
from thangdiem.engine.facts import Fact


@pytest.fixture
def result() -> UnitResult:
    book, _ = read('Bộ tiêu chí "Thử"\n\nThang điểm a "Thử": 10 điểm\n  Chỉ số 1 "Một": 10 điểm\n')
    assert book is not None
    facts = UnitFacts("A", "a", {}, {"1": Fact(State.VALUE, Fraction(7))})
    return evaluate(ScaleRules(book, book.scales[0]), facts)


def test_facts_are_scored_as_they_are(result: UnitResult) -> None:
    assert (result.unit, result.total, result.item("1").score) == ("A", 7, 7)


def test_an_item_that_the_scale_has_not_is_a_mistake_of_the_program(result: UnitResult) -> None:
    with pytest.raises(KeyError):
        result.item("2")


def test_a_result_that_does_not_know_its_rules_cannot_be_explained(result: UnitResult) -> None:
    assert "7" in explain(result).to_text()
    with pytest.raises(ValueError, match="not made by evaluate"):
        explain(evolve(result, rules=None))


def test_a_result_explained_among_others_names_its_neighbours() -> None:
    book, _ = read(
        'Bộ tiêu chí "Thử"\n\nThang điểm a "Thử": 10 điểm\n  Chỉ số 1 "Một": 10 điểm\n  Xếp hạng theo tổng điểm\n'
    )
    assert book is not None
    rules = ScaleRules(book, book.scales[0])
    results = evaluate_all(rules, [{"Đơn vị": "Sở A", "1": 7}, {"Đơn vị": "Sở B", "1": 7}])
    assert "Sở B" in explain(results.units[0], results=results).to_text()
    assert "Sở B" not in explain(results.units[0]).to_text()
