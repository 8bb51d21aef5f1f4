"""A node made of its children: sums, means, extremes, with what does not apply left out."""

from __future__ import annotations

from fractions import Fraction

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.enclosure import TooLargeError
from thangdiem.dsl.rounding import Rounding, round_to
from thangdiem.dsl.rulebook import State
from thangdiem.dsl.transcendental import root
from thangdiem.engine.evaluation.expressions import evaluate
from thangdiem.engine.evaluation.unit import UnitEvaluation, exact, no_value, without_value
from thangdiem.engine.trace import Step
from thangdiem.engine.unrounded import Unrounded

_ONCE = Fraction(1)  # the weight of a child where the file states none


def of_children(
    children: tuple[rb.Item, ...], aggregation: rb.Aggregation, span: rb.Span, unit: UnitEvaluation, code: str
) -> Step:
    """The children that count, made one; those that do not apply leave it with their weight."""
    counted = [child for child in children if child.points.counted]
    steps = {child.code: evaluate(rb.ItemScore(child.code, span=child.head), unit) for child in counted}
    kept = [child for child in counted if steps[child.code].state is not State.NOT_APPLICABLE]
    weights = tuple((child.code, child.weight if child.weight is not None else _ONCE) for child in kept)
    detail: dict[str, object] = {"form": aggregation.form.value, "weights": weights, "code": code}
    if aggregation.rounding is not None:
        detail |= {"unit_of": aggregation.rounding.unit, "tie": aggregation.rounding.tie.name}
    operands = tuple(steps.values())
    lacking = without_value("children", (steps[child.code] for child in kept), span, **detail)
    if lacking is not None:
        return Step("children", None, lacking.state, operands, detail, lacking.gaps, span=span)
    if counted and not kept:
        return Step("children", None, State.NOT_APPLICABLE, operands, detail, span=span)
    numbers = [exact(steps[child.code]) for child in kept]
    found = aggregated(aggregation, numbers, [weight for _, weight in weights])
    if found is None:
        unit.tell("TD513", aggregation.span or span)
        return no_value("children", State.INVALID, span, code or unit.plan.scale.id, children=operands, **detail)
    return Step("children", found, children=operands, detail=detail, span=span)


def aggregated(aggregation: rb.Aggregation, numbers: list[Fraction], weights: list[Fraction]) -> Fraction | None:
    """Many scores made one; None where the rule has no value (no weight, a root of a product below 0 or too large)."""
    if not numbers:
        return Fraction(0) if aggregation.form is rb.AggregationForm.SUM else None
    rounding = aggregation.rounding
    match aggregation.form:
        case rb.AggregationForm.SUM:
            found = _weighted(numbers, weights)
        case rb.AggregationForm.MEAN:
            found = sum(numbers, Fraction(0)) / len(numbers)
        case rb.AggregationForm.WEIGHTED_MEAN:
            whole = sum(weights, Fraction(0))
            if not whole:
                return None
            found = _weighted(numbers, weights) / whole
        case rb.AggregationForm.GEOMETRIC_MEAN:
            return _geometric(numbers, rounding)
        case rb.AggregationForm.LOWEST:
            found = min(numbers)
        case rb.AggregationForm.HIGHEST:
            found = max(numbers)
    return round_to(found, rounding) if rounding is not None else found


def _weighted(numbers: list[Fraction], weights: list[Fraction]) -> Fraction:
    products = (number if weight is _ONCE else weight * number for number, weight in zip(numbers, weights, strict=True))
    return sum(products, Fraction(0))


def _geometric(numbers: list[Fraction], rounding: Rounding | None) -> Fraction | None:
    product = Fraction(1)
    for number in numbers:
        product *= number
    if product < 0 or rounding is None:
        return None
    try:
        return Unrounded(lambda digits: root(product, len(numbers), digits)).rounded(rounding)
    except TooLargeError:
        return None
