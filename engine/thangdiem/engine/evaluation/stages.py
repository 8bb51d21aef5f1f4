"""What happens to a node's value after its method: each stage holds the value after it."""

from __future__ import annotations

from fractions import Fraction
from functools import partial

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.rounding import Rounding, round_to
from thangdiem.dsl.rulebook import State
from thangdiem.engine.evaluation import arithmetic, methods
from thangdiem.engine.evaluation.conditions import condition
from thangdiem.engine.evaluation.expressions import evaluate
from thangdiem.engine.evaluation.stated import outside
from thangdiem.engine.evaluation.unit import UnitEvaluation, failed, made, without_value
from thangdiem.engine.trace import Step
from thangdiem.engine.unrounded import Unrounded


def missing_rule(stages: list[Step], missing: rb.Outcome | None, unit: UnitEvaluation) -> list[Step]:
    """What the rule gives where data are missing."""
    if missing is None or stages[-1].state is not State.MISSING:
        return stages
    found = methods.outcome(missing, unit)
    return [
        *stages,
        Step("missing_rule", found.value, found.state, (found,), gaps=found.gaps, span=missing.span),
    ]


def replaced(stages: list[Step], replacement: rb.Replacement, unit: UnitEvaluation) -> list[Step]:
    """``Thay bằng … khi …``."""
    if stages[-1].state is State.NOT_APPLICABLE:
        return stages
    when = condition(replacement.when, unit)
    if when.state is not State.VALUE:
        return [*stages, Step("replaced", None, when.state, (when,), gaps=when.gaps, span=replacement.span)]
    if not when.value:
        before = stages[-1]
        return [
            *stages,
            Step("replaced", before.value, before.state, (when,), gaps=before.gaps, span=replacement.span),
        ]
    value = evaluate(replacement.value, unit)
    return [
        *stages,
        Step("replaced", value.value, value.state, (when, value), gaps=value.gaps, span=replacement.span),
    ]


def counts_when(stages: list[Step], rule: rb.Expression, unit: UnitEvaluation) -> list[Step]:
    """``Chỉ tính khi …``: not met, it counts nothing, and what it would have earned is kept."""
    before = stages[-1]
    if before.state is State.NOT_APPLICABLE:
        return stages
    when = condition(rule, unit)
    detail = {"earned": before.value}
    if when.state is not State.VALUE:
        return [*stages, Step("counts_when", None, when.state, (when,), detail, when.gaps, span=rule.span)]
    if when.value:
        return [
            *stages,
            Step("counts_when", before.value, before.state, (when,), detail, before.gaps, span=rule.span),
        ]
    return [*stages, Step("counts_when", Fraction(0), children=(when,), detail=detail, span=rule.span)]


def with_bonuses(stages: list[Step], bonuses: tuple[rb.Bonus, ...], unit: UnitEvaluation) -> list[Step]:
    """Bonuses added and deductions taken off, one after the other."""
    for bonus in bonuses:
        before = stages[-1]
        if before.state is State.NOT_APPLICABLE:
            return stages
        points = unit.nodes.bonus_points(bonus, unit)
        detail: dict[str, object] = {
            "title": bonus.title,
            "deduction": bonus.deduction,
            "points": points.value,
            "before": before.value,
            "key": bonus.key,
        }
        if (lacking := without_value("bonus", (before, points), bonus.span)) is not None:
            stages = [*stages, Step("bonus", None, lacking.state, (), detail, lacking.gaps, span=bonus.span)]
            continue
        assert before.value is not None and points.value is not None
        operator = rb.Operator.SUBTRACT if bonus.deduction else rb.Operator.ADD
        after = partial(arithmetic.calculate, operator, before.value, points.value)
        stages = [*stages, made("bonus", after, points.children, unit, bonus.span, **detail)]
    return stages


def limited(stages: list[Step], limits: tuple[rb.Limit, ...], unit: UnitEvaluation) -> list[Step]:
    """``không quá``, ``không dưới``."""
    found, _ = methods.limited(stages[-1], limits, unit)
    return [*stages, *found]


def rounded(
    stages: list[Step], rounding: Rounding | None, span: rb.Span, head: rb.Span, unit: UnitEvaluation
) -> list[Step]:
    """The rounding the rule writes for this node; the head of the node is quoted where it cannot be rounded."""
    value = stages[-1].value
    if rounding is None or not isinstance(value, Fraction | Unrounded):
        return stages
    detail: dict[str, object] = {"unit_of": rounding.unit, "tie": rounding.tie.name, "before": value}
    try:
        after = round_to(value, rounding) if isinstance(value, Fraction) else value.rounded(rounding)
    except arithmetic.FAULTS as error:
        return [*stages, failed(arithmetic.fault(error), "rounding", (), unit, head, detail)]
    return [*stages, Step("rounding", after, detail=detail, span=span)]


def carried(code: str, unit: UnitEvaluation) -> tuple[tuple[str, Fraction], ...]:
    """The bonuses that may carry the score of an item, or of the scale (""), out of its range, with their worth.

    What has no score carries nothing further up.
    """
    return tuple(
        (each.key, each.factor)
        for each in unit.plan.carried[code]
        if each.key in unit.bonuses and all(_has_score(item, unit) for item in each.through)
    )


def _has_score(code: str, unit: UnitEvaluation) -> bool:
    step = unit.items.get(code)
    return step is not None and step.state is State.VALUE


def out_of_range(value: Fraction, points: rb.Points, code: str, unit: UnitEvaluation) -> bool:
    """Whether a score lies outside the range both with the bonuses at it and below it and without them."""
    if not outside(value, points):
        return False
    worth = [(unit.bonuses[key].value, factor) for key, factor in carried(code, unit)]
    extra = sum((found * factor for found, factor in worth if isinstance(found, Fraction)), Fraction(0))
    return outside(value - extra, points)
