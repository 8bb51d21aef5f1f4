"""Texts of a trace in, exact numbers, and what operations and roundings make of them, out."""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

NUMBER, DAY = re.compile(r"-?\d+(\.\d+)?(/\d+)?"), re.compile(r"\d{4}-\d\d-\d\d")
TINY, LARGEST = Fraction(1, 10**40), 13_000


def read(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(map(read, value))
    if not isinstance(value, str):
        return value
    if NUMBER.fullmatch(value):
        return Fraction(value)
    return date.fromisoformat(value) if DAY.fullmatch(value) else value


def fold(text: str) -> str:
    """Case, spaces and where a tone mark is put do not count."""
    words = unicodedata.normalize("NFD", text.casefold()).split()
    tones = "\u0300\u0301\u0303\u0309\u0323"
    return " ".join("".join(sorted(word, key=lambda letter: (letter in tones, 0))) for word in words)


def real(value: Any) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(value.numerator) / Decimal(value.denominator)


def order(one: Any, two: Any) -> int:
    """-1, 0, 1; numbers that agree to forty digits are equal."""
    if isinstance(one, Decimal) or isinstance(two, Decimal):
        difference = Fraction(real(one) - real(two))
        return 0 if abs(difference) < TINY else 1 if difference > 0 else -1
    if type(one) is not type(two) or not isinstance(one, Fraction | date):
        raise ArithmeticError
    return int(one > two) - int(one < two)


def equal(one: Any, two: Any) -> bool:
    if isinstance(one, str) and isinstance(two, str):
        return fold(one) == fold(two)
    if isinstance(one, bool) or isinstance(two, bool):
        return one is two
    return order(one, two) == 0


def rounded(value: Any, unit: Fraction, tie: str) -> Fraction:
    share = Fraction(value) / unit
    if isinstance(value, Decimal) and abs(share * 2 - round(share * 2)) < TINY:
        share = Fraction(round(share * 2), 2)
    low = math.floor(share)
    half = order(share - low, Fraction(1, 2))
    middle_up = {"HALF_UP": share > 0, "HALF_DOWN": share < 0, "HALF_EVEN": low % 2 == 1}
    always = {"UP": share > low, "DOWN": False, "TRUNCATE": low < share < 0}
    return (low + (always[tie] if tie in always else half > 0 or (half == 0 and middle_up[tie]))) * unit


def power(base: Any, exponent: Fraction) -> Any:
    if isinstance(base, Fraction) and exponent.denominator == 1:
        bits = max(abs(base.numerator), base.denominator).bit_length() * abs(exponent)
        if bits > 2 * LARGEST:
            raise OverflowError
        return base ** int(exponent)
    if isinstance(base, Fraction) and base < 0:
        raise ArithmeticError
    return real(base) ** real(exponent)


def root(value: Any, degree: Fraction) -> Any:
    if value < 0 and degree % 2:
        return -root(-value, degree)
    return real(value) ** (1 / real(degree)) if value else value


def mixed(function: Any) -> Any:
    """Fractions stay exact; with an irrational operand all become decimals."""

    def of(*values: Any) -> Any:
        return function(*(map(real, values) if any(isinstance(value, Decimal) for value in values) else values))

    return of


OPERATIONS: dict[str, Any] = {
    "add": mixed(lambda one, two: one + two),
    "subtract": mixed(lambda one, two: Fraction((one - two).days) if isinstance(one, date) else one - two),
    "multiply": mixed(lambda one, two: one * two),
    "divide": mixed(lambda one, two: one / two),
    "negative": lambda one: -one,
    "min": mixed(min),
    "max": mixed(max),
    "abs": abs,
    "root": root,
    "ln": lambda one: real(one).ln(),
    "log10": lambda one: real(one).log10(),
    "exp": lambda one: real(one).exp(),
}
GATHERED: dict[str, Any] = {
    "sum": lambda numbers: sum(numbers, Fraction(0)),
    "mean": lambda numbers: sum(numbers, Fraction(0)) / len(numbers),
    "highest": max,
    "lowest": min,
}
