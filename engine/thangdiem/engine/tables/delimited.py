"""A CSV or TSV file in, its table out; the delimiter is found from the header line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from attrs import frozen

from thangdiem.engine.tables.encoding import decode
from thangdiem.engine.tables.findings import Findings
from thangdiem.engine.tables.layout import fits, is_header, lay_out
from thangdiem.engine.tables.limits import MAX_CELL_LENGTH, MAX_CELLS, MAX_COLUMNS, MAX_ROWS
from thangdiem.engine.tables.table import Cell, Table, cell_name

_DELIMITERS = ";,\t"
# Excel's own first line; it does not count as a row.
_NAMED_DELIMITER = re.compile("sep=([;,\t])(?:\r\n?|\n|$)")
_SAMPLE_CHARACTERS = 65_536
_SAMPLE_RECORDS = 60
_MOST_DELIMITERS = 50 * MAX_COLUMNS  # in one record, those inside quotes included


def read_delimited(data: bytes, findings: Findings) -> Table | None:
    """The table of a text file, or None with what is wrong."""
    text = decode(data, findings)
    if text is None:
        return None
    if named := _NAMED_DELIMITER.match(text):
        text, delimiter = text[named.end() :], named[1]
    else:
        found = _delimiter(text, findings)
        if found is None:
            return None
        delimiter = found
    table = lay_out(_rows(text, delimiter, findings), findings)
    if table is None and not findings.refused:
        findings.add("TD413")
    return table


def _rows(text: str, delimiter: str, findings: Findings) -> Iterator[list[Cell]]:
    """The records as rows of cells, up to the first that cannot be read; rows count as in a spreadsheet."""
    lines = _Lines(text, delimiter)
    row = cell_count = 0
    try:
        for row, record in enumerate(csv.reader(lines, delimiter=delimiter, strict=True), 1):
            lines.delimiters = 0
            cell_count += len(record)
            if not _within_limits(row, len(record), cell_count, findings):
                return
            cells = []
            for column, field in enumerate(record, 1):
                shown = field.strip()
                cells.append(Cell(shown or None, shown, row, column, shown[-1:] == "%"))
            if record and len(max(record, key=len)) > MAX_CELL_LENGTH:
                for cell in cells:
                    fits(cell, findings)
                return
            yield cells
    except _DelimiterFloodError:
        findings.add("TD404", cell_name(row + 1, 1), most=MAX_COLUMNS)
    except csv.Error as error:
        _explain(error, cell_name(row + 1, 1), findings)


def _within_limits(row: int, columns: int, cell_count: int, findings: Findings) -> bool:
    if row > MAX_ROWS:
        findings.add("TD403", most=MAX_ROWS)
    elif columns > MAX_COLUMNS:
        findings.add("TD404", cell_name(row, 1), most=MAX_COLUMNS)
    elif cell_count > MAX_CELLS:
        findings.add("TD405", most=MAX_CELLS)
    else:
        return True
    return False


def _explain(error: csv.Error, cell: str, findings: Findings) -> None:
    """The csv module tells its errors apart by their words only."""
    words = str(error)
    if "unexpected end" in words:
        findings.add("TD411", cell)
    elif "field limit" in words:
        findings.add("TD406", cell, length=csv.field_size_limit(), most=MAX_CELL_LENGTH)
    else:
        findings.add("TD412", cell)


class _DelimiterFloodError(Exception):
    """A record would have more fields than are worth splitting off."""


class _Lines:
    """The lines of a text for the csv module, which splits a whole record before anybody can count."""

    def __init__(self, text: str, delimiter: str) -> None:
        self._lines = io.StringIO(text, newline="")
        self._delimiter = delimiter
        self.delimiters = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.delimiters += line.count(self._delimiter)
        if self.delimiters > _MOST_DELIMITERS:
            raise _DelimiterFloodError
        return line


@frozen
class _Reading:
    """The beginning of a file read with one delimiter: where its header would be, how many rows agree."""

    delimiter: str
    header_row: int
    columns: int
    agreeing: float


def _delimiter(text: str, findings: Findings) -> str | None:
    """The delimiter whose header comes with rows like it; the earlier header where two do."""
    readings = [reading for sign in _DELIMITERS if (reading := _reading(text, sign)) is not None]
    if not readings:
        findings.add("TD413")
        return None
    best = max(_preference(reading) for reading in readings)
    signs = [reading for reading in readings if _preference(reading) == best]
    if len(signs) > 1 and signs[-1].delimiter != "\t":  # nobody types a tab inside a cell
        findings.add(
            "TD410",
            cell_name(signs[0].header_row, 1),
            first=signs[0].delimiter,
            second=signs[1].delimiter,
        )
        return None
    return signs[-1].delimiter


def _preference(reading: _Reading) -> tuple[float, int, int]:
    # Rows say more than the number of columns: that decides only where no row follows the header.
    return reading.agreeing, -reading.header_row, reading.columns if reading.agreeing < 0 else 0


def _reading(text: str, delimiter: str) -> _Reading | None:
    header_row = columns = agreeing = others = 0
    sample = text[:_SAMPLE_CHARACTERS]
    if len(text) > len(sample):
        sample = sample[: max(sample.rfind("\n"), sample.rfind("\r")) + 1] or sample
    # The sample is shorter than a field may be, and holds fewer delimiters than are worth splitting off.
    for row, record in enumerate(csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter), 1):
        if row > _SAMPLE_RECORDS:
            break
        fields = [field.strip() for field in record]
        if not columns:
            if is_header(fields):
                header_row, columns = row, len(fields)
        elif any(fields):
            fitting = 2 <= len(fields) <= columns
            agreeing, others = agreeing + fitting, others + (not fitting)
    if not columns:
        return None
    rows = agreeing + others
    return _Reading(delimiter, header_row, columns, agreeing / rows if rows else -1.0)
