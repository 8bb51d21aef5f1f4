"""Whether the maxima written below a node add up to the maximum written at it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.checks.finding import crumbs, finding, item_name, related, scale_name
from thangdiem.dsl.diagnostic import Diagnostic
from thangdiem.dsl.rulebook import PointsForm, Rulebook

_IN_POINTS = (PointsForm.FIXED, PointsForm.RANGE)


def check_totals(book: Rulebook) -> Iterator[Diagnostic]:
    """Sums of maxima: the children of every node, and the topmost items of every scale."""
    for scale in book.scales:
        if scale.total is None:
            name, where = scale_name(book, scale), crumbs(book, scale)
            yield from _sum(book, name, scale.points, scale.aggregation, scale.limits, scale.items, where)
        for item in scale.walk():
            if item.children and item.method is None:
                where = crumbs(book, scale, item)
                yield from _sum(book, item_name(item), item.points, item.aggregation, item.limits, item.children, where)


def _sum(
    book: Rulebook,
    name: str,
    points: rb.Points,
    aggregation: rb.Aggregation,
    limits: tuple[rb.Limit, ...],
    children: tuple[rb.Item, ...],
    where: tuple[str, ...],
) -> Iterator[Diagnostic]:
    counted = [child for child in children if child.points.counted]
    stated = points.high
    if not counted or stated is None or points.form not in _IN_POINTS:
        return
    if aggregation.form is not rb.AggregationForm.SUM:
        return
    known = [child for child in counted if child.points.form in _IN_POINTS and child.points.high is not None]
    if any(child.points.form is PointsForm.VALUE for child in counted):
        return
    found = sum((_most(child) for child in known), Fraction(0))
    over = found > stated
    if found == stated and len(known) == len(counted):
        return
    if over and any(limit.most for limit in limits):
        return  # the text caps the node: its children may add up to more
    places = [related(book, "adds-here", child.points.span, item=child.code, points=_most(child)) for child in known]
    if len(known) == len(counted):
        difference = abs(found - stated)
        figures = {"stated": stated, "found": found, "difference": difference}
        yield finding(book, "TD300", points.span, where, places, node=name, **figures)
    elif over:
        yield finding(book, "TD301", points.span, where, places, node=name, stated=stated, found=found)


def _most(item: rb.Item) -> Fraction:
    """What an item adds to its node at most, with its weight."""
    weight = item.weight if item.weight is not None else Fraction(1)
    return weight * (item.points.high if item.points.high is not None else Fraction(0))
