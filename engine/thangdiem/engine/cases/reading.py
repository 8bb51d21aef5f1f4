"""A Markdown text in; its cases – a table of units or a fence of rule text, and where results are recorded – out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from attrs import evolve, frozen

_HEADING = re.compile(r"#+\s+(.+?)\s*#*$")
_BY = re.compile(r"(?:theo|by)\s*:\s*([^\s,]+)\s*(?:,\s*(.*))?$", re.IGNORECASE)
_LIKE = re.compile(r"""(?:^|,\s*)(?:như|like)\s+["“]([^"“”]+)["”]\s*$""", re.IGNORECASE)
_OF_FENCE = re.compile(r"\b(?:theo|by)\s+([^\s,]+)", re.IGNORECASE)
_PERIOD = re.compile(r"(?:kỳ|period)\s+(\d{4})\b", re.IGNORECASE)
_RULER = re.compile(r"\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?$")
_RECORDS = frozenset(("kết-quả", "ket-qua", "kết quả", "result"))


@frozen
class Recording:
    """A fence whose lines are written by the program: its first and last line between the fences, from 0."""

    first: int
    last: int
    text: str


@frozen
class Block:
    """A table (``cells``: header first) or a fence (``lines``) with the line of the file each row stands on, from 0.

    ``terms`` is what follows the name of the scale: the period, a tolerance. ``like`` is the title of the example that
    gives each unit of a table what the table has no column for; ``said`` the line that names it.
    """

    title: str
    scale: str
    period: int | None
    terms: str
    rows: tuple[int, ...]
    cells: tuple[tuple[str, ...], ...] = ()
    lines: tuple[str, ...] = ()
    recording: Recording | None = None
    like: str = ""
    said: int = 0


def blocks_of(text: str) -> tuple[Block, ...]:
    """The cases in their order; prose is passed over, and so are tables before the first line that names a scale."""
    lines = text.split("\n")
    found: list[Block] = []
    title, scale, terms, like = "", "", "", ""
    at, said = 0, 0
    while at < len(lines):
        line = lines[at].strip()
        if line.startswith("```"):
            end = next((i for i in range(at + 1, len(lines)) if lines[i].strip() == "```"), len(lines))
            word = line[3:].strip().lower()
            if word in _RECORDS and found:
                found[-1] = evolve(found[-1], recording=Recording(at + 1, end, "\n".join(lines[at + 1 : end])))
            elif word == "rubric" and any(map(str.strip, lines[at + 1 : end])):
                found.append(_fence(title, at, lines[at + 1 : end], scale))
            at = end + 1
        elif scale and line.startswith("|") and at + 1 < len(lines) and _RULER.match(lines[at + 1].strip()):
            rows = list(_rows(lines, at))
            period = _PERIOD.search(terms)
            numbers = tuple(row for row, _ in rows)
            table = tuple(cells for _, cells in rows)
            year = int(period[1]) if period else None
            found.append(Block(title, scale, year, terms, numbers, table, like=like, said=said))
            at = rows[-1][0] + 2 if len(rows) == 1 else rows[-1][0] + 1
        else:
            if heading := _HEADING.match(line):
                title = heading[1]
            elif by := _BY.match(line):
                scale, said = by[1], at
                terms, like = _terms(by[2] or "")
            at += 1
    return tuple(found)


def _terms(written: str) -> tuple[str, str]:
    """What a table is scored under, and the title of the example its units are like, if any."""
    like = _LIKE.search(written)
    return (written[: like.start()], like[1]) if like else (written, "")


def _fence(title: str, at: int, lines: Sequence[str], scale: str) -> Block:
    text = "\n".join(lines)
    named, period = _OF_FENCE.search(text), _PERIOD.search(text)
    rows = tuple(range(at + 1, at + 1 + len(lines)))
    name = named[1] if named else scale
    return Block(title, name, int(period[1]) if period else None, "", rows, lines=tuple(lines))


def _rows(lines: Sequence[str], at: int) -> Iterator[tuple[int, tuple[str, ...]]]:
    yield at, _cells(lines[at])
    for row in range(at + 2, len(lines)):
        if not lines[row].strip().startswith("|"):
            return
        yield row, _cells(lines[row])


def _cells(line: str) -> tuple[str, ...]:
    inner = line.strip().removeprefix("|").removesuffix("|")
    return tuple(cell.strip() for cell in inner.split("|"))
