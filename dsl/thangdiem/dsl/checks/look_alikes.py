"""Which names a reader cannot tell apart, and which letters only look like Vietnamese ones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from unicodedata import normalize

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.checks.finding import crumbs, finding, related, written
from thangdiem.dsl.diagnostic import Diagnostic
from thangdiem.dsl.letters import fold, look_alikes
from thangdiem.dsl.rulebook import Rulebook, Span
from thangdiem.dsl.walk import all_of, expressions_of

MOST_LETTERS = 20
"""So many deceiving letters are shown, at most."""

_FINAL_Y = re.compile("(?<=[bcdđghklmnpqrstvx])(qu)?y(?=[\u0300-\u036f]*(?![^\\W\\d_]))")
_QUY = re.compile("qu(?=y[\u0300-\u036f]*(?![^\\W\\d_]))")
_LETTERS = re.compile(r"[^\W\d_]+")


def check_look_alikes(book: Rulebook) -> Iterator[Diagnostic]:
    """Names that differ only by what no reader sees: tone placement, y for i, letters of another alphabet."""
    for scale in book.scales:
        where = crumbs(book, scale)
        for names in _groups(book, scale):
            yield from _told_apart(book, names, where)


def check_letters(book: Rulebook) -> Iterator[Diagnostic]:
    """Letters anywhere in the text that only look like the one meant."""
    text = book.source.text
    if text.isascii():
        return
    told = offset = 0
    for line in text.split("\n"):
        if not line.lstrip().startswith("#"):
            for index, char, meant in look_alikes(line):
                start = offset + index
                word, number = _word(line, index), f"U+{ord(char):04X}"
                at = Span(start, start + 1)
                yield finding(book, "TD311", at, word=word, letter=char, number=number, meant=meant)
                told += 1
                if told == MOST_LETTERS:
                    return
        offset += len(line) + 1


def _word(line: str, index: int) -> str:
    return next((found[0] for found in _LETTERS.finditer(line) if found.start() <= index < found.end()), "")


def _told_apart(book: Rulebook, names: Iterable[tuple[str, Span]], where: tuple[str, ...]) -> Iterator[Diagnostic]:
    """Each name that looks like an earlier one of its group and is spelled otherwise, once."""
    first: dict[str, tuple[str, Span]] = {}
    told: set[str] = set()
    for name, span in names:
        known, place = first.setdefault(_look(name), (name, span))
        spelled = name.casefold()
        if spelled != known.casefold() and spelled not in told:
            told.add(spelled)
            places = (related(book, "looks-like-here", place),)
            yield finding(book, "TD310", span, where, places, name=name, other=known)


def _look(name: str) -> str:
    """What a reader sees of a name."""
    meant = list(name)
    for index, _, letter in look_alikes(name):
        meant[index] = letter
    folded = fold("".join(meant))
    if "y" not in normalize("NFD", folded):
        return folded
    marked = _QUY.sub("q", normalize("NFD", folded))
    return normalize("NFC", _FINAL_Y.sub("i", marked))


def _groups(book: Rulebook, scale: rb.Scale) -> Iterator[list[tuple[str, Span]]]:
    """The names of one scale that stand for different things of one sort."""
    yield [(field.name, field.span) for field in scale.data.values()] + _spelled_otherwise(book, scale)
    for owner in _owners(scale):
        yield [(named.name, named.span) for named in (*scale.names, *owner.names)]
        if isinstance(owner.method, rb.Choice):
            yield [(level.label, level.span) for level in owner.method.levels]
    for grading in scale.gradings:
        yield [(band.grade, band.span) for band in grading.bands]


def _owners(scale: rb.Scale) -> Iterator[rb.Item | rb.Bonus]:
    yield from scale.bonuses
    for item in scale.walk():
        yield item
        yield from item.bonuses


def _spelled_otherwise(book: Rulebook, scale: rb.Scale) -> list[tuple[str, Span]]:
    """Data whose brackets spell them unlike where they were first named."""
    found = []
    for whole in expressions_of(scale):
        for part in all_of(whole):
            if isinstance(part, rb.Datum):
                spelling = written(book, part.span).strip("[] ")
                if spelling != part.name and fold(spelling) == fold(part.name):
                    found.append((spelling, part.span))
    return found
