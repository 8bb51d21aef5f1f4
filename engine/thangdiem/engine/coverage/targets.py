"""A scale in; everything an example can reach in it – levels, rows, conditions, limits, bands and their edges – out."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from fractions import Fraction

from attrs import frozen

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.bounds import totals
from thangdiem.dsl.bounds.extent import Extent
from thangdiem.dsl.bounds.world import world_of


class Aim(Enum):
    """What has to happen at a place of the text."""

    LEVEL = "level"
    ROW = "row"
    MET = "met"
    UNMET = "unmet"
    COUNTED = "counted"
    TRUE = "true"
    FALSE = "false"
    NOT_APPLICABLE = "not_applicable"
    BINDING = "binding"
    FREE = "free"
    BAND = "band"
    BELOW = "below"
    AT = "at"
    ABOVE = "above"


@frozen
class Target:
    """One thing to reach: what, and where it stands; ``edge`` and ``near`` only for the sides of an edge of a band.

    A value is just below an edge where it is no farther from it than ``near``. ``applies`` is the code of the item
    that does apply once its condition for not applying is false: traces keep such a condition only where it holds.
    """

    aim: Aim
    start: int
    end: int
    edge: Fraction | None = None
    near: Fraction = Fraction(0)
    applies: str = ""


def targets_of(scale: rb.Scale) -> tuple[Target, ...]:
    """Everything to reach in a scale, in the order of the text."""
    found = [*_of_names(scale.names), *_of_bonuses(scale.bonuses), *_of_limits(scale.limits)]
    for item in scale.walk():
        found.extend(_of_item(item))
    if scale.total is not None:
        found.extend(_of_method(scale.total))
    for grading in scale.gradings:
        found.extend(_of_grading(grading, scale))
    return tuple(sorted(dict.fromkeys(found), key=lambda each: (each.start, each.end, list(Aim).index(each.aim))))


def _of_item(item: rb.Item) -> Iterator[Target]:
    yield from _of_names(item.names)
    if item.method is not None:
        yield from _of_method(item.method)
    applies = item.applicability
    if not applies.suspended:
        for condition in applies.conditions:
            yield _target(Aim.TRUE, condition.span)
            yield Target(Aim.FALSE, condition.span.start, condition.span.end, applies=item.code)
        if applies.allowed:
            yield _target(Aim.NOT_APPLICABLE, item.head)
    if item.counts_when is not None:
        yield from _of_condition(item.counts_when)
    for replacement in item.replacements:
        yield from _of_condition(replacement.when)
    yield from _of_limits(item.limits)
    yield from _of_bonuses(item.bonuses)


def _of_names(names: tuple[rb.Named, ...]) -> Iterator[Target]:
    for named in names:
        yield from _of_method(named.method)


def _of_bonuses(bonuses: tuple[rb.Bonus, ...]) -> Iterator[Target]:
    for bonus in bonuses:
        yield from _of_names(bonus.names)
        yield from _of_method(bonus.method)
        yield from _of_limits(bonus.limits)


def _of_limits(limits: tuple[rb.Limit, ...]) -> Iterator[Target]:
    for limit in limits:
        yield _target(Aim.BINDING, limit.span)
        yield _target(Aim.FREE, limit.span)
        if limit.when is not None:
            yield from _of_condition(limit.when)


def _of_method(method: rb.Method) -> Iterator[Target]:
    match method:
        case rb.Formula():
            yield from _of_limits(method.limits)
        case rb.Choice():
            yield from (_target(Aim.LEVEL, level.span) for level in method.levels)
        case rb.Checklist():
            for mark in method.marks:
                yield _target(Aim.MET, mark.span)
                yield _target(Aim.UNMET, mark.span)
        case rb.Steps():
            yield from (_target(Aim.ROW, row.span) for row in method.rows)
        case rb.Marks():
            yield from (_target(Aim.COUNTED, row.span) for row in method.rows)
        case rb.Cases():
            for case in method.cases:
                yield from _of_condition(case.when) if case.when is not None else (_target(Aim.ROW, case.span),)
        case rb.Guarded():
            for guard in method.guards:
                yield from _of_condition(guard.when) if guard.when is not None else ()
                yield from _of_method(guard.method)
        case rb.Direct():
            return


def _of_condition(condition: rb.Expression) -> Iterator[Target]:
    yield _target(Aim.TRUE, condition.span)
    yield _target(Aim.FALSE, condition.span)


def _of_grading(grading: rb.Grading, scale: rb.Scale) -> Iterator[Target]:
    extent, near = _basis(grading, scale)
    edges: set[Fraction] = set()
    for band in grading.bands:
        if not band.by_rule:
            yield _target(Aim.BAND, band.span)
        for when in band.conditions:
            yield from _of_condition(when)
        for bound in (band.within.low, band.within.high) if band.within is not None else ():
            if isinstance(bound, rb.Number) and bound.value not in edges:
                edges.add(bound.value)
                yield from _of_edge(bound, extent, near)
    for rule in grading.rules:
        yield from _of_condition(rule.when)
    if grading.when is not None:
        yield from _of_condition(grading.when)


def _of_edge(bound: rb.Number, extent: Extent, near: Fraction) -> Iterator[Target]:
    edge, span = bound.value, bound.span
    if extent.low is None or extent.low < edge:
        yield Target(Aim.BELOW, span.start, span.end, edge, near)
    if (extent.low is None or extent.low <= edge) and (extent.high is None or edge <= extent.high):
        yield Target(Aim.AT, span.start, span.end, edge)
    if extent.high is None or edge < extent.high:
        yield Target(Aim.ABOVE, span.start, span.end, edge, near)


def _basis(grading: rb.Grading, scale: rb.Scale) -> tuple[Extent, Fraction]:
    """What the bands are ranges of may come to, and what is near: a step of its grid, or a hundredth of its most."""
    if grading.basis is rb.GradeBasis.SHARE:
        return Extent(Fraction(0), None), Fraction(1, 100)
    world = world_of(scale)
    if grading.expression is not None:
        extent = totals.extent(grading.expression, world)
    else:
        extent = totals.of_total(world).value
    known = extent or Extent()
    return known, max(known.grid or Fraction(0), abs(known.high or Fraction(0)) / 100, Fraction(1, 100))


def _target(aim: Aim, span: rb.Span) -> Target:
    return Target(aim, span.start, span.end)
