"""Roots, logarithms, exponentials and powers: exact where the result is rational and simple, else enclosed;
and the one rounded value of a computation that holds such parts."""

from collections.abc import Callable
from decimal import ROUND_HALF_EVEN, Context, Decimal, Overflow, Underflow
from fractions import Fraction

from thangdiem.dsl.enclosure import (
    MAX_EXACT_BITS,
    MAX_PRECISION,
    DomainError,
    Enclosure,
    Real,
    TooLargeError,
    UnresolvedError,
    check_size,
    context,
    enclosed,
)
from thangdiem.dsl.rounding import Rounding, round_to

FIRST_PRECISION = 30
MAX_ROOT_DEGREE = 1000


class UndecidableError(ArithmeticError):
    """The rounded value is not decided by the most digits allowed: most likely it is a hidden tie."""


def correctly_rounded(compute: Callable[[int], Real], rounding: Rounding, most_digits: int = MAX_PRECISION) -> Fraction:
    """What the exact result of `compute` rounds to; `compute` is asked again with more and more digits."""
    precision = min(FIRST_PRECISION, most_digits)
    while True:
        decided = _decided(compute, rounding, precision)
        if decided is not None:
            return decided
        if precision >= most_digits:
            raise UndecidableError(f"{precision} digits do not decide the rounded value")
        precision = min(2 * precision, most_digits)


def _decided(compute: Callable[[int], Real], rounding: Rounding, precision: int) -> Fraction | None:
    try:
        value = compute(precision)
    except UnresolvedError:
        return None
    if isinstance(value, Fraction):
        return round_to(value, rounding)
    # Rounding is monotone: where both ends round alike, so does all that lies between.
    low, high = (round_to(Fraction(end), rounding) for end in (value.low, value.high))
    return low if low == high else None


def root(value: Real, degree: int, precision: int) -> Real:
    """The real root of a degree from 1 up: exact for quotients of perfect powers."""
    if not 1 <= degree <= MAX_ROOT_DEGREE:
        raise DomainError(f"a root of degree {degree}")
    if isinstance(value, Fraction):
        exact = _exact_root(check_size(value), degree)
        if exact is not None:
            return exact
    around = enclosed(value, precision)
    if degree % 2 == 0 and around.low < 0:
        raise (DomainError if around.high < 0 else UnresolvedError)("an even root of a negative number")
    low = _root_of_end(around.low, degree, precision)
    return Enclosure(low.low, _root_of_end(around.high, degree, precision).high, precision)


def ln(value: Real, precision: int) -> Real:
    """The natural logarithm: exact for 1."""
    if value == 1:
        return Fraction(0)
    return _monotone(Context.ln, _positive(value, precision))


def log10(value: Real, precision: int) -> Real:
    """The decimal logarithm: exact for powers of ten."""
    around = _positive(value, precision)
    if isinstance(value, Fraction):
        places = Decimal(value.numerator).adjusted() - Decimal(value.denominator).adjusted()
        if value == Fraction(10) ** places:
            return Fraction(places)
    return _monotone(Context.log10, around)


def exp(value: Real, precision: int) -> Real:
    """The number e to the power of the value: exact for 0."""
    if value == 0:
        return Fraction(1)
    return _monotone(Context.exp, enclosed(value, precision))


def power(value: Real, exponent: Fraction, precision: int) -> Real:
    """The value to a rational power: exact for whole exponents and for quotients of perfect powers."""
    whole = exponent.denominator == 1
    if isinstance(value, Fraction):
        exact = _exact_power(check_size(value), exponent)
        if exact is not None:
            return exact
    elif whole:
        return _whole_power(value, exponent.numerator)
    return exp(exponent * ln(value, precision), precision)


def _positive(value: Real, precision: int) -> Enclosure:
    around = enclosed(value, precision)
    if around.high <= 0:
        raise DomainError("only positive numbers have a logarithm")
    if around.low <= 0:
        raise UnresolvedError("the logarithm of what may not be positive")
    return around


def _monotone(function: Callable[[Context, Decimal], Decimal], around: Enclosure) -> Enclosure:
    """The enclosure of an increasing function that the decimal module rounds to the nearest."""
    nearest = context(around.precision, ROUND_HALF_EVEN)
    try:
        low, high = function(nearest, around.low), function(nearest, around.high)
    except (Overflow, Underflow) as error:
        raise TooLargeError("a magnitude beyond what is worked with") from error
    # The true value is less than one step from the nearest decimal; only ln and log10 of 1 give 0, exactly.
    return Enclosure(
        nearest.next_minus(low) if low else low, nearest.next_plus(high) if high else high, around.precision
    )


def _root_of_end(end: Decimal, degree: int, precision: int) -> Enclosure:
    point = Enclosure(end, end, precision)
    if end == 0:
        return point
    if end < 0:
        return -_root_of_end(-end, degree, precision)
    if degree == 2:
        return _monotone(Context.sqrt, point)
    return _monotone(Context.exp, _monotone(Context.ln, point) / degree)


def _whole_power(value: Enclosure, exponent: int) -> Real:
    if exponent.bit_length() > MAX_EXACT_BITS.bit_length():
        raise TooLargeError(f"the power {exponent}")
    if exponent <= 0:
        return Fraction(1) / _whole_power(value, -exponent) if exponent else Fraction(1)
    result, square = None, value
    while True:
        if exponent & 1:
            result = square if result is None else result * square
        exponent >>= 1
        if not exponent:
            assert result is not None
            return result
        square = square * square


def _exact_power(value: Fraction, exponent: Fraction) -> Fraction | None:
    """The power if it is rational; None where it is irrational."""
    if value == 0:
        if exponent <= 0:
            raise DomainError(f"0 to the power {exponent}")
        return value
    if value < 0 and exponent.denominator != 1:
        raise DomainError("a negative number to a power that is not whole")
    base = _exact_root(value, exponent.denominator)
    if base is None or base == 1:
        return base
    bits = max(abs(base.numerator), base.denominator).bit_length() - 1
    if max(bits, 1) * abs(exponent.numerator) > MAX_EXACT_BITS:
        raise TooLargeError(f"the exact power {exponent.numerator}")
    return check_size(base**exponent.numerator)


def _exact_root(value: Fraction, degree: int) -> Fraction | None:
    """The root if it is rational; None where it is irrational or not real."""
    if value < 0:
        opposite = _exact_root(-value, degree) if degree % 2 else None
        return None if opposite is None else -opposite
    top, bottom = _floor_root(value.numerator, degree), _floor_root(value.denominator, degree)
    exact = top**degree == value.numerator and bottom**degree == value.denominator
    return Fraction(top, bottom) if exact else None


def _floor_root(number: int, degree: int) -> int:
    """The greatest integer whose power is no greater than the number, from 0 up."""
    if degree == 1 or number < 2:
        return number
    if degree >= number.bit_length():
        return 1
    # Newton's iteration in integers falls to the root from any start above it.
    guess = 1 << -(-number.bit_length() // degree)
    while True:
        closer = ((degree - 1) * guess + number // guess ** (degree - 1)) // degree
        if closer >= guess:
            return guess
        guess = closer
