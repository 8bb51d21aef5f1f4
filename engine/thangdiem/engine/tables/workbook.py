"""An .xlsx file in, the table of one of its sheets out; openpyxl opens it after it was found harmless."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from functools import lru_cache
from io import BytesIO
from re import compile as pattern
from threading import Lock
from typing import Any

from attrs import define

from thangdiem.dsl.letters import fold
from thangdiem.dsl.numerals import write_date, write_number, write_percent
from thangdiem.engine.tables.encoding import composed, is_fit
from thangdiem.engine.tables.findings import Findings
from thangdiem.engine.tables.layout import fits, lay_out, shortened
from thangdiem.engine.tables.limits import MAX_AREA, MAX_EXPONENT
from thangdiem.engine.tables.package import Sheet, inspect
from thangdiem.engine.tables.table import Cell, Table, Value, cell_name

_SHOWN_DIGITS = 15  # Excel shows no more, and takes numbers for equal that agree in them
_NOISE_UP_TO = 12
_QUOTED = pattern(r'"[^"]*"|\\.|\[[^\]]*\]')
_FIXED = pattern(r"0\.(0{1,6})(?:[;_].*)?")
_RANGE = pattern(r"([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})")
_quiet = Lock()  # warning filters belong to the whole process


def read_workbook(data: bytes, dialect: str, sheet: str | None, findings: Findings) -> Table | None:
    """The table of the sheet named, or of the first visible sheet that has one."""
    sheets = inspect(data, findings)
    if sheets is None:
        return None
    wanted = _wanted(sheets, sheet, findings)
    if not wanted:
        return None
    try:
        from openpyxl import load_workbook  # type: ignore[import-untyped]
    except ImportError:
        findings.add("TD420")
        return None
    with _quiet, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            book = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
            found = _first_table(book, wanted, dialect, findings)
        except Exception:  # openpyxl answers a damaged file with whatever error comes first
            findings.add("TD422")
            return None
    if found is None:
        if not findings.refused:
            findings.add("TD413")
        return None
    others = [one.name for one in sheets if one.name != found.sheet and one.part.last_row]
    if sheet is None and others:
        findings.add("TD428", chosen=found.sheet, others=", ".join(map(shortened, others[:10])))
    return found


def _wanted(sheets: tuple[Sheet, ...], name: str | None, findings: Findings) -> list[Sheet]:
    """The sheets to look for a table in, those with the most claim first."""
    if name is None:
        wanted = [sheet for sheet in sheets if sheet.visible and sheet.part.last_row]
        if not wanted:
            findings.add("TD413")
        return wanted
    named = [sheet for sheet in sheets if fold(sheet.name) == fold(name)]
    exact = [sheet for sheet in named if sheet.name == name] or named[:1]
    if not exact:
        there = ", ".join(shortened(sheet.name) for sheet in sheets[:20])
        findings.add("TD427", wanted=shortened(name), sheets=there)
    return exact


def _first_table(book: Any, sheets: list[Sheet], dialect: str, findings: Findings) -> Table | None:
    without_table: list[Findings] = []
    for sheet in sheets:
        if sheet.part.last_row * sheet.part.last_column > MAX_AREA:
            findings.add("TD405", most=MAX_AREA)
            return None
        reading = _Reading(sheet, dialect, Findings(findings.file, sheet.name))
        table = lay_out(reading.rows(book[sheet.name]), reading.findings)
        if table is not None:
            reading.report(table)
            findings.take(reading.findings)
            return table
        without_table.append(reading.findings)
    for tried in without_table:
        findings.take(tried)
    return None


@define(eq=False)
class _Reading:
    """One sheet being read."""

    sheet: Sheet
    dialect: str
    findings: Findings
    noisy: int = 0
    first_noisy: tuple[str, str, str] = ("", "", "")

    def rows(self, worksheet: Any) -> Iterator[list[Cell]]:
        """The cells that hold something, row by row."""
        part = self.sheet.part
        rows = worksheet.iter_rows(min_row=1, max_row=part.last_row, min_col=1, max_col=part.last_column)
        for row, cells in enumerate(rows, 1):
            yield [
                self.cell(cell, row, column)
                for column, cell in enumerate(cells, 1)
                if cell.value is not None or (part.formulas and cell_name(row, column) in part.formulas)
            ]

    def cell(self, cell: Any, row: int, column: int) -> Cell:
        """A cell that holds something; one that cannot be used comes out empty, with a finding."""
        value = cell.value
        if value is None:
            self.findings.add("TD430", cell_name(row, column))
        elif cell.data_type == "e":
            self.findings.add("TD431", cell_name(row, column), error=shortened(str(value)))
        elif isinstance(value, bool):
            return Cell(value, str(value).upper(), row, column)
        elif isinstance(value, int | float):
            return self.number(value, cell.number_format or "", row, column)
        elif isinstance(value, str):
            return self.text(value, row, column)
        else:
            day, shown = _moment(value, self.dialect)
            return Cell(day if day is not None else shown, shown, row, column)
        return Cell(None, "", row, column)

    def text(self, raw: str, row: int, column: int) -> Cell:
        """A text without the spaces around it."""
        if not is_fit(raw):
            self.findings.add("TD419", cell_name(row, column))
            return Cell(None, "", row, column)
        shown = composed(raw).strip()
        cell = Cell(shown or None, shown, row, column, shown.endswith("%"))
        return cell if fits(cell, self.findings) else Cell(None, "", row, column)

    def number(self, raw: int | float, number_format: str, row: int, column: int) -> Cell:
        """A number as the shortest decimal that is stored like it."""
        number = _number(raw, number_format, self.dialect)
        if number is None:
            self.findings.add("TD434", cell_name(row, column), number=shortened(str(raw)))
            return Cell(None, "", row, column)
        value, text, percent, without_noise = number
        if "%" in number_format and not percent:  # the sign is a letter beside the number: 0.96 shown as 0.96%
            return Cell(f"{text}%", f"{text}%", row, column, True)
        if without_noise:
            self.noisy += 1
            if self.noisy == 1:
                self.first_noisy = (cell_name(row, column), repr(raw), without_noise)
        return Cell(value, text, row, column, percent)

    def report(self, table: Table) -> None:
        """Remark on what the sheet shows otherwise than it is read."""
        if self.noisy:
            cell, stored, shown = self.first_noisy
            self.findings.add("TD433", cell, stored=stored, shown=shown, count=self.noisy)
        merged = [ref for ref in self.sheet.part.merged if _last_row(ref) >= table.header[0].row]
        if merged:
            self.findings.add("TD432", merged[0].partition(":")[0], range=merged[0], count=len(merged))
        hidden = list(_hidden(self.sheet, table))
        if hidden:
            self.findings.add("TD436", hidden[0].name, shown=shortened(hidden[0].text), count=len(hidden))


def _hidden(sheet: Sheet, table: Table) -> Iterator[Cell]:
    """The first cell of each row, and the title of each column, that is read though no reader sees it."""
    rows, columns = sheet.part.hidden_rows, sheet.part.hidden_columns
    if columns:
        yield from (each for each in table.header if any(low <= each.column <= high for low, high in columns))
    if rows:
        yield from (row[0] for row in table.rows if row[0].row in rows)


@lru_cache(maxsize=16_384)
def _number(raw: int | float, number_format: str, dialect: str) -> tuple[Fraction, str, bool, str] | None:
    """Value, text, whether it shows a percentage, what Excel shows instead of binary noise if it does."""
    value = _decimal(raw)
    if value is None:
        return None
    text = _number_text(value, number_format, dialect)
    return value, text, _is_percent(number_format), _without_noise(raw)


def _decimal(raw: int | float) -> Fraction | None:
    if isinstance(raw, int):
        return Fraction(raw) if abs(raw) < 10**MAX_EXPONENT else None
    if raw and not 10.0**-MAX_EXPONENT < abs(raw) < 10.0**MAX_EXPONENT:  # infinity and NaN included
        return None
    return Fraction(repr(raw)) if raw == raw else None


def _without_noise(raw: int | float) -> str:
    """The short number Excel shows where a formula left a long one, such as 196 for 195.99999999999997."""
    if isinstance(raw, int) or raw.is_integer() or len(repr(raw)) <= _SHOWN_DIGITS:
        return ""
    shown = f"{raw:.{_SHOWN_DIGITS}g}"
    digits = shown.partition("e")[0].replace("-", "").replace(".", "").strip("0")
    return shown if len(digits) <= _NOISE_UP_TO and float(shown) != raw else ""


@lru_cache(maxsize=256)
def _is_percent(number_format: str) -> bool:
    return "%" in _QUOTED.sub("", number_format)


def _number_text(value: Fraction, number_format: str, dialect: str) -> str:
    """The number as shown, but never with fewer digits than it has."""
    if _is_percent(number_format):
        return write_percent(value, dialect, grouping=False)
    text = write_number(value, dialect, grouping=False)
    fixed = _FIXED.fullmatch(number_format)
    if fixed is None or "/" in text:
        return text
    whole, _, decimals = text.partition("," if dialect == "vi" else ".")
    return f"{whole}{',' if dialect == 'vi' else '.'}{decimals.ljust(len(fixed[1]), '0')}"


def _moment(value: Value | datetime | time | timedelta, dialect: str) -> tuple[date | None, str]:
    """The day and the text of a date cell; a time of day stays in the text only, since rules know days."""
    match value:
        case datetime() if value.time() == time():
            return value.date(), write_date(value.date(), dialect)
        case datetime():
            return value.date(), f"{write_date(value.date(), dialect)} {value:%H:%M:%S}"
        case date():
            return value, write_date(value, dialect)
        case _:
            return None, str(value)


def _last_row(reference: str) -> int:
    found = _RANGE.fullmatch(reference)
    return int(found[4]) if found else 0
