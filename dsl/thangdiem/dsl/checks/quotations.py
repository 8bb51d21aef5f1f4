"""Whether the numbers and days of a quoted provision are those of the rule beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.checks.finding import crumbs, finding, listed
from thangdiem.dsl.diagnostic import Diagnostic
from thangdiem.dsl.numerals import NumeralError, read_number, write_number
from thangdiem.dsl.rulebook import Rulebook
from thangdiem.dsl.walk import all_of, of_item

_NUMBER = re.compile(r"(?<![\w.,/])[0-9]+(?:[.,][0-9]+)*(?![\w/]|[.,][0-9])")
_FRACTION = re.compile(r"(?<![\w.,/])([0-9]{1,4})/([1-9][0-9]{0,3})(?![\w/])")
_REFERENCE = re.compile(
    r"\b(?:điều|khoản|mục|chương|phần|phụ lục|bảng|số|năm|tháng|ngày|kỳ|quý|"
    r"article|clause|section|chapter|annex|table|no\.?|year|period)\s+(?:số\s+)?[0-9][\w./\-]*",
    re.IGNORECASE,
)
_DATE = re.compile(r"[0-9]{1,4}[/\-][0-9]{1,2}[/\-][0-9]{1,4}|[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DAY = re.compile(r"(?<![\w.,/])(0?[1-9]|[12][0-9]|3[01])/(0?[1-9]|1[0-2])(?:/[0-9]{4})?(?![\w/])")
_MonthDay = tuple[int, int]
_TRIVIAL = frozenset((Fraction(0), Fraction(1), Fraction(100)))


def check_quotations(book: Rulebook) -> Iterator[Diagnostic]:
    """Numbers and days quoted that are not in the rule, and numbers of the rule that are in no quotation."""
    for scale in book.scales:
        for item in scale.walk():
            quotations = item.provision.quotations
            if not quotations or not _has_rule(item):
                continue
            quoted = {number for text in quotations for number in _numbers(text, book.dialect)}
            stated = set(_literals(item))
            where = crumbs(book, scale, item)
            points = set(_points(item))
            if missing := _shown(_lacking(quoted, stated | points), _unstated_days(item), book.dialect):
                yield finding(book, "TD313", item.head, where, item=item.code, numbers=missing)
            if missing := _shown(_lacking(stated - _TRIVIAL, quoted | points), (), book.dialect):
                yield finding(book, "TD314", item.head, where, item=item.code, numbers=missing)


def _has_rule(item: rb.Item) -> bool:
    direct = isinstance(item.method, rb.Direct)
    return item.method is not None and not direct and item.points.form is not rb.PointsForm.UNKNOWN


def _shown(numbers: Iterable[Fraction], days: Iterable[_MonthDay], language: str) -> str:
    shown = [write_number(number, language) for number in sorted(numbers)]
    return listed([*shown, *(f"{day:02}/{month:02}" for month, day in sorted(days))])


def _unstated_days(item: rb.Item) -> set[_MonthDay]:
    """Days quoted that the rule does not state. Not the other way: a text may say “in January” for 31/01.

    A rule that states no day says nothing of days: those quoted may be of its references.
    """
    quoted = {(int(each[2]), int(each[1])) for text in item.provision.quotations for each in _DAY.finditer(text)}
    parts = [part for whole in of_item(item) for part in all_of(whole)]
    stated = {(part.month, part.day) for part in parts if isinstance(part, rb.Day)}
    return quoted - stated if stated else set()


def _lacking(numbers: set[Fraction], among: set[Fraction]) -> list[Fraction]:
    """The numbers that are not among others, neither as they are nor as a share or a percentage."""
    left = numbers - among
    return [number for number in left if number * 100 not in among and number / 100 not in among]


def _numbers(text: str, language: str) -> Iterator[Fraction]:
    """The numbers of a quoted text; references, years and dates are none."""
    plain = _REFERENCE.sub(" ", _DATE.sub(" ", text))
    for found in _FRACTION.finditer(plain):
        yield Fraction(int(found[1]), int(found[2]))
    for found in _NUMBER.finditer(_FRACTION.sub(" ", plain)):
        digits = found[0] if any(mark in found[0] for mark in ".,") else found[0].lstrip("0") or "0"
        try:
            yield read_number(digits, language)
        except NumeralError:
            continue


def _literals(item: rb.Item) -> Iterator[Fraction]:
    for whole in of_item(item):
        for part in all_of(whole):
            if isinstance(part, rb.Number):
                yield part.value * 100 if part.kind is rb.Kind.RATIO else part.value
            elif (fraction := _quotient(part)) is not None:
                yield fraction


def _quotient(part: rb.Expression) -> Fraction | None:
    """``1/2`` as one number."""
    match part:
        case rb.Arithmetic(operator=rb.Operator.DIVIDE, left=rb.Number() as top, right=rb.Number() as bottom):
            return top.value / bottom.value if bottom.value else None
        case _:
            return None


def _points(item: rb.Item) -> Iterator[Fraction]:
    for value in (item.points.low, item.points.high, item.weight):
        if value is not None:
            yield value
