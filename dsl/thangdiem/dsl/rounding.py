"""Exact rounding: a Fraction and a rule (unit, tie) go in, and a multiple of the unit comes out."""

from enum import Enum
from fractions import Fraction
from typing import assert_never

from attrs import field, frozen
from attrs.validators import gt, instance_of


class Tie(Enum):
    """Where a value goes that is no multiple of the unit; the HALF rules differ only in the exact middle."""

    HALF_UP = "half-up"  # the middle goes away from zero, as in spreadsheets
    HALF_DOWN = "half-down"  # the middle goes toward zero
    HALF_EVEN = "half-even"  # the middle goes to the even multiple
    UP = "up"  # always to the greater multiple
    DOWN = "down"  # always to the lesser multiple
    TRUNCATE = "truncate"  # always toward zero


@frozen
class Rounding:
    """A rounding rule: to multiples of `unit` (1/100 is two decimal places), with a rule for ties."""

    unit: Fraction = field(validator=[instance_of(Fraction), gt(Fraction(0))])
    tie: Tie = field(validator=instance_of(Tie))

    @classmethod
    def to_digits(cls, digits: int, tie: Tie) -> "Rounding":
        """Rounding to so many decimal places; a negative count rounds to tens, hundreds and so on."""
        if abs(digits) > 1000:
            raise ValueError(f"rounding to {digits} decimal places")
        return cls(Fraction(10) ** -digits, tie)


def round_to(value: Fraction, rounding: Rounding) -> Fraction:
    """The multiple of the rounding's unit that stands for the value."""
    unit = rounding.unit
    whole = _whole(value.numerator * unit.denominator, value.denominator * unit.numerator, rounding.tie)
    return Fraction(whole * unit.numerator, unit.denominator)


def _whole(top: int, bottom: int, tie: Tie) -> int:
    """The integer that stands for top/bottom, where bottom > 0."""
    floor, rest = divmod(top, bottom)
    if rest == 0:
        return floor
    match tie:
        case Tie.DOWN:
            return floor
        case Tie.UP:
            return floor + 1
        case Tie.TRUNCATE:
            return floor if top > 0 else floor + 1
        case Tie.HALF_UP:
            middle_goes_up = top > 0
        case Tie.HALF_DOWN:
            middle_goes_up = top < 0
        case Tie.HALF_EVEN:
            middle_goes_up = floor % 2 == 1
        case _:
            assert_never(tie)
    return floor + 1 if 2 * rest > bottom or (2 * rest == bottom and middle_goes_up) else floor
