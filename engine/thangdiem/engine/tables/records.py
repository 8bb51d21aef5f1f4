"""A JSON or JSON Lines file in, one object a unit, its table out with numbers exactly as written."""

from __future__ import annotations

import json
import re
from fractions import Fraction

from attrs import frozen

from thangdiem.dsl.diagnostic import Position, Related
from thangdiem.dsl.letters import fold
from thangdiem.dsl.numerals import write_number
from thangdiem.engine.tables.encoding import composed, decode, is_fit
from thangdiem.engine.tables.findings import Findings
from thangdiem.engine.tables.layout import shortened
from thangdiem.engine.tables.limits import (
    MAX_CELL_LENGTH,
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_CONTAINERS,
    MAX_DEPTH,
    MAX_EXPONENT,
    MAX_LIST_LENGTH,
    MAX_NUMBER_LENGTH,
    MAX_ROWS,
)
from thangdiem.engine.tables.table import Cell, Form, Table, Value, record_name, record_place

_SAME_NAME = "column-of-that-name"
_MARK = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[\[\]{},]', re.DOTALL)
_EXPONENT = re.compile(r"[eE]([+-]?[0-9]+)$")


@frozen
class _Object:
    """An object with its keys as written, repeated ones included."""

    pairs: tuple[tuple[str, object], ...]


@frozen
class _NoNumber:
    """NaN or an infinity, which JSON does not have."""

    text: str


@frozen
class _LongNumber:
    """A number of more digits than are worth reading."""

    text: str


def _number(text: str) -> Fraction | _LongNumber:
    exponent = _EXPONENT.search(text)
    long = len(text) > MAX_NUMBER_LENGTH or (exponent is not None and abs(int(exponent[1])) > MAX_EXPONENT)
    return _LongNumber(shortened(text)) if long else Fraction(text)


_DECODER = json.JSONDecoder(
    object_pairs_hook=lambda pairs: _Object(tuple(pairs)),
    parse_float=_number,
    parse_int=_number,
    parse_constant=_NoNumber,
)


def read_records(data: bytes, dialect: str, findings: Findings) -> Table | None:
    """The table of a JSON file: a list of units, or an object whose `units` is that list."""
    text = decode(data, findings)
    if text is None:
        return None
    content = _parse(text, _Bounds(), findings)
    if findings.refused:
        return None
    if isinstance(content, _Object):
        if [key for key, _ in content.pairs] != ["units"]:
            keys = ", ".join(shortened(key) for key, _ in content.pairs[:10])
            findings.add("TD441", found=f"{{{keys}}}")
            return None
        return _table(content.pairs[0][1], Form.UNITS, dialect, findings)
    return _table(content, Form.LIST, dialect, findings)


def read_lines(data: bytes, dialect: str, findings: Findings) -> Table | None:
    """The table of a JSON Lines file: one object a line, empty lines left out."""
    text = decode(data, findings)
    if text is None:
        return None
    units: list[object] = []
    lines = re.split(r"\r\n?|\n", text, maxsplit=MAX_ROWS)
    if len(lines) > MAX_ROWS:
        findings.add("TD403", most=MAX_ROWS)
        return None
    bounds = _Bounds()
    for number, line in enumerate(lines):
        units.append(_parse(line, bounds, findings, number) if line.strip() else _EMPTY)
    return None if findings.refused else _table(units, Form.LINES, dialect, findings)


def looks_like_lines(text: str) -> bool:
    """Whether a text that begins with { holds an object a line rather than one object."""
    first, _, rest = text.strip().partition("\n")
    return rest.lstrip().startswith("{") and first.rstrip().endswith("}")


_EMPTY = _Object(())


def _parse(text: str, bounds: _Bounds, findings: Findings, line: int = 0) -> object:
    if not bounds.hold(text):
        findings.add("TD447", position=Position(line, 0, 0))
        return None
    try:
        content: object = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        row, column = line + error.lineno - 1, error.colno - 1
        here = Position(row, column, column)
        findings.add("TD440", position=here, line=str(row + 1), column=str(column + 1))
        return None
    return content


class _Bounds:
    """Whether the texts of a file nest little and hold a bearable number of lists, objects and values."""

    def __init__(self) -> None:
        self._containers = 0
        self._separators = 0

    def hold(self, text: str) -> bool:
        """Count what is in another text of the file."""
        depth = 0
        for found in _MARK.finditer(text):
            match found[0][0]:
                case "[" | "{":
                    depth += 1
                    self._containers += 1
                case "]" | "}":
                    depth -= 1
                case ",":
                    self._separators += 1
                case _:
                    continue
            if depth > MAX_DEPTH or self._containers > MAX_CONTAINERS or self._separators > MAX_CELLS:
                return False
        return True


