"""The account of an explanation as it is printed: a clerk with a pocket calculator comes to the total, line by line."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from drawing import few
from explained import Calculator, recomputed
from generated import rule_files, units
from generated.data import PERIOD
from shipped_scales import scales_of
from thangdiem.engine import UnitResult, evaluate, explain
from thangdiem.engine.binding.mapping import Given
from thangdiem.engine.strategies import unit_data

_SUMS = ("Cộng", "Tổng điểm")


def account(result: UnitResult) -> list[tuple[str, str, str]]:
    """What each line of the printed account enters, its points, and the balance behind it."""
    lines = [line for line in explain(result).to_markdown().split("\n") if line.startswith("| ")]
    rows = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[1:]]
    return [(label, points, balance) for label, points, _, balance in rows if balance]


def follow(result: UnitResult) -> int:
    """How many lines could be followed exactly; AssertionError where one does not lead to the next."""
    before, followed = Fraction(0), 0
    rows = account(result)
    if any("≈" in points + balance for _, points, balance in rows):
        return 0  # shown to six digits only
    for label, points, balance in rows:
        after = Calculator(balance).value()
        if label in _SUMS:
            assert after == Calculator(points).value() == before
        elif not points:
            assert recomputed(label.split(": ")[-1])[-1] == (after, after), label
        elif points[0].isdigit() or points[0] in "+−":
            assert before + Calculator(points.split(" = ")[-1].removeprefix("+")).value() == after, label
        else:
            assert before == after, label  # not applicable
        before, followed = after, followed + 1
    if rows and rows[-1][0] in _SUMS:
        assert before == result.total
    return followed


def test_the_printed_account_leads_to_the_total() -> None:
    followed = []

    @few(5)
    @given(st.data())
    def law(data: st.DataObject) -> None:
        file = data.draw(rule_files(scales=1, indicators=3, components=3))
        followed.append(follow(evaluate(file.rules(), data.draw(units(file)), period=PERIOD)))

    law()
    assert sum(followed) > 3 * len(followed) / 2


def test_the_printed_account_of_the_illustration_leads_to_the_total() -> None:
    followed = []
    for rules in scales_of("minh-hoa"):

        @few(3)
        @given(unit_data(rules, period=PERIOD))
        def law(unit: dict[str, Given]) -> None:
            followed.append(follow(evaluate(rules, unit, period=PERIOD)))  # noqa: B023 - called at once

        law()
    assert max(followed) > 20
