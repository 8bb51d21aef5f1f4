"""The maximum points of a node as used for one unit: without what does not apply to it."""

from __future__ import annotations

from fractions import Fraction

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.rulebook import State
from thangdiem.engine.evaluation.unit import UnitEvaluation


def maximum(item: rb.Item, unit: UnitEvaluation, state: State) -> Fraction | None:
    """The maximum of an item in a given state: nothing where it does not apply."""
    if state is State.NOT_APPLICABLE:
        return Fraction(0)
    if item.points.high is None or not item.children:
        return item.points.high
    gone = _gone(item.children, item.aggregation, unit)
    return item.points.high - gone if gone else item.points.high


def scale_maximum(unit: UnitEvaluation) -> Fraction | None:
    """The maximum of the scale, without what does not apply."""
    scale = unit.plan.scale
    if scale.points.high is None:
        return None
    return scale.points.high - _gone(scale.items, scale.aggregation, unit)


def _gone(children: tuple[rb.Item, ...], aggregation: rb.Aggregation, unit: UnitEvaluation) -> Fraction:
    return sum((points for _, _, points in left_out(children, aggregation, unit)), Fraction(0))


def left_out(
    children: tuple[rb.Item, ...], aggregation: rb.Aggregation, unit: UnitEvaluation
) -> tuple[tuple[str, Fraction, Fraction], ...]:
    """The children whose maxima left a sum, in whole or in part: code, weight, points that left."""
    if aggregation.form is not rb.AggregationForm.SUM:
        return ()
    gone = []
    for child in children:
        known = unit.items.get(child.code)
        if not child.points.counted or known is None or child.points.high is None:
            continue
        used = maximum(child, unit, known.state)
        if used is not None and used is not child.points.high:
            weight = child.weight if child.weight is not None else Fraction(1)
            gone.append((child.code, weight, weight * (child.points.high - used)))
    return tuple(gone)
