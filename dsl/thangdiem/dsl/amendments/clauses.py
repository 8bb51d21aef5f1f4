"""What an amending decision says: its clauses in order, each with the operations it orders and when they count."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import Enum
from typing import Literal

from attrs import field, frozen

from thangdiem.dsl.diagnostic import Diagnostic, Related
from thangdiem.dsl.letters import toneless
from thangdiem.dsl.passages import Passage, Row
from thangdiem.dsl.rulebook import Document, Span, where
from thangdiem.dsl.source import Source
from thangdiem.dsl.syntax import Node

AddressKind = Literal[
    "item",
    "several",
    "listed",
    "scale",
    "grade",
    "grades",
    "line",
    "mark",
    "clause",
    "document",
    "example",
    "bonus",
    "data",
]


@frozen
class Address:
    """What an operation speaks of, as far as its words say."""

    kind: AddressKind
    words: str
    """As it was written."""
    code: str = ""
    """Of an item, the first of several items, a mark, a clause (``1.2`` is clause 2 of article 1)."""
    last: str = ""
    """The code of the last of several items."""
    text: str = ""
    """A title, opening words, a grade, a datum."""
    deduction: bool = False
    scale: str = ""
    item: str = ""
    bonus: str = ""
    """The bonus or deduction (with its sign) a line stands in."""
    span: Span = where()


class Rest(Enum):
    """What becomes of the parts a replacement does not repeat."""

    UNSAID = "unsaid"
    KEEP = "keep"
    DROP = "drop"


@frozen
class Operation:
    """One change ordered by a clause: its statement, what it brings, and what becomes of the rest."""

    node: Node = field(eq=False)
    head: Row
    address: Address | None
    content: tuple[Passage, ...] = ()
    rows: tuple[Row, ...] = ()
    """Lines that stand right below it: levels, steps, marks, grades."""
    rest: Rest = Rest.UNSAID
    correction: bool = False

    @property
    def name(self) -> str:
        """What it does, as the grammar calls it."""
        return str(self.node.data)

    @property
    def words(self) -> str:
        """What it speaks of, as it was written."""
        return self.address.words if self.address is not None else ""

    @property
    def span(self) -> Span:
        """Where it is ordered."""
        return Span(self.head.start, self.head.end)


@frozen
class Clause:
    """A clause with its operations, when it is in force and for which periods, and which document it amends."""

    code: str
    """``1.2.a`` for ``điểm a khoản 2 Điều 1``; empty for the lines below a scale or another reading."""
    label: str
    """``khoản 2 Điều 1 Quyết định 12/QĐ-UBND``, as the documents write it."""
    document: str
    """``Quyết định 12/QĐ-UBND``."""
    operations: tuple[Operation, ...]
    amends: str
    """The number of the document."""
    in_force: date | None = None
    until: date | None = None
    undetermined: bool = False
    first_period: int | None = None
    last_period: int | None = None
    scale: str = ""
    wording: str = ""
    span: Span = where()
    source: Source = field(eq=False, repr=False, kw_only=True)

    @property
    def correction(self) -> bool:
        """Whether it counts as if it had always been so."""
        return any(operation.correction for operation in self.operations)

    def finding(self, code: str, related: tuple[Related, ...] = (), /, **arguments: object) -> Diagnostic:
        """A finding about the clause."""
        place = self.source.place(self.span.start, self.span.end)
        return Diagnostic(code, {"clause": self.label, **arguments}, place, related)


@frozen
class Amendment:
    """An amending document."""

    document: Document
    clauses: tuple[Clause, ...]
    dialect: str
    source: Source = field(eq=False, repr=False, kw_only=True)


def same_number(one: str, other: str) -> bool:
    """Whether two numbers of documents are one, spaces and tone marks aside."""
    return toneless("".join(one.split())) == toneless("".join(other.split()))


def is_any_of(number: str, numbers: Iterable[str]) -> bool:
    """Whether a number of a document is among others."""
    return any(same_number(number, each) for each in numbers)
