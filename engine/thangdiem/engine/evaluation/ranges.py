"""A value and ranges in; whether it lies within one, and by how much it misses, as a step out."""

from __future__ import annotations

from fractions import Fraction

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.letters import fold
from thangdiem.dsl.rulebook import State
from thangdiem.engine.evaluation import arithmetic
from thangdiem.engine.evaluation.unit import UnitEvaluation, failed, without_value
from thangdiem.engine.trace import Step, Value


def within(subject: Step, ranges: tuple[rb.Range, ...], unit: UnitEvaluation, span: rb.Span) -> Step:
    """Whether the subject's value lies in one of the ranges."""
    if subject.state is not State.VALUE:
        return Step("within", None, subject.state, (subject,), gaps=subject.gaps, span=span)
    tried = []
    for found in ranges:
        step = in_range(subject.value, found, unit)
        tried.append(step)
        if step.state is State.VALUE and step.value is True:
            return Step("within", True, children=(subject, *tried), span=span)
    lacking = without_value("within", tried, span)
    if lacking is not None:
        return Step("within", None, lacking.state, (subject, *tried), gaps=lacking.gaps, span=span)
    return Step("within", False, children=(subject, *tried), span=span)


def in_range(value: Value | None, found: rb.Range, unit: UnitEvaluation) -> Step:
    """Whether a value lies in a range."""
    detail: dict[str, object] = {
        "low": found.low is not None,
        "high": found.high is not None,
        "low_open": found.low_open,
        "high_open": found.high_open,
        "negated": found.negated,
    }
    same = found.low is found.high
    ends = (found.low,) if same else (found.low, found.high)
    bounds = tuple(unit.nodes.value(each, unit) for each in ends if each is not None)
    if (lacking := without_value("range", bounds, found.span, **detail)) is not None:
        return lacking
    low = bounds[0].value if found.low is not None else None
    high = bounds[-1].value if found.high is not None else None
    assert value is not None
    try:
        if same:
            assert low is not None, "a range has an end"
            met = _equal(value, low)
        else:
            met = (low is None or _beyond(value, low, found.low_open)) and (
                high is None or _beyond(high, value, found.high_open)
            )
    except arithmetic.FAULTS as error:
        return failed(arithmetic.fault_of_comparison(error), "range", bounds, unit, found.span, detail)
    met = met is not found.negated
    detail["missed_by"] = Fraction(0) if met else arithmetic.distance(value, low, high)
    return Step("range", met, children=bounds, detail=detail, span=found.span)


def _beyond(value: Value, bound: Value, strictly: bool) -> bool:
    order = arithmetic.order(value, bound)
    return order > 0 or (order == 0 and not strictly)


def _equal(value: Value, other: Value) -> bool:
    if isinstance(value, str) and isinstance(other, str):
        return fold(value) == fold(other)
    if isinstance(value, bool) and isinstance(other, bool):
        return value is other
    return arithmetic.order(value, other) == 0
