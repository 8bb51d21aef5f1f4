"""Whether an item applies to a unit, and what the policy makes of one that does not."""

from __future__ import annotations

from fractions import Fraction

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.rulebook import State
from thangdiem.engine.evaluation.conditions import condition
from thangdiem.engine.evaluation.unit import UnitEvaluation, no_value, without_value
from thangdiem.engine.trace import Step


def conditions_of(item: rb.Item, unit: UnitEvaluation) -> Step | None:
    """The item does not apply, or it cannot be told; None where it applies."""
    tried = []
    for when in item.applicability.conditions:
        step = condition(when, unit)
        tried.append(step)
        if step.state is State.VALUE and step.value is True:
            return Step("applicability", None, State.NOT_APPLICABLE, tuple(tried), span=when.span)
    return without_value("applicability", tried, item.head)


def apply_policy(stages: list[Step], item: rb.Item, unit: UnitEvaluation) -> list[Step]:
    """What the policy makes of an item that does not apply."""
    last = stages[-1]
    if last.state is not State.NOT_APPLICABLE:
        return stages
    applicability = item.applicability
    if not (applicability.conditions or applicability.allowed or item.children or _by_a_row(last)):
        return _not_allowed(stages, item, unit)
    policy = unit.plan.scale.policy_of(item.code, unit.plan.items)
    if policy is None or (policy.form is rb.PolicyForm.FULL and item.points.high is None):
        unit.tell("TD512", item.head, code=item.code)
        return [*stages, no_value("applicability", State.INVALID, item.head, item.code)]
    detail: dict[str, object] = {"policy": policy.form.value}
    match policy.form:
        case rb.PolicyForm.KEEP | rb.PolicyForm.UNRANKED:
            return [*stages, Step("applicability", Fraction(0), detail=detail, span=policy.span)]
        case rb.PolicyForm.FULL:
            return [*stages, Step("applicability", item.points.high, detail=detail, span=policy.span)]
        case rb.PolicyForm.EXCLUDE | rb.PolicyForm.RESCALE | rb.PolicyForm.NO_TOTAL:
            return [*stages, Step("applicability", None, State.NOT_APPLICABLE, detail=detail, span=policy.span)]


def not_by_a_clause(stages: list[Step], item: rb.Item, unit: UnitEvaluation) -> list[Step]:
    """A clause that asks for what does not apply does not exempt its own item: nobody said that it does."""
    if stages[-1].state is not State.NOT_APPLICABLE:
        return stages
    return _not_allowed(stages, item, unit)


def nothing_to_add(stages: list[Step], bonus: rb.Bonus, unit: UnitEvaluation) -> list[Step]:
    """A bonus or a deduction that does not apply by a row of its own gives no points; nothing lets the data say so."""
    last = stages[-1]
    if last.state is not State.NOT_APPLICABLE:
        return stages
    if not _by_a_row(last):
        unit.tell("TD511", bonus.span, code=bonus.title)
        return [*stages, no_value("applicability", State.INVALID, bonus.span, bonus.title)]
    detail: dict[str, object] = {"policy": rb.PolicyForm.KEEP.value}
    return [*stages, Step("applicability", Fraction(0), detail=detail, span=last.span)]


def _not_allowed(stages: list[Step], item: rb.Item, unit: UnitEvaluation) -> list[Step]:
    unit.tell("TD511", item.head, code=item.code)
    return [*stages, no_value("applicability", State.INVALID, item.head, item.code)]


def _by_a_row(step: Step) -> bool:
    """Whether a row of the rule itself yields that the item does not apply."""
    return any(found.kind == "not_applicable" for found in step.walk())
