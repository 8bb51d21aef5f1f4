"""The nodes of a scale for one unit: named values, items, bonuses, and the total, each found once.

At every node the order is: method or children, what a missing rule says, whether it applies, replacements and
conditions, bonus and deduction, limits, rounding; then the range the file states is checked, never enforced.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TypeVar

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.rulebook import State
from thangdiem.engine.evaluation import maxima
from thangdiem.engine.evaluation.expressions import evaluate
from thangdiem.engine.evaluation.items import named_value, scored_bonus, scored_item
from thangdiem.engine.evaluation.totals import scale_total, subtotal
from thangdiem.engine.evaluation.unit import UnitEvaluation, no_value
from thangdiem.engine.trace import Step

Key = TypeVar("Key")


def value(expression: rb.Expression, unit: UnitEvaluation) -> Step:
    """The value of an expression: conditions and ranges hold expressions, and are expressions."""
    return evaluate(expression, unit)


def item(code: str, unit: UnitEvaluation) -> Step:
    """The score of an item."""
    return _once(unit.items, code, unit, lambda: scored_item(unit.plan.items[code], unit))


def name(key: tuple[str, str], unit: UnitEvaluation) -> Step:
    """A named value."""
    return _once(unit.names, key, unit, lambda: named_value(unit.plan.names[key], unit))


def bonus_points(bonus: rb.Bonus, unit: UnitEvaluation) -> Step:
    """The points of a bonus or a deduction; a deduction is a positive number."""
    return _once(unit.bonuses, bonus.key, unit, lambda: scored_bonus(bonus, unit))


def total(unit: UnitEvaluation, *, before_bonus: bool = False) -> Step:
    """The total of the scale, or what it was before bonus and deduction."""
    return _once(unit.totals, before_bonus, unit, lambda: subtotal(unit) if before_bonus else scale_total(unit))


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


def maximum_of(code: str, unit: UnitEvaluation) -> Fraction | None:
    """The maximum points of an item, of what a bonus belongs to, or of the scale ("")."""
    return maxima.maximum_of(code, unit)
