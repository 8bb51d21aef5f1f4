import decimal
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thangdiem.dsl.enclosure import DomainError, Enclosure, TooLargeError
from thangdiem.dsl.rounding import Rounding, Tie, round_to
from thangdiem.dsl.transcendental import UndecidableError, correctly_rounded, exp, ln, log10, power, root

CENTS = Rounding.to_digits(2, Tie.HALF_UP)
SIXTY = decimal.Context(prec=60)
POSITIVE = st.decimals(Decimal("0.000001"), 10**9, places=6)
FIFTY = Rounding.to_digits(40, Tie.HALF_EVEN)


def near(enclosure, reference):
    """Whether the enclosure is narrow and holds the reference, give or take its last digits."""
    slack = abs(Fraction(reference)) / 10**57
    low, high = Fraction(enclosure.low), Fraction(enclosure.high)
    return low - slack <= Fraction(reference) <= high + slack and high - low <= slack * 10**35


@given(POSITIVE.filter(lambda value: value != 1))
def test_logarithms_hold_what_sixty_digits_say(value):
    for ours, theirs in ((ln, SIXTY.ln), (log10, SIXTY.log10)):
        computed = ours(Fraction(value), 30)
        if isinstance(computed, Fraction):
            assert computed == Fraction(theirs(value))
        else:
            assert near(computed, theirs(value))


@given(st.decimals(-200, 200, places=6).filter(bool))
def test_the_exponential_holds_what_sixty_digits_say(value):
    assert near(exp(Fraction(value), 30), SIXTY.exp(value))


@given(POSITIVE, st.integers(2, 12))
def test_the_power_of_a_root_encloses_the_number(value, degree):
    number = Fraction(value)
    found = root(number, degree, 30)
    if isinstance(found, Fraction):
        assert found**degree == number
    else:
        assert Fraction(found.low) ** degree < number < Fraction(found.high) ** degree
        assert Fraction(found.high) - Fraction(found.low) < Fraction(found.high) / 10**25


@given(POSITIVE, st.decimals(-9, 9, places=3))
def test_powers_hold_what_sixty_digits_say(value, exponent):
    found = power(Fraction(value), Fraction(exponent), 30)
    reference = SIXTY.exp(SIXTY.multiply(exponent, SIXTY.ln(value)))
    if isinstance(found, Fraction):
        assert abs(found / Fraction(reference) - 1) < Fraction(1, 10**55)
    else:
        assert near(found, reference)


@given(st.fractions(max_denominator=10**6), st.integers(1, 20))
def test_a_root_of_a_perfect_power_is_exact(base, degree):
    expected = base if degree % 2 else abs(base)
    assert root(base**degree, degree, 30) == expected


def test_a_root_of_what_may_be_zero_begins_at_zero():
    found = root(Enclosure(Decimal(0), Decimal(4), 30), 2, 30)
    assert found.low == 0
    assert 2 <= found.high < Decimal("2.0001")


@given(st.fractions(Fraction(1, 1000), 1000, max_denominator=1000), st.integers(-9, 9), st.integers(1, 9))
def test_a_rational_power_of_a_perfect_power_is_exact(base, top, bottom):
    assert power(base**bottom, Fraction(top, bottom), 30) == base**top


@pytest.mark.parametrize(
    ("computed", "value"),
    [
        (root(Fraction(9, 4), 2, 30), Fraction(3, 2)),
        (root(Fraction(-8), 3, 30), -2),
        (root(Fraction(0), 4, 30), 0),
        (root(Fraction(7), 1, 30), 7),
        (ln(Fraction(1), 30), 0),
        (exp(Fraction(0), 30), 1),
        (log10(Fraction(1000), 30), 3),
        (log10(Fraction(1, 100), 30), -2),
        (power(Fraction(-2), Fraction(3), 30), -8),
        (power(Fraction(2), Fraction(-3), 30), Fraction(1, 8)),
        (power(Fraction(1), Fraction(1, 7), 30), 1),
        (power(Fraction(0), Fraction(3, 2), 30), 0),
        (power(Fraction(4), Fraction(3, 2), 30), 8),
    ],
)
def test_the_exact_cases(computed, value):
    assert computed == value
    assert type(computed) is Fraction


@given(st.decimals(2, 50, places=4), st.integers(-6, 6))
def test_whole_powers_of_enclosures_hold_the_exact_power(value, exponent):
    third = Fraction(value) / 3
    found = power(Enclosure.around(third, 30), Fraction(exponent), 30)
    if exponent == 0:
        assert found == 1
    else:
        assert Fraction(found.low) <= third**exponent <= Fraction(found.high)


@given(st.integers(2, 10**6), st.integers(2, 5), st.sampled_from(Tie), st.integers(0, 20))
def test_a_rounded_root_agrees_with_a_definition_in_integers(number, degree, tie, digits):
    rounding = Rounding.to_digits(digits, tie)
    rounded = correctly_rounded(lambda precision: root(Fraction(number), degree, precision), rounding)
    reach = {Tie.UP: (-1, 0), Tie.DOWN: (0, 1), Tie.TRUNCATE: (0, 1)}.get(tie, (Fraction(-1, 2), Fraction(1, 2)))
    below, above = (rounded + part * rounding.unit for part in reach)
    assert max(below, 0) ** degree <= number <= above**degree


