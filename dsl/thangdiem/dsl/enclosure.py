"""Interval arithmetic on decimals: enclosures of two numbers go in, an enclosure of the result comes out."""

from collections.abc import Callable
from decimal import (
    ROUND_CEILING,
    ROUND_FLOOR,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
    Underflow,
)
from fractions import Fraction
from functools import lru_cache
from typing import TypeAlias, Union

from attrs import field, frozen

MAX_PRECISION = 480  # digits an enclosure may be worked with
MAX_MAGNITUDE = 300  # decimal digits before the point
MIN_MAGNITUDE = -3000  # power of ten below which nothing is told from zero
MAX_EXACT_BITS = 13_000  # of numerator and denominator: under the 4300 digits Python still writes


class DomainError(ArithmeticError):
    """The function has no value there: ln of 0, an even root of a negative number, a division by 0."""


class UnresolvedError(DomainError):
    """At this precision it is open whether the function has a value there; more digits may tell."""


class TooLargeError(ArithmeticError):
    """A value too large, or too close to zero, to work with in bounded time."""


Real: TypeAlias = Union[Fraction, "Enclosure"]
Operation: TypeAlias = Callable[[Context, Decimal, Decimal], Decimal]


@frozen
class Enclosure:
    """A real number known to lie from `low` to `high`, worked with to so many significant digits."""

    low: Decimal
    high: Decimal = field()
    precision: int

    @high.validator
    def _check_order(self, _: object, high: Decimal) -> None:
        if not self.low <= high:
            raise ValueError(f"no interval: from {self.low} to {high}")

    @classmethod
    def around(cls, value: Fraction, precision: int) -> "Enclosure":
        """The narrowest enclosure of an exact value at the precision."""
        check_size(value)
        top, bottom = Decimal(value.numerator), Decimal(value.denominator)
        return _spanning(precision, Context.divide, [(top, bottom)])

    def __neg__(self) -> "Enclosure":
        return Enclosure(self.high.copy_negate(), self.low.copy_negate(), self.precision)

    def __add__(self, other: "Real | int") -> "Enclosure":
        that = enclosed(other, self.precision)
        precision = max(self.precision, that.precision)
        return _spanning(precision, Context.add, [(self.low, that.low), (self.high, that.high)])

    def __sub__(self, other: "Real | int") -> "Enclosure":
        return self + -other

    def __mul__(self, other: "Real | int") -> "Enclosure":
        that = enclosed(other, self.precision)
        return _spanning(max(self.precision, that.precision), Context.multiply, _corners(self, that))

    def __truediv__(self, other: "Real | int") -> "Enclosure":
        that = enclosed(other, self.precision)
        if that.low == that.high == 0:
            raise DomainError("division by zero")
        if that.low <= 0 <= that.high:
            raise UnresolvedError("division by what may be zero")
        return _spanning(max(self.precision, that.precision), Context.divide, _corners(self, that))

    def __radd__(self, other: Fraction | int) -> "Enclosure":
        return self + other

    def __rsub__(self, other: Fraction | int) -> "Enclosure":
        return -self + other

    def __rmul__(self, other: Fraction | int) -> "Enclosure":
        return self * other

    def __rtruediv__(self, other: Fraction | int) -> "Enclosure":
        return enclosed(other, self.precision) / self


def enclosed(value: Real | int, precision: int) -> Enclosure:
    """The value as an enclosure; one that is already an enclosure stays as it is."""
    return value if isinstance(value, Enclosure) else Enclosure.around(Fraction(value), precision)


def least(first: Real, *others: Real) -> Real:
    """The least of the values, exact where all are exact."""
    for other in others:
        if isinstance(first, Fraction) and isinstance(other, Fraction):
            first = min(first, other)
        else:
            one, two = _both_enclosed(first, other)
            first = Enclosure(min(one.low, two.low), min(one.high, two.high), one.precision)
    return first


def greatest(first: Real, *others: Real) -> Real:
    """The greatest of the values, exact where all are exact."""
    return -least(-first, *(-other for other in others))


def check_size(value: Fraction) -> Fraction:
    """The value itself, or TooLargeError where exact arithmetic with it would not stay cheap."""
    if max(value.numerator.bit_length(), value.denominator.bit_length()) > MAX_EXACT_BITS:
        raise TooLargeError(f"an exact value of more than {MAX_EXACT_BITS} bits")
    return value


@lru_cache(maxsize=32)
def context(precision: int, rounding: str) -> Context:
    """The decimal context of a precision and a direction; what leaves the magnitudes allowed is trapped."""
    if not 1 <= precision <= MAX_PRECISION:
        raise ValueError(f"a precision of {precision} digits")
    traps = [Overflow, Underflow, InvalidOperation, DivisionByZero]
    return Context(precision, rounding, Emin=MIN_MAGNITUDE, Emax=MAX_MAGNITUDE, traps=traps)


def _spanning(precision: int, operation: Operation, corners: list[tuple[Decimal, Decimal]]) -> Enclosure:
    """The enclosure of an operation whose extremes lie at the corners given."""
    down, up = context(precision, ROUND_FLOOR), context(precision, ROUND_CEILING)
    try:
        low = min(operation(down, one, two) for one, two in corners)
        high = max(operation(up, one, two) for one, two in corners)
    except (Overflow, Underflow) as error:
        raise TooLargeError(f"a magnitude beyond 10^{MAX_MAGNITUDE} or 10^{MIN_MAGNITUDE}") from error
    return Enclosure(low, high, precision)


def _corners(one: Enclosure, two: Enclosure) -> list[tuple[Decimal, Decimal]]:
    return [(this, that) for this in (one.low, one.high) for that in (two.low, two.high)]


def _both_enclosed(one: Real, two: Real) -> tuple[Enclosure, Enclosure]:
    precision = max(value.precision for value in (one, two) if isinstance(value, Enclosure))
    return enclosed(one, precision), enclosed(two, precision)
