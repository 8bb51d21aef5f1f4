import decimal
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thangdiem.dsl.rounding import Rounding, Tie, round_to

DECIMAL_NAMES = {
    Tie.HALF_UP: decimal.ROUND_HALF_UP,
    Tie.HALF_DOWN: decimal.ROUND_HALF_DOWN,
    Tie.HALF_EVEN: decimal.ROUND_HALF_EVEN,
    Tie.UP: decimal.ROUND_CEILING,
    Tie.DOWN: decimal.ROUND_FLOOR,
    Tie.TRUNCATE: decimal.ROUND_DOWN,
}
TIES = st.sampled_from(Tie)
UNITS = st.fractions(Fraction(1, 1000), 50)


@pytest.mark.parametrize(
    ("tie", "rounded"),
    [
        (Tie.HALF_UP, [-3, -2, -1, 1, 2, 3]),
        (Tie.HALF_DOWN, [-2, -1, 0, 0, 1, 2]),
        (Tie.HALF_EVEN, [-2, -2, 0, 0, 2, 2]),
        (Tie.UP, [-2, -1, 0, 1, 2, 3]),
        (Tie.DOWN, [-3, -2, -1, 0, 1, 2]),
        (Tie.TRUNCATE, [-2, -1, 0, 0, 1, 2]),
    ],
)
def test_where_each_rule_sends_the_middle(tie, rounded):
    middles = [Fraction(half, 2) for half in (-5, -3, -1, 1, 3, 5)]
    assert [round_to(middle, Rounding(Fraction(1), tie)) for middle in middles] == rounded


@given(st.decimals(-(10**9), 10**9, places=6), st.integers(0, 6), TIES)
def test_decimals_round_as_the_decimal_module_quantizes(value, digits, tie):
    expected = value.quantize(Decimal(1).scaleb(-digits), DECIMAL_NAMES[tie])
    assert round_to(Fraction(value), Rounding.to_digits(digits, tie)) == Fraction(expected)


@given(st.fractions(), UNITS, TIES)
def test_the_result_is_a_multiple_of_the_unit_less_than_one_unit_away(value, unit, tie):
    rounded = round_to(value, Rounding(unit, tie))
    assert (rounded / unit).denominator == 1
    assert abs(rounded - value) < unit
    if tie in (Tie.HALF_UP, Tie.HALF_DOWN, Tie.HALF_EVEN):
        assert 2 * abs(rounded - value) <= unit


@given(st.integers(-(10**6), 10**6), UNITS, TIES)
def test_a_multiple_of_the_unit_stays(count, unit, tie):
    assert round_to(count * unit, Rounding(unit, tie)) == count * unit


@given(st.fractions(), st.fractions(), UNITS, TIES)
def test_rounding_keeps_the_order(one, two, unit, tie):
    rounding = Rounding(unit, tie)
    assert round_to(min(one, two), rounding) <= round_to(max(one, two), rounding)


@given(st.fractions(), UNITS)
def test_up_is_never_below_and_down_is_never_above(value, unit):
    assert round_to(value, Rounding(unit, Tie.DOWN)) <= value <= round_to(value, Rounding(unit, Tie.UP))
    assert abs(round_to(value, Rounding(unit, Tie.TRUNCATE))) <= abs(value)


def test_ties_that_floats_miss_are_ties():
    half_up = Rounding.to_digits(2, Tie.HALF_UP)
    assert round_to(Fraction("1.005"), half_up) == Fraction("1.01")
    assert round_to(Fraction("2.675"), half_up) == Fraction("2.68")


def test_rounding_to_tens_and_to_quarters():
    assert round_to(Fraction(1250), Rounding.to_digits(-2, Tie.HALF_UP)) == 1300
    assert round_to(Fraction("7.4"), Rounding(Fraction(1, 4), Tie.HALF_UP)) == Fraction("7.5")


@pytest.mark.parametrize("unit", [Fraction(0), Fraction(-1)])
def test_a_unit_is_positive(unit):
    with pytest.raises(ValueError, match="unit"):
        Rounding(unit, Tie.HALF_UP)


def test_the_count_of_places_is_bounded():
    assert Rounding.to_digits(1000, Tie.HALF_UP).unit == Fraction(1, 10**1000)
    assert Rounding.to_digits(-1000, Tie.HALF_UP).unit == 10**1000
    for digits in (1001, -1001, 10**9):
        with pytest.raises(ValueError, match="decimal places"):
            Rounding.to_digits(digits, Tie.HALF_UP)
