"""Numbers, dates and years in a form the dialect does not have."""

from __future__ import annotations

import re

from thangdiem.dsl.diagnostic import Diagnostic, Place
from thangdiem.dsl.numerals import MAX_FRACTION_DIGITS, MAX_INTEGER_DIGITS, NumeralError, read_date, write_date
from thangdiem.dsl.slips.slip import Slip, shortened

_DATE_SHAPE = re.compile(r"[0-9]+ ?[/\-.][0-9 ]+[/\-.]|ngày|tháng|day|month", re.IGNORECASE)
_DOTTED_DATE = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
_DATE_FORMS = {"vi": "23/11/2022", "en": "2022-11-23"}
_NUMBER_CODES = {"other-dialect": "TD067", "ambiguous": "TD068", "bad-grouping": "TD069", "too-long": "TD070"}
_DATE_CODES = {"other-dialect": "TD072", "ambiguous": "TD074", "no-such-day": "TD073", "not-a-date": "TD066"}


def date_form(slip: Slip) -> Diagnostic | None:
    """``23.11.2022``, ``tháng 11 năm 2022``: no date of the dialect."""
    if "DATE" not in slip.wanted or "NUMBER" in slip.wanted or slip.at_line_end:
        return None
    words = slip.rest.split(",")[0].rstrip(") ")
    if written := _with_dots(words, slip.dialect.name):
        return slip.finding("TD087", slip.start, slip.start + len(words), words=words, suggestion=written)
    form = _DATE_FORMS[slip.dialect.name]
    try:
        read_date(words, slip.dialect.name)
    except NumeralError as error:
        if error.readings or error.kind == "no-such-day":
            return numeral_slip(error, words, slip.source.place(slip.start, slip.start + len(words)), slip.dialect.name)
    return slip.finding("TD066", slip.start, slip.start + len(words), words=words, form=form)


def missing_date(slip: Slip) -> Diagnostic | None:
    """``Ngày ban hành:`` and nothing behind it."""
    if "DATE" not in slip.wanted or "NUMBER" in slip.wanted or not slip.at_line_end:
        return None
    return slip.finding("TD084", words=slip.line, form=_DATE_FORMS[slip.dialect.name])


def period_without_year(slip: Slip) -> Diagnostic | None:
    """``kỳ đánh giá từ 2022``."""
    if "_YEAR" not in slip.wanted or slip.head != "_PERIODS":
        return None
    year = slip.spell("YEAR")
    found = slip.found or slip.line
    return slip.finding("TD065", words=found, suggestion=f"{year} {slip.found or '2022'}", year=year)


def _with_dots(text: str, dialect: str) -> str | None:
    """``31.12.2024`` as the dialect writes that day; dots are put behind days, never behind months."""
    found = _DOTTED_DATE.fullmatch(text)
    if found is None:
        return None
    try:
        return write_date(read_date("/".join(found.groups()), "vi"), dialect)
    except NumeralError:
        return None


def numeral_slip(error: NumeralError, text: str, place: Place, dialect: str) -> Diagnostic:
    """The finding for a number, a percentage or a date of the text that its reader refused."""
    if written := _with_dots(text, dialect):
        return Diagnostic("TD087", {"words": text, "suggestion": written}, place)
    is_date = error.kind in ("not-a-date", "no-such-day") or _DATE_SHAPE.search(text) is not None
    code = (_DATE_CODES if is_date else _NUMBER_CODES).get(error.kind, "TD071")
    if code == "TD069" and not error.readings:
        code = "TD071"
    readings = " / ".join(f"“{reading}”" for reading in error.readings)
    arguments: dict[str, object] = {
        "words": shortened(text),
        "suggestion": error.suggestion,
        "readings": readings,
    }
    arguments |= {"digits": MAX_INTEGER_DIGITS, "decimals": MAX_FRACTION_DIGITS}
    return Diagnostic(code, arguments, place)
