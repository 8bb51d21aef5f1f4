"""When each document of a rule set holds: its days and its periods, after what others replaced or repealed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from attrs import evolve, frozen

from thangdiem.dsl.amendments.clauses import same_number
from thangdiem.dsl.rulebook import Deed, Document, Rulebook

BEGINNING, END = date.min, date.max


@frozen
class Standing:
    """From which day to which a document is in force, to which periods it applies, and what ended it, if anything."""

    book: Rulebook
    since: date
    until: date
    first_period: int
    last_period: int
    ended_by: Document | None = None

    def on(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return self.since <= day <= self.until

    def for_period(self, year: int) -> bool:
        """Whether it applies to the assessment of a year."""
        return self.first_period <= year <= self.last_period


def standings(books: Sequence[Rulebook], documents: Iterable[Document]) -> tuple[Standing, ...]:
    """When each document holds; ``documents`` are all there are, those that only end others among them."""
    every = tuple(documents)
    return tuple(_ended(_written(book), every) for book in books)


def _written(book: Rulebook) -> Standing:
    """The days and periods a document gives itself; the year in which it ends is the last where it names none."""
    document = book.document
    last = document.last_period
    if last is None:
        last = document.until.year if document.until is not None else END.year
    return Standing(
        book,
        document.in_force or BEGINNING,
        document.until or END,
        document.first_period or BEGINNING.year,
        last,
    )


def _ended(standing: Standing, documents: Sequence[Document]) -> Standing:
    for document in documents:
        for deed in _deeds_on(standing.book.document, document):
            if document.in_force is not None and document.in_force <= standing.until:
                until = document.in_force - timedelta(days=1) if document.in_force > BEGINNING else BEGINNING
                standing = evolve(standing, until=until, ended_by=document)
            first = document.first_period
            if first is None and deed is Deed.REPEALS and document.in_force is not None:
                first = document.in_force.year
            if first is not None and first <= standing.last_period:
                standing = evolve(standing, last_period=first - 1, ended_by=document)
    return standing


def _deeds_on(document: Document, other: Document) -> Iterator[Deed]:
    for reference in other.references:
        if reference.deed in (Deed.REPLACES, Deed.REPEALS) and any(
            same_number(cited.number, document.number) for cited in reference.documents
        ):
            yield reference.deed
