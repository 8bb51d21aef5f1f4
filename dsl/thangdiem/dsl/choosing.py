"""A rule set, a day or a period, and a scale in; the rules to score by out. No clock decides."""

from __future__ import annotations

from attrs import evolve, frozen

from thangdiem.dsl.letters import toneless
from thangdiem.dsl.library import RuleSet, RuleVersion
from thangdiem.dsl.rulebook import Document, Rulebook, Scale


@frozen
class Choice:
    """The rules to score by: a version, a document of it, one of its scales if one was named, and the year assessed
    if it is known."""

    version: RuleVersion
    book: Rulebook
    scale: Scale | None
    period: int | None


def choice(documents: RuleSet, scale: str | None, period: int | None, day: str | None) -> Choice:
    """The rules of a day or of a period; without either those of the only document, which must not be amended.

    Raises ``RuleSetError`` where there is none, or more than one.
    """
    having = with_scale(documents, scale)
    if day is not None:
        version = having.on(day)
    elif period is not None:
        version = having.for_period(period)
    else:
        version = having.only()
    return chosen_of(version, scale, period)


def chosen_of(version: RuleVersion, scale: str | None, period: int | None, one_scale: bool = False) -> Choice:
    """What a version has of a scale; with ``one_scale`` of its only one, where none is named."""
    rules = version.scale(scale or "") if scale or one_scale else None
    book = rules.book if rules else version.book
    year = period if period is not None else version.period
    year = year if year is not None else _only_period(book.document)
    return Choice(version, book, rules.scale if rules else None, year)


def with_scale(documents: RuleSet, scale: str | None) -> RuleSet:
    """Only the documents that have the scale, where one was named and any has it; the others may still end those."""
    if scale is None or len(documents.documents) < 2:
        return documents
    having = [book for book in documents.documents if any(toneless(each.id) == toneless(scale) for each in book.scales)]
    aside = tuple(book for book in documents.documents if book not in having)
    return evolve(documents, documents=tuple(having), aside=aside) if having else documents


def _only_period(document: Document) -> int | None:
    """The period of a document made for one year."""
    return document.first_period if document.first_period == document.last_period else None
