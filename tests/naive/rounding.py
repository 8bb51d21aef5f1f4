"""Rounding to multiples of a step, by each of the six rules for what lies between two of them."""

from __future__ import annotations

from decimal import ROUND_FLOOR, Decimal, localcontext
from fractions import Fraction

from attrs import frozen

from naive.reals import CONTEXT, NoNumber, Number, Real, decimal

_NEAR = Decimal(10) ** -450


@frozen
class Rounding:
    """The step, and the name of the tie rule in the grammar."""

    step: Fraction
    tie: str

    def of(self, number: Number) -> Fraction:
        """The multiple of the step the number is rounded to."""
        below, rest = _parts(number, self.step, self.tie)
        return (below + (1 if self._goes_up(below, rest) else 0)) * self.step

    def _goes_up(self, below: int, rest: int) -> bool:
        """``rest``: 0 for a multiple, 1 for less than a half above it, 2 for a half, 3 for more."""
        match self.tie:
            case "UP_ALWAYS":
                return rest > 0
            case "DOWN_ALWAYS":
                return False
            case "CUT":
                return rest > 0 and below < 0
        if rest != 2:
            return rest == 3
        match self.tie:
            case "HALF_UP":
                return below >= 0
            case "HALF_DOWN":
                return below < 0
            case "HALF_EVEN":
                return below % 2 == 1
            case _:
                raise AssertionError(self.tie)


def _parts(number: Number, step: Fraction, tie: str) -> tuple[int, int]:
    """How many steps lie below the number, and where it lies between that and the next."""
    if isinstance(number, Real):
        return _parts_of_digits(number, step, halves=tie.startswith("HALF"))
    below, rest = divmod(number / step, 1)
    if rest == 0:
        return int(below), 0
    half = Fraction(1, 2)
    return int(below), 1 if rest < half else 2 if rest == half else 3


def _parts_of_digits(number: Real, step: Fraction, *, halves: bool) -> tuple[int, int]:
    """Where digits cannot tell on which side of an edge it lies, and the edge matters, there is no rounding it."""
    with localcontext(CONTEXT):
        steps = number.digits / decimal(step)
        below = steps.to_integral_value(ROUND_FLOOR)
        rest = steps - below
        edges = (Decimal("0.5"),) if halves else (Decimal(0), Decimal(1))
        if min(abs(rest - edge) for edge in edges) < _NEAR:
            raise NoNumber
        return int(below), 1 if rest < Decimal("0.5") else 3


def decimals(count: int) -> Fraction:
    """The step of so many decimals; of tens, hundreds … where it is negative."""
    return Fraction(1, 10**count) if count >= 0 else Fraction(10**-count)
