"""The findings of a file of which some lines could not be read in; those that are no mere consequence of that out.

Who mistypes the head of an indicator is told so once, where it stands: not again at every line that speaks of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from attrs import frozen

from thangdiem.dsl.diagnostic import Diagnostic
from thangdiem.dsl.dialect import DIALECTS, dialect
from thangdiem.dsl.letters import toneless
from thangdiem.dsl.syntax import SyntaxFile

_NOWHERE = {
    "TD112": "parent",
    "TD114": "name",
    "TD115": "code",
    "TD122": "grade",
    "TD135": "layer",
    "TD139": "title",
}
"""Findings about something that the file does not have, by the argument that names it."""

_UNUSED = "TD134"
"""Whether anything uses a datum cannot be known of a file with a line that could not be read."""

_WITHOUT_A_SCALE = ("TD113", "TD154")
_WITHOUT_A_DOCUMENT = "TD125"
_OF_WHAT_IS_ABOVE = ("TD110", "TD118", "TD121", "TD148")
"""Findings about a line that would be right below another head."""

_OF_WHAT_IS_BELOW = ("TD128", "TD150")
"""Findings about a head without the lines it needs."""


def without_consequences(found: Sequence[Diagnostic], syntax: SyntaxFile) -> Sequence[Diagnostic]:
    """The findings, in their order."""
    return tuple(_Unread.of(syntax).causes(found)) if syntax.dropped else found


@frozen
class _Unread:
    """The lines of a file, those among them that could not be read, and these as one text."""

    name: str
    lines: tuple[str, ...]
    unread: frozenset[int]
    text: str

    @classmethod
    def of(cls, syntax: SyntaxFile) -> _Unread:
        lines = tuple(map(toneless, syntax.source.text.split("\n")))
        unread = frozenset(syntax.dropped)
        text = "\n".join(line for number, line in enumerate(lines) if number in unread)
        return cls(syntax.source.name, lines, unread, text)

    def causes(self, found: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
        followed = set(self.unread)
        for each in found:
            line = self._line(each)
            if line is not None and self._follows(each, line, followed):
                followed.add(line)
            else:
                yield each

    def _line(self, found: Diagnostic) -> int | None:
        place = found.place
        return place.start.line if place is not None and place.file == self.name and place.start is not None else None

    def _follows(self, found: Diagnostic, line: int, followed: set[int]) -> bool:
        if found.code == _UNUSED:
            return True
        if found.code in _NOWHERE:
            return self._mentioned(str(found.arguments[_NOWHERE[found.code]]))
        if found.code in _WITHOUT_A_SCALE:
            return any(self.lines[each].lstrip().startswith(_heads_of_scales()) for each in self.unread)
        if found.code == _WITHOUT_A_DOCUMENT:
            return next((each for each, text in enumerate(self.lines) if _says(text)), None) in self.unread
        if found.code in _OF_WHAT_IS_ABOVE:
            return next((each for each in range(line - 1, -1, -1) if _says(self.lines[each])), None) in followed
        return found.code in _OF_WHAT_IS_BELOW and not self.unread.isdisjoint(self._block(line))

    def _mentioned(self, name: str) -> bool:
        words = toneless(name)
        if words not in self.text:  # most are not, and this is much the faster look
            return False
        return re.search(rf"(?<![\w.]){re.escape(words)}(?![\w]|\.\w)", self.text) is not None

    def _block(self, line: int) -> Iterator[int]:
        """The lines below one, up to an empty one."""
        for each in range(line + 1, len(self.lines)):
            if not self.lines[each].strip():
                return
            yield each


def _says(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


@cache
def _heads_of_scales() -> tuple[str, ...]:
    spellings: Mapping[str, None] = dict.fromkeys(
        toneless(option) for name in DIALECTS for option in dialect(name).spellings["SCALE"]
    )
    return tuple(spellings)
