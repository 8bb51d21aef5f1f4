"""Numbers and dates as a dialect spells them: text goes in, a Fraction or a date comes out, and back."""

import re
import unicodedata
from datetime import date
from fractions import Fraction
from typing import Literal

from attrs import frozen

from thangdiem.dsl.rounding import Rounding, Tie, round_to

NumeralFault = Literal[
    "other-dialect",
    "ambiguous",
    "bad-grouping",
    "too-long",
    "not-a-number",
    "not-a-percent",
    "not-a-date",
    "no-such-day",
]

MAX_INTEGER_DIGITS = 15
MAX_FRACTION_DIGITS = 6
MAX_WRITTEN_FRACTION_DIGITS = 30  # a longer decimal is written as a quotient

_LONGEST_NUMERAL = 64
_TEN_TO_MAX = 10**MAX_WRITTEN_FRACTION_DIGITS


class NumeralError(ValueError):
    """Text that is no numeral of the dialect; `readings` are what it may have meant, likeliest first."""

    def __init__(self, kind: NumeralFault, *readings: str) -> None:
        super().__init__(kind, *readings)
        self.kind: NumeralFault = kind
        self.readings = readings

    @property
    def suggestion(self) -> str:
        """The likeliest reading, spelled as the dialect wants it; empty where there is none."""
        return self.readings[0] if self.readings else ""


@frozen
class _Separators:
    group: str
    decimal: str
    pattern: re.Pattern[str]

    @classmethod
    def of(cls, group: str, decimal: str) -> "_Separators":
        grouped = rf"[1-9][0-9]{{0,2}}(?:{re.escape(group)}[0-9]{{3}})+"
        return cls(group, decimal, re.compile(rf"({grouped}|[0-9]+)(?:{re.escape(decimal)}([0-9]+))?"))

    def split(self, digits: str) -> tuple[str, str] | None:
        """The digits before and after the decimal separator, or None where the form is another."""
        found = self.pattern.fullmatch(digits)
        return found and (found[1].replace(self.group, ""), found[2] or "")


_COMMA = _Separators.of(".", ",")
_POINT = _Separators.of(",", ".")
_OWN = {"vi": _COMMA, "en": _POINT}
_OTHER = {"vi": _POINT, "en": _COMMA}
_SMALL = {str(number): Fraction(number) for number in range(1001)}


def read_number(text: str, dialect: str) -> Fraction:
    """The value of a number literal such as `1.234,5` (vi) or `1,234.5` (en), or NumeralError."""
    small = _SMALL.get(text)
    if small is not None:
        return small
    if len(text) <= MAX_INTEGER_DIGITS and text.isascii() and text.isdecimal():
        return Fraction(int(text))
    if text[:1] in ("-", "−") and text[1:2] not in ("-", "−"):
        try:
            return -read_number(text[1:], dialect)
        except NumeralError as error:
            raise NumeralError(error.kind, *(f"-{reading}" for reading in error.readings)) from None
    return _read_unsigned(text, dialect)


def _read_unsigned(text: str, dialect: str) -> Fraction:
    own, other = _OWN[dialect], _OTHER[dialect]
    if len(text) > _LONGEST_NUMERAL:
        raise NumeralError("too-long" if set(text) <= set("0123456789.,") else "not-a-number")
    parts = own.split(text)
    if parts is not None:
        value = _value(*parts)
        whole, fraction = parts
        if fraction == "000" and len(whole) <= 3 and whole[0] != "0":
            raise NumeralError("ambiguous", write_number(value * 1000, dialect), write_number(value, dialect))
        return value
    parts = other.split(text)
    if parts is None:
        raise NumeralError("bad-grouping" if re.fullmatch(r"[0-9]+(?:[.,][0-9]+)+", text) else "not-a-number")
    reading = write_number(_value(*parts), dialect)
    if _looks_grouped(*parts):
        raise NumeralError("bad-grouping", reading, write_number(_value("".join(parts), ""), dialect))
    raise NumeralError("other-dialect", reading)


def _looks_grouped(whole: str, fraction: str) -> bool:
    """Whether a decimal of the other dialect may as well be a thousand with a digit too many or too few."""
    zeros = len(fraction) == 2 and not fraction.strip("0")
    return len(whole) <= 3 and whole[0] != "0" and (zeros or len(fraction) > 3)


def _value(whole: str, fraction: str) -> Fraction:
    if len(whole) > MAX_INTEGER_DIGITS or len(fraction) > MAX_FRACTION_DIGITS:
        raise NumeralError("too-long")
    return Fraction(int(whole + fraction), 10 ** len(fraction))


