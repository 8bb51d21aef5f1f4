"""What a unit is given, made the integers straight code computes with; what is out of the ordinary leaves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from thangdiem.dsl.letters import fold
from thangdiem.engine.facts import FactValue

DECIMALS = 10_000
"""Numbers of the data are held as whole numbers of this part of one; data with more decimals are left to the law."""

MOST = 10**15
"""Numbers of the data from here on are left to the law, so that the size of every result is known beforehand."""

WHOLE_SIZE = MOST.bit_length()
SIZE = (MOST * DECIMALS).bit_length()

Values = Mapping[str, FactValue | int | None]
"""Data by name, and under ``@`` and the code what an item is given: points, a level's label, ticked letters.

A name that is absent, or None, is missing.
"""


class Leave(Exception):
    """The unit is out of the ordinary: the plain interpreter takes it."""


_PARTS = {n: DECIMALS // n for n in range(1, DECIMALS + 1) if DECIMALS % n == 0}


def scaled(value: object) -> int:
    """A number as whole parts of ``DECIMALS``."""
    if type(value) is Fraction:
        numerator, denominator = value.as_integer_ratio()
        if denominator in _PARTS and -MOST < numerator < MOST:
            return numerator * _PARTS[denominator]
    raise Leave


def whole(value: object) -> int:
    """A whole number."""
    if type(value) is Fraction:
        numerator, denominator = value.as_integer_ratio()
        if denominator == 1 and -MOST < numerator < MOST:
            return numerator
    raise Leave


def day(value: object) -> int:
    """The number of a day."""
    if type(value) is date:
        return value.toordinal()
    raise Leave


def yes(value: object) -> bool:
    """Anything but yes or no leaves."""
    raise Leave


def text(value: object) -> str:
    """The key texts are compared by."""
    if type(value) is str:
        return fold(value)
    raise Leave


def ticks(value: object) -> tuple[object, ...]:
    """The letters ticked."""
    if type(value) is tuple:
        return value
    raise Leave


def level(levels: Mapping[str, int], value: object) -> int:
    """The level of a label that is not written as in the rule."""
    found = levels.get(text(value))
    if found is None:
        raise Leave
    return found
