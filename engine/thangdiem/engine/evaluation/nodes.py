"""The nodes of a scale for one unit: named values, items, bonuses, and the total, each found once.

At every node the order is: method or children, what a missing rule says, whether it applies, replacements and
conditions, bonus and deduction, limits, rounding; then the range the file states is checked, never enforced.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TypeVar

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.rounding import Rounding, round_to
from thangdiem.dsl.rulebook import State
from thangdiem.dsl.transcendental import root
from thangdiem.engine.evaluation import methods
from thangdiem.engine.evaluation.expressions import condition, evaluate, from_fact
from thangdiem.engine.evaluation.unit import UnitEvaluation, no_value, without_value
from thangdiem.engine.trace import Step
from thangdiem.engine.unrounded import Unrounded

Key = TypeVar("Key")


def item(code: str, unit: UnitEvaluation) -> Step:
    """The score of an item."""
    return _once(unit.items, code, unit, lambda: _item(unit.plan.items[code], unit))


def name(key: tuple[str, str], unit: UnitEvaluation) -> Step:
    """A named value."""
    return _once(unit.names, key, unit, lambda: _name(unit.plan.names[key], unit))


def bonus_points(bonus: rb.Bonus, unit: UnitEvaluation) -> Step:
    """The points of a bonus or a deduction; a deduction is a positive number."""
    return _once(unit.bonuses, bonus.key, unit, lambda: _bonus(bonus, unit))


def total(unit: UnitEvaluation, *, before_bonus: bool = False) -> Step:
    """The total of the scale, or what it was before bonus and deduction."""
    return _once(unit.totals, before_bonus, unit, lambda: _subtotal(unit) if before_bonus else _total(unit))


def _once(memory: dict[Key, Step], key: Key, unit: UnitEvaluation, find: Callable[[], Step]) -> Step:
    if (known := memory.get(key)) is not None:
        return known
    mark = (id(memory), key)
    if mark in unit.under_way:
        unit.tell("TD510", rb.Span(), text=str(key))
        return no_value("reference", State.INVALID, rb.Span(), str(key))
    unit.under_way.add(mark)
    outer, unit.candidate = unit.candidate, ""
    try:
        found = find()
    finally:
        unit.under_way.discard(mark)
        unit.candidate = outer
    memory[key] = found
    return found


def _name(named: rb.Named, unit: UnitEvaluation) -> Step:
    found = methods.run(named.method, named.owner, unit)
    detail = {"owner": named.owner, "name": named.name}
    return Step("name", found.value, found.state, (found,), detail, found.gaps, span=named.span)


# --- items


def _item(item: rb.Item, unit: UnitEvaluation) -> Step:
    stages = _own(item, unit)
    stages = _missing_rule(stages, item.missing, unit)
    stages = _applicability(stages, item, unit)
    for replacement in item.replacements:
        stages = _replaced(stages, replacement, unit)
    if item.counts_when is not None:
        stages = _counts_when(stages, item.counts_when, unit)
    stages = _with_bonuses(stages, item.bonuses, unit)
    stages = _limited(stages, item.limits, unit)
    rounding = item.rounding or unit.plan.item_roundings.get(item.kind_word)
    stages = _rounded(stages, rounding, item.span)
    last = _in_range(stages[-1], item, unit)
    detail: dict[str, object] = {
        "code": item.code,
        "maximum": _maximum(item, unit, last.state),
        "counted": item.points.counted,
        "low": item.points.low,
        "high": item.points.high,
    }
    return Step("item", last.value, last.state, tuple(stages), detail, last.gaps, span=item.head)


def _own(item: rb.Item, unit: UnitEvaluation) -> list[Step]:
    """The applicability decides before the method is tried: a method need not make sense where it does not apply."""
    decided = _conditions_of(item, unit)
    if decided is not None:
        return [decided]
    if item.method is not None:
        found = methods.run(item.method, item.code, unit)
        return [Step("own", found.value, found.state, (found,), gaps=found.gaps, span=item.method.span)]
    return [_children(item.children, item.aggregation, item.span, unit, item.code)]


def _conditions_of(item: rb.Item, unit: UnitEvaluation) -> Step | None:
    """The item does not apply, or it cannot be told; None where it applies."""
    tried = []
    for when in item.applicability.conditions:
        step = condition(when, unit)
        tried.append(step)
        if step.state is State.VALUE and step.value is True:
            detail: dict[str, object] = {"by": "condition", "policy": ""}
            return Step("applicability", None, State.NOT_APPLICABLE, tuple(tried), detail, span=when.span)
    if (lacking := without_value("applicability", tried, item.head, by="condition", policy="")) is not None:
        return lacking
    return None


def _missing_rule(stages: list[Step], missing: rb.Outcome | None, unit: UnitEvaluation) -> list[Step]:
    if missing is None or stages[-1].state is not State.MISSING:
        return stages
    found = methods.outcome(missing, unit)
    return [
        *stages,
        Step("missing_rule", found.value, found.state, (found,), gaps=found.gaps, span=missing.span),
    ]


def policy_of(code: str, unit: UnitEvaluation) -> rb.Policy | None:
    """The policy of the item, of the nearest node above it that has one, or of the scale."""
    while code:
        found = unit.plan.items[code]
        if found.applicability.policy is not None:
            return found.applicability.policy
        code = found.parent
    return unit.plan.scale.policy


def _applicability(stages: list[Step], item: rb.Item, unit: UnitEvaluation) -> list[Step]:
    """What the policy makes of an item that does not apply."""
    last = stages[-1]
    if last.state is not State.NOT_APPLICABLE:
        return stages
    allowed = (
        bool(item.applicability.conditions) or item.applicability.allowed or bool(item.children) or _by_level(last)
    )
    if not allowed:
        unit.tell("TD511", item.head, code=item.code)
        return [*stages, no_value("applicability", State.INVALID, item.head, item.code, by="data", policy="")]
    policy = policy_of(item.code, unit)
    if policy is None:
        unit.tell("TD512", item.head, code=item.code)
        return [*stages, no_value("applicability", State.INVALID, item.head, item.code, by="data", policy="")]
    by = (
        "children"
        if item.children
        else "condition"
        if last.kind == "applicability"
        else "level"
        if _by_level(last)
        else "data"
    )
    detail: dict[str, object] = {"by": by, "policy": policy.form.value}
    match policy.form:
        case rb.PolicyForm.KEEP | rb.PolicyForm.UNRANKED:
            return [*stages, Step("applicability", Fraction(0), detail=detail, span=policy.span)]
        case rb.PolicyForm.FULL:
            return [
                *stages,
                Step("applicability", item.points.high or Fraction(0), detail=detail, span=policy.span),
            ]
        case rb.PolicyForm.EXCLUDE | rb.PolicyForm.RESCALE | rb.PolicyForm.NO_TOTAL:
            return [
                *stages,
                Step("applicability", None, State.NOT_APPLICABLE, detail=detail, span=policy.span),
            ]


def _by_level(step: Step) -> bool:
    return any(found.kind == "not_applicable" for found in step.walk())


def _replaced(stages: list[Step], replacement: rb.Replacement, unit: UnitEvaluation) -> list[Step]:
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


def _counts_when(stages: list[Step], rule: rb.Expression, unit: UnitEvaluation) -> list[Step]:
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


# --- nodes made of others


def _children(
    children: tuple[rb.Item, ...], aggregation: rb.Aggregation, span: rb.Span, unit: UnitEvaluation, code: str
) -> Step:
    """The children that count, made one; those that do not apply leave it with their weight."""
    counted = [child for child in children if child.points.counted]
    steps = {child.code: evaluate(rb.ItemScore(child.code, span=child.head), unit) for child in counted}
    kept = [child for child in counted if steps[child.code].state is not State.NOT_APPLICABLE]
    weights = tuple((child.code, child.weight if child.weight is not None else Fraction(1)) for child in kept)
    detail: dict[str, object] = {"form": aggregation.form.value, "weights": weights, "code": code}
    operands = tuple(steps.values())
    lacking = without_value("children", (steps[child.code] for child in kept), span, **detail)
    if lacking is not None:
        return Step("children", None, lacking.state, operands, detail, lacking.gaps, span=span)
    if counted and not kept:
        return Step("children", None, State.NOT_APPLICABLE, operands, detail, span=span)
    values = [steps[child.code].value for child in kept]
    if not all(isinstance(value, Fraction) for value in values):
        unit.tell("TD505", span, text=unit.plan.book.source.text[span.start : span.end].split("\n")[0])
        return no_value("children", State.INVALID, span, code, children=operands, **detail)
    numbers = [value for value in values if isinstance(value, Fraction)]
    found = aggregated(aggregation, numbers, [weight for _, weight in weights])
    if found is None:
        unit.tell("TD513", aggregation.span or span)
        return no_value("children", State.INVALID, span, code, children=operands, **detail)
    return Step("children", found, children=operands, detail=detail, span=span)


def aggregated(aggregation: rb.Aggregation, numbers: list[Fraction], weights: list[Fraction]) -> Fraction | None:
    """Many scores made one; None where the rule has no value (no weight at all, a root of a negative product)."""
    if not numbers:
        return Fraction(0) if aggregation.form is rb.AggregationForm.SUM else None
    rounding = aggregation.rounding
    match aggregation.form:
        case rb.AggregationForm.SUM:
            found = sum((weight * number for number, weight in zip(numbers, weights, strict=True)), Fraction(0))
        case rb.AggregationForm.MEAN:
            found = sum(numbers, Fraction(0)) / len(numbers)
        case rb.AggregationForm.WEIGHTED_MEAN:
            whole = sum(weights, Fraction(0))
            if not whole:
                return None
            found = sum((weight * number for number, weight in zip(numbers, weights, strict=True)), Fraction(0)) / whole
        case rb.AggregationForm.GEOMETRIC_MEAN:
            return _geometric(numbers, rounding)
        case rb.AggregationForm.LOWEST:
            found = min(numbers)
        case rb.AggregationForm.HIGHEST:
            found = max(numbers)
    return round_to(found, rounding) if rounding is not None else found


def _geometric(numbers: list[Fraction], rounding: Rounding | None) -> Fraction | None:
    product = Fraction(1)
    for number in numbers:
        product *= number
    if product < 0 or rounding is None:
        return None
    return Unrounded(lambda digits: root(product, len(numbers), digits)).rounded(rounding)


# --- bonus, limits, rounding


def _with_bonuses(stages: list[Step], bonuses: tuple[rb.Bonus, ...], unit: UnitEvaluation) -> list[Step]:
    for bonus in bonuses:
        before = stages[-1]
        if before.state is State.NOT_APPLICABLE:
            return stages
        points = bonus_points(bonus, unit)
        detail: dict[str, object] = {
            "title": bonus.title, "deduction": bonus.deduction, "points": points.value, "before": before.value, "key": bonus.key,
        }  # fmt: skip
        if (lacking := without_value("bonus", (before, points), bonus.span)) is not None:
            stages = [*stages, Step("bonus", None, lacking.state, (), detail, lacking.gaps, span=bonus.span)]
            continue
        assert isinstance(before.value, Fraction)
        assert isinstance(points.value, Fraction)
        after = before.value - points.value if bonus.deduction else before.value + points.value
        stages = [*stages, Step("bonus", after, children=points.children, detail=detail, span=bonus.span)]
    return stages


def _bonus(bonus: rb.Bonus, unit: UnitEvaluation) -> Step:
    found = methods.run(bonus.method, bonus.key, unit)
    stages = [Step("own", found.value, found.state, (found,), gaps=found.gaps, span=bonus.method.span)]
    stages = _missing_rule(stages, bonus.missing, unit)
    stages = _limited(stages, bonus.limits, unit)
    last = stages[-1]
    points = bonus.points
    if points is not None and isinstance(last.value, Fraction) and _outside(last.value, points):
        unit.tell(
            "TD514",
            bonus.span,
            code=bonus.title,
            found=last.value,
            low=_end(points.low),
            high=_end(points.high),
        )
        last = no_value("own", State.INVALID, bonus.span, bonus.title)
    detail: dict[str, object] = {
        "code": bonus.key,
        "maximum": None,
        "counted": True,
        "low": None,
        "high": None,
    }
    return Step("item", last.value, last.state, tuple(stages), detail, last.gaps, span=bonus.span)


def _limited(stages: list[Step], limits: tuple[rb.Limit, ...], unit: UnitEvaluation) -> list[Step]:
    found, _ = methods.limited(stages[-1], limits, unit)
    return [*stages, *found]


def _rounded(stages: list[Step], rounding: Rounding | None, span: rb.Span) -> list[Step]:
    value = stages[-1].value
    if rounding is None or stages[-1].state is not State.VALUE or not isinstance(value, Fraction | Unrounded):
        return stages
    after = round_to(value, rounding) if isinstance(value, Fraction) else value.rounded(rounding)
    detail: dict[str, object] = {"unit_of": rounding.unit, "tie": rounding.tie.name, "before": value}
    return [*stages, Step("rounding", after, detail=detail, span=span)]


def _in_range(last: Step, item: rb.Item, unit: UnitEvaluation) -> Step:
    """The last stage, or an invalid one where the score is no exact number in the range the file states."""
    if last.state is not State.VALUE:
        return last
    if not isinstance(last.value, Fraction):
        unit.tell("TD515", item.head, code=item.code)
        return no_value(last.kind, State.INVALID, last.span, item.code)
    points = item.points
    bonus = sum((_signed(found, unit) for found in item.bonuses), Fraction(0))
    if _outside(last.value - bonus, points) and _outside(last.value, points):
        unit.tell("TD514", item.head, code=item.code, found=last.value, low=_end(points.low), high=_end(points.high))
        return no_value(last.kind, State.INVALID, last.span, item.code)
    return last


def _signed(bonus: rb.Bonus, unit: UnitEvaluation) -> Fraction:
    value = bonus_points(bonus, unit).value
    return Fraction(0) if not isinstance(value, Fraction) else -value if bonus.deduction else value


def _outside(value: Fraction, points: rb.Points) -> bool:
    return (points.low is not None and value < points.low) or (points.high is not None and value > points.high)


def _end(bound: Fraction | None) -> object:
    return "…" if bound is None else bound


# --- maxima


def maximum_of(code: str, unit: UnitEvaluation) -> Fraction | None:
    """The maximum points of an item, or of the scale (""), as used for this unit: without what does not apply."""
    if not code:
        return scale_maximum(unit)
    found = unit.plan.items.get(code)
    if found is None:
        bonus = unit.plan.bonuses[code]
        return bonus.points.high if bonus.points is not None else maximum_of(bonus.owner, unit)
    known = unit.items.get(code)
    return _maximum(found, unit, known.state if known is not None else State.VALUE)


def _maximum(item: rb.Item, unit: UnitEvaluation, state: State) -> Fraction | None:
    if state is State.NOT_APPLICABLE:
        return Fraction(0)
    if item.points.high is None or not item.children:
        return item.points.high
    return item.points.high - _left_out(item.children, item.aggregation, unit)


def scale_maximum(unit: UnitEvaluation) -> Fraction | None:
    """The maximum of the scale, without what does not apply."""
    scale = unit.plan.scale
    if scale.points.high is None:
        return None
    return scale.points.high - _left_out(scale.items, scale.aggregation, unit)


def _left_out(children: tuple[rb.Item, ...], aggregation: rb.Aggregation, unit: UnitEvaluation) -> Fraction:
    """The maxima of children that left a sum."""
    if aggregation.form is not rb.AggregationForm.SUM:
        return Fraction(0)
    gone = Fraction(0)
    for child in children:
        known = unit.items.get(child.code)
        if not child.points.counted or known is None or child.points.high is None:
            continue
        weight = child.weight if child.weight is not None else Fraction(1)
        used = _maximum(child, unit, known.state)
        gone += weight * (child.points.high - (used if used is not None else child.points.high))
    return gone


# --- the scale


def _subtotal(unit: UnitEvaluation) -> Step:
    """The total before bonus and deduction."""
    scale = unit.plan.scale
    if scale.total is not None:
        found = methods.run(scale.total, "", unit)
        return Step("own", found.value, found.state, (found,), gaps=found.gaps, span=scale.total.span)
    return _children(scale.items, scale.aggregation, scale.head, unit, "")


def _total(unit: UnitEvaluation) -> Step:
    scale = unit.plan.scale
    if unit.facts.total is not None and unit.facts.total.state is not State.MISSING:
        return _given_total(unit)
    if scale.points.form is rb.PointsForm.NO_TOTAL:
        for found in scale.items:
            item(found.code, unit)
        return Step("total", None, State.NOT_APPLICABLE, detail={"maximum": None}, span=scale.head)
    stages = [total(unit, before_bonus=True)]
    for found in scale.items:
        item(found.code, unit)
    blocked = _no_total(unit)
    if blocked is not None and stages[-1].state is not State.INVALID:
        stages.append(blocked)
    stages = _rescaled(stages, unit)
    stages = _with_bonuses(stages, scale.bonuses, unit)
    stages = _limited(stages, scale.limits, unit)
    stages = _rounded(stages, unit.plan.total_rounding, scale.head)
    last = _total_in_range(stages[-1], unit)
    return Step(
        "total",
        last.value,
        last.state,
        tuple(stages),
        {"maximum": used_maximum(unit)},
        last.gaps,
        span=scale.head,
    )


def _given_total(unit: UnitEvaluation) -> Step:
    fact = unit.facts.total
    assert fact is not None
    step = from_fact("total_given", fact, "@total", unit.plan.scale.head)
    if (
        isinstance(step.value, Fraction)
        and _outside(step.value, unit.plan.scale.points)
        and not unit.plan.scale.bonuses
    ):
        points = unit.plan.scale.points
        unit.tell(
            "TD514",
            unit.plan.scale.head,
            code=unit.plan.scale.id,
            found=step.value,
            low=_end(points.low),
            high=_end(points.high),
        )
        return Step(
            "total",
            None,
            State.INVALID,
            (step,),
            {"maximum": points.high},
            ("@total",),
            span=unit.plan.scale.head,
        )
    return Step(
        "total",
        step.value,
        step.state,
        (step,),
        {"maximum": unit.plan.scale.points.high},
        step.gaps,
        span=unit.plan.scale.head,
    )


def _no_total(unit: UnitEvaluation) -> Step | None:
    """An item that does not apply under ``không tính tổng điểm`` takes the total away."""
    for code, step in unit.items.items():
        if step.state is not State.NOT_APPLICABLE:
            continue
        policy = policy_of(code, unit)
        if policy is not None and policy.form is rb.PolicyForm.NO_TOTAL:
            detail: dict[str, object] = {"by": "data", "policy": policy.form.value, "code": code}
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
    bonus = sum((_signed(found, unit) for found in _all_bonuses(scale)), Fraction(0))
    if _outside(last.value - bonus, scale.points) and _outside(last.value, scale.points):
        points = scale.points
        unit.tell("TD514", scale.head, code=scale.id, found=last.value, low=_end(points.low), high=_end(points.high))
        return no_value(last.kind, State.INVALID, last.span, scale.id)
    return last


def _all_bonuses(scale: rb.Scale) -> list[rb.Bonus]:
    return [*scale.bonuses, *(bonus for found in scale.walk() for bonus in found.bonuses)]
