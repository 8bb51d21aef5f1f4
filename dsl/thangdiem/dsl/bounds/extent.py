"""Arithmetic on sets of values: two extents go in, an extent that holds every possible result comes out."""

from __future__ import annotations

from fractions import Fraction
from math import gcd

from attrs import frozen

from thangdiem.dsl.enclosure import MAX_EXACT_BITS
from thangdiem.dsl.rounding import Rounding, round_to

ZERO, ONE = Fraction(0), Fraction(1)


@frozen
class Extent:
    """Values from ``low`` to ``high`` (None: no end), multiples of ``grid`` (None: any), no 0 if ``nonzero``.

    The grid of an extent that holds nothing but 0 is 0.
    """

    low: Fraction | None = None
    high: Fraction | None = None
    grid: Fraction | None = None
    nonzero: bool = False

    @property
    def exact(self) -> Fraction | None:
        """The one value possible, if it is one."""
        return self.low if self.low is not None and (self.low is self.high or self.low == self.high) else None

    @property
    def may_be_zero(self) -> bool:
        """Whether 0 is among the values."""
        return not (
            self.nonzero or (self.low is not None and self.low > 0) or (self.high is not None and self.high < 0)
        )

    def holds(self, value: Fraction) -> bool:
        """Whether the value is among those possible."""
        if (self.low is not None and value < self.low) or (self.high is not None and value > self.high):
            return False
        if value == 0:
            return not self.nonzero
        return self.grid is None or (self.grid != 0 and (value / self.grid).denominator == 1)

    def within(self, other: Extent) -> bool:
        """Whether every value lies between the ends of the other."""
        low = other.low is None or (self.low is not None and self.low >= other.low)
        return low and (other.high is None or (self.high is not None and self.high <= other.high))

    def __neg__(self) -> Extent:
        return Extent(
            None if self.high is None else -self.high,
            None if self.low is None else -self.low,
            self.grid,
            self.nonzero,
        )

    def __add__(self, other: Extent) -> Extent:
        low = None if self.low is None or other.low is None else _fitting(self.low + other.low)
        high = None if self.high is None or other.high is None else _fitting(self.high + other.high)
        return Extent(low, high, common_grid(self.grid, other.grid))

    def __sub__(self, other: Extent) -> Extent:
        return self + -other

    def __mul__(self, other: Extent) -> Extent:
        if (factor := other.exact) is not None:
            return self.times(factor)
        if (factor := self.exact) is not None:
            return other.times(factor)
        low, high = _product_ends(self, other)
        grid = None if self.grid is None or other.grid is None else _fitting(self.grid * other.grid)
        return Extent(low, high, grid, not self.may_be_zero and not other.may_be_zero)

    def times(self, factor: Fraction) -> Extent:
        """Every value times the factor."""
        if factor == 1:
            return self
        if factor == 0:
            return point(ZERO)
        low = None if self.low is None else _fitting(self.low * factor)
        high = None if self.high is None else _fitting(self.high * factor)
        grid = None if self.grid is None else _fitting(self.grid * abs(factor))
        return Extent(low, high, grid, self.nonzero) if factor > 0 else Extent(high, low, grid, self.nonzero)

    def over(self, divisor: Extent) -> Extent | None:
        """Every value over every divisor but 0; None where 0 is the only divisor."""
        if (fixed := divisor.exact) is not None:
            return self.times(ONE / fixed) if fixed else None
        if self.exact == 0:
            return self
        return self * _reciprocal(divisor)

    def to_the(self, exponent: int) -> Extent | None:
        """Every value to a whole power; None where 0 to a power below 1 is all there is."""
        if exponent <= 0:
            if self.exact == 0:
                return None
            return point(ONE) if exponent == 0 else point(ONE).over(self.to_the(-exponent) or UNBOUNDED)
        ends = [_power(end, exponent) for end in (self.low, self.high)]
        grid = None if self.grid is None else _power(self.grid, exponent)
        if exponent % 2:
            return Extent(ends[0], ends[1], grid, self.nonzero)
        high = None if None in ends else max(end for end in ends if end is not None)
        if self.low is not None and self.low >= 0:
            return Extent(ends[0] or ZERO, ends[1], grid, self.nonzero)
        if self.high is not None and self.high <= 0:
            return Extent(ends[1] or ZERO, ends[0], grid, self.nonzero)
        return Extent(ZERO, high, grid, self.nonzero)

    def absolute(self) -> Extent:
        """Every value without its sign."""
        if self.low is not None and self.low >= 0:
            return self
        if self.high is not None and self.high <= 0:
            return -self
        high = None if self.low is None or self.high is None else max(-self.low, self.high)
        return Extent(ZERO, high, self.grid, self.nonzero)

    def rounded(self, rounding: Rounding) -> Extent:
        """Every value rounded."""
        if self.grid is not None and (self.grid / rounding.unit).denominator == 1:
            return self
        low = None if self.low is None else round_to(self.low, rounding)
        high = None if self.high is None else round_to(self.high, rounding)
        return point(low) if low is not None and low == high else Extent(low, high, rounding.unit)

    def without_zero(self) -> Extent | None:
        """The values other than 0; None where there are none."""
        if self.exact == 0:
            return None
        if not self.may_be_zero:
            return self
        low, high = self.low, self.high
        if self.grid:
            low, high = self.grid if low == 0 else low, -self.grid if high == 0 else high
        return Extent(low, high, self.grid, nonzero=True)

    def between(self, low: Fraction | None, high: Fraction | None) -> Extent | None:
        """The values from ``low`` to ``high``; None where there are none."""
        low = self.low if low is None or (self.low is not None and self.low >= low) else low
        high = self.high if high is None or (self.high is not None and self.high <= high) else high
        if low is self.low and high is self.high:
            return self
        if self.grid:
            low = None if low is None else -(-low // self.grid) * self.grid
            high = None if high is None else high // self.grid * self.grid
        if low is not None and high is not None and low > high:
            return None
        if low is not None and low == high:
            return point(low) if low or not self.nonzero else None
        found = Extent(low, high, self.grid)
        return found.without_zero() if self.nonzero else found

    def above(self, bound: Fraction) -> Extent | None:
        """The values without those up to ``bound``, as far as the grid or the sign can tell."""
        found = self.between(bound, None)
        if found is None or found.exact == bound:
            return None
        if found.low == bound and found.grid:
            return found.between(bound + found.grid, None)
        return found.without_zero() if bound == 0 else found

    def below(self, bound: Fraction) -> Extent | None:
        """The values without those from ``bound`` on, as far as the grid or the sign can tell."""
        mirrored = (-self).above(-bound)
        return None if mirrored is None else -mirrored


UNBOUNDED = Extent()
"""Any number."""
NATURAL = Extent(ZERO, None, ONE)
"""0, 1, 2 and so on."""


def point(value: Fraction) -> Extent:
    """The extent of one value."""
    return Extent(value, value, abs(value), value != 0)


def either(one: Extent | None, two: Extent | None) -> Extent | None:
    """What may be one or the other; None stands for no value."""
    if one is None or two is None or one is two:
        return two if one is None else one
    low = None if one.low is None or two.low is None else min(one.low, two.low)
    high = None if one.high is None or two.high is None else max(one.high, two.high)
    return Extent(low, high, common_grid(one.grid, two.grid), not one.may_be_zero and not two.may_be_zero)


def least(one: Extent, two: Extent) -> Extent:
    """The lesser of the two."""
    if one.high is not None and two.low is not None and one.high <= two.low:
        return one
    if two.high is not None and one.low is not None and two.high <= one.low:
        return two
    low = None if one.low is None or two.low is None else min(one.low, two.low)
    highs = [end for end in (one.high, two.high) if end is not None]
    grid = common_grid(one.grid, two.grid)
    return Extent(low, min(highs) if highs else None, grid, not one.may_be_zero and not two.may_be_zero)


def greatest(one: Extent, two: Extent) -> Extent:
    """The greater of the two."""
    return -least(-one, -two)


def common_grid(one: Fraction | None, two: Fraction | None) -> Fraction | None:
    """The grid of what lies on one or the other."""
    if one is None or two is None or one == two:
        return None if one is None or two is None else one
    bottom = one.denominator * two.denominator
    return _fitting(Fraction(gcd(one.numerator * two.denominator, two.numerator * one.denominator), bottom))


def _fitting(value: Fraction) -> Fraction | None:
    """The value, or None where exact arithmetic with it would not stay cheap."""
    if value.numerator.bit_length() > MAX_EXACT_BITS or value.denominator.bit_length() > MAX_EXACT_BITS:
        return None
    return value


def _power(value: Fraction | None, exponent: int) -> Fraction | None:
    if value is None or value in (0, 1, -1):
        return value if value is None or exponent % 2 else abs(value)
    bits = max(value.numerator.bit_length(), value.denominator.bit_length())
    return value**exponent if bits * exponent <= MAX_EXACT_BITS else None


def _reciprocal(divisor: Extent) -> Extent:
    """1 over every value but 0."""
    around = divisor.without_zero() or divisor
    low, high = around.low, around.high
    if low is not None and low >= 0:
        return Extent(ONE / high if high else ZERO, ONE / low if low else None, nonzero=True)
    if high is not None and high <= 0:
        return Extent(ONE / high if high else None, ONE / low if low else ZERO, nonzero=True)
    return Extent(nonzero=True)


def _product_ends(one: Extent, two: Extent) -> tuple[Fraction | None, Fraction | None]:
    """The least and the greatest product of the ends; an end that is None is infinite."""
    found: list[Fraction] = []
    downward = upward = False
    for this, this_side in ((one.low, -1), (one.high, 1)):
        for that, that_side in ((two.low, -1), (two.high, 1)):
            if this is not None and that is not None:
                found.append(this * that)
                continue
            sign = _sign(this, this_side) * _sign(that, that_side)
            upward, downward = upward or sign > 0, downward or sign < 0
            if sign == 0:
                found.append(ZERO)
    low = None if downward or not found else _fitting(min(found))
    high = None if upward or not found else _fitting(max(found))
    return low, high


def _sign(end: Fraction | None, side: int) -> int:
    return side if end is None else (end > 0) - (end < 0)
