"""A condition in; whether it holds for one unit, as a step of its trace, out."""

from __future__ import annotations

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.rulebook import State
from thangdiem.engine.evaluation.over_items import item_count, some_item
from thangdiem.engine.evaluation.ranges import within
from thangdiem.engine.evaluation.unit import UnitEvaluation, failed, without_value
from thangdiem.engine.trace import Step


def condition(value: rb.Expression, unit: UnitEvaluation) -> Step:
    """Whether a condition holds; Kleene's logic where data are missing."""
    match value:
        case rb.Within():
            return within(unit.nodes.value(value.subject, unit), value.ranges, unit, value.span)
        case rb.AllOf():
            return _connected("all", value.parts, unit, value.span, decides=False)
        case rb.AnyOf():
            return _connected("any", value.parts, unit, value.span, decides=True)
        case rb.Not():
            part = condition(value.part, unit)
            opposite = None if part.state is not State.VALUE else not part.value
            return Step("not", opposite, part.state, (part,), gaps=part.gaps, span=value.span)
        case rb.SomeItem():
            return some_item(value, unit)
        case rb.ItemCount():
            return item_count(value, unit)
        case _:
            step = unit.nodes.value(value, unit)
            if step.state is State.VALUE and not isinstance(step.value, bool):
                return failed("TD506", "all", (step,), unit, value.span, {})
            return step


def _connected(
    kind: str, parts: tuple[rb.Expression, ...], unit: UnitEvaluation, span: rb.Span, *, decides: bool
) -> Step:
    """``và``, ``hoặc``: the first part that decides ends it; otherwise a part without a value leaves it open."""
    steps = []
    for part in parts:
        step = condition(part, unit)
        steps.append(step)
        if step.state is State.VALUE and step.value is decides:
            return Step(kind, decides, children=tuple(steps), span=span)
    lacking = without_value(kind, steps, span)
    return lacking if lacking is not None else Step(kind, not decides, children=tuple(steps), span=span)
