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
    found = unit.plan.items[code]
    return _once(unit.items, code, unit, lambda: scored_item(found, unit), code, found.head)


def name(key: tuple[str, str], unit: UnitEvaluation) -> Step:
    """A named value."""
    found = unit.plan.names[key]
    return _once(unit.names, key, unit, lambda: named_value(found, unit), f"“{found.name}”", found.span)


def bonus_points(bonus: rb.Bonus, unit: UnitEvaluation) -> Step:
    """The points of a bonus or a deduction; a deduction is a positive number."""
    return _once(unit.bonuses, bonus.key, unit, lambda: scored_bonus(bonus, unit), f"“{bonus.title}”", bonus.span)


def total(unit: UnitEvaluation, *, before_bonus: bool = False) -> Step:
    """The total of the scale, or what it was before bonus and deduction."""
    scale = unit.plan.scale
    find = (lambda: subtotal(unit)) if before_bonus else (lambda: scale_total(unit))
    return _once(unit.totals, before_bonus, unit, find, f"“{scale.title}”", scale.head)


def _once(
    memory: dict[Key, Step], key: Key, unit: UnitEvaluation, find: Callable[[], Step], text: str, span: rb.Span
) -> Step:
    """The step of a node, found the first time; one that needs itself has none, and is told by its own words."""
    if (known := memory.get(key)) is not None:
        return known
    mark = (id(memory), key)
    if mark in unit.under_way:
        unit.tell("TD510", span, text=text)
        return no_value("reference", State.INVALID, span, text)
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
