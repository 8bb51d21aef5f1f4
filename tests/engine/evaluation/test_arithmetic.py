"""Operations on values that are there: what is a number, and where numbers end."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from thangdiem.dsl.enclosure import MAX_PRECISION, Enclosure, Real, TooLargeError
from thangdiem.dsl.rulebook import Operator
from thangdiem.dsl.transcendental import UndecidableError
from thangdiem.engine.evaluation.arithmetic import NotANumberError, calculate
from thangdiem.engine.trace import Value
from thangdiem.engine.unrounded import Unrounded, compare, told

DAY = date(2024, 3, 1)
LARGEST = 2**13_000 - 1


def test_two_days_are_apart_by_a_number_of_days() -> None:
    assert calculate(Operator.SUBTRACT, DAY, date(2024, 2, 1)) == 29


@pytest.mark.parametrize(
    ("operator", "left", "right"),
    [
        (Operator.SUBTRACT, DAY, Fraction(1)),
        (Operator.SUBTRACT, Fraction(1), DAY),
        (Operator.ADD, DAY, DAY),
        (Operator.ADD, Fraction(1), "1"),
        (Operator.MULTIPLY, True, Fraction(1)),
    ],
)
def test_nothing_else_is_computed_with_what_is_no_number(operator: Operator, left: Value, right: Value) -> None:
    with pytest.raises(NotANumberError):
        calculate(operator, left, right)


@pytest.mark.parametrize("sign", [1, -1])
def test_numbers_grow_to_a_size_and_no_further(sign: int) -> None:
    most, least = Fraction(sign * LARGEST), Fraction(sign, LARGEST)
    assert calculate(Operator.MULTIPLY, most, Fraction(1)) == most
    assert calculate(Operator.DIVIDE, Fraction(sign), Fraction(LARGEST)) == least
    for operator, left, right in (
        (Operator.ADD, most, Fraction(sign)),
        (Operator.SUBTRACT, most, Fraction(-sign)),
        (Operator.MULTIPLY, most, Fraction(2)),
        (Operator.DIVIDE, Fraction(sign), Fraction(LARGEST + 1)),
    ):
        with pytest.raises(TooLargeError):
            calculate(operator, left, right)


def test_what_may_be_nothing_is_neither_more_nor_less() -> None:
    def beside(low: int, high: int) -> Unrounded:
        def compute(digits: int) -> Real:
            return Enclosure(Decimal(low).scaleb(-digits), Decimal(high).scaleb(-digits), digits)

        return Unrounded(compute)

    for low, high in ((0, 1), (-1, 0), (-1, 1)):
        with pytest.raises(UndecidableError):
            compare(beside(low, high), Fraction(0))
    assert (compare(beside(1, 2), Fraction(0)), compare(beside(-2, -1), Fraction(0))) == (1, -1)


def test_as_many_digits_are_taken_as_there_are() -> None:
    assert told(lambda digits: True if digits == MAX_PRECISION else None)
    with pytest.raises(UndecidableError):
        told(lambda digits: None)