@settings(max_examples=50)
@given(POSITIVE, POSITIVE)
def test_a_mixed_expression_rounds_as_sixty_digits_do(one, two):
    def compute(precision):
        return Fraction(1, 2) * ln(Fraction(one), precision) + root(Fraction(two), 3, precision) - 1

    reference = Fraction(SIXTY.ln(one)) / 2 + Fraction(SIXTY.exp(SIXTY.ln(two) / 3)) - 1
    assert abs(correctly_rounded(compute, FIFTY) - reference) < Fraction(1, 10**23)
    assert correctly_rounded(compute, CENTS) == round_to(reference, CENTS)


def test_a_geometric_mean_of_equal_ties_is_decided_exactly():
    tie = Fraction("0.125")
    assert correctly_rounded(lambda precision: root(tie**3, 3, precision), CENTS) == Fraction("0.13")


def test_more_digits_are_asked_for_until_the_result_is_decided():
    asked = []
    close_to_a_tie = Fraction(1, 200) + Fraction(1, 10**100)

    def compute(precision):
        asked.append(precision)
        return close_to_a_tie + ln(Fraction(2), precision) - ln(Fraction(2), precision)

    assert correctly_rounded(compute, CENTS) == Fraction(1, 100)
    assert asked == [30, 60, 120]


def test_a_divisor_that_may_be_zero_is_looked_at_more_closely():
    asked = []

    def compute(precision):
        asked.append(precision)
        return Fraction(1, 10**50) / (root(Fraction(10**100 + 1), 2, precision) - 10**50)

    assert correctly_rounded(compute, CENTS) == 2
    assert asked == [30, 60, 120]


def test_a_logarithm_of_what_may_not_be_positive_is_looked_at_more_closely():
    asked = []

    def compute(precision):
        asked.append(precision)
        return ln((root(Fraction(10**100 + 1), 2, precision) - 10**50) * (2 * 10**50), precision)

    assert correctly_rounded(compute, CENTS) == 0
    assert asked == [30, 60, 120]


def test_the_decimal_logarithm_and_the_root_of_what_is_enclosed_hold_the_exact_ones():
    third = Enclosure.around(Fraction(1, 3), 30)
    assert near(log10(third, 30), SIXTY.log10(SIXTY.divide(1, 3)))
    assert near(power(third, Fraction(1, 2), 30), SIXTY.sqrt(SIXTY.divide(1, 3)))


def test_a_hidden_tie_is_undecidable():
    def compute(precision):
        return power(root(Fraction(2), 2, precision), Fraction(2), precision) + Fraction(1, 200)

    with pytest.raises(UndecidableError):
        correctly_rounded(compute, CENTS)


def test_a_hidden_division_by_zero_is_undecidable():
    def compute(precision):
        root_of = {number: root(Fraction(number), 2, precision) for number in (2, 3, 6)}
        return 1 / (root_of[2] * root_of[3] - root_of[6])

    with pytest.raises(UndecidableError):
        correctly_rounded(compute, CENTS)


@pytest.mark.parametrize(
    "compute",
    [
        lambda: ln(Fraction(0), 30),
        lambda: log10(Fraction(-1), 30),
        lambda: root(Fraction(-2), 2, 30),
        lambda: root(Fraction(-4), 2, 30),
        lambda: root(Fraction(2), 0, 30),
        lambda: root(Fraction(2), 10**9, 30),
        lambda: power(Fraction(0), Fraction(0), 30),
        lambda: power(Fraction(0), Fraction(-1), 30),
        lambda: power(Fraction(-2), Fraction(1, 2), 30),
    ],
)
def test_what_has_no_value_is_a_domain_error(compute):
    with pytest.raises(DomainError):
        compute()


def test_an_odd_root_of_a_negative_number_is_negative():
    found = root(Fraction(-2), 3, 30)
    assert Fraction(found.low) ** 3 < -2 < Fraction(found.high) ** 3


@pytest.mark.parametrize(
    "compute",
    [
        lambda: exp(Fraction(10**9), 30),
        lambda: exp(Fraction(-(10**9)), 30),
        lambda: power(Fraction(10), Fraction(10**12), 30),
        lambda: power(Fraction(3, 7), Fraction(-(10**12)), 30),
        lambda: power(Fraction(-1), Fraction(10**12), 30),
        lambda: power(Enclosure.around(Fraction(1, 3), 30), Fraction(10**12), 30),
        lambda: power(Fraction(2), Fraction(10**12 + 1, 2), 30),
        lambda: root(Fraction(2**20_000), 2, 30),
        lambda: ln(Fraction(10**400), 30),
    ],
)
def test_what_is_too_large_is_refused_at_once(compute):
    with pytest.raises(TooLargeError):
        compute()
