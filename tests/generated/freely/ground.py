"""What is drawn from: small numbers that meet often, data of every type, names and items that may be spoken of."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from random import Random

from attrs import define, field

from generated.data import PERIOD
from thangdiem.dsl.numerals import write_number
from thangdiem.dsl.rulebook import State

NUMBERS = tuple(Fraction(each) for each in ("-2", "-1", "0", "0.5", "1", "1.25", "2", "2.5", "3", "5", "8", "10"))
SHARES = tuple(Fraction(each) for each in ("0", "0.2", "0.5", "0.75", "0.8", "1"))
TEXTS = ("A", "B", "hòa")
DAYS = (date(PERIOD, 5, 31), date(PERIOD, 2, 29), date(PERIOD + 1, 1, 31), date(PERIOD - 1, 12, 1))
TIES = ("nửa lên", "nửa xuống", "nửa chẵn", "lên", "xuống", "cắt bỏ")

FORMS = {
    "số": ("x", "y", "z"),
    "phần trăm": ("p", "q"),
    "có/không": ("c", "d"),
    "văn bản": ("t", "u"),
    "ngày": ("n",),
}
"""Data by type; any may be declared or not."""


@define
class Ground:
    """One rule file as it is being drawn: what may be spoken of where the pen is now."""

    random: Random
    names: list[str] = field(factory=list)
    items: list[tuple[str, str]] = field(factory=list)
    parents: list[tuple[str, str, str]] = field(factory=list)
    item: bool = False
    judged: bool = False
    units: bool = False

    def one_of(self, *choices: str) -> str:
        return self.random.choice(choices)

    def in_so_many(self, times: int) -> bool:
        """Once in so many times."""
        return self.random.randrange(times) == 0


def written(number: Fraction) -> str:
    return write_number(number, "vi")


def value(form: str, random: Random) -> object:
    """What a unit may give for a datum of a type."""
    match form:
        case "số":
            return random.choice(NUMBERS) + random.choice((0, 0, 0, 0, Fraction(1, 100), Fraction(-1, 100)))
        case "phần trăm":
            return random.choice(SHARES)
        case "có/không":
            return random.random() < 0.5
        case "văn bản":
            return random.choice((*TEXTS, "HOÀ"))
        case _:
            return random.choice(DAYS) + timedelta(days=random.choice((-1, 0, 0, 1, 40)))


def gap(random: Random) -> object:
    """Why there may be none."""
    return random.choice((None, State.MISSING, State.NOT_ASSESSED, State.NOT_APPLICABLE))
