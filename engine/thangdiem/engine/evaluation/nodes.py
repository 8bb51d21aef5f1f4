"""The nodes of a scale for one unit: named values, items, bonuses, and the total, each found once.

At every node the order is: method or children, what a missing rule says, whether it applies, replacements and
conditions, bonus and deduction, limits, rounding; then the range the file states is checked, never enforced.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
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
    """The maximum points of an item, of a bonus that states them, or of the scale (""), without what does not apply.

    What may leave it is found before: the result is the same in whatever order the items are asked for. Inside an
    item, its names and its bonuses, its own maximum is that of an item that applies.
    """
    if not code:
        settle(unit.plan.scale.items, unit)
        return maxima.scale_maximum(unit)
    if (bonus := unit.plan.bonuses.get(code)) is not None:
        return bonus.points.high if bonus.points is not None else None
    asked = unit.plan.items[code]
    inside = not unit.under_way.isdisjoint(_marks(asked, unit))
    if inside:
        settle(asked.children, unit)
    elif code in unit.plan.shrinking:
        item(code, unit)
    return maxima.maximum(asked, unit, State.VALUE if inside else _state(code, unit))


def settle(items: Iterable[rb.Item], unit: UnitEvaluation) -> None:
    """Finds the items that may leave the maximum of what they count in, save those under way."""
    for each in items:
        may_leave = each.points.counted and each.code in unit.plan.shrinking
        if may_leave and (id(unit.items), each.code) not in unit.under_way:
            item(each.code, unit)


def _state(code: str, unit: UnitEvaluation) -> State:
    known = unit.items.get(code)
    return State.VALUE if known is None else known.state  # one that is not found cannot leave


def _marks(asked: rb.Item, unit: UnitEvaluation) -> Iterator[object]:
    """What is under way while something of an item is being found; its names are asked for only meanwhile."""
    yield id(unit.items), asked.code
    for bonus in asked.bonuses:
        yield id(unit.bonuses), bonus.key
