"""Roots, logarithms, exponentials and broken powers of an extent in; an extent that holds the results out."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from thangdiem.dsl import transcendental
from thangdiem.dsl.bounds.extent import UNBOUNDED, ZERO, Extent, point
from thangdiem.dsl.enclosure import DomainError, Real, TooLargeError

_DIGITS = 40
_LARGEST_POWER = 500  # of e: what lies beyond is taken as without end

Monotone = Callable[[Fraction], Real]


def root(value: Extent, degree: Extent) -> Extent | None:
    """The root of a fixed whole degree."""
    fixed = degree.exact
    if fixed is None or fixed.denominator != 1 or not 1 <= fixed <= transcendental.MAX_ROOT_DEGREE:
        return UNBOUNDED
    whole = int(fixed)
    around = value if whole % 2 else value.between(ZERO, None)
    return None if around is None else _rising(around, lambda end: transcendental.root(end, whole, _DIGITS))


def ln(value: Extent) -> Extent | None:
    """The natural logarithm of what is positive."""
    return _of_positive(value, lambda end: transcendental.ln(end, _DIGITS))


def log10(value: Extent) -> Extent | None:
    """The decimal logarithm of what is positive."""
    return _of_positive(value, lambda end: transcendental.log10(end, _DIGITS))


def exp(value: Extent) -> Extent:
    """e to the power of the value."""
    low = value.low if value.low is not None and abs(value.low) <= _LARGEST_POWER else None
    high = value.high if value.high is not None and abs(value.high) <= _LARGEST_POWER else None
    found = _rising(Extent(low, high), lambda end: transcendental.exp(end, _DIGITS))
    return Extent(ZERO, found.high, None, nonzero=True) if found.low is None else found


def power(value: Extent, exponent: Fraction) -> Extent | None:
    """What is not negative to a power that is not whole."""
    around = value.between(ZERO, None)
    if around is None:
        return None
    if exponent > 0:
        return _rising(around, lambda end: transcendental.power(end, exponent, _DIGITS))
    positive = around.without_zero()
    inverse = None if positive is None else power(positive, -exponent)
    return None if inverse is None else point(Fraction(1)).over(inverse)


def _of_positive(value: Extent, function: Monotone) -> Extent | None:
    around = value.between(ZERO, None)
    positive = None if around is None else around.without_zero()
    if positive is None:
        return None
    return _rising(Extent(positive.low or None, positive.high), function)


def _rising(value: Extent, function: Monotone) -> Extent:
    """The values of a function that grows with its argument."""
    low = None if value.low is None else _end(function, value.low, upper=False)
    high = None if value.high is None else _end(function, value.high, upper=True)
    return point(low) if low is not None and low == high else Extent(low, high)


def _end(function: Monotone, end: Fraction, *, upper: bool) -> Fraction | None:
    try:
        found = function(end)
    except (DomainError, TooLargeError):
        return None
    if isinstance(found, Fraction):
        return found
    return Fraction(found.high if upper else found.low)
