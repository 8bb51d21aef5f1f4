"""A node or one of its stages in; the formula by which it is computed, out.

A stage is computed from the stage before it, which the node alone knows: a node tells of its stages.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from math import prod

from thangdiem.dsl.rulebook import Item, PolicyForm, State
from thangdiem.engine.evaluation.arithmetic import too_large
from thangdiem.engine.trace import Step
from thangdiem.engine.writing.sheet.expressions import GATHERED, inside
from thangdiem.engine.writing.sheet.formula import Formula, Workings, gravest
from thangdiem.engine.writing.sheet.maxima import scale_left, stated_of


def node(step: Step, workings: Workings) -> Formula:
    """The last stage, if it is a number inside the points the rule states."""
    if not step.children:
        return Formula("constant")
    stages(step, workings)
    last = step.children[-1]
    bounded = step.detail.get("low") is not None or step.detail.get("high") is not None
    if last.state is not State.VALUE or (last.kind == "total_given" and workings.scale.bonuses):
        return Formula("copy", (last,))
    if not isinstance(last.value, Fraction):
        return Formula("no_value", (last,))
    return Formula("first", (_in_bounds(step, last, workings), last)) if bounded else Formula("copy", (last,))


def _in_bounds(step: Step, last: Step, workings: Workings) -> Step:
    """Whether the points are those the rule states, with their bonuses and deductions or without."""
    code = str(step.detail["code"]) if step.kind == "item" else ""
    tested, carried = inside(last, code, workings), _carried(step, workings)
    if tested.value or not carried:
        return tested
    steps = [workings.weighed(workings.trace.bonuses[key], factor) for key, factor, _ in carried]
    extra = sum((factor * points for _, factor, points in carried), Fraction(0))
    assert isinstance(last.value, Fraction)
    bonus = workings.tell(Step("add", extra), "add", *steps)
    without = workings.tell(Step("subtract", last.value - extra), "subtract", last, bonus)
    other = inside(without, code, workings)
    return workings.tell(Step("any", other.value), "any", tested, other)


def _carried(step: Step, workings: Workings) -> list[tuple[str, Fraction, Fraction]]:
    """The bonuses and deductions that may carry the points of a node out of those stated: key, worth, points."""
    carried = step.detail.get("carried", ())
    assert isinstance(carried, tuple)
    found = [(key, factor, workings.trace.bonuses[key].value) for key, factor in carried]
    return [(key, factor, value) for key, factor, value in found if isinstance(value, Fraction)]


def formula(step: Step, workings: Workings) -> Formula:
    """A formula and its limits: the last of them."""
    stages(step, workings)
    return Formula("copy", step.children[-1:])


def stages(step: Step, workings: Workings) -> None:
    """Every stage after the first, known to be computed from the one before it."""
    for before, after in pairwise(step.children):
        found = _STAGES[after.kind](after, before, step, workings)
        workings.tell(after, found.op, *found.operands, **found.parameters)


def _missing_rule(stage: Step, before: Step, node: Step, workings: Workings) -> Formula:
    return Formula("first", (workings.is_state(before, State.MISSING), *stage.children, before))


def _policy(stage: Step, before: Step, node: Step, workings: Workings) -> Formula:
    """What the policy makes of what does not apply."""
    if "code" in stage.detail:
        item = workings.trace.items[str(stage.detail["code"])]
        gone = workings.is_state(item, State.NOT_APPLICABLE)
        return Formula("first", (gone, workings.state(State.NOT_APPLICABLE), before))
    if stage.state is State.NOT_APPLICABLE:
        return Formula("copy", (before,))
    if stage.state is State.INVALID:  # no policy tells what becomes of it
        other = workings.state(State.INVALID)
    else:
        policy = stage.detail["policy"]
        full = stated_of(str(node.detail["code"]), workings) if policy == PolicyForm.FULL.value else None
        other = full if full is not None else workings.number(0)
    return Formula("first", (workings.is_state(before, State.NOT_APPLICABLE), other, before))


def _replaced(stage: Step, before: Step, node: Step, workings: Workings) -> Formula:
    when, *value = stage.children
    return Formula("first", (when, value[0] if value else None, before))


def _counts_when(stage: Step, before: Step, node: Step, workings: Workings) -> Formula:
    return Formula("first", (stage.children[0], before, workings.number(0)))


def _bonus(stage: Step, before: Step, node: Step, workings: Workings) -> Formula:
    op = "subtract" if stage.detail["deduction"] else "add"
    return Formula(op, (before, workings.trace.bonuses[str(stage.detail["key"])]))


def _limit(stage: Step, before: Step, node: Step, workings: Workings) -> Formula:
    """The value or the bound; with a condition only where it holds, and the bound is asked only then."""
    op = "min" if stage.detail["most"] else "max"
    when, bound = _limited(stage)
    if when is None:
        return Formula(op, (before, bound))
    if bound is None:
        return Formula("first", (when, None, before))
    limited = workings.tell(Step("limit", stage.value, stage.state, gaps=stage.gaps), op, before, bound)
    return Formula("first", (when, limited, before))


def _limited(stage: Step) -> tuple[Step | None, Step | None]:
    """The condition of a limit if it has one, and the bound unless the condition does not hold."""
    last = stage.children[-1]
    if last.value is False:
        return last, None
    return stage.children[0] if len(stage.children) == 2 else None, last


def _rounding(stage: Step, before: Step, node: Step, workings: Workings) -> Formula:
    return Formula("copy", (before,), {"unit_of": stage.detail["unit_of"], "tie": stage.detail["tie"]})


def _rescaled(stage: Step, before: Step, node: Step, workings: Workings) -> Formula:
    """The total times the scale's points, divided by the maximum that is left; of nothing left there is no share."""
    left = scale_left(workings)
    assert left is not None
    if stage.state is not State.VALUE:
        return Formula("first", (workings.equal(left, workings.number(0)), workings.state(State.NOT_APPLICABLE)))
    policy = workings.scale.policy
    assert policy is not None
    assert policy.scale_points is not None
    points = workings.tell(Step("points", policy.scale_points, span=policy.span), "literal")
    assert isinstance(before.value, Fraction)
    product = workings.tell(Step("multiply", before.value * policy.scale_points), "multiply", before, points)
    return Formula("divide", (product, left))


