"""A text on which orders are tried: an order that cannot be carried out leaves it as it was."""

from __future__ import annotations

from attrs import define, field, frozen

from thangdiem.dsl.amendments.applying import apply
from thangdiem.dsl.amendments.clauses import Clause
from thangdiem.dsl.amendments.draft import Draft
from thangdiem.dsl.amendments.outline import Outline
from thangdiem.dsl.amendments.reading import operations_in
from thangdiem.dsl.dialect import dialect
from thangdiem.dsl.parser import parse
from thangdiem.dsl.passages import Passage, passages_of
from thangdiem.dsl.resolve.scope import Findings
from thangdiem.dsl.source import source_of

_MARKER = {"vi": "", "en": "# language: en\n"}


@frozen
class Stand:
    """How far a trial has come."""

    passages: tuple[Passage, ...]
    orders: tuple[str, ...]


@define
class Trial:
    """The text after the orders so far, and those orders."""

    draft: Draft
    orders: list[str] = field(factory=list)

    @property
    def outline(self) -> Outline:
        """Which passage stands under what."""
        return self.draft.outline

    def stand(self) -> Stand:
        """Where it can go back to."""
        return Stand(self.draft.passages, tuple(self.orders))

    def back(self, stand: Stand) -> None:
        """Takes back what was ordered since."""
        self.draft.put(stand.passages)
        self.orders[:] = stand.orders

    def attempt(self, order: str) -> bool:
        """Carries out an order as the words say it; whether that was possible."""
        source = source_of(f"{_MARKER[self.draft.dialect]}{order}\n")
        syntax, slips = parse(source, self.draft.vocabulary)
        if syntax is None or slips:  # words that cannot be quoted
            return False
        findings = Findings(source, dialect(self.draft.dialect))
        statements = list(zip(syntax.statements, passages_of(syntax, f"order {len(self.orders)}"), strict=True))
        operations = operations_in(statements, findings)
        assert not findings.found and len(operations) == 1, order
        before = self.draft.passages
        refused = apply(self.draft, Clause("", "", "", operations, "", source=source))
        self.draft.changes.clear()
        self.draft.warnings.clear()
        if refused:
            self.draft.put(before)
            return False
        self.orders.append(order)
        return True
