"""What an explanation is made of: plain texts in the order in which a reader meets them."""

from __future__ import annotations

from typing import Any

from attrs import fields, frozen

from thangdiem.engine.layout import Form, Layout

Plain = str | int | bool | None | list["Plain"] | dict[str, "Plain"]


@frozen
class Statement:
    """One thing said: ``role`` is one of ROLES, ``place`` where it stands, ``note`` what belongs to it."""

    role: str
    label: str
    text: str
    note: str = ""
    place: str = ""


ROLES = (
    "rule",  # the words of the rule that decided
    "citation",  # the provision it rests on, the clauses that amended it
    "datum",  # a datum of the unit, with its cell
    "equation",  # a formula with names, with numbers, and its value
    "met",  # a row, level or condition that holds
    "unmet",  # one that was tried and does not, with the distance
    "open",  # one that cannot be decided
    "change",  # a limit, a rounding, a bonus: what was there, what it became
    "reason",  # why something does not apply or does not count
    "quotation",  # words of the decision
    "reading",  # an interpretation, which is no word of the decision
    "evidence",  # what proves it, where it comes from, who verifies
    "gap",  # what is missing
    "conclusion",  # what follows from the statements before
)
"""Every role of a statement."""


@frozen
class ItemExplanation:
    """One item or bonus; ``depth`` is 0 at the top of the scale, ``level`` the heading's level in a page."""

    code: str
    heading: str
    depth: int
    level: int
    state: str
    state_text: str
    score: str
    maximum: str
    counted: bool
    leaf: bool
    statements: tuple[Statement, ...]


@frozen
class LedgerRow:
    """One line of the account: what is entered, and the sum so far."""

    kind: str
    label: str
    points: str
    maximum: str = ""
    balance: str = ""


@frozen
class Explanation:
    """Why a unit has its points, its grade and its rank, in one language."""

    language: str
    title: str
    unit: str
    warnings: tuple[str, ...]
    status: str
    identity: tuple[Statement, ...]
    result: tuple[Statement, ...]
    gaps: tuple[Statement, ...]
    ledger: tuple[LedgerRow, ...]
    total: tuple[Statement, ...]
    items: tuple[ItemExplanation, ...]
    grading: tuple[Statement, ...]
    ranking: tuple[Statement, ...]

    def to_data(self) -> dict[str, Plain]:
        """The explanation as plain dictionaries, lists, texts and numbers, as templates and JSON take it."""
        return plain(self)  # type: ignore[return-value]

    def to_markdown(self) -> str:
        """The explanation as Markdown."""
        return self._rendered("md")

    def to_text(self) -> str:
        """The explanation as text of at most 96 columns."""
        return self._rendered("txt")

    def to_html(self) -> str:
        """The explanation as a page that needs nothing else."""
        return self._rendered("html")

    def _rendered(self, form: Form) -> str:
        text, diagnostics = Layout().render("explanation", form, self.language, {"explanation": self.to_data()})
        assert text is not None, diagnostics  # the layouts that ship are no guests: they always render
        return text


def plain(value: Any) -> Plain:
    """A frozen class, or a tuple of them, as plain data."""
    if isinstance(value, str | int | bool) or value is None:
        return value
    if isinstance(value, tuple | list):
        return [plain(part) for part in value]
    return {part.name: plain(getattr(value, part.name)) for part in fields(type(value))}
