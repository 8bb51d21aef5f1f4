"""A scale in; whether more points of any item can only help the grade, out: what the quick search rests on."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from fractions import Fraction
from itertools import pairwise

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.constants import constant
from thangdiem.engine.evaluation.unit import Plan
from thangdiem.engine.goal.reads import of_lever, reads


class Trend(Enum):
    """How a value moves when points are gained anywhere: not at all, never down, never up, or either way."""

    NONE = "none"
    UP = "up"
    DOWN = "down"
    MIXED = "mixed"

    def turned(self) -> Trend:
        """The trend of the opposite."""
        return {Trend.UP: Trend.DOWN, Trend.DOWN: Trend.UP}.get(self, self)


def together(trends: Iterable[Trend]) -> Trend:
    """The trend of a sum of values that move so."""
    found = {trend for trend in trends if trend is not Trend.NONE}
    return Trend.NONE if not found else found.pop() if len(found) == 1 else Trend.MIXED


def trend(value: rb.Expression, plan: Plan) -> Trend:
    """How an expression moves: a number, or a condition (up: it may come to hold, never cease to)."""
    match value:
        case rb.ItemScore() | rb.TotalPoints():
            return Trend.UP
        case rb.OverItems() if not value.sign:
            return Trend.UP
        case rb.Arithmetic(operator=rb.Operator.ADD):
            return together((trend(value.left, plan), trend(value.right, plan)))
        case rb.Arithmetic(operator=rb.Operator.SUBTRACT):
            return together((trend(value.left, plan), trend(value.right, plan).turned()))
        case rb.Arithmetic():
            return _scaled(value, plan)
        case rb.Negative():
            return trend(value.value, plan).turned()
        case rb.Rounded():
            return trend(value.value, plan)
        case rb.Call(function=rb.Function.LEAST | rb.Function.GREATEST):
            return together(trend(each, plan) for each in value.arguments)
        case rb.AllOf() | rb.AnyOf():
            return together(trend(each, plan) for each in value.parts)
        case rb.Not():
            return trend(value.part, plan).turned()
        case rb.Within():
            return _within(trend(value.subject, plan), value.ranges, plan)
        case rb.SomeItem():
            return _within(Trend.UP, (value.within,), plan)
        case rb.NameRef():
            return _named(value, plan)
        case _:
            return Trend.MIXED if _asks(value, plan) else Trend.NONE


def _named(value: rb.NameRef, plan: Plan) -> Trend:
    method = plan.names[value.owner, value.name].method
    if isinstance(method, rb.Formula) and not method.limits:
        return trend(method.value, plan)
    return Trend.MIXED if _asks(value, plan) else Trend.NONE


def _asks(value: rb.Expression, plan: Plan) -> bool:
    """Whether an expression asks, itself or through names, for scores or for other units."""
    found = reads((value,), plan)
    return found.scores or found.units


def _scaled(value: rb.Arithmetic, plan: Plan) -> Trend:
    left, right = trend(value.left, plan), trend(value.right, plan)
    if left is Trend.NONE and right is Trend.NONE:
        return Trend.NONE
    if right is Trend.NONE and (factor := constant(value.right)) is not None and factor:
        return left if factor > 0 else left.turned()
    divided = value.operator is rb.Operator.DIVIDE
    if left is Trend.NONE and not divided and (factor := constant(value.left)) is not None:
        return right if factor >= 0 else right.turned()
    if right is Trend.NONE and isinstance(value.right, rb.MaximumOf):
        return left
    return Trend.MIXED


def _within(subject: Trend, ranges: tuple[rb.Range, ...], plan: Plan) -> Trend:
    """A condition on one number: at least something goes with it, at most something against it."""
    ends = [end for each in ranges for end in (each.low, each.high) if end is not None]
    if any(trend(end, plan) is not Trend.NONE for end in ends):
        return Trend.MIXED
    if subject is Trend.NONE:
        return Trend.NONE
    if any(each.negated for each in ranges):
        return Trend.MIXED
    if all(each.high is None for each in ranges):
        return subject
    return subject.turned() if all(each.low is None for each in ranges) else Trend.MIXED


def rises(plan: Plan, grading: rb.Grading) -> bool:
    """Whether the points of items and bonuses move apart from each other, and more of them never lower the grade."""
    asks = any(of_lever(plan, key).scores for key in (*_leaves(plan), *plan.bonuses))
    return not asks and _totals_rise(plan) and _grades_rise(plan, grading)


def _leaves(plan: Plan) -> Iterable[str]:
    return (code for code, item in plan.items.items() if not item.children)


def _totals_rise(plan: Plan) -> bool:
    scale = plan.scale
    if scale.total is not None:
        formula = scale.total
        if not isinstance(formula, rb.Formula) or trend(formula.value, plan) is not Trend.UP:
            return False
        if not _limits_stay(formula.limits, plan):
            return False
    groups = [item for item in plan.items.values() if item.children]
    return _limits_stay(scale.limits, plan) and all(
        _gathers(item.aggregation, item.children)
        and _limits_stay(item.limits, plan)
        and item.counts_when is None
        and not item.replacements
        for item in groups
    ) and _gathers(scale.aggregation, scale.items)  # fmt: skip


def _gathers(rule: rb.Aggregation, children: tuple[rb.Item, ...]) -> bool:
    if rule.form is not rb.AggregationForm.GEOMETRIC_MEAN:
        return True
    return all(child.points.low is not None and child.points.low >= 0 for child in children)


def _limits_stay(limits: tuple[rb.Limit, ...], plan: Plan) -> bool:
    parts = [part for limit in limits for part in (limit.bound, limit.when) if part is not None]
    return all(trend(part, plan) is Trend.NONE for part in parts)


def lower_is_better(grading: rb.Grading) -> bool | None:
    """Whether the better bands lie at the lower end; None where their ranges do not go one way."""
    ends = []
    for band in (band for band in grading.bands if band.within is not None):
        assert band.within is not None
        found = [None if end is None else constant(end) for end in (band.within.low, band.within.high)]
        written = (band.within.low is not None, band.within.high is not None)
        if band.within.negated or written != tuple(end is not None for end in found):
            return None
        ends.append(found)
    lows = [_Open.BELOW if low is None else low for low, _ in ends]
    highs = [_Open.ABOVE if high is None else high for _, high in ends]
    if len(ends) < 2:
        if grading.lower_is_better or not ends:
            return grading.lower_is_better
        return None if ends[0][0] is None else False
    falls = _falls(lows) and _falls(highs)
    climbs = _falls(lows[::-1]) and _falls(highs[::-1])
    return None if falls is climbs else climbs


class _Open(Enum):
    """The ends of a range that has none."""

    BELOW = -1
    ABOVE = 1


def _falls(ends: list[Fraction | _Open]) -> bool:
    """Whether each end is at most the one before it."""
    keys = [(end.value, Fraction(0)) if isinstance(end, _Open) else (0, end) for end in ends]
    return all(one >= two for one, two in pairwise(keys))


def _grades_rise(plan: Plan, grading: rb.Grading) -> bool:
    """Better bands are entered, never left, by a better total; conditions bend only towards better grades."""
    turned = lower_is_better(grading)
    if turned is None:
        return False
    good = Trend.DOWN if turned else Trend.UP
    if grading.when is not None and trend(grading.when, plan) is not Trend.NONE:
        return False
    if grading.expression is not None and trend(grading.expression, plan) not in (Trend.NONE, Trend.UP):
        return False
    return all(_band_rises(band, good, plan) for band in grading.bands) and all(
        _rule_rises(rule, good, grading, plan) for rule in grading.rules
    )


def _band_rises(band: rb.Band, good: Trend, plan: Plan) -> bool:
    conditions = [*([band.when] if band.when is not None else []), *(mark.when for mark in band.all_of)]
    return all(trend(each, plan) in (Trend.NONE, good) for each in conditions)


def _rule_rises(rule: rb.GradeRule, good: Trend, grading: rb.Grading, plan: Plan) -> bool:
    moves = trend(rule.when, plan)
    if moves is Trend.NONE:
        return True
    match rule.form:
        case rb.GradeRuleForm.RAISE:
            return moves is good
        case rb.GradeRuleForm.CAP | rb.GradeRuleForm.EXCLUDE:
            return moves is good.turned()
        case rb.GradeRuleForm.FORCE:
            best, worst = grading.grades[0], grading.grades[-1]
            return (rule.grade == best and moves is good) or (rule.grade == worst and moves is good.turned())
