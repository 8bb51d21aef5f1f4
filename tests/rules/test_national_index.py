"""The national index: three decisions, each of which replaces the one before; a day or a period takes the right one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from thangdiem.app.rule_sets import rule_set
from thangdiem.dsl.diagnostic import Severity
from thangdiem.dsl.library import RuleSet, RuleSetError, load

FOLDER = Path(__file__).parents[2] / "rules" / "dti"


@pytest.fixture(scope="module")
def rules() -> RuleSet:
    return load(FOLDER)


@pytest.mark.parametrize(
    ("year", "number"),
    [
        (2020, "1726/QĐ-BTTTT"),
        (2021, "1726/QĐ-BTTTT"),
        (2022, "922/QĐ-BTTTT"),
        (2024, "922/QĐ-BTTTT"),
        (2025, "405/QĐ-BKHCN"),
        (2026, "405/QĐ-BKHCN"),
    ],
)
def test_a_period_takes_the_decision_of_its_year_and_says_so(rules: RuleSet, year: int, number: str) -> None:
    version = rules.for_period(year)
    assert version.book.document.number == number
    assert number in version.why.message("vi")
    assert str(year) in version.why.message("vi")


@pytest.mark.parametrize(
    ("day", "number"),
    [
        ("12/10/2020", "1726/QĐ-BTTTT"),
        ("19/05/2022", "1726/QĐ-BTTTT"),
        ("20/05/2022", "922/QĐ-BTTTT"),
        ("02/04/2025", "922/QĐ-BTTTT"),
        ("03/04/2025", "405/QĐ-BKHCN"),
    ],
)
def test_a_day_takes_the_decision_in_force(rules: RuleSet, day: str, number: str) -> None:
    assert rules.on(day).book.document.number == number


@pytest.mark.parametrize("ask", [lambda rules: rules.for_period(2019), lambda rules: rules.on("11/10/2020")])
def test_before_the_first_there_is_none(rules: RuleSet, ask: Callable[[RuleSet], object]) -> None:
    with pytest.raises(RuleSetError, match="1726/QĐ-BTTTT"):
        ask(rules)


def test_what_is_not_transcribed_is_warned_of_and_nothing_else(rules: RuleSet) -> None:
    found = [each for each in rules.diagnostics if each.severity is not Severity.HINT]
    assert {each.code for each in found} == {"TD303"}
    assert [each.message("vi").split(",")[0] for each in found] == [
        f"Thang điểm ghi gồm {count} chỉ số thành phần" for count in (108, 47, 98)
    ]


def test_the_folder_is_found_by_the_number_of_each_decision() -> None:
    for number in ("1726/QĐ-BTTTT", "922/QĐ-BTTTT", "405/QĐ-BKHCN"):
        assert len(rule_set(number).documents) == 3
