"""Values that are no fractions (roots, logarithms) until the rule rounds them, computed to as many digits as needed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from fractions import Fraction
from typing import TypeVar

from attrs import field, frozen

from thangdiem.dsl.enclosure import MAX_PRECISION, Enclosure, Real, UnresolvedError, enclosed
from thangdiem.dsl.rounding import Rounding
from thangdiem.dsl.transcendental import FIRST_PRECISION, UndecidableError, correctly_rounded


@frozen
class Unrounded:
    """A real number known by what computes it; ``compute(digits)`` encloses it, or gives it exactly."""

    compute: Callable[[int], Real] = field(eq=False, repr=False)

    def rounded(self, rounding: Rounding) -> Fraction:
        """The correctly rounded value."""
        return correctly_rounded(self.compute, rounding)

    def approximately(self, digits: int = 12) -> str:
        """The first digits, to be shown beside what is exact; never computed with. 0 where no digit of it is told."""
        precision = digits + 8
        while True:
            found = self._enclosed(precision)
            low, high = (format(end, f".{digits}g") for end in (found.low, found.high)) if found else ("", "!")
            if low == high:
                return low
            if precision > _MOST_SHOWN:
                return "0"
            precision *= 2

    def _enclosed(self, precision: int) -> Enclosure | None:
        """None where so few digits do not tell whether there is a value."""
        try:
            return enclosed(self.compute(precision), precision)
        except UnresolvedError:
            return None


_MOST_SHOWN = 100
"""So many digits are looked at: differences of what is equal have none."""

Number = Fraction | Unrounded
Found = TypeVar("Found")


def real(value: Number, digits: int) -> Real:
    """The value enclosed to so many digits; a fraction stays exact."""
    return value if isinstance(value, Fraction) else value.compute(digits)


def combined(compute: Callable[[int], Real], *operands: Number) -> Number:
    """What an operation makes of its operands: exact where it can be, else a value still to be rounded."""
    if all(isinstance(operand, Fraction) for operand in operands):
        exact = compute(FIRST_PRECISION)
        assert isinstance(exact, Fraction), "the operations of arithmetic keep fractions fractions"
        return exact
    return Unrounded(compute)


def compare(left: Number, right: Number) -> int:
    """-1, 0 or 1; more digits are taken until the two differ. Raises UndecidableError where they never do."""
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return (left > right) - (left < right)
    return told(lambda digits: _sign(enclosed(real(left, digits) - real(right, digits), digits)))


def _sign(around: Enclosure) -> int | None:
    return 1 if around.low > 0 else -1 if around.high < 0 else None


def told(find: Callable[[int], Found | None]) -> Found:
    """What the first number of digits tells that tells something; UndecidableError where none does."""
    digits = FIRST_PRECISION
    while digits <= MAX_PRECISION:
        with suppress(UnresolvedError):
            if (found := find(digits)) is not None:
                return found
        digits *= 2
    raise UndecidableError(f"not told by {MAX_PRECISION} digits")
