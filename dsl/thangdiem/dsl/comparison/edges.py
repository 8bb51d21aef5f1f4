"""Neighbouring ranges of two versions in; which boundary moved from where to where, each once, out."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.comparison.change import About, Consequence
from thangdiem.dsl.comparison.consequences import joined
from thangdiem.dsl.comparison.pairing import Pair
from thangdiem.dsl.comparison.regions import symmetric


@frozen
class Edge:
    """A boundary that moved: what it was and is (a bound, or the whole range), and the places it bounds."""

    old: object
    new: object
    places: tuple[int, ...]


@frozen
class _End:
    place: int
    upper: bool
    old: tuple[rb.Expression | None, bool]
    new: tuple[rb.Expression | None, bool]


def moved(before: Sequence[rb.Range], after: Sequence[rb.Range]) -> tuple[Edge, ...]:
    """The boundaries that moved between ranges listed in order, of which each has its counterpart."""
    ends: list[_End] = []
    edges: list[Edge] = []
    for place, (one, other) in enumerate(zip(before, after, strict=True)):
        if one == other:
            continue
        if one.negated or other.negated or one.low == one.high or other.low == other.high:
            edges.append(Edge(one, other, (place,)))
            continue
        low = _End(place, False, (one.low, one.low_open), (other.low, other.low_open))
        high = _End(place, True, (one.high, not one.high_open), (other.high, not other.high_open))
        ends.extend(end for end in (low, high) if end.old != end.new)
    while ends:
        first = ends.pop(0)
        partner = next((end for end in ends if _meet(first, end)), None)
        if partner is not None:
            ends.remove(partner)
        places = (first.place,) if partner is None else tuple(sorted((first.place, partner.place)))
        edges.append(_edge(first, places, before, after))
    return tuple(edges)


def _meet(one: _End, other: _End) -> bool:
    """Whether two ends are the two sides of one boundary, before and after."""
    return (
        abs(one.place - other.place) == 1
        and one.upper is not other.upper
        and one.old[0] is not None
        and one.new[0] is not None
        and one.old == other.old
        and one.new == other.new
    )


def _edge(end: _End, places: tuple[int, ...], before: Sequence[rb.Range], after: Sequence[rb.Range]) -> Edge:
    """The bounds where only they moved; else the whole ranges, which say what else changed."""
    if end.old[1] == end.new[1] and end.old[0] is not None and end.new[0] is not None:
        return Edge(end.old[0], end.new[0], places)
    return Edge(before[end.place], after[end.place], places)


def of_edge(
    edge: Edge, before: Sequence[rb.Range], after: Sequence[rb.Range], about: About, subject: object, pair: Pair
) -> Consequence | None:
    """Units whose value lies in one of the ranges before and not after, or the other way round."""
    found = [symmetric(pair, (before[place],), (after[place],), about, subject) for place in edge.places]
    return joined(found)
