"""The code of a node in; its points as the rule states them, and its maximum as used for this unit, as steps out."""

from __future__ import annotations

from fractions import Fraction

from thangdiem.dsl.rulebook import Points, State
from thangdiem.engine.trace import Step
from thangdiem.engine.writing.sheet.formula import Workings

_STATED = "points"


def points_of(code: str, workings: Workings) -> tuple[Fraction | None, Fraction | None]:
    """The least and the most points the rule states for an item or, under its key, a bonus."""
    points = _points(code, workings)
    return (points.low, points.high) if points is not None else (None, None)


def stated_of(code: str, workings: Workings) -> Step | None:
    """The most points a node may have, as the rule writes them."""
    points, name = _points(code, workings), f"points:{code}"
    if points is None or points.high is None:
        return None
    known = workings.shared.get(name)
    return known or workings.named(name, workings.tell(Step(_STATED, points.high, span=points.span), "literal"))


def maximum_of(code: str, workings: Workings) -> Step | None:
    """The maximum of an item as used: nothing where it does not apply, else without what left it."""
    name = f"maximum:{code}"
    if (known := workings.shared.get(name)) is not None:
        return known
    node, stated = workings.trace.items[code], stated_of(code, workings)
    if node.state is State.NOT_APPLICABLE:
        applies = workings.is_state(node, State.NOT_APPLICABLE)
        nothing = Step("maximum", Fraction(0))
        return workings.named(name, workings.tell(nothing, "first", applies, workings.number(0), stated))
    return _without(stated, node, name, workings)


def scale_left(workings: Workings) -> Step | None:
    """The maximum of the scale without what does not apply."""
    name = "maximum:left"
    return workings.shared.get(name) or _without(stated_of("", workings), workings.trace.total, name, workings)


def scale_maximum(workings: Workings) -> Step | None:
    """The maximum the total is read against: after it was brought back to the scale's points, these."""
    name, total, left = "maximum", workings.trace.total, scale_left(workings)
    if (known := workings.shared.get(name)) is not None or left is None:
        return known
    policy, used = workings.scale.policy, total.detail.get("maximum")
    if used == left.value or policy is None:
        return left
    restored = Step("maximum", policy.scale_points, span=policy.span)
    return workings.named(name, workings.tell(restored, "literal"))


def used_of(code: str, of_result: bool, step: Step, workings: Workings) -> Step | None:
    """What a step that names a maximum refers to; before a node was known not to apply it had the points stated."""
    if step.state is not State.VALUE:
        return None
    if not code:
        return scale_maximum(workings) if of_result else scale_left(workings)
    stated = stated_of(code, workings)
    as_stated = stated is not None and stated.value == step.value
    return stated if as_stated else maximum_of(code, workings)


def _without(stated: Step | None, node: Step, name: str, workings: Workings) -> Step | None:
    """The points stated less those of the parts that left, each with its weight."""
    gone = node.detail.get("left_out")
    if stated is None or not gone:
        return stated
    assert isinstance(gone, tuple)
    lost = [_lost(code, weight, workings) for code, weight, _ in gone]
    points = sum((points for _, _, points in gone), Fraction(0))
    assert isinstance(stated.value, Fraction)
    together = workings.tell(Step("add", points), "add", *lost)
    left = workings.tell(Step("maximum", stated.value - points), "subtract", stated, together)
    return workings.named(name, left)


def _lost(code: str, weight: Fraction, workings: Workings) -> Step:
    """What a part takes with it: its points less those it keeps, times its weight."""
    stated, used = stated_of(code, workings), maximum_of(code, workings)
    assert stated is not None
    assert used is not None
    assert isinstance(stated.value, Fraction)
    assert isinstance(used.value, Fraction)
    part = workings.tell(Step("subtract", stated.value - used.value), "subtract", stated, used)
    return workings.weighed(part, weight)


def _points(code: str, workings: Workings) -> Points | None:
    if not code:
        return workings.scale.points
    item = workings.items.get(code)
    return item.points if item is not None else workings.bonuses[code].points
