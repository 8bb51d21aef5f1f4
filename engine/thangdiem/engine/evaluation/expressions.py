"""An expression in; its value for one unit, as a step of its trace, out."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.rounding import Rounding, round_to
from thangdiem.dsl.rulebook import State
from thangdiem.engine.evaluation import arithmetic
from thangdiem.engine.evaluation.conditions import condition
from thangdiem.engine.evaluation.over_items import over_items
from thangdiem.engine.evaluation.over_units import over_units
from thangdiem.engine.evaluation.references import datum, judged, maximum, present, reference
from thangdiem.engine.evaluation.unit import UnitEvaluation, failed, made, without_value
from thangdiem.engine.trace import Step, Value
from thangdiem.engine.unrounded import Unrounded

_OPERATIONS = {
    rb.Operator.ADD: "add",
    rb.Operator.SUBTRACT: "subtract",
    rb.Operator.MULTIPLY: "multiply",
    rb.Operator.DIVIDE: "divide",
}


def evaluate(value: rb.Expression, unit: UnitEvaluation) -> Step:
    """The step of an expression; a condition that cannot be decided is MISSING."""
    match value:
        case rb.Number():
            return Step("literal", value.value, span=value.span)
        case rb.Text():
            return Step("literal", value.value, span=value.span)
        case rb.YesNo():
            return Step("literal", value.value, span=value.span)
        case rb.Day():
            return _day(value, unit)
        case rb.Datum():
            return datum(value, unit)
        case rb.Present():
            return present(value, unit)
        case rb.Judged():
            return judged(value, unit)
        case rb.MaximumOf():
            return maximum(value, unit)
        case rb.NameRef() | rb.ItemScore() | rb.BonusPoints() | rb.TotalPoints():
            return reference(value, unit)
        case rb.Arithmetic():
            return _arithmetic(value, unit)
        case rb.Negative():
            return _operation("negative", (value.value,), unit, value.span, arithmetic.negative)
        case rb.Power():
            return _operation(
                "power", (value.base,), unit, value.span,
                lambda base: arithmetic.raised(base, value.exponent), exponent=value.exponent,
            )  # fmt: skip
        case rb.Call():
            return _operation(
                value.function.value, value.arguments, unit, value.span,
                lambda *values: arithmetic.call(value.function, values),
            )  # fmt: skip
        case rb.Rounded():
            return _operation(
                "round",
                (value.value,),
                unit,
                value.span,
                lambda number: rounded(number, value.rounding),
                unit_of=value.rounding.unit,
                tie=value.rounding.tie.name,
            )
        case rb.OverItems():
            return over_items(value, unit)
        case rb.OverUnits() | rb.RankAmong() | rb.UnitsGraded():
            return over_units(value, unit)
        case _:
            return condition(value, unit)


def rounded(value: Value, rounding: Rounding) -> Fraction:
    """A number rounded as the rule says; roots and logarithms correctly rounded."""
    number = arithmetic.number(value)
    return number.rounded(rounding) if isinstance(number, Unrounded) else round_to(number, rounding)


def _day(value: rb.Day, unit: UnitEvaluation) -> Step:
    """A date; one that goes by the year assessed is none without it, nor beyond the years that calendars count."""
    day = unit.day(value)
    if day is not None:
        return Step("literal", day, span=value.span)
    if unit.plan.period is None:
        return failed("TD517", "literal", (), unit, value.span, {}, State.MISSING)
    return failed("TD518", "literal", (), unit, value.span, {})


# --- arithmetic


def _arithmetic(value: rb.Arithmetic, unit: UnitEvaluation) -> Step:
    step = _operation(
        _OPERATIONS[value.operator], (value.left, value.right), unit, value.span,
        lambda left, right: arithmetic.calculate(value.operator, left, right),
    )  # fmt: skip
    rounding = unit.plan.ratio_rounding
    number = step.value
    if rounding is None or value.operator is not rb.Operator.DIVIDE or not isinstance(number, Fraction | Unrounded):
        return step
    if isinstance(value.left, rb.Number) or isinstance(value.right, rb.Number):
        return step
    detail = {"unit_of": rounding.unit, "tie": rounding.tie.name}
    return made("round", lambda: rounded(number, rounding), (step,), unit, value.span, **detail)


def _operation(
    kind: str,
    operands: tuple[rb.Expression, ...],
    unit: UnitEvaluation,
    span: rb.Span,
    compute: Callable[..., Value],
    **detail: object,
) -> Step:
    steps = tuple(evaluate(operand, unit) for operand in operands)
    if (lacking := without_value(kind, steps, span, **detail)) is not None:
        return lacking
    values = [step.value for step in steps if step.value is not None]
    return made(kind, lambda: compute(*values), steps, unit, span, **detail)
