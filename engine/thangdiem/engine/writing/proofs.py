"""Proofs of rule files in, the JSON document ``thangdiem/proofs/1`` out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from attrs import frozen

from thangdiem.dsl.proofs import Outcome, Proof, Shown
from thangdiem.dsl.rulebook import Rulebook
from thangdiem.engine.writing.plain import Json, number, plain

SCHEMA = "thangdiem/proofs/1"


@frozen
class Proved:
    """A rule file, or a consolidated version, with its proofs; ``unread`` where errors had to be mended first."""

    file: str
    book: Rulebook | None
    year: int | None
    proofs: tuple[Proof, ...]
    version: str = ""

    @property
    def unread(self) -> bool:
        """Whether nothing could be proved, because of errors in the text."""
        return self.book is None

    @property
    def counts(self) -> dict[str, int]:
        """How many claims came to each outcome."""
        found = Counter(proof.outcome for proof in self.proofs)
        return {outcome.value: found[outcome] for outcome in Outcome}


def proofs_json(found: Iterable[Proved]) -> dict[str, Json]:
    """Every claim with its outcome, why, and the units that show it."""
    return {"schema": SCHEMA, "rules": [_rules(each) for each in found]}


def _rules(proved: Proved) -> Json:
    book = proved.book
    return {
        "file": proved.file,
        "version": proved.version or None,
        "document": None if book is None else book.document.number or book.document.title,
        "sha256": None if book is None else book.source.digest,
        "year": proved.year,
        "unread": proved.unread,
        "counts": dict(proved.counts),
        "proofs": [_proof(each, proved) for each in proved.proofs],
    }


def _proof(proof: Proof, proved: Proved) -> Json:
    assert proved.book is not None
    return {
        "claim": proof.claim.value,
        "scale": proof.scale,
        "subject": proof.subject,
        "outcome": proof.outcome.value,
        "why": proof.why.value,
        **number("low", proof.low),
        **number("high", proof.high),
        **number("found", proof.found),
        "names": list(proof.names),
        "block": proof.block,
        "witness": [_shown(each) for each in proof.witness],
        "line": proved.book.source.text.count("\n", 0, proof.span.start) + 1,
    }


def _shown(shown: Shown) -> Json:
    return {
        "data": [{"column": cell.column, "value": plain(cell.value)} for cell in shown.cells],
        **number("value", shown.value),
        "grade": shown.grade,
    }
