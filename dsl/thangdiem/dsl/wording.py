"""A text and its dialect: which keywords and known names stand where."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping

from thangdiem.dsl.dialect import Dialect, Phrase

SPACES = re.compile(r" *")
WORD = re.compile(r"\w+")
Found = tuple[str, int, str]
"""A terminal, where it ends, and its value."""

# A spelling that is also an ordinary word counts as the keyword only before one of these (a terminal or a character).
_ONLY_BEFORE: Mapping[str, tuple[str, ...]] = {
    "SOME": ("KINDS",),
    "EVERY": ("KINDS",),
    "COUNT": ("KINDS",),
    "SHARE_OF": ("UNITS", "BLOCK_UNITS", "SUBORDINATES"),
    "COUNT_OF": ("UNITS", "BLOCK_UNITS", "SUBORDINATES"),
    "TOTAL": ("EQ", "BY", "BY_CASES", "BEST_CASE"),
    "SCORE": ("EQ",),
    "OTHERWISE": (",", ":", ".", "\n"),
    "GRADES": (",", ":", "\n", "BY", "BY_SHARE"),
    "THRESHOLD": ("BETWEEN",),
    "MOVE": ("KIND",),
    "EXCHANGE": ("KIND", "THE", "SCALE"),
}
# These are ordinary words too ("sau khi cộng điểm thưởng"): they compare only before what may be a date.
_BEFORE_DATES = frozenset(("trước", "sau", "before", "after"))
_PLACES_FOLLOW = frozenset(("TO_AFTER", "TO_BEFORE"))
_PLACES = ("KIND", "BONUS", "DEDUCTION", "SCALE", "LINE", "MARK", "DATA", "GRADE", "THE", "EXAMPLE")
_DATE_START = re.compile(r" *(?:ngày +)?[0-9\[(]")
_NEXT_WORD = re.compile(r" *(\w+)")
_LETTER_OF_CLAUSE = re.compile(r" *\w{1,2},? +(\w+)")
_LINE_HEADS_BEFORE_COLON = (
    "TITLE", "ISSUER", "SOURCE", "ILLUSTRATION", "QUOTATION", "EVIDENCE", "DATA_SOURCE", "VERIFIER", "NOTE",
    "ISSUED", "IN_FORCE", "PERIODS", "CITATION", "AUDIENCE", "ROUNDING", "NA_POLICY", "AGGREGATION", "LAYERS",
    "CHOOSE", "CHECKLIST", "BY_CASES", "BEST_CASE", "IF_MISSING", "RESULT",
)  # fmt: skip


class Unreadable(Exception):
    """No terminal the parser would take stands here; ``start``–``end`` is what stands there instead."""

    def __init__(self, reason: str, start: int, end: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.start = start
        self.end = end


class Wording:
    """A text as it is looked up: by its own letters and in lower case, with the names the file defines."""

    def __init__(self, text: str, dialect: Dialect, names: tuple[str, ...], grades: tuple[str, ...]) -> None:
        lowered = text.lower()
        self.text = text
        # lower() may lengthen letters no dialect uses; offsets must stay those of the text.
        self.lowered = lowered if len(lowered) == len(text) else "".join(map(_lower_one, text))
        self.dialect = dialect
        self.names = _by_first_word(names)
        self.grades = _by_first_word(grades)

    def keyword(
        self, start: int, first: str, wanted: Container[str]
    ) -> tuple[tuple[str, int, str] | None, tuple[str, int, str] | None]:
        """The longest keyword the parser would take, and the longest of all."""
        foreign = None
        for phrase, end in self.phrases(start, first):
            if chosen := self.choose(phrase, end, wanted):
                return (chosen, end, self.text[start:end]), None
            if foreign is None:
                foreign = (phrase.terminals[0][0], end, self.text[start:end])
        return None, foreign

    def phrases(self, start: int, first: str) -> Iterator[tuple[Phrase, int]]:
        """The spellings that stand at a place whose first word is given, longest first, with their ends."""
        lowered = self.lowered
        for phrase in self.dialect.by_first_word.get(first, ()):
            if phrase.text in _BEFORE_DATES and not self._may_follow(phrase, start + len(phrase.text)):
                continue
            if lowered.startswith(phrase.text, start):
                end = start + len(phrase.text)
            elif phrase.spaced and (found := phrase.spaced.match(lowered, start)):
                end = found.end()
            else:
                continue
            if not WORD.match(lowered, end):
                yield phrase, end

    def _may_follow(self, phrase: Phrase, end: int) -> bool:
        """Whether a date stands after ``trước`` or ``sau``, or what something is inserted before or after."""
        if self._date_follows(end):
            return True
        found = _NEXT_WORD.match(self.lowered, end)
        places = any(terminal in _PLACES_FOLLOW for terminal, _ in phrase.terminals)
        return places and found is not None and self._is_at(found.start(1), found.group(1), *_PLACES)

    def _date_follows(self, end: int) -> bool:
        """Whether a date, a datum, a document or a name the file defines stands after ``trước`` or ``sau``."""
        if _DATE_START.match(self.lowered, end):
            return True
        found = _NEXT_WORD.match(self.lowered, end)
        if found is None:
            return False
        at, word = found.start(1), found.group(1)
        return self.known(self.names, at, word) > 0 or self._is_at(at, word, "DOCUMENT")

    def _is_at(self, start: int, first: str, *terminals: str) -> bool:
        """Whether a spelling of one of the terminals stands at a place whose first word is given."""
        return any(name in terminals for phrase, _ in self.phrases(start, first) for name, _ in phrase.terminals)

    def choose(self, phrase: Phrase, end: int, wanted: Container[str]) -> str | None:
        """The terminal of a spelling that the parser would take."""
        for terminal, _ in phrase.terminals:
            if phrase.text in _BEFORE_DATES and terminal not in _PLACES_FOLLOW and not self._date_follows(end):
                continue
            for name in (terminal, f"_{terminal}"):
                if name in wanted and self._stands_before(terminal, end):
                    return name
        return None

    def _stands_before(self, terminal: str, end: int) -> bool:
        if terminal in _LINE_HEADS_BEFORE_COLON:
            return True
        if terminal == "POINT":
            lettered = _LETTER_OF_CLAUSE.match(self.lowered, end)
            return lettered is not None and self._is_at(lettered.start(1), lettered.group(1), "CLAUSE", "ARTICLE")
        followers = _ONLY_BEFORE.get(terminal)
        if not followers:
            return True
        after = SPACES.match(self.text, end).end()  # type: ignore[union-attr]  # it matches anywhere
        character = self.text[after : after + 1] or "\n"
        if character in followers or (character == "#" and "\n" in followers):
            return True
        if "EQ" in followers and character == "=":
            return True
        word = WORD.match(self.lowered, after)
        return word is not None and self._is_at(after, word.group(), *followers)

    def known(self, known: Mapping[str, tuple[str, ...]], start: int, first: str) -> int:
        """The end of the longest known name that stands here, or 0."""
        for name in known.get(first, ()):
            if self.lowered.startswith(name, start) and not WORD.match(self.lowered, start + len(name)):
                return start + len(name)
        return 0

    def line_end(self, start: int) -> int:
        """Where the line ends."""
        end = self.text.find("\n", start)
        return len(self.text) if end < 0 else end


def _lower_one(character: str) -> str:
    lowered = character.lower()
    return lowered if len(lowered) == 1 else character


def _by_first_word(names: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for name in sorted({name.lower() for name in names}, key=len, reverse=True):
        if word := WORD.match(name):
            found.setdefault(word.group(), []).append(name)
    return {word: tuple(group) for word, group in found.items()}
