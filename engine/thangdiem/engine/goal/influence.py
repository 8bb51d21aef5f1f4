"""A scale in; how much of the total a point of each item is worth at most, out: it lets a search stop early."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from attrs import frozen

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.constants import constant
from thangdiem.dsl.rulebook import State
from thangdiem.engine.evaluation.unit import Plan
from thangdiem.engine.goal.polarity import lower_is_better
from thangdiem.engine.result import UnitResult


@frozen
class Influence:
    """``factors`` by item and bonus; ``slack`` is what roundings may add or take on the way.

    ``even``: between the unit as it is and at its best, points are worth exactly their factor, but for the slack.
    """

    factors: Mapping[str, Fraction]
    slack: Fraction
    even: bool = False

    def most(self, key: str, points: Fraction) -> Fraction:
        """What so many points of an item can add to the total at most, but for the slack."""
        return self.factors[key] * points


def influence(plan: Plan, maximum: Fraction | None, ends: tuple[UnitResult, ...]) -> Influence | None:
    """None where no such bound is known: a total by formula, a geometric mean.

    ``maximum`` is the one before the total is brought to the points of the scale; ``ends`` are the unit as it is and
    at its best: where no limit cuts at either, none cuts between.
    """
    scale = plan.scale
    rules = [scale.aggregation, *(item.aggregation for item in plan.items.values() if item.children)]
    if scale.total is not None or any(rule.form is rb.AggregationForm.GEOMETRIC_MEAN for rule in rules):
        return None
    factor = _rescaling(scale, maximum)
    if factor is None:
        return None
    added = all(rule.form is rb.AggregationForm.SUM for rule in rules)
    factors: dict[str, Fraction] = {}
    slack = plan.total_rounding.unit if plan.total_rounding is not None else Fraction(0)
    waiting = [(scale.items, scale.aggregation, factor)]
    left = {item.code for item in ends[0].items if item.state is State.NOT_APPLICABLE}
    if scale.aggregation.rounding is not None:
        slack += factor * scale.aggregation.rounding.unit
    for bonus in scale.bonuses:
        factors[bonus.key] = Fraction(1)
    while waiting:
        children, rule, above = waiting.pop()
        kept = [child for child in children if child.points.counted and child.code not in left]
        for item in children:
            own = above * _share(item, kept, rule)
            factors[item.code] = own if item.points.counted else Fraction(0)
            rounding = item.rounding or plan.item_roundings.get(item.kind_word)
            if rounding is not None and (item.children or item.bonuses):
                slack += own * rounding.unit
            if item.aggregation.rounding is not None:
                slack += own * item.aggregation.rounding.unit
            for bonus in item.bonuses:
                factors[bonus.key] = own
            waiting.append((item.children, item.aggregation, own))
    return Influence(factors, slack, added and len(ends) > 1 and not any(map(_is_cut, ends)))


def _share(item: rb.Item, kept: list[rb.Item], rule: rb.Aggregation) -> Fraction:
    """How much of what its parent comes to a point of an item is worth at most."""
    weight = _weight(item)
    match rule.form:
        case rb.AggregationForm.SUM:
            return weight
        case rb.AggregationForm.MEAN:
            return Fraction(1, max(1, len(kept)))
        case rb.AggregationForm.WEIGHTED_MEAN:
            whole = sum(map(_weight, kept), Fraction(0))
            return weight / whole if whole > 0 else Fraction(1)
        case _:
            return Fraction(1)


def _weight(item: rb.Item) -> Fraction:
    return item.weight if item.weight is not None else Fraction(1)


def _is_cut(unit: UnitResult) -> bool:
    """Whether a limit of a group or of the scale cuts anything off."""
    assert unit.trace is not None
    parents = {item.parent for item in unit.items}
    groups = [step for code, step in unit.trace.items.items() if code in parents]
    stages = [stage for step in (unit.trace.total, *groups) for stage in step.children]
    return any(stage.kind == "limit" and stage.detail["applied"] for stage in stages)


def _rescaling(scale: rb.Scale, maximum: Fraction | None) -> Fraction | None:
    """How much a point grows where what does not apply leaves and the rest is brought back to the whole scale."""
    policy = scale.policy
    if policy is None or policy.form is not rb.PolicyForm.RESCALE:
        return Fraction(1)
    return None if maximum is None or not maximum or policy.scale_points is None else policy.scale_points / maximum


def threshold(grading: rb.Grading, target: str, maximum: Fraction | None) -> Fraction | None:
    """The total below which no band gives the grade or a better one; None where that is not so simple."""
    if lower_is_better(grading) is not False or grading.basis is rb.GradeBasis.EXPRESSION:
        return None
    if any(rule.form in (rb.GradeRuleForm.RAISE, rb.GradeRuleForm.FORCE) for rule in grading.rules):
        lifts = [rule for rule in grading.rules if rule.form in (rb.GradeRuleForm.RAISE, rb.GradeRuleForm.FORCE)]
        order = grading.grades
        if any(order.index(rule.grade) <= order.index(target) for rule in lifts):
            return None
    lows = []
    for band in grading.bands[: grading.grades.index(target) + 1]:
        if band.by_rule:
            continue
        low = constant(band.within.low) if band.within is not None and band.within.low is not None else None
        if low is None:
            return None
        lows.append(low)
    if not lows:
        return None
    if grading.basis is rb.GradeBasis.TOTAL:
        return min(lows)
    return None if maximum is None else min(lows) * maximum
