"""A step of an expression or a condition in; the formula by which it is computed, out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from thangdiem.dsl.rulebook import State
from thangdiem.engine.trace import Step
from thangdiem.engine.writing.sheet.formula import Formula, Workings
from thangdiem.engine.writing.sheet.maxima import points_of, stated_of, used_of


def arithmetic(step: Step, workings: Workings) -> Formula:
    """An operation on numbers; of two dates the difference is one of days."""
    dates = step.kind == "subtract" and any(isinstance(each.value, date) for each in step.children)
    return Formula("days" if dates else step.kind, step.children)


SAME = frozenset({
    "add", "multiply", "divide", "negative", "min", "max", "abs", "root", "ln", "log10", "exp",
    "not",
})  # fmt: skip
"""Kinds that are operations of the sheet as they are, on their own children."""


def read(step: Step, workings: Workings) -> Formula:
    """What was read; points given inside a formula are held to those the rule states, and what are none refused."""
    fact = step.fact
    if fact is None or step.state is fact.state:
        return Formula("datum")
    given = workings.tell(Step("datum", fact.value, fact.state, detail=step.detail, fact=fact), "datum")
    if not isinstance(fact.value, Fraction):
        return Formula("no_value", (given,))
    return Formula("first", (inside(given, str(step.detail["code"]), workings), given))


def inside(step: Step, code: str, workings: Workings) -> Step:
    """Whether points lie in those the rule states for a node."""
    low, high = points_of(code, workings)
    most = stated_of(code, workings)
    least = workings.number(low) if low is not None else None
    bounds = [(least, ">="), (most, "<=")]
    assert isinstance(step.value, Fraction)
    met = (low is None or step.value >= low) and (high is None or step.value <= high)
    test = Step("range", met)
    operands = [bound for bound, _ in bounds if bound is not None]
    signs = [sign for bound, sign in bounds if bound is not None]
    return workings.tell(test, "in_range", step, *operands, signs=signs)


def present(step: Step, workings: Workings) -> Formula:
    """Whether a datum is there; what could not be read is passed on."""
    fact = step.fact
    assert fact is not None
    given = workings.tell(Step("datum", fact.value, fact.state, detail=step.detail, fact=fact), "datum")
    return Formula("copy" if fact.state is State.INVALID else "has_value", (given,))


def maximum(step: Step, workings: Workings) -> Formula:
    """The maximum of a node, as used for this unit or, while that was not known, as stated."""
    found = used_of(str(step.detail["code"]), bool(step.detail.get("used")), step, workings)
    return Formula("copy", (found,)) if found is not None else Formula("no_value")


def reference(step: Step, workings: Workings) -> Formula:
    """What is referred to; nothing where a step would need itself."""
    trace = workings.trace
    nodes: Mapping[object, Mapping[Any, Step | None]] = {
        "name": trace.names,
        "item": trace.items,
        "bonus": trace.bonuses,
        "total": {"": trace.total},
        "subtotal": {"": trace.subtotal},
    }
    target = nodes.get(step.detail.get("to"), {}).get(step.detail.get("key"))
    return Formula("copy", (target,)) if target is not None else Formula("no_value")


def power(step: Step, workings: Workings) -> Formula:
    """A power whose exponent the rule writes."""
    return Formula("power", step.children, {"exponent": step.detail["exponent"]})


def rounding(step: Step, workings: Workings) -> Formula:
    """A value rounded."""
    return Formula("copy", step.children, {"unit_of": step.detail["unit_of"], "tie": step.detail["tie"]})


def both(step: Step, workings: Workings) -> Formula:
    """Conditions joined; what is no yes or no cannot be."""
    fine = all(each.value is None or isinstance(each.value, bool) for each in step.children)
    return Formula(step.kind if fine else "no_value", step.children)


def within(step: Step, workings: Workings) -> Formula:
    """Whether a subject lies in one of some ranges."""
    subject, *ranges = step.children
    if not ranges:
        return Formula("copy", (subject,))
    for each in ranges:
        in_range(each, subject, workings)
    return Formula("any", tuple(ranges))


def in_range(step: Step, subject: Step, workings: Workings) -> Step:
    """The range, known to be asked of the subject."""
    negated = {"negated": True} if step.detail["negated"] else {}
    return workings.tell(step, "in_range", subject, *step.children, signs=_signs(step), **negated)


def _signs(step: Step) -> tuple[str, ...]:
    detail = step.detail
    if detail["low"] and detail["high"] and len(step.children) == 1:
        return ("=",)
    low = (">" if detail["low_open"] else ">=",) if detail["low"] else ()
    return (*low, "<" if detail["high_open"] else "<=") if detail["high"] else low


def some_item(step: Step, workings: Workings) -> Formula:
    """Whether some item, or every one, lies in a range."""
    op = "all" if step.detail["every"] else "any"
    return Formula(op, (*step.children, *_left_out(step, workings)), {"skip": "not_applicable"})


def count_items(step: Step, workings: Workings) -> Formula:
    """How many items lie in a range."""
    return Formula("count", (*step.children, *_left_out(step, workings)), {"skip": "not_applicable"})


GATHERED = {"sum": "add", "mean": "mean", "highest": "max", "lowest": "min"}


def gather(step: Step, workings: Workings) -> Formula:
    """The scores of items made one."""
    form, sign = str(step.detail["form"]), step.detail["sign"]
    operands = (*step.children, *_left_out(step, workings))
    if sign:
        operands = tuple(_of_sign(each, str(sign), workings) for each in operands)
    if_none = {} if form == "sum" else {"if_none": "not_applicable"}
    return Formula(GATHERED[form], operands, {"skip": "not_applicable", **if_none})


def _of_sign(step: Step, sign: str, workings: Workings) -> Step:
    """A score if it lies above 0, or below; else it does not apply."""
    if not isinstance(step.value, Fraction):
        return step
    above = sign == "1"
    met = step.value > 0 if above else step.value < 0
    test = Step("range", met)
    workings.tell(test, "in_range", step, workings.number(0), signs=(">" if above else "<",))
    kept = Step("gather", step.value if met else None, State.VALUE if met else State.NOT_APPLICABLE)
    return workings.tell(kept, "first", test, step, workings.state(State.NOT_APPLICABLE))


def _left_out(step: Step, workings: Workings) -> tuple[Step, ...]:
    codes = step.detail["left_out"]
    assert isinstance(codes, tuple)
    return tuple(workings.trace.items[code] for code in codes if code in workings.trace.items)


def over_units(step: Step, workings: Workings) -> Formula:
    """The values of units made one; what other units lack does not stand in this unit's trace."""
    if "values" not in step.detail:
        return Formula("constant")
    form = str(step.detail["form"])
    if_none = {} if form == "sum" else {"if_none": "not_applicable"}
    return Formula(GATHERED[form], (), {"units": step.detail["values"], **if_none})


def rank_among(step: Step, workings: Workings) -> Formula:
    """One more than the number of units that have more."""
    values = step.detail.get("values")
    if not isinstance(values, tuple):
        return Formula("constant")
    own = (workings.unit, step.detail.get("own"))
    return Formula("rank", step.children, {"others": others(list(values), own), "ties": "first"})


def others(rows: list[object], own: object) -> list[object]:
    """The rows of the other units; the unit's own figures are steps."""
    place = rows.index(own) if own in rows else len(rows)
    return rows[:place] + rows[place + 1 :]


def units_graded(step: Step, workings: Workings) -> Formula:
    """How many units, or which share of them, have one of some grades."""
    detail = step.detail
    if "grades" not in detail:
        return Formula("constant")
    counted = {"units": detail["grades"], "counting": detail["counting"]}
    return (
        Formula("mean", (), {**counted, "if_none": "not_applicable"})
        if detail["share"]
        else Formula("add", (), counted)
    )


def constant(value: Fraction, kind: str, workings: Workings, **detail: object) -> Step:
    """A figure that the rule or other units give."""
    return workings.tell(Step(kind, value, detail=detail), "constant")
