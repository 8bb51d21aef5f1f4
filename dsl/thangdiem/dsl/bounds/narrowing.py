"""Values under an assumption: what lies in a range or outside it; a world in which a condition holds."""

from __future__ import annotations

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.bounds import expressions
from thangdiem.dsl.bounds.extent import Extent, either
from thangdiem.dsl.bounds.world import World


def only_within(value: Extent, ranges: tuple[rb.Range, ...], world: World) -> Extent | None:
    """What of the values lies in one of the ranges."""
    found: Extent | None = None
    for each in ranges:
        found = either(found, _inside(value, each, world))
    return found


def only_outside(value: Extent, ranges: tuple[rb.Range, ...], world: World) -> Extent | None:
    """What of the values may lie in none of the ranges."""
    left: Extent | None = value
    for each in ranges:
        left = None if left is None else _outside(left, each, world)
    return left


def assuming(world: World, condition: rb.Expression, *, holds: bool) -> World:
    """The world in which the condition holds, or does not."""
    narrow: dict[rb.Expression, Extent | None] = {}
    _assume(world, condition, holds, narrow)
    return world.under(narrow)


def narrowed_to(world: World, subject: rb.Expression, value: Extent | None) -> World:
    """The world in which a subject (a datum, a name, an item's score) is known more narrowly."""
    narrow = dict.fromkeys(_aliases(subject, world), value)
    return world.under(narrow)


def _aliases(subject: rb.Expression, world: World) -> list[rb.Expression]:
    """The subject, and what it only names, of which a narrower value can be remembered."""
    found: list[rb.Expression] = []
    while isinstance(subject, rb.Datum | rb.NameRef | rb.ItemScore) and len(found) < 10:
        found.append(subject)
        named = world.tables.names.get((subject.owner, subject.name)) if isinstance(subject, rb.NameRef) else None
        if named is None or not isinstance(named.method, rb.Formula) or named.method.limits:
            break
        subject = named.method.value
    return found


def _assume(world: World, condition: rb.Expression, holds: bool, narrow: dict[rb.Expression, Extent | None]) -> None:
    match condition:
        case rb.Within(subject=rb.Datum() | rb.NameRef() | rb.ItemScore()) if _numeric(condition.ranges):
            value = expressions.extent(condition.subject, world.under(narrow))
            if value is not None and value.exact is None:
                change = only_within if holds else only_outside
                left = change(value, condition.ranges, world)
                narrow.update((key, left) for key in _aliases(condition.subject, world))
        case rb.AllOf() if holds:
            for part in condition.parts:
                _assume(world, part, holds, narrow)
        case rb.AnyOf() if not holds:
            for part in condition.parts:
                _assume(world, part, holds, narrow)
        case rb.Not():
            _assume(world, condition.part, not holds, narrow)
        case _:
            return


def _numeric(ranges: tuple[rb.Range, ...]) -> bool:
    return not any(isinstance(end, rb.Text | rb.YesNo) for each in ranges for end in (each.low, each.high))


def _inside(value: Extent, within: rb.Range, world: World) -> Extent | None:
    if within.negated:
        return _without(value, within, world)
    low, high = _ends(within, world)
    least = None if low is None else low.low
    most = None if high is None else high.high
    found = value.between(least, most)
    if found is not None and within.low_open and least is not None:
        found = found.above(least)
    if found is not None and within.high_open and most is not None:
        found = found.below(most)
    return found


def _outside(value: Extent, within: rb.Range, world: World) -> Extent | None:
    if within.negated:
        return _inside(value, rb.Range(within.low, within.high), world)
    if within.low is not None and within.low is within.high:
        return _without(value, within, world)
    low, high = _ends(within, world)
    reaches_down = low is None or (low.high is not None and value.low is not None and low.high <= value.low)
    reaches_up = high is None or (high.low is not None and value.high is not None and high.low >= value.high)
    if reaches_down and high is not None and high.low is not None:
        left = value.between(high.low, None)
        return left if left is None or within.high_open else left.above(high.low)
    if reaches_up and low is not None and low.high is not None:
        left = value.between(None, low.high)
        return left if left is None or within.low_open else left.below(low.high)
    return value


def _without(value: Extent, equal: rb.Range, world: World) -> Extent | None:
    """The values without one; only at an end of the values or at 0 that can be told."""
    low, _ = _ends(equal, world)
    gone = None if low is None else low.exact
    if gone is None:
        return value
    if gone == 0:
        value = value.without_zero() or value
    if value.low == gone:
        return value.above(gone)
    return value.below(gone) if value.high == gone else value


def _ends(within: rb.Range, world: World) -> tuple[Extent | None, Extent | None]:

    low = None if within.low is None else expressions.extent(within.low, world) or Extent()
    if within.high is within.low:
        return low, low
    return low, None if within.high is None else expressions.extent(within.high, world) or Extent()
