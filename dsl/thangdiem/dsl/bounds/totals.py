"""What checks and drafts ask of a world: what an item, a bonus, the total or its maximum may come to."""

from __future__ import annotations

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.bounds import conditions, expressions, maxima, nodes
from thangdiem.dsl.bounds import methods as methods_
from thangdiem.dsl.bounds.extent import Extent
from thangdiem.dsl.bounds.world import Possible, World


def of_item(code: str, world: World) -> Possible:
    """The score an item may come to."""
    return nodes.item(code, world)


def of_bonus(key: str, world: World) -> Possible:
    """The points a bonus or deduction may come to."""
    return nodes.bonus(key, world)


def of_method(method: rb.Method, code: str, world: World) -> Possible:
    """What a method may yield by itself, before anything is done to it."""
    return methods_.of_method(method, code, world)


def of_total(world: World, *, before_bonus: bool = False) -> Possible:
    """What the total of the scale may come to."""
    for code in reversed(world.tables.items):
        of_item(code, world)
    return nodes.subtotal(world) if before_bonus else nodes.total(world)


def of_maximum(world: World) -> Extent | None:
    """The maximum that the total is read against."""
    of_total(world)
    return maxima.used_maximum(world)


def extent(value: rb.Expression, world: World) -> Extent | None:
    """The numbers an expression may come to."""
    return expressions.extent(value, world)


def truth(condition: rb.Expression, world: World) -> bool | None:
    """Whether a condition surely holds, surely does not, or may do either."""
    return conditions.truth(condition, world)


def own_of_item(item: rb.Item, world: World) -> Possible:
    """What an item's method or children may come to where it applies, before limits."""
    return nodes.own(item, world)


def unchecked_item(item: rb.Item, world: World) -> Possible:
    """What an item may come to before it is held against the range that is stated for it."""
    return nodes.unchecked(item, world)


def unchecked_total(world: World) -> Possible:
    """What the total may come to before it is held against the range that is stated for it."""
    return nodes.unchecked_total(world)


def before_bonus(item: rb.Item, world: World) -> Possible:
    """What an item may come to before bonus, deduction, limits and rounding."""
    return nodes.before_bonus(item, world)
