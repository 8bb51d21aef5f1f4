"""The bytes of a rule file in; the text the parser reads, with the way back to the file's own places, out."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from hashlib import sha256
from itertools import accumulate, islice

from attrs import evolve, field, frozen

from thangdiem.dsl.diagnostic import Diagnostic, Place, Position
from thangdiem.dsl.encoding import decode
from thangdiem.dsl.letters import hidden_controls
from thangdiem.dsl.normal_form import MOST_MARKS, Change, is_normal, normal_form, piled_marks

LARGEST_FILE = 1_000_000
"""The most bytes of a rule file."""

LONGEST_LINE = 10_000
"""The most characters of a line of it."""

MOST_CONTROLS = 20
"""So many hidden controls are shown one by one; the others are counted."""

_LINE_END = re.compile(r"\r\n?|\n")
_SHOWN = 200  # characters of a line that is too long to be shown whole


@frozen
class Origin:
    """Where a line of a composed text was written: a stretch of another text, word for word or not.

    ``column`` is where the words begin on the composed line. A line that is ``assembled`` of parts of the stretch
    and of other words has the places of its parts where they stand in the stretch, else the whole of it.
    """

    source: Source
    start: int
    end: int
    column: int
    exact: bool
    assembled: bool = False

    def part(self, words: str) -> Place:
        """The place of words of an assembled line."""
        at = self.source.text.find(words, self.start, self.end)
        return self.source.place(at, at + len(words)) if at >= 0 else self.source.place(self.start, self.end)

    def place(self, first: int, last: int) -> Place:
        """The place of a stretch of the composed line, whose columns are given, where it stands word for word."""
        begin = min(self.start + max(first - self.column, 0), self.end)
        return self.source.place(begin, max(begin, min(self.start + last - self.column, self.end)))


@frozen
class Source:
    """A rule file as it was read: its own text, the normal form the parser reads, its bytes' SHA-256.

    A text composed of others has an origin, or None, for each of its lines.
    """

    name: str
    original: str = field(repr=False)
    text: str = field(repr=False)
    digest: str
    changes: tuple[Change, ...] = field(default=(), eq=False, repr=False)
    origins: tuple[Origin | None, ...] = field(default=(), eq=False, repr=False)

    def place(self, start: int, end: int) -> Place:
        """The stretch of the file that a stretch of ``text`` was made from; every unit's trace asks for the same."""
        known = self._places.get((start, end))
        if known is None:
            known = self._places[start, end] = self._made_from(start, end)
        return known

    def _made_from(self, start: int, end: int) -> Place:
        if self.origins:
            line = bisect_right(self._line_starts, start) - 1
            origin = self.origins[line] if line < len(self.origins) else None
            if origin is not None and origin.exact:
                return origin.place(start - self._line_starts[line], end - self._line_starts[line])
            if origin is not None and origin.assembled:
                return origin.part(self.text[start:end])
            if origin is not None:
                return self._changed(origin, line, start, end)
        for change in reversed(self.changes):
            start, end = change.before(start, end)
        line = bisect_right(self._line_starts, start) - 1
        return Place(self.name, self._position(start), self._position(end), self._line(line))

    def as_typed(self, offset: int) -> str:
        """The line there as it was typed, tabs and all; an assembled line, which nobody typed, as it is."""
        line = bisect_right(self._line_starts, offset) - 1
        origin = self.origins[line] if line < len(self.origins) else None
        if origin is not None and origin.assembled:
            return self._line(line)
        return self.place(offset, offset).line_text

    def _changed(self, origin: Origin, line: int, start: int, end: int) -> Place:
        """A stretch of a line whose words were changed: its own words, on the line of the file they were changed on."""
        written = origin.source.place(origin.start, origin.end)
        assert written.start is not None
        first, last = self._position(start), self._position(min(end, self._line_starts[line] + len(self._line(line))))
        begin = Position(written.start.line, first.column, first.utf16)
        return evolve(
            written, start=begin, end=Position(begin.line, last.column, last.utf16), line_text=self._line(line)
        )

    @cached_property
    def _places(self) -> dict[tuple[int, int], Place]:
        return {}

    @cached_property
    def _line_starts(self) -> tuple[int, ...]:
        if "\r" in self.original:
            return 0, *(found.end() for found in _LINE_END.finditer(self.original))
        *lines, _ = self.original.split("\n")
        return 0, *accumulate(len(line) + 1 for line in lines)

    def _line(self, line: int) -> str:
        after = self._line_starts[line + 1] if line + 1 < len(self._line_starts) else None
        return self.original[self._line_starts[line] : after].rstrip("\r\n")

    def _position(self, offset: int) -> Position:
        line = bisect_right(self._line_starts, offset) - 1
        start = self._line_starts[line]
        utf16 = len(self.original[start:offset].encode("utf-16-le")) // 2
        return Position(line, offset - start, utf16)


def read_source(name: str, data: bytes) -> tuple[Source | None, tuple[Diagnostic, ...]]:
    """A rule file of UTF-8 or UTF-16, or nothing where no parser should see it, and what is wrong with it."""
    if len(data) > LARGEST_FILE:
        arguments = {"file": name, "size": len(data), "limit": LARGEST_FILE}
        return None, (Diagnostic("TD001", arguments, Place(name)),)
    text = decode(name, data)
    if isinstance(text, Diagnostic):
        return None, (text,)
    source = Source(name, text, text, sha256(data).hexdigest())
    already_normal = is_normal(text)
    if not already_normal:
        if (pile := piled_marks(text)) is not None:
            arguments = {"file": name, "limit": MOST_MARKS}
            return None, (Diagnostic("TD009", arguments, _shortened(source.place(pile, pile + 1))),)
        normal, changes = normal_form(text)
        source = evolve(source, text=normal, changes=changes)
    if too_long := _too_long_line(source):
        return None, (too_long,)
    return source, () if already_normal else _hidden_controls(source)


def source_of(text: str, name: str = "…") -> Source:
    """The source of a text a program made; what comes from outside goes through ``read_source``.

    Raises ``ValueError`` for a text that ``read_source`` would refuse.
    """
    source, diagnostics = read_source(name, text.encode())
    if source is None:
        raise ValueError(diagnostics[0].message("en"))
    return source


def _too_long_line(source: Source) -> Diagnostic | None:
    """The first line over the limit."""
    offset = 0
    for line in source.text.split("\n") if len(source.text) > LONGEST_LINE else ():
        if len(line) > LONGEST_LINE:
            arguments = {"length": len(line), "limit": LONGEST_LINE, "opening": line[:40].strip()}
            return Diagnostic("TD002", arguments, _shortened(source.place(offset, offset)))
        offset += len(line) + 1
    return None


def _hidden_controls(source: Source) -> tuple[Diagnostic, ...]:
    """A finding for each control, up to a limit, then one for the number of the others."""
    controls = hidden_controls(source.text)
    shown = tuple(
        Diagnostic("TD007", {"control": name}, source.place(index, index + 1))
        for index, _, name in islice(controls, MOST_CONTROLS)
    )
    if len(controls) <= MOST_CONTROLS:
        return shown
    index = controls[MOST_CONTROLS][0]
    others = Diagnostic("TD008", {"count": len(controls) - MOST_CONTROLS}, source.place(index, index + 1))
    return *shown, others


def _shortened(place: Place) -> Place:
    """A place whose line is too long to be shown whole."""
    return evolve(place, line_text=place.line_text[:_SHOWN])
