"""Rows of cells as they stand in a sheet or a text file in, a table out: titles, header, units."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction

from attrs import evolve

from thangdiem.dsl.diagnostic import Related
from thangdiem.dsl.letters import fold
from thangdiem.engine.tables.findings import Findings
from thangdiem.engine.tables.limits import MAX_CELL_LENGTH, MAX_CELLS
from thangdiem.engine.tables.table import Cell, Table

_LETTERHEAD = re.compile(
    "|".join(
        (
            re.escape(fold("cộng hòa xã hội chủ nghĩa")),
            f"{fold('độc lập')}.{{1,5}}{fold('tự do')}",
            f"{fold('ngày')}.{{1,10}}{fold('tháng')}.{{1,10}}{fold('năm')}",
        )
    )
)


def lay_out(rows: Iterable[Sequence[Cell]], findings: Findings) -> Table | None:
    """The table in the rows, or None where no row can be a header; a row's cells stand in their order.

    The header is the first row with two cells or more that is no letterhead of a document.
    """
    remaining = iter(rows)
    titles: list[str] = []
    for cells in remaining:
        filled = [cell for cell in cells if cell.value is not None]
        if is_header([cell.text for cell in filled]):
            header = _header(filled, findings)
            units = tuple(_units(remaining, [cell.column for cell in header], findings))
            if not units and not findings.refused:
                findings.add("TD400")
            return Table(findings.file, findings.sheet, header, units, tuple(titles))
        titles += (cell.text for cell in filled)
    return None


def is_header(texts: Sequence[str]) -> bool:
    """Whether these texts of a row may be the header of a table."""
    return sum(map(bool, texts)) >= 2 and not any(_is_letterhead(text) for text in texts)


def _is_letterhead(text: str) -> bool:
    """Whether it is of the two columns that open a document: country and motto, place and date."""
    return len(text) <= 200 and _LETTERHEAD.search(fold(text)) is not None


def _header(filled: list[Cell], findings: Findings) -> tuple[Cell, ...]:
    header = tuple(_heading(cell, findings) for cell in filled)
    first: dict[str, Cell] = {}
    for cell in header:
        earlier = first.setdefault(fold(cell.text), cell)
        if earlier is not cell:
            label = Related(findings.place(earlier.name), "column-of-that-name")
            findings.add("TD414", cell.name, column=cell.text, first=earlier.name, related=(label,))
    return header


def _heading(cell: Cell, findings: Findings) -> Cell:
    """A column's name; an indicator code that a spreadsheet took for a number gets its dot back."""
    match cell.value:
        case date():
            findings.add("TD416", cell.name, text=cell.text)
        case Fraction():
            return evolve(cell, text=cell.text.replace(",", "."))
        case _:
            pass
    return cell


def _units(rows: Iterator[Sequence[Cell]], columns: list[int], findings: Findings) -> Iterator[tuple[Cell, ...]]:
    """The rows that are not empty, each with a cell for every named column."""
    width, count = len(columns), 0
    gapless = columns[-1] == width
    named = set(columns)
    for cells in rows:
        if all(cell.value is None for cell in cells):
            continue
        count += width
        if count > MAX_CELLS:
            findings.add("TD405", most=MAX_CELLS)
            return
        if gapless and len(cells) == width == cells[-1].column:
            yield tuple(cells)
            continue
        there = {cell.column: cell for cell in cells}
        yield tuple(there.get(column) or Cell(None, "", cells[0].row, column) for column in columns)
        for cell in cells:
            if cell.value is not None and cell.column not in named:
                findings.add("TD415", cell.name, text=shortened(cell.text))


def shortened(text: str) -> str:
    """The text as a message quotes it."""
    return text if len(text) <= 60 else text[:59] + "…"


def fits(cell: Cell, findings: Findings) -> bool:
    """Whether the text of a cell is no longer than a spreadsheet allows; a finding where it is longer."""
    if len(cell.text) <= MAX_CELL_LENGTH:
        return True
    findings.add("TD406", cell.name, length=len(cell.text), most=MAX_CELL_LENGTH)
    return False
