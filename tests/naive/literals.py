"""Numbers, percentages and dates as each dialect writes them."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction

_DIGITS = {"vi": (".", ","), "en": (",", ".")}
_NUMBER = {
    "vi": re.compile(r"[-+−–]?(\d+|\d{1,3}(\.\d{3})+)(,\d+)?"),
    "en": re.compile(r"[-+−–]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?"),
}


def number(text: str, dialect: str) -> Fraction:
    """A number as written, with or without a sign."""
    thousands, point = _DIGITS[dialect]
    plain = text.strip().replace(thousands, "").replace(point, ".").replace("−", "-").replace("–", "-")
    return Fraction(plain)


def looks_like_a_number(text: str, dialect: str) -> bool:
    """Whether the text is a number of that dialect."""
    return _NUMBER[dialect].fullmatch(text.strip()) is not None


def percentage(text: str, dialect: str) -> Fraction:
    """A percentage, with or without its sign, as the ratio it is."""
    return number(text.strip().removesuffix("%"), dialect) / 100


def day(text: str) -> date:
    """A date: the year stands first in English, last in Vietnamese."""
    numbers = [int(found) for found in re.findall(r"\d+", text)]
    return date(*numbers) if numbers[0] > 31 else date(numbers[2], numbers[1], numbers[0])


def looks_like_a_day(text: str) -> bool:
    """Whether the text is a date with its year."""
    return re.fullmatch(r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/-]\d{1,2}[/-]\d{4}", text.strip()) is not None


def day_and_month(text: str, dialect: str) -> tuple[int, int]:
    """The day and the month of a date without a year: Vietnamese writes the day first, English the month."""
    first, second = (int(found) for found in re.findall(r"\d+", text))
    return (second, first) if dialect == "en" else (first, second)
