from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thangdiem.dsl.enclosure import (
    DomainError,
    Enclosure,
    TooLargeError,
    UnresolvedError,
    check_size,
    enclosed,
    greatest,
    least,
)

VALUES = st.fractions(-(10**6), 10**6, max_denominator=10**6)
PRECISIONS = st.integers(3, 30)


def ends(enclosure):
    return enclosure.low, enclosure.high


def holds(enclosure, value):
    return Fraction(enclosure.low) <= value <= Fraction(enclosure.high)


@given(VALUES, PRECISIONS)
def test_an_enclosure_around_a_value_holds_it_and_is_narrow(value, precision):
    around = Enclosure.around(value, precision)
    assert holds(around, value)
    assert Fraction(around.high) - Fraction(around.low) <= abs(value) / 10 ** (precision - 1)


@given(VALUES, VALUES, PRECISIONS)
def test_the_operations_hold_the_exact_result(one, two, precision):
    a, b = Enclosure.around(one, precision), Enclosure.around(two, precision)
    assert holds(a + b, one + two)
    assert holds(a - b, one - two)
    assert holds(a * b, one * two)
    assert holds(-a, -one)
    assert holds(least(a, b), min(one, two))
    assert holds(greatest(a, b), max(one, two))
    if two:
        assert holds(a / b, one / two)


@given(VALUES, VALUES, PRECISIONS)
def test_a_fraction_may_stand_on_either_side(one, two, precision):
    a = Enclosure.around(one, precision)
    assert holds(two + a, two + one)
    assert holds(two - a, two - one)
    assert holds(a - two, one - two)
    assert holds(two * a, two * one)
    assert holds(a * 3 + 1, one * 3 + 1)
    assert holds(least(a, two), min(one, two))
    if one:
        assert holds(two / a, two / one)


@given(st.tuples(VALUES, VALUES).map(sorted), st.tuples(VALUES, VALUES).map(sorted), st.data())
def test_wide_enclosures_hold_every_pair_of_their_members(one, two, data):
    a = Enclosure(Enclosure.around(one[0], 9).low, Enclosure.around(one[1], 9).high, 9)
    b = Enclosure(Enclosure.around(two[0], 9).low, Enclosure.around(two[1], 9).high, 9)
    x, y = data.draw(st.fractions(*one)), data.draw(st.fractions(*two))
    assert holds(a * b, x * y)
    assert holds(a - b, x - y)


@given(VALUES, VALUES)
def test_exact_values_stay_exact_under_least_and_greatest(one, two):
    assert least(one, two) == min(one, two)
    assert greatest(one, two) == max(one, two)


def test_division_by_zero_is_no_value_and_by_perhaps_zero_is_open():
    one = Enclosure.around(Fraction(1), 10)
    with pytest.raises(DomainError) as certain:
        one / Fraction(0)
    assert not isinstance(certain.value, UnresolvedError)
    with pytest.raises(UnresolvedError):
        one / Enclosure(Decimal("-0.1"), Decimal("0.1"), 10)


@pytest.mark.parametrize(("low", "high"), [("0", "0.1"), ("-0.1", "0")])
def test_zero_at_the_end_of_an_enclosure_is_perhaps_zero(low, high):
    with pytest.raises(UnresolvedError):
        Enclosure.around(Fraction(1), 10) / Enclosure(Decimal(low), Decimal(high), 10)


def test_a_result_has_the_digits_of_the_more_precise_operand():
    rough, fine = Enclosure.around(Fraction(1, 3), 5), Enclosure.around(Fraction(1, 7), 20)
    found = [rough + fine, fine + rough, rough * fine, fine * rough, rough / fine, fine / rough]
    assert [each.precision for each in found] == [20] * 6


def test_magnitudes_are_bounded_both_ways():
    assert ends(Enclosure.around(Fraction(10**300), 10)) == (Decimal(10) ** 300, Decimal(10) ** 300)
    assert Enclosure.around(Fraction(1, 3 * 10**2999), 10).low > 0
    for value in (Fraction(10**301), Fraction(1, 3 * 10**3000)):
        with pytest.raises(TooLargeError):
            Enclosure.around(value, 10)
    large = Enclosure.around(Fraction(10**299), 10)
    with pytest.raises(TooLargeError):
        large * large
    with pytest.raises(TooLargeError):
        Enclosure.around(Fraction(1, 3 * 10**3100), 10)
    with pytest.raises(TooLargeError):
        enclosed(Fraction(2**13_001, 3**8000), 10)


def test_the_least_and_the_greatest_are_no_wider_than_they_must_be():
    low, high = Enclosure(Decimal(1), Decimal(3), 9), Enclosure(Decimal(2), Decimal(5), 12)
    for one, two in ((low, high), (high, low)):
        assert ends(least(one, two)) == (1, 3)
        assert ends(greatest(one, two)) == (2, 5)
    third = least(Fraction(1, 3), high)
    assert third == Enclosure.around(Fraction(1, 3), 12)


def test_an_exact_value_may_have_so_many_bits_and_no_more():
    for value in (Fraction(2**12_999), Fraction(-(2**12_999)), Fraction(1, 2**12_999)):
        assert check_size(value) is value
        with pytest.raises(TooLargeError):
            check_size(value * value)
    with pytest.raises(TooLargeError):
        check_size(Fraction(2**13_000))


@pytest.mark.parametrize("precision", [1, 480])
def test_the_least_and_the_most_digits_are_allowed(precision):
    assert Enclosure.around(Fraction(1, 3), precision).precision == precision


def test_the_ends_are_in_order_and_the_precision_in_bounds():
    assert Enclosure(Decimal(2), Decimal(2), 10).low == 2
    with pytest.raises(ValueError, match="no interval"):
        Enclosure(Decimal(2), Decimal(1), 10)
    for precision in (0, 481):
        with pytest.raises(ValueError, match="precision"):
            Enclosure.around(Fraction(1, 3), precision)
