"""Values that are shown before they are rounded: as many digits as are told, also of differences of what is equal."""

from __future__ import annotations

from fractions import Fraction

import pytest

from thangdiem.dsl.enclosure import Real, enclosed
from thangdiem.dsl.transcendental import ln
from thangdiem.engine.unrounded import Unrounded


def difference(one: Fraction, other: Fraction) -> Unrounded:
    def compute(digits: int) -> Real:
        return enclosed(ln(one, digits), digits) - ln(other, digits)

    return Unrounded(compute)


@pytest.mark.parametrize(
    ("one", "other", "shown"),
    [
        (Fraction(100), Fraction(100), "0"),
        (Fraction(10**30 + 1, 10**30), Fraction(1), "1.00000000000e-30"),
        (Fraction(2), Fraction(1), "0.693147180560"),
    ],
)
def test_digits_are_shown_that_are_told(one: Fraction, other: Fraction, shown: str) -> None:
    assert difference(one, other).approximately() == shown


def test_digits_are_taken_until_a_divisor_is_told_from_nothing() -> None:
    close = Fraction(10**30 + 1, 10**30)
    over = Unrounded(lambda digits: Fraction(1) / difference(close, Fraction(1)).compute(digits))
    assert over.approximately() == "1.00000000000e+30"
