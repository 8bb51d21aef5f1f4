"""A place where reading failed, with what was read of its line and what could have stood there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from attrs import frozen
from lark import Token

from thangdiem.dsl.diagnostic import Diagnostic
from thangdiem.dsl.dialect import Dialect, Phrase
from thangdiem.dsl.source import Source

MOST_SHOWN = 60
"""So many characters of the user's text are quoted in a message, at most."""

LINE_END = "_NL"

_QUOTED = frozenset(("words", "label", "points", "read", "name", "field", "cells"))

_WITHOUT_COMMENT = re.compile(r"(?:[^\n#]|(?<![ \n])#)*")
_WORD = re.compile(r"\w+")


@frozen
class Slip:
    """Where reading failed: what stands at ``start``–``end``, and what could have stood there.

    ``tokens`` are those of the line before it; ``token`` is the type of the one that does not fit, if any.
    """

    source: Source
    dialect: Dialect
    wanted: frozenset[str]
    start: int
    end: int
    reason: str
    token: str
    tokens: tuple[Token, ...] = ()

    @property
    def text(self) -> str:
        """The whole text the parser reads."""
        return self.source.text

    @property
    def found(self) -> str:
        """What stands at the place; empty at the end of a line."""
        return self.text[self.start : self.end]

    @property
    def line_start(self) -> int:
        """Where the first word of the line begins."""
        start = self.text.rfind("\n", 0, self.start) + 1
        return start + len(self.text[start : self.start]) - len(self.text[start : self.start].lstrip())

    @property
    def line_end(self) -> int:
        """Where the last word of the line ends, before a comment."""
        read = _WITHOUT_COMMENT.match(self.text, self.start)
        end = read.end() if read else self.start
        return self.start + len(self.text[self.start : end].rstrip())

    @property
    def line(self) -> str:
        """The line without its indentation and its comment."""
        return self.text[self.line_start : self.line_end]

    @property
    def rest(self) -> str:
        """The line from the place on, without its comment."""
        return self.text[self.start : self.line_end]

    @property
    def at_line_start(self) -> bool:
        """Whether nothing of the line could be read."""
        return not self.tokens and self.start == self.line_start

    @property
    def at_line_end(self) -> bool:
        """Whether the line ends too early."""
        return self.token == LINE_END

    @property
    def head(self) -> str:
        """The type of the first token of the line; empty where none was read."""
        return self.tokens[0].type if self.tokens else ""

    @property
    def last(self) -> str:
        """The type of the last token before the place; empty at the start of a line."""
        return self.tokens[-1].type if self.tokens else ""

    def wants(self, *terminals: str) -> bool:
        """Whether one of the terminals, under either of its names, could stand here."""
        return any(name in self.wanted or f"_{name}" in self.wanted for name in terminals)

    def has(self, *terminals: str) -> bool:
        """Whether one of the terminals was read on this line."""
        return any(token.type.lstrip("_") in terminals for token in self.tokens)

    def spell(self, terminal: str, index: int = 0) -> str:
        """How the file's dialect writes a keyword."""
        return self.dialect.spell(terminal, index)

    def begins(self, text: str, *terminals: str) -> str:
        """The spelling of one of the keywords a text begins with; empty where it begins otherwise."""
        lowered = text.lower()
        options = (option for each in terminals for option in self.dialect.spellings[each])
        for option in sorted(options, key=len, reverse=True):
            if lowered.startswith(option) and not _WORD.match(lowered, len(option)):
                return option
        return ""

    def finding(
        self, code: str, start: int | None = None, end: int | None = None, /, **arguments: object
    ) -> Diagnostic:
        """A finding at a stretch of the text; at the place of the slip where none is named."""
        first = self.start if start is None else start
        last = (self.end if start is None else first) if end is None else end
        shown = {
            key: shortened(value) if key in _QUOTED and isinstance(value, str) else value
            for key, value in arguments.items()
        }
        return Diagnostic(code, shown, self.source.place(first, max(first, last)))


def shortened(text: str) -> str:
    """A text short enough to be quoted."""
    plain = " ".join(text.split())
    return plain if len(plain) <= MOST_SHOWN else plain[: MOST_SHOWN - 1].rstrip() + "…"


def phrases_at(dialect: Dialect, text: str, start: int) -> Iterator[tuple[Phrase, int]]:
    """The keywords of a dialect that stand at a place, longest first, with their ends."""
    lowered = text[start : start + 80].lower()
    word = _WORD.match(lowered)
    for phrase in dialect.by_first_word.get(word.group(), ()) if word else ():
        if lowered.startswith(phrase.text) and not _WORD.match(lowered, len(phrase.text)):
            yield phrase, start + len(phrase.text)


def names_of(phrase: Phrase) -> Iterable[str]:
    """The names the grammar may give the terminals of a keyword."""
    for terminal, _ in phrase.terminals:
        yield terminal
        yield f"_{terminal}"
