"""What the reports on rules are made of: plain texts in the order in which a reader meets them."""

from __future__ import annotations

from typing import Any

from attrs import asdict, frozen

from thangdiem.dsl.diagnostic import Language
from thangdiem.engine.differences.parts import Words


@frozen
class DocumentRow:
    """A document, when it counts, and what each of its clauses orders; of the original nothing."""

    name: str
    title: str
    issued: str
    in_force: str
    periods: str
    orders: tuple[str, ...]


@frozen
class TextLine:
    """A line of the text: ``heading``, ``line``, ``row`` or ``bullet`` below a line, or ``repealed``; with its notes.

    ``level`` is the heading's level in a page; of other lines the level of the heading they stand under.
    """

    form: str
    level: int
    text: str
    notes: tuple[int, ...] = ()


@frozen
class Note:
    """A note at the foot of the text: which clause made a line what it is."""

    number: int
    text: str


@frozen
class ConsolidatedReport:
    """One document with everything that amended it."""

    language: Language
    title: str
    subtitle: str
    why: str
    documents: tuple[DocumentRow, ...]
    lines: tuple[TextLine, ...]
    notes: tuple[Note, ...]


@frozen
class ConsolidatedReports:
    """The documents of one version."""

    language: Language
    documents: tuple[ConsolidatedReport, ...]

    def to_data(self) -> dict[str, Any]:
        """Plain data, as templates take them."""
        return asdict(self)


@frozen
class EventReport:
    """Something that happened to a node: what and by whom, since when, and the text before and after."""

    kind: str
    what: str
    when: str
    within: str
    later: str
    old: tuple[Words, ...]
    new: tuple[Words, ...]
    old_lines: tuple[str, ...]
    new_lines: tuple[str, ...]


@frozen
class LifeReport:
    """The life of one node."""

    heading: str
    document: str
    events: tuple[EventReport, ...]


@frozen
class HistoryReport:
    """The lives of everything that was ever called so."""

    language: Language
    title: str
    lives: tuple[LifeReport, ...]

    def to_data(self) -> dict[str, Any]:
        """Plain data, as templates take them."""
        return asdict(self)


@frozen
class AlternativeReport:
    """Another reading; ``id`` is empty where it is only mentioned and cannot be evaluated."""

    id: str
    text: str


@frozen
class ReadingReport:
    """A reading that was taken, of what, since when, where it is written, and the readings beside it."""

    id: str
    document: str
    about: str
    text: str
    since: str
    place: str
    alternatives: tuple[AlternativeReport, ...]


@frozen
class RegisterReport:
    """Every reading of the rules."""

    language: Language
    readings: tuple[ReadingReport, ...]

    def to_data(self) -> dict[str, Any]:
        """Plain data, as templates take them."""
        return asdict(self)