def read_percent(text: str, dialect: str) -> Fraction:
    """The ratio a percentage such as `80%` or `12,5 %` stands for, or NumeralError."""
    if not text.endswith("%"):
        raise NumeralError("not-a-percent")
    try:
        return read_number(text[:-1].rstrip(" \u00a0"), dialect) / 100
    except NumeralError as error:
        raise NumeralError(error.kind, *(f"{reading}%" for reading in error.readings)) from None


def write_number(value: Fraction, dialect: str, grouping: bool = True) -> str:
    """The value exactly, in the dialect's form; what is no decimal of reasonable length is written `p/q`."""
    parts = _decimal_parts(value)
    if parts is None:
        return f"{value.numerator}/{value.denominator}"
    sign, whole, fraction = parts
    own = _OWN[dialect]
    if grouping and len(whole) > 3:
        whole = f"{int(whole):,}".replace(",", own.group)
    return f"{sign}{whole}{own.decimal}{fraction}" if fraction else sign + whole


def write_percent(value: Fraction, dialect: str, grouping: bool = True) -> str:
    """The ratio as an exact percentage; as `p/q` without a percent sign where it has no decimal form."""
    percentage = value * 100
    if _TEN_TO_MAX % percentage.denominator:
        return write_number(value, dialect, grouping)
    return write_number(percentage, dialect, grouping) + "%"


def write_approximate(value: Fraction, dialect: str, digits: int = 6) -> str:
    """The value rounded half up to at most so many decimal places; the caller says that it is approximate."""
    return write_number(round_to(value, Rounding.to_digits(digits, Tie.HALF_UP)), dialect)


def plain_decimal(value: Fraction) -> str | None:
    """The value for machines (`196`, `0.8`), or None where it is no decimal of reasonable length."""
    parts = _decimal_parts(value)
    if parts is None:
        return None
    sign, whole, fraction = parts
    return f"{sign}{whole}.{fraction}" if fraction else sign + whole


def write_plain(value: Fraction) -> str:
    """The value for machines, always exact: `0.8`, or `1/3` where it has no decimal form."""
    return plain_decimal(value) or f"{value.numerator}/{value.denominator}"


def _decimal_parts(value: Fraction) -> tuple[str, str, str] | None:
    """Sign, digits before and digits after the decimal separator, without superfluous zeros."""
    sign = "-" if value < 0 else ""
    top, bottom = abs(value.numerator), value.denominator
    if bottom == 1:
        return sign, str(top), ""
    if _TEN_TO_MAX % bottom:
        return None
    whole, rest = divmod(top, bottom)
    fraction = str(rest * (_TEN_TO_MAX // bottom)).zfill(MAX_WRITTEN_FRACTION_DIGITS)
    return sign, str(whole), fraction.rstrip("0")


_DAY_FIRST = re.compile(r"(?:ngày +)?([0-9]{1,2})([/-])([0-9]{1,2})\2([0-9]{4})", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_IN_WORDS = re.compile(r"ngày ([0-9]{1,2}) tháng ([0-9]{1,2}) năm ([0-9]{4})", re.IGNORECASE)


def read_date(text: str, dialect: str) -> date:
    """Reads `23/11/2022`, `ngày 23/11/2022`, `ngày 23 tháng 11 năm 2022` (vi), `2022-11-23` (en), or NumeralError."""
    if len(text) > _LONGEST_NUMERAL:
        raise NumeralError("not-a-date")
    written_in, in_words = "vi", False
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day = found.groups()
        written_in = "en"
    elif found := _DAY_FIRST.fullmatch(text):
        day, _, month, year = found.groups()
    elif found := _IN_WORDS.fullmatch(" ".join(unicodedata.normalize("NFC", text).split())):
        day, month, year = found.groups()
        in_words = True
    else:
        raise NumeralError("not-a-date")
    named, swapped = _day(year, month, day), _day(year, day, month)
    if named is not None and written_in == dialect:
        return named
    days = [named] if in_words else [named, swapped]
    readings = tuple(dict.fromkeys(write_date(one, dialect) for one in days if one))
    if named is None:
        raise NumeralError("no-such-day", *readings)
    # English is written with the month first as often as with the day first; Vietnamese never is.
    if written_in == "vi" and len(readings) > 1:
        raise NumeralError("ambiguous", *readings)
    raise NumeralError("other-dialect", readings[0])


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def write_date(day: date, dialect: str) -> str:
    """The day in the dialect's short form: `23/11/2022` (vi), `2022-11-23` (en)."""
    if dialect == "en":
        return day.isoformat()
    return f"{day.day:02}/{day.month:02}/{day.year:04}"
