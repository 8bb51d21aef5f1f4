"""Two documents in; what differs of identity, dates and articles out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.comparison.change import (
    EVERYBODY,
    NOBODY,
    About,
    Change,
    ChangeKind,
    Condition,
    Consequence,
    Effect,
    Stretch,
)
from thangdiem.dsl.comparison.pairing import FieldRule, Pair, by_fields
from thangdiem.dsl.comparison.provisions import provision_changes
from thangdiem.dsl.dialect import dialect
from thangdiem.dsl.numerals import write_date


def document_changes(old: rb.Document, new: rb.Document, pair: Pair) -> Iterator[Change]:
    """Every field; a date or a period touches what is assessed between its former and its later place."""
    yield from by_fields(DOCUMENT, old, new, pair)


def _beginning(old: date | None, new: date | None, pair: Pair) -> Iterator[Change]:
    yield pair.change(ChangeKind.IN_FORCE, old, new, _days(old, new, pair, begins=True), "in_force")


def _end(old: date | None, new: date | None, pair: Pair) -> Iterator[Change]:
    yield pair.change(ChangeKind.IN_FORCE, old, new, _days(old, new, pair, begins=False), "until")


def _undetermined(old: bool, new: bool, pair: Pair) -> Iterator[Change]:
    words = [dialect(book.dialect).spell("UNDETERMINED") for book in (pair.old, pair.new)]
    sides = [word if open_ else None for word, open_ in zip(words, (old, new), strict=True)]
    yield pair.change(ChangeKind.IN_FORCE, sides[0], sides[1], EVERYBODY, "undetermined")


def _days(old: date | None, new: date | None, pair: Pair, *, begins: bool) -> Consequence:
    stretch = _between(
        *(
            None if day is None else (Fraction(day.toordinal()), write_date(day, pair.new.dialect))
            for day in (old, new)
        ),
        begins=begins,
    )
    return Consequence(Effect.SOME, Condition(About.DAY, "", (stretch,)))


def _first(old: int | None, new: int | None, pair: Pair) -> Iterator[Change]:
    yield pair.change(ChangeKind.PERIODS, old, new, _years(old, new, begins=True), "first_period")


def _last(old: int | None, new: int | None, pair: Pair) -> Iterator[Change]:
    yield pair.change(ChangeKind.PERIODS, old, new, _years(old, new, begins=False), "last_period")


def _years(old: int | None, new: int | None, *, begins: bool) -> Consequence:
    ends = (None if year is None else (Fraction(year), str(year)) for year in (old, new))
    return Consequence(Effect.SOME, Condition(About.PERIOD, "", (_between(*ends, begins=begins),)))


Place = tuple[Fraction, str]


def _between(old: Place | None, new: Place | None, *, begins: bool) -> Stretch:
    """What lies between two beginnings (the first counts), or two ends (the last does); without a date: no end."""
    known = sorted(each for each in (old, new) if each is not None)
    low, high = known[0], known[-1]
    if len(known) == 2:
        return Stretch(low[0], high[0], not begins, begins, low[1], high[1])
    if begins:
        return Stretch(None, low[0], False, True, "", low[1])
    return Stretch(low[0], None, True, False, low[1], "")


def _articles(old: tuple[rb.Article, ...], new: tuple[rb.Article, ...], pair: Pair) -> Iterator[Change]:
    before, after = ({article.number: article for article in side} for side in (old, new))
    told = False
    for number in dict.fromkeys((*before, *after)):
        if before.get(number) != after.get(number):
            told = True
            yield pair.change(ChangeKind.ARTICLE, before.get(number), after.get(number), NOBODY, number)
    if not told:
        yield pair.change(ChangeKind.ARTICLE, old, new, NOBODY)


DOCUMENT: Mapping[str, FieldRule | None] = {
    "kind_word": (ChangeKind.DOCUMENT, NOBODY),
    "number": (ChangeKind.DOCUMENT, NOBODY),
    "title": (ChangeKind.DOCUMENT, NOBODY),
    "issuer": (ChangeKind.DOCUMENT, NOBODY),
    "source": (ChangeKind.DOCUMENT, NOBODY),
    "issued": (ChangeKind.DOCUMENT, NOBODY),
    "in_force": (ChangeKind.IN_FORCE, _beginning),
    "until": (ChangeKind.IN_FORCE, _end),
    "first_period": (ChangeKind.PERIODS, _first),
    "last_period": (ChangeKind.PERIODS, _last),
    "articles": (ChangeKind.ARTICLE, _articles),
    "illustration": (ChangeKind.DOCUMENT, NOBODY),
    "references": (ChangeKind.DOCUMENT, NOBODY),
    "undetermined": (ChangeKind.IN_FORCE, _undetermined),
    "provision": (ChangeKind.WORDING, provision_changes),
}
"""Every field of a document."""