_STAGES = {
    "missing_rule": _missing_rule,
    "applicability": _policy,
    "replaced": _replaced,
    "counts_when": _counts_when,
    "bonus": _bonus,
    "limit": _limit,
    "rounding": _rounding,
    "rescaled": _rescaled,
}


def exempt(step: Step, workings: Workings) -> Formula:
    """The item does not apply where one of its conditions holds."""
    state = State.VALUE if step.state is State.NOT_APPLICABLE else gravest(step.children)
    held = Step("any", True if state is State.VALUE else None, state)
    away = workings.state(State.NOT_APPLICABLE) if state is State.VALUE else None
    return Formula("first", (workings.tell(held, "any", *step.children), away))


def children(step: Step, workings: Workings) -> Formula:
    """The parts made one; those that do not apply leave it with their weight."""
    form = str(step.detail["form"])
    empty = "not_applicable" if step.children else "invalid"
    parameters: dict[str, object] = {"skip": "not_applicable", "if_none": empty}
    if form == "sum" and not step.children:
        return Formula("add")
    rounding = {key: step.detail[key] for key in ("unit_of", "tie") if key in step.detail}
    match form:
        case "sum":
            return Formula("add", _weighed(step, workings), parameters | rounding)
        case "weighted_mean":
            return _weighted_mean(step, parameters, rounding, workings)
        case "geometric_mean":
            return _geometric_mean(step, parameters, rounding, workings)
        case _:
            return Formula(GATHERED[form], step.children, parameters | rounding)


def _weighed(step: Step, workings: Workings) -> tuple[Step, ...]:
    pairs = zip(step.children, _weights(step, workings), strict=True)
    return tuple(workings.weighed(part, weight) for part, weight in pairs)


def _weights(step: Step, workings: Workings) -> list[Fraction]:
    parts = {part.code: part for part in _parts(step, workings)}
    stated = [parts[str(each.detail["key"])].weight for each in step.children]
    return [weight if weight is not None else Fraction(1) for weight in stated]


def _weighted_mean(
    step: Step, parameters: dict[str, object], rounding: dict[str, object], workings: Workings
) -> Formula:
    """The parts times their weights, divided by the weights of those that apply."""
    weights = _weights(step, workings)
    pairs = [(each.value, weight) for each, weight in zip(step.children, weights, strict=True)]
    total = sum((value * weight for value, weight in pairs if isinstance(value, Fraction)), Fraction(0))
    applying = [workings.number(weight) for value, weight in pairs if value is not None]
    whole = sum((weight for value, weight in pairs if value is not None), Fraction(0))
    summed = workings.tell(_gathered(step, total), "add", *_weighed(step, workings), **parameters)
    divisor = workings.tell(Step("add", whole), "add", *applying)
    return Formula("divide", (summed, divisor), rounding)


def _geometric_mean(
    step: Step, parameters: dict[str, object], rounding: dict[str, object], workings: Workings
) -> Formula:
    """The root of the product; a product below 0 has none."""
    values = [each.value for each in step.children if isinstance(each.value, Fraction)]
    made = _gathered(step, prod(values, start=Fraction(1)))
    if isinstance(made.value, Fraction) and too_large(made.value):
        made = Step("gather", None, State.INVALID)
    product = workings.tell(made, "multiply", *step.children, **parameters)
    if product.state is State.VALUE and (step.state is not State.VALUE or not rounding):
        return Formula("no_value", (product,))
    return Formula("root", (product, workings.number(len(values))), rounding)


def _gathered(step: Step, value: Fraction) -> Step:
    """What stands between the parts and the node: it has a value where all that apply have one."""
    there = tuple(each for each in step.children if each.state is not State.NOT_APPLICABLE)
    state = gravest(there) if there else State.NOT_APPLICABLE
    return Step("gather", value if state is State.VALUE else None, state)


def _parts(step: Step, workings: Workings) -> tuple[Item, ...]:
    code = str(step.detail["code"])
    return workings.items[code].children if code else workings.scale.items
