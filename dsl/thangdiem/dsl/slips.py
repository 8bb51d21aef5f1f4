"""What a lawyer most likely meant: from the place where reading failed to a finding that says what to do."""

from __future__ import annotations

from attrs import frozen

from thangdiem.dsl.diagnostic import Diagnostic
from thangdiem.dsl.dialect import Dialect
from thangdiem.dsl.source import Source


@frozen
class Slip:
    """Where reading failed: what stands at ``start``–``end``, and the terminals that could have stood there."""

    source: Source
    dialect: Dialect
    wanted: frozenset[str]
    start: int
    end: int
    reason: str
    token: str


def explain(slip: Slip) -> Diagnostic:
    """The finding for a slip: the first hand-written explanation that fits, or what was expected there."""
    found = slip.source.text[slip.start : slip.end]
    return Diagnostic("TD020", {"found": found, "wanted": ", ".join(sorted(slip.wanted))}, slip.source.place(slip.start, slip.end))
