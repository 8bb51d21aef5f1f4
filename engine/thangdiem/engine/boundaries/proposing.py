"""A rulebook in; an example for each side of each threshold, with its computed result, and what stays open, out."""

from __future__ import annotations

from enum import Enum

from attrs import frozen

from thangdiem.dsl import rulebook as rb
from thangdiem.engine.boundaries.baseline import Bench, Given, baseline, bench
from thangdiem.engine.boundaries.placing import placed
from thangdiem.engine.boundaries.thresholds import Threshold, thresholds_of
from thangdiem.engine.result import Status, UnitResult


class Side(Enum):
    """Where a unit lies."""

    BELOW = -1
    AT = 0
    ABOVE = 1


@frozen
class Proposal:
    """A unit beside a threshold and what the rules make of it; ``line`` is that of the threshold, from 1."""

    scale: str
    threshold: Threshold
    side: Side
    line: int
    given: Given
    result: UnitResult
    period: int


@frozen
class Open:
    """A side of a threshold for which no unit was found: nothing moves the comparison there by itself."""

    scale: str
    threshold: Threshold
    side: Side
    line: int


@frozen
class Proposals:
    """What was found and what was not, in the order of the text."""

    found: tuple[Proposal, ...]
    open: tuple[Open, ...]


def propose(book: rb.Rulebook, line: int | None = None) -> Proposals:
    """Examples around every threshold of every scale, or only those of a line; each unit is scored by itself."""
    found: list[Proposal] = []
    left: list[Open] = []
    for scale in book.scales:
        at = bench(book, scale)
        wanted = [each for each in thresholds_of(scale, at.period) if line in (None, _line(each, book))]
        base = baseline(at) if wanted else None
        for threshold in wanted:
            _around(threshold, base, at, found, left)
    return Proposals(tuple(found), tuple(left))


def _around(threshold: Threshold, base: Given | None, at: Bench, found: list[Proposal], left: list[Open]) -> None:
    line = _line(threshold, at.rules.book)
    units = placed(threshold, base, at) if base is not None else {}
    for side in Side:
        given = units.get(side.value)
        result = at.result(given) if given is not None else None
        scale = at.rules.scale.id
        if given is None or result is None or result.status is Status.REFUSED:
            left.append(Open(scale, threshold, side, line))
        else:
            found.append(Proposal(scale, threshold, side, line, given, result, at.period))


def _line(threshold: Threshold, book: rb.Rulebook) -> int:
    return book.source.text.count("\n", 0, threshold.span.start) + 1