def _table(units: object, form: Form, dialect: str, findings: Findings) -> Table | None:
    if not isinstance(units, list):
        findings.add("TD441", found=_kind(units))
        return None
    if len(units) > MAX_ROWS:
        findings.add("TD403", most=MAX_ROWS)
        return None
    reading = _Reading(form, dialect, findings)
    read = ((row, reading.unit(row, unit)) for row, unit in enumerate(units, 1))
    rows = [(row, cells) for row, cells in read if any(cell.value is not None for cell in cells.values())]
    header = tuple(Cell(key, key, 1, column) for key, column in reading.columns.items())
    if not rows and not findings.refused:
        findings.add("TD400")
    if len(header) > MAX_COLUMNS:
        row = next((row for row, cells in rows if MAX_COLUMNS + 1 in cells), 1)
        findings.add("TD404", record_place(findings.file, form, row, None).cell, most=MAX_COLUMNS)
    elif len(header) * len(rows) > MAX_CELLS:
        findings.add("TD405", most=MAX_CELLS)
    if findings.refused:
        return None
    filled = tuple(
        tuple(cells.get(title.column) or Cell(None, "", row, title.column) for title in header) for row, cells in rows
    )
    return Table(findings.file, None, header, filled, form=form)


class _Reading:
    """The units being read, and the keys met so far with their columns."""

    def __init__(self, form: Form, dialect: str, findings: Findings) -> None:
        self.columns: dict[str, int] = {}
        self._folded: dict[str, tuple[str, int]] = {}
        self._form = form
        self._dialect = dialect
        self._findings = findings

    def unit(self, row: int, unit: object) -> dict[int, Cell]:
        """The cells of a unit by their columns."""
        cells: dict[int, Cell] = {}
        if not isinstance(unit, _Object):
            self._add("TD442", row, None, found=_kind(unit))
            return cells
        for raw, value in unit.pairs:
            if not self._is_fit(raw, row, None):
                continue
            key = composed(raw).strip()
            column = self._column(row, key)
            if column in cells:
                self._add("TD443", row, key)
            elif column:
                cells[column] = self._cell(value, row, column, key)
        return cells

    def _column(self, row: int, key: str) -> int:
        """The column of a key; keys of two units that differ in case or the place of a tone are an error."""
        column = self.columns.get(key)
        if column is not None:
            return column
        column = len(self.columns) + 1
        other, first_row = self._folded.setdefault(fold(key), (key, row))
        if other != key:
            related = Related(record_place(self._findings.file, self._form, first_row, other), _SAME_NAME)
            first = record_name(self._form, first_row, other)
            self._add("TD414", row, key, related=(related,), column=shortened(key), first=first)
            return 0
        self.columns[key] = column
        return column

    def _cell(self, value: object, row: int, column: int, key: str) -> Cell:
        kept: Value = None
        shown = ""
        match value:
            case None:
                pass
            case bool():
                kept, shown = value, "true" if value else "false"
            case Fraction():
                kept, shown = value, write_number(value, self._dialect, grouping=False)
            case str() if self._is_fit(value, row, key):
                shown = composed(value).strip()
                kept = shown or None
            case str():
                pass
            case list() if len(value) <= MAX_LIST_LENGTH and all(isinstance(mark, str) for mark in value):
                marks = tuple(composed(mark).strip() for mark in value if self._is_fit(mark, row, key))
                kept, shown = marks, ", ".join(marks)
            case _NoNumber(text=text):
                self._add("TD444", row, key, number=text)
            case _LongNumber(text=text):
                self._add("TD445", row, key, number=text)
            case _:
                self._add("TD446", row, key, found=_kind(value))
        return Cell(kept, shown, row, column, isinstance(kept, str) and shown.endswith("%"))

    def _is_fit(self, text: str, row: int, key: str | None) -> bool:
        if len(text) > MAX_CELL_LENGTH:
            self._add("TD406", row, key, length=len(text), most=MAX_CELL_LENGTH)
        elif not is_fit(text):
            self._add("TD419", row, key)
        else:
            return True
        return False

    def _add(
        self, code: str, row: int, key: str | None, related: tuple[Related, ...] = (), **arguments: object
    ) -> None:
        place = record_place(self._findings.file, self._form, row, key)
        arguments |= {"unit": str(row), "key": shortened(key or "")}
        self._findings.add(code, place.cell, position=place.start, related=related, **arguments)


def _kind(value: object) -> str:
    """What stands there, as JSON writes it."""
    match value:
        case _Object():
            return "{…}"
        case list():
            return "[…]"
        case bool() | None:
            return json.dumps(value)
        case Fraction():
            return write_number(value, "en", grouping=False)
        case str():
            return f'"{shortened(value)}"'
        case _:
            return str(getattr(value, "text", ""))
