"""The total of the scale for one unit: given, or made of the items and brought to the scale's points."""

from __future__ import annotations

from fractions import Fraction

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.rulebook import State
from thangdiem.engine.evaluation import methods
from thangdiem.engine.evaluation.children import of_children
from thangdiem.engine.evaluation.maxima import left_out, scale_maximum
from thangdiem.engine.evaluation.references import from_fact
from thangdiem.engine.evaluation.stages import carried, limited, out_of_range, rounded, with_bonuses
from thangdiem.engine.evaluation.stated import end, outside
from thangdiem.engine.evaluation.unit import UnitEvaluation, no_value
from thangdiem.engine.facts import MISSING, Fact
from thangdiem.engine.trace import Step

_COLUMN = {"vi": "Tổng điểm", "en": "Total points"}
"""How a file of data heads the column of totals, in the words of the rule file."""


def subtotal(unit: UnitEvaluation) -> Step:
    """The total before bonus and deduction."""
    scale = unit.plan.scale
    if scale.total is not None:
        found = methods.run(scale.total, "", unit)
        return Step("own", found.value, found.state, (found,), gaps=found.gaps, span=scale.total.span)
    return of_children(scale.items, scale.aggregation, scale.head, unit, "")


def scale_total(unit: UnitEvaluation) -> Step:
    """The step of the total, with every stage."""
    scale = unit.plan.scale
    if unit.facts.total is not None and unit.facts.total.state is not State.MISSING:
        return _given_total(unit, unit.facts.total)
    if scale.points.form is rb.PointsForm.NO_TOTAL:
        for found in scale.items:
            unit.nodes.item(found.code, unit)
        return Step("total", None, State.NOT_APPLICABLE, detail={"maximum": None}, span=scale.head)
    if scale.only_given:
        return _given_total(unit, unit.facts.total or MISSING)
    before = unit.nodes.total(unit, before_bonus=True)
    stages = [before]
    for code in unit.plan.items:  # also those no sum asks for: one of them may take the total away
        unit.nodes.item(code, unit)
    blocked = _no_total(unit)
    if blocked is not None and before.state is not State.INVALID:
        stages.append(blocked)
    stages = _rescaled(stages, unit)
    stages = with_bonuses(stages, scale.bonuses, unit)
    stages = limited(stages, scale.limits, unit)
    stages = rounded(stages, unit.plan.total_rounding, scale.head, scale.head, unit)
    last = _total_in_range(stages[-1], unit)
    return Step(
        "total",
        last.value,
        last.state,
        tuple(stages),
        _points(unit),
        last.gaps,
        span=scale.head,
    )


def _given_total(unit: UnitEvaluation, fact: Fact) -> Step:
    step = from_fact("total_given", fact, _COLUMN[unit.plan.book.dialect], unit.plan.scale.head)
    points = unit.plan.scale.points
    if isinstance(step.value, Fraction) and outside(step.value, points) and not unit.plan.scale.bonuses:
        unit.tell(
            "TD514",
            unit.plan.scale.head,
            code=unit.plan.scale.id,
            found=step.value,
            low=end(points.low),
            high=end(points.high),
        )
        return Step(
            "total",
            None,
            State.INVALID,
            (step,),
            {"maximum": points.high, "low": points.low, "high": points.high},
            (_COLUMN[unit.plan.book.dialect],),
            span=unit.plan.scale.head,
        )
    return Step(
        "total",
        step.value,
        step.state,
        (step,),
        {"maximum": points.high, "low": points.low, "high": points.high},
        step.gaps,
        span=unit.plan.scale.head,
    )


def _no_total(unit: UnitEvaluation) -> Step | None:
    """An item that does not apply under ``không tính tổng điểm`` takes the total away."""
    for code, step in unit.items.items():
        if step.state is not State.NOT_APPLICABLE:
            continue
        policy = unit.plan.scale.policy_of(code, unit.plan.items)
        if policy is not None and policy.form is rb.PolicyForm.NO_TOTAL:
            detail: dict[str, object] = {"policy": policy.form.value, "code": code}
            return Step("applicability", None, State.NOT_APPLICABLE, detail=detail, span=policy.span)
    return None


def _rescaled(stages: list[Step], unit: UnitEvaluation) -> list[Step]:
    """Brought back to the scale's points, where the policy says so and something does not apply."""
    policy, last = unit.plan.scale.policy, stages[-1]
    if policy is None or policy.form is not rb.PolicyForm.RESCALE or not isinstance(last.value, Fraction):
        return stages
    maximum = scale_maximum(unit)
    assert policy.scale_points is not None
    if maximum is None or maximum == unit.plan.scale.points.high:
        return stages
    if not maximum:
        return [*stages, Step("rescaled", None, State.NOT_APPLICABLE, span=policy.span)]
    detail: dict[str, object] = {
        "before": last.value,
        "maximum": maximum,
        "scale_points": policy.scale_points,
    }
    return [
        *stages,
        Step("rescaled", last.value * policy.scale_points / maximum, detail=detail, span=policy.span),
    ]


def _points(unit: UnitEvaluation) -> dict[str, object]:
    """The points the scale states, and how the maximum used came from them."""
    scale = unit.plan.scale
    return {
        "maximum": used_maximum(unit),
        "low": scale.points.low,
        "high": scale.points.high,
        "left_out": left_out(scale.items, scale.aggregation, unit),
        "carried": carried("", unit),
    }


def used_maximum(unit: UnitEvaluation) -> Fraction | None:
    """The maximum the total is to be read against: the scale's points after rescaling, else without what left."""
    policy, maximum = unit.plan.scale.policy, scale_maximum(unit)
    if policy is not None and policy.form is rb.PolicyForm.RESCALE and maximum != unit.plan.scale.points.high:
        return policy.scale_points
    return maximum


def _total_in_range(last: Step, unit: UnitEvaluation) -> Step:
    scale = unit.plan.scale
    if last.state is not State.VALUE:
        return last
    if not isinstance(last.value, Fraction):
        unit.tell("TD515", scale.head, code=scale.id)
        return no_value(last.kind, State.INVALID, last.span, scale.id)
    points = scale.points
    if out_of_range(last.value, points, "", unit):
        unit.tell("TD514", scale.head, code=scale.id, found=last.value, low=end(points.low), high=end(points.high))
        return no_value(last.kind, State.INVALID, last.span, scale.id)
    return last
