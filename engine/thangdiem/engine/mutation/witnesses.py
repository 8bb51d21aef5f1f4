"""Rules and changed rules in; a unit beside a threshold that they judge differently, if one is found, out."""

from __future__ import annotations

from functools import cached_property

from attrs import evolve

from thangdiem.dsl import rulebook as rb
from thangdiem.engine.boundaries import Proposal, example_text, propose
from thangdiem.engine.boundaries.baseline import bench
from thangdiem.engine.result import Status, UnitResult

_NEAREST = 30
"""So many units, those of the nearest lines first, are tried."""
_REFUSED = ""


class Witnesses:
    """The units beside the thresholds of the rules as they are, found once."""

    def __init__(self, book: rb.Rulebook) -> None:
        self._book = book

    @cached_property
    def _proposals(self) -> tuple[Proposal, ...]:
        return propose(self._book).found

    def of(self, changed: rb.Rulebook, line: int, scales: set[str]) -> Proposal | None:
        """What the rules as they are make of the first unit that tells both apart."""
        known = [each for each in self._proposals if each.scale in scales]
        for each in sorted(known, key=lambda each: abs(each.line - line))[:_NEAREST]:
            if _told(each, each.result) != _told(each, _result(each, changed)):
                return each
        for each in propose(changed, line).found:
            mine = _result(each, self._book)
            if mine is not None and _told(each, each.result) != _told(each, mine) != _REFUSED:
                return evolve(each, result=mine)
        return None


def _result(proposal: Proposal, book: rb.Rulebook) -> UnitResult | None:
    scale = next((each for each in book.scales if each.id == proposal.scale), None)
    return bench(book, scale).result(proposal.given) if scale is not None else None


def _told(proposal: Proposal, result: UnitResult | None) -> str:
    """What the example states of the unit: an example notices nothing else."""
    if result is None or result.status is Status.REFUSED:
        return _REFUSED
    return example_text(evolve(proposal, result=result), "", "vi")
