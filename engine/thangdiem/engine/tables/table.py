"""A table of unit data as it stands in its file: named columns, one row a unit, cells with their places."""

from __future__ import annotations

from datetime import date
from enum import Enum
from fractions import Fraction

from attrs import frozen

from thangdiem.dsl.diagnostic import Place, Position

Value = str | Fraction | bool | date | tuple[str, ...] | None
"""What a cell holds; None where it is empty, several texts for a checklist in a JSON file."""


class Form(Enum):
    """How cells of a file are named: as a spreadsheet does, or by a path through JSON."""

    GRID = "grid"
    LIST = "list"
    UNITS = "units"
    LINES = "lines"


@frozen
class Cell:
    """One cell: its value, its text as a reader sees it, its row and column from 1.

    A number typed into a text file stays text here, because its reading depends on the dialect of the rules.
    `percent`: the cell shows a percentage; an Excel cell showing 80% has the value 4/5, a text stays "80%".
    A date with a time of day has the day as its value, and the time in its text only: rules know days.
    """

    value: Value
    text: str
    row: int
    column: int
    percent: bool = False

    @property
    def name(self) -> str:
        """The name a spreadsheet gives the cell, such as C7."""
        return cell_name(self.row, self.column)


@frozen
class Table:
    """The rows of a data file under their header; every row has one cell for each cell of the header.

    `name` is the file's, `titles` are the texts above the header. In a JSON file a row's number counts the
    units (the lines in JSON Lines), and the header holds every key in the order of first appearance.
    """

    name: str
    sheet: str | None
    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    titles: tuple[str, ...] = ()
    form: Form = Form.GRID

    def place(self, cell: Cell) -> Place:
        """Where the cell stands, for a diagnostic or a trace."""
        if self.form is Form.GRID:
            return Place(self.name, sheet=self.sheet, cell=cell.name)
        header = next((title for title in self.header if title.column == cell.column), None)
        return record_place(self.name, self.form, cell.row, header.text if header else None)


def cell_name(row: int, column: int) -> str:
    """The name of a cell by its row and column from 1, such as C7."""
    return f"{column_letters(column)}{row}"


def column_letters(column: int) -> str:
    """The letters of a column by its number from 1: A, Z, AA."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def record_name(form: Form, row: int, key: str | None = None) -> str:
    """The JSON pointer of a unit's value; in JSON Lines within its line."""
    prefix = {Form.LIST: f"/{row - 1}", Form.UNITS: f"/units/{row - 1}"}.get(form, "")
    return prefix if key is None else f"{prefix}/{key.replace('~', '~0').replace('/', '~1')}"


def record_place(file: str, form: Form, row: int, key: str | None = None) -> Place:
    """Where a unit or one of its values stands in a JSON file."""
    line = Position(row - 1, 0, 0) if form is Form.LINES else None
    return Place(file, line, line, cell=record_name(form, row, key) or None)
