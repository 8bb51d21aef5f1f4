"""Units as mappings in; the bytes of the CSV or Excel file that holds them, one row a unit, out."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from io import BytesIO, StringIO

from openpyxl import Workbook

from thangdiem.dsl.rulebook import State
from thangdiem.engine.binding.mapping import Given, raw_of

Unit = Mapping[str, Given]
_STATES = {State.NOT_APPLICABLE: "không áp dụng", State.NOT_ASSESSED: "chưa đánh giá", State.MISSING: ""}


def csv_of(units: Sequence[Unit], dialect: str = "vi") -> bytes:
    """As Excel writes it in Vietnam: semicolons, a mark at the front."""
    out = StringIO()
    writer = csv.writer(out, delimiter=";")
    headings = headings_of(units)
    writer.writerow(headings)
    writer.writerows([text_of(unit.get(each), dialect) for each in headings] for unit in units)
    return out.getvalue().encode("utf-8-sig")


def xlsx_of(units: Sequence[Unit], dialect: str = "vi") -> bytes:
    """Whole numbers, days and answers as such, everything else as text."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    headings = headings_of(units)
    for column, heading in enumerate(headings, 1):
        sheet.cell(1, column).value = heading
        sheet.cell(1, column).data_type = "s"
        for row, unit in enumerate(units, 2):
            value = unit.get(heading)
            typed = isinstance(value, bool | int | date)
            cell = sheet.cell(row, column)
            cell.value = value if typed else text_of(value, dialect) or None  # type: ignore[assignment]
            if isinstance(cell.value, str):
                cell.data_type = "s"
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def headings_of(units: Sequence[Unit]) -> list[str]:
    """Every heading of any unit, in their order."""
    return list(dict.fromkeys(heading for unit in units for heading in unit))


def text_of(value: Given, dialect: str) -> str:
    """What a clerk types for a value."""
    if value == ():
        return "không ý nào"
    return _STATES[value] if isinstance(value, State) else raw_of("", value, dialect).text


def has_a_numeral(value: Given) -> bool:
    """Whether a table can hold it: a fraction without a decimal form, or one read in two ways, has no numeral."""
    if not isinstance(value, Fraction):
        return True
    return 10**6 % value.denominator == 0 and 1000 % value.denominator == 0 and value.denominator not in (8, 125, 1000)
