"""What a rule refers to in: a datum, points given, a maximum, another node; its value as a step out."""

from __future__ import annotations

from fractions import Fraction

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.rounding import round_to
from thangdiem.dsl.rulebook import State
from thangdiem.engine.evaluation.stated import end, outside
from thangdiem.engine.evaluation.unit import UnitEvaluation, no_value
from thangdiem.engine.facts import Fact
from thangdiem.engine.trace import Step


def from_fact(kind: str, fact: Fact, gap: str, span: rb.Span, **detail: object) -> Step:
    """A step that only reads a fact."""
    if fact.state is State.VALUE:
        value = fact.value
        assert value is not None
        return Step(kind, value, detail=detail, fact=fact, span=span)
    return Step(kind, None, fact.state, detail=detail, gaps=(gap,), fact=fact, span=span)


def datum(value: rb.Datum, unit: UnitEvaluation) -> Step:
    """A datum, rounded where the scale rounds its data."""
    fact = unit.datum(value.name)
    step = from_fact("datum", fact, f"[{value.name}]", value.span, name=value.name)
    rounding = unit.plan.data_rounding
    if rounding is None or not isinstance(step.value, Fraction):
        return step
    detail = {"unit_of": rounding.unit, "tie": rounding.tie.name}
    return Step("round", round_to(step.value, rounding), children=(step,), detail=detail, span=value.span)


def present(value: rb.Present, unit: UnitEvaluation) -> Step:
    """Whether a datum is there; what could not be read leaves that open."""
    fact = unit.datum(value.name)
    if fact.state is State.INVALID:
        return from_fact("present", fact, f"[{value.name}]", value.span, name=value.name)
    return Step("present", fact.state is State.VALUE, detail={"name": value.name}, fact=fact, span=value.span)


def given(code: str, unit: UnitEvaluation, span: rb.Span) -> Step:
    """The points given directly to an item or a bonus; a level or letters, which another method reads, are none."""
    fact = unit.facts.scores.get(code, Fact(State.MISSING))
    if fact.state is State.VALUE and not isinstance(fact.value, Fraction):
        unit.tell("TD505", span, text=fact.written or fact.value)
        return Step("given", None, State.INVALID, detail={"code": code}, gaps=(code,), fact=fact, span=span)
    return from_fact("given", fact, code, span, code=code)


def judged(value: rb.Judged, unit: UnitEvaluation) -> Step:
    """The points given, in a formula: it may bring anything back into the range, so they are held to it before."""
    step = given(value.code, unit, value.span)
    points = unit.plan.points_of(value.code)
    if points is None or not isinstance(step.value, Fraction) or not outside(step.value, points):
        return step
    unit.tell("TD514", value.span, code=value.code, found=step.value, low=end(points.low), high=end(points.high))
    return Step(step.kind, None, State.INVALID, detail=step.detail, gaps=(value.code,), fact=step.fact, span=step.span)


def maximum(value: rb.MaximumOf, unit: UnitEvaluation) -> Step:
    """The maximum points of an item, or of the one a condition looks at just now."""
    code = unit.candidate if value.code == "*" else value.code
    found = unit.nodes.maximum_of(code, unit)
    if found is None:
        return no_value("maximum", State.INVALID, value.span, f"{code}:maximum", code=code)
    return Step("maximum", found, detail={"code": code}, span=value.span)


def reference(value: rb.NameRef | rb.ItemScore | rb.BonusPoints | rb.TotalPoints, unit: UnitEvaluation) -> Step:
    """A named value, or the points of another node."""
    nodes = unit.nodes
    match value:
        case rb.NameRef():
            target = nodes.name((value.owner, value.name), unit)
            detail: dict[str, object] = {"to": "name", "key": (value.owner, value.name)}
        case rb.ItemScore():
            target = nodes.item(value.code, unit)
            detail = {"to": "item", "key": value.code}
        case rb.BonusPoints():
            target = nodes.bonus_points(unit.plan.bonuses[value.title], unit)
            detail = {"to": "bonus", "key": value.title}
        case rb.TotalPoints():
            target = nodes.total(unit, before_bonus=value.before_bonus)
            detail = {"to": "subtotal" if value.before_bonus else "total", "key": ""}
    return Step("reference", target.value, target.state, detail=detail, gaps=target.gaps, span=value.span)
