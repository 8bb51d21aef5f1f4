"""A document and everything that amends it in; its text as it was written and on each day it changed out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property

from attrs import evolve, frozen

from thangdiem.dsl.amendments.clauses import Amendment, Clause
from thangdiem.dsl.amendments.consolidation import consolidate
from thangdiem.dsl.amendments.draft import Change, text_of
from thangdiem.dsl.amendments.outline import Outline, outline
from thangdiem.dsl.amendments.timeline import Moment, Timeline, timeline
from thangdiem.dsl.consolidating import syntax_of
from thangdiem.dsl.diagnostic import Severity, has_errors
from thangdiem.dsl.passages import Passage, passages_of
from thangdiem.dsl.resolve.documents import named
from thangdiem.dsl.rulebook import Rulebook
from thangdiem.dsl.versions import RuleSetError

Key = tuple[str, str, int, int]
"""A change as it is met again in the text of another day: the clause, its file, the place there, and which of them."""


@frozen(eq=False)
class DatedText:
    """The text from a day on, and what the clauses that count then did to it."""

    day: date
    book: Rulebook
    clauses: tuple[Clause, ...]
    passages: tuple[Passage, ...]
    changes: Mapping[Key, Change]

    @property
    def dialect(self) -> str:
        """The dialect of the document, which that of all its texts is."""
        return self.book.dialect

    @cached_property
    def outline(self) -> Outline:
        """Which passage stands under what."""
        return outline(self.passages)

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Where each passage stands, by its identity."""
        return {each.identity: index for index, each in enumerate(self.passages)}

    def passage(self, identity: str) -> Passage | None:
        """The passage, where it is in force."""
        index = self.places.get(identity)
        return self.passages[index] if index is not None else None

    def above(self, identity: str) -> tuple[str, ...]:
        """The items and the scale an item, a bonus or a scale stands in, the nearest first."""
        index = self.places.get(identity)
        if index is None:
            return ()
        scale, owner = self.outline.scale_of[index], self.outline.owner_of[index]
        found: dict[str, None] = {}
        while owner and (head := self.outline.heads.get((scale, owner))) is not None:
            found[self.passages[head].identity] = None
            owner = self.outline.parents[scale, owner]
        found[self.passages[self.outline.scales[scale]].identity] = None
        return tuple(each for each in found if each != identity)

    def own_text(self, identity: str) -> str:
        """What an item, a bonus or a scale says itself, without what stands below; nothing where it is not in force."""
        index = self.places.get(identity)
        if index is None:
            return ""
        own = self.outline.own(self.outline.scale_of[index], self.outline.owner_of[index])
        return text_of([self.passages[each] for each in own], self.dialect)


def texts(book: Rulebook, amendments: Sequence[Amendment], days: Sequence[date]) -> tuple[DatedText, ...]:
    """The text as it was written, when the document came into force, and on each later day of change.

    What has no day yet comes last, on the last day there is. Raises ``RuleSetError`` where a clause fails.
    """
    start = book.document.in_force or book.document.issued or date.min
    base = passages_of(syntax_of(book.source), named(book.document))
    found = [DatedText(start, book, (), base, {})]
    wanted = [start, *(day for day in days if day > start)]
    if any(clause.undetermined for each in amendments for clause in each.clauses):
        wanted.append(date.max)
    stated = tuple(map(_with_days, amendments))
    for day in wanted:
        line = timeline(book.document.number, stated, Moment(day=day))
        found.append(_text(day, book, line))
    return tuple(found)


def around(text: DatedText, change: Change) -> tuple[DatedText, DatedText]:
    """The text right before and right after one of the operations that led to it."""
    index = next(place for place, each in enumerate(text.clauses) if each is change.clause)
    done = next(place for place, each in enumerate(change.clause.operations) if each is change.operation)
    both = (
        (*text.clauses[:index], evolve(change.clause, operations=change.clause.operations[:count]))
        for count in (done, done + 1)
    )
    before, after = (_text(text.day, text.book, Timeline(clauses)) for clauses in both)
    return before, after


def _text(day: date, book: Rulebook, line: Timeline) -> DatedText:
    text = consolidate(syntax_of(book.source), book.document, line.clauses, line.apart)
    if has_errors(text.diagnostics):
        raise RuleSetError(*(each for each in text.diagnostics if each.severity is Severity.ERROR))
    return DatedText(day, book, text.clauses, text.passages, _keyed(text.changes))


def _with_days(amendment: Amendment) -> Amendment:
    """The amendment with the last day there is where no day is determined."""
    clauses = (
        evolve(each, undetermined=False, in_force=date.max) if each.undetermined else each for each in amendment.clauses
    )
    return evolve(amendment, clauses=tuple(clauses))


def _keyed(changes: Sequence[Change]) -> dict[Key, Change]:
    counted: Counter[tuple[str, str, int]] = Counter()
    found: dict[Key, Change] = {}
    for change in changes:
        place = (change.clause.label, change.operation.head.source.name, change.operation.span.start)
        found[*place, counted[place]] = change
        counted[place] += 1
    return found
