"""Named values, items and bonuses for one unit, stage by stage."""

from __future__ import annotations

from fractions import Fraction

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.rulebook import State
from thangdiem.engine.evaluation import methods
from thangdiem.engine.evaluation.applicability import apply_policy, conditions_of, not_by_a_clause, nothing_to_add
from thangdiem.engine.evaluation.children import of_children
from thangdiem.engine.evaluation.maxima import left_out, maximum
from thangdiem.engine.evaluation.stages import (
    carried,
    counts_when,
    limited,
    missing_rule,
    out_of_range,
    replaced,
    rounded,
    with_bonuses,
)
from thangdiem.engine.evaluation.stated import end, outside
from thangdiem.engine.evaluation.unit import UnitEvaluation, no_value
from thangdiem.engine.trace import Step
from thangdiem.engine.unrounded import Unrounded


def named_value(named: rb.Named, unit: UnitEvaluation) -> Step:
    """The step of a named value."""
    found = methods.run(named.method, named.owner, unit)
    detail = {"owner": named.owner, "name": named.name}
    return Step("name", found.value, found.state, (found,), detail, found.gaps, span=named.span)


def scored_item(item: rb.Item, unit: UnitEvaluation) -> Step:
    """The step of an item, with every stage."""
    stages = _own(item, unit)
    stages = missing_rule(stages, item.missing, unit)
    stages = apply_policy(stages, item, unit)
    left = stages[-1].state is State.NOT_APPLICABLE
    for replacement in item.replacements:
        stages = replaced(stages, replacement, unit)
    if item.counts_when is not None:
        stages = counts_when(stages, item.counts_when, unit)
    stages = with_bonuses(stages, item.bonuses, unit)
    stages = limited(stages, item.limits, unit)
    rounding = item.rounding or unit.plan.item_roundings.get(item.kind_word)
    stages = rounded(stages, rounding, item.span, item.head, unit)
    if not left:
        stages = not_by_a_clause(stages, item, unit)
    last = _in_range(stages[-1], item, unit)
    unit.nodes.settle(item.children, unit)
    detail: dict[str, object] = {
        "code": item.code,
        "maximum": maximum(item, unit, last.state),
        "low": item.points.low,
        "high": item.points.high,
        "left_out": left_out(item.children, item.aggregation, unit) if item.children else (),
        "carried": carried(item.code, unit),
    }
    return Step("item", last.value, last.state, tuple(stages), detail, last.gaps, span=item.head)


def _own(item: rb.Item, unit: UnitEvaluation) -> list[Step]:
    """The applicability decides before the method is tried: a method need not make sense where it does not apply."""
    decided = conditions_of(item, unit)
    if decided is not None:
        return [decided]
    if item.method is not None:
        found = methods.run(item.method, item.code, unit)
        return [Step("own", found.value, found.state, (found,), gaps=found.gaps, span=item.method.span)]
    return [of_children(item.children, item.aggregation, item.span, unit, item.code)]


def scored_bonus(bonus: rb.Bonus, unit: UnitEvaluation) -> Step:
    """The step of a bonus or a deduction, with every stage."""
    found = methods.run(bonus.method, bonus.key, unit)
    stages = [Step("own", found.value, found.state, (found,), gaps=found.gaps, span=bonus.method.span)]
    stages = missing_rule(stages, bonus.missing, unit)
    stages = nothing_to_add(stages, bonus, unit)
    stages = nothing_to_add(limited(stages, bonus.limits, unit), bonus, unit)
    last = stages[-1]
    points = bonus.points
    if last.state is State.VALUE and not isinstance(last.value, Fraction):
        unit.tell(
            "TD515" if isinstance(last.value, Unrounded) else "TD505", bonus.span, code=bonus.title, text=bonus.title
        )
        last = no_value("own", State.INVALID, bonus.span, bonus.title)
    if points is not None and isinstance(last.value, Fraction) and outside(last.value, points):
        unit.tell(
            "TD514",
            bonus.span,
            code=bonus.title,
            found=last.value,
            low=end(points.low),
            high=end(points.high),
        )
        last = no_value("own", State.INVALID, bonus.span, bonus.title)
    detail: dict[str, object] = {
        "code": bonus.key,
        "maximum": None,
        "low": points.low if points is not None else None,
        "high": points.high if points is not None else None,
    }
    return Step("item", last.value, last.state, tuple(stages), detail, last.gaps, span=bonus.span)


def _in_range(last: Step, item: rb.Item, unit: UnitEvaluation) -> Step:
    """The last stage, or an invalid one where the score is no exact number in the range the file states."""
    if last.state is not State.VALUE:
        return last
    if not isinstance(last.value, Fraction):
        unit.tell("TD515", item.head, code=item.code)
        return no_value(last.kind, State.INVALID, last.span, item.code)
    points = item.points
    if out_of_range(last.value, points, item.code, unit):
        unit.tell("TD514", item.head, code=item.code, found=last.value, low=end(points.low), high=end(points.high))
        return no_value(last.kind, State.INVALID, last.span, item.code)
    return last
