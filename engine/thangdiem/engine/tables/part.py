"""The elements of one XML part of a workbook in, its cells, formulas, merged ranges and what it hides counted out."""

from __future__ import annotations

from typing import Any

from attrs import define, field

from thangdiem.engine.tables.limits import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_OTHER_ELEMENTS,
    MAX_ROWS,
    MAX_SHARED_TEXTS,
)
from thangdiem.engine.tables.table import column_letters

_DIGITS = "0123456789"
_MOST_ROW_ELEMENTS = 1_048_576  # a whole sheet of formatted rows is odd, and legal
_RICH_TEXT = frozenset(("t", "r", "rPr", "sz", "color", "rFont", "family", "charset", "scheme", "b", "i"))
_MOST_TEXT_ELEMENTS = 10 * MAX_SHARED_TEXTS


class RefusalError(Exception):
    """A workbook that is not opened: the code of the finding and its arguments."""

    def __init__(self, code: str, **arguments: object) -> None:
        super().__init__(code)
        self.code = code
        self.arguments: dict[str, Any] = arguments


@define(eq=False)
class Part:
    """What a scan counts in a part; it raises RefusalError as soon as there is too much.

    `formulas` are the names of cells whose formula may lack its stored value; `last_row` and `last_column`
    are of cells that hold something; `hidden_rows` and the spans `hidden_columns` are not shown to a reader.
    """

    formulas: set[str] = field(factory=set)
    merged: list[str] = field(factory=list)
    hidden_rows: set[int] = field(factory=set)
    hidden_columns: list[tuple[int, int]] = field(factory=list)
    last_row: int = 0
    last_column: int = 0
    _row: int = 0
    _cell: str = ""
    _letters: str = ""
    _is_text: bool = False
    _row_letters: set[str] = field(factory=set)
    _columns: dict[str, int] = field(factory=dict)
    _cells: int = 0
    _rows: int = 0
    _texts: int = 0
    _text_elements: int = 0
    _others: int = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Count an element."""
        name = tag.rpartition(":")[2]
        if name == "v":
            self._filled()
            if self._is_text:  # a formula whose stored value is the empty text
                self.formulas.discard(self._cell)
        elif name == "c":
            self._start_cell(attributes)
        elif name == "row":
            self._start_row(attributes)
        elif name == "f":
            self._filled()
            self.formulas.add(self._cell)
        elif name in _RICH_TEXT:
            self._count_text()
        elif name == "si":
            self._texts += 1
            if self._texts > MAX_SHARED_TEXTS:
                raise RefusalError("TD405", most=MAX_SHARED_TEXTS)
        else:
            if name == "is":
                self._filled()
            self._start_other(name, attributes)

    def _start_other(self, name: str, attributes: dict[str, str]) -> None:
        self._others += name != "is"
        if self._others > MAX_OTHER_ELEMENTS:
            raise RefusalError("TD424", reason_vi="quá nhiều định dạng", reason_en="too much formatting")
        if name == "mergeCell":
            self.merged.append(attributes.get("ref", ""))
        elif name == "col" and _is_hidden(attributes):
            first, last = attributes.get("min", ""), attributes.get("max", "")
            if max(len(first), len(last)) < 9 and first.isdecimal() and last.isdecimal():
                self.hidden_columns.append((int(first), int(last)))

    def _count_text(self) -> None:
        self._text_elements += 1
        if self._text_elements > _MOST_TEXT_ELEMENTS:
            raise RefusalError("TD424", reason_vi="quá nhiều định dạng", reason_en="too much formatting")

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._rows += 1
        number = attributes.get("r", "")
        row = int(number) if len(number) < 9 and number.isdecimal() else self._row + 1
        if row <= self._row:
            raise RefusalError("TD422")  # a reader that goes forward only would drop the row
        if self._rows > _MOST_ROW_ELEMENTS:
            raise RefusalError("TD403", most=MAX_ROWS)
        self._row = row
        if _is_hidden(attributes):
            self.hidden_rows.add(row)
        self._letters = ""
        self._row_letters.clear()

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._cells += 1
        if self._cells > MAX_CELLS:
            raise RefusalError("TD405", most=MAX_CELLS)
        self._is_text = attributes.get("t") == "str"
        name = attributes.get("r")
        letters = name.rstrip(_DIGITS) if name else column_letters(self._number(self._letters) + 1)
        if letters in self._row_letters:
            raise RefusalError("TD422")  # two cells in one place
        self._row_letters.add(letters)
        self._letters = letters
        self._cell = f"{letters}{self._row}"

    def _filled(self) -> None:
        """Something stands in the cell."""
        if self._row > MAX_ROWS:
            raise RefusalError("TD403", most=MAX_ROWS)
        self.last_row = max(self.last_row, self._row)
        column = self._number(self._letters)
        if column > MAX_COLUMNS:
            raise RefusalError("TD404", cell=self._cell[:20], most=MAX_COLUMNS)
        if column > self.last_column:
            self.last_column = column

    def _number(self, letters: str) -> int:
        number = self._columns.get(letters)
        if number is None:
            number = 0
            for letter in letters[:4]:
                number = number * 26 + ord(letter) - 64
            self._columns[letters] = number
        return number


def _is_hidden(attributes: dict[str, str]) -> bool:
    return attributes.get("hidden") in ("1", "true")
