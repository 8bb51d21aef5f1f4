"""A version of a rule set – what holds on a day or for a period – with the scales to evaluate by."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from thangdiem.dsl.amendments.consolidation import Consolidated
from thangdiem.dsl.diagnostic import Diagnostic, Place, Related
from thangdiem.dsl.letters import toneless
from thangdiem.dsl.resolve.documents import named
from thangdiem.dsl.rulebook import Expression, Rulebook, Scale
from thangdiem.dsl.suggestion import closest


class RuleSetError(Exception):
    """What was asked for cannot be had; ``diagnostics`` say why, in both languages."""

    def __init__(self, *diagnostics: Diagnostic) -> None:
        super().__init__("; ".join(found.message("en") for found in diagnostics[:5]))
        self.diagnostics = diagnostics


@frozen
class ScaleRules:
    """One scale of one document: all that evaluation needs."""

    book: Rulebook
    scale: Scale


@frozen
class Transition:
    """Who keeps the former rules: units that meet the condition, or are named, up to a period if one is stated."""

    clause: str
    book: Rulebook
    """The rules before the document with this clause."""
    condition: Expression | None = None
    units: tuple[str, ...] = ()
    last_period: int | None = None
    scale: str = ""
    """The one scale it speaks of, where the clause names one."""


@frozen
class RuleVersion:
    """What holds on a day or in a period; ``why`` says which documents were taken and by what."""

    books: tuple[Rulebook, ...]
    why: Diagnostic
    period: int | None = None
    consolidated: tuple[Consolidated, ...] = ()
    """For each book how it was made of its document and the clauses that amend it."""
    transitions: tuple[Transition, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def book(self) -> Rulebook:
        """The one document; where several with different scales hold at once, a scale must be named."""
        if len(self.books) > 1:
            raise RuleSetError(several(self.books))
        return self.books[0]

    def scale(self, wanted: str = "") -> ScaleRules:
        """The scale of that id, tone marks optional; without an id the only one there is."""
        every = [ScaleRules(book, scale) for book in self.books for scale in book.scales]
        if not wanted and len(every) == 1:
            return every[0]
        for same in (_exactly, toneless):
            found = [rules for rules in every if same(rules.scale.id) == same(wanted)]
            if len(found) == 1:
                return found[0]
        ids = [rules.scale.id for rules in every]
        place = place_of(self.books[0])
        if not wanted:
            raise RuleSetError(Diagnostic("TD607", {"scales": ", ".join(ids)}, place))
        nearest = ", ".join(closest(wanted, ids) or ids)
        raise RuleSetError(Diagnostic("TD606", {"scale": wanted, "scales": nearest}, place))


def several(books: tuple[Rulebook, ...]) -> Diagnostic:
    """Several documents where one is needed."""
    return Diagnostic("TD611", {"count": len(books), "documents": all_named(books)}, None, places_of(books))


def all_named(books: Iterable[Rulebook]) -> str:
    """The documents of the rulebooks by kind and number."""
    return ", ".join(named(book.document) for book in books)


def place_of(book: Rulebook) -> Place:
    """Where the document is named."""
    return book.source.place(book.document.span.start, book.document.span.end)


def places_of(books: Iterable[Rulebook]) -> tuple[Related, ...]:
    """The documents as places involved."""
    return tuple(Related(place_of(book), "document-here", {"document": named(book.document)}) for book in books)


def _exactly(text: str) -> str:
    return text
