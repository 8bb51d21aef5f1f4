"""Whether a condition holds in every case, in none, or in some (None)."""

from __future__ import annotations

from collections.abc import Iterable

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.bounds import expressions, names, nodes
from thangdiem.dsl.bounds.extent import Extent
from thangdiem.dsl.bounds.world import World
from thangdiem.dsl.letters import fold


def truth(condition: rb.Expression, world: World) -> bool | None:
    """Whether a condition holds: surely, surely not, or that is open."""
    match condition:
        case rb.YesNo():
            return condition.value
        case rb.Within():
            return within(condition.subject, condition.ranges, world)
        case rb.AllOf():
            return every(truth(part, world) for part in condition.parts)
        case rb.AnyOf():
            return some(truth(part, world) for part in condition.parts)
        case rb.Not():
            return opposite(truth(condition.part, world))
        case rb.Datum():
            known = world.tables.known.datum(condition.name)
            return known if isinstance(known, bool) else None
        case rb.Present():
            return None if world.tables.known.datum(condition.name) is None else True
        case rb.NameRef():
            return names.truth_of(condition, world)
        case rb.SomeItem():
            met = each_item(condition.codes, condition.within, world)
            return every(met) if condition.every else some(met)
        case _:
            return None


def within(subject: rb.Expression, ranges: tuple[rb.Range, ...], world: World) -> bool | None:
    """Whether the subject's value lies in one of the ranges."""
    first = ranges[0].low if ranges else None
    if isinstance(first, rb.Text) or isinstance(subject, rb.Text):
        return _among_texts(subject, ranges, world)
    if isinstance(first, rb.YesNo):
        return _among_answers(subject, ranges, world)
    value = expressions.extent(subject, world)
    return None if value is None else some([in_range(value, each, world) for each in ranges])


def in_range(value: Extent, each: rb.Range, world: World) -> bool | None:
    """Whether a number lies in a range."""
    low = None if each.low is None else expressions.extent(each.low, world)
    if each.low is not None and each.low is each.high:
        met = None if low is None else _equal(value, low)
    else:
        high = None if each.high is None else expressions.extent(each.high, world)
        above = True if each.low is None else None if low is None else _beyond(value, low, each.low_open)
        below = True if each.high is None else None if high is None else _beyond(-value, -high, each.high_open)
        met = every((above, below))
    return opposite(met) if each.negated else met


def every(parts: Iterable[bool | None]) -> bool | None:
    """Kleene's and."""
    met: bool | None = True
    for part in parts:
        if part is False:
            return False
        met = None if part is None else met
    return met


def some(parts: Iterable[bool | None]) -> bool | None:
    """Kleene's or."""
    return opposite(every(opposite(part) for part in parts))


def opposite(met: bool | None) -> bool | None:
    """Kleene's not."""
    return None if met is None else not met


def each_item(codes: tuple[str, ...], looked_for: rb.Range, world: World) -> list[bool | None]:
    """Whether the score of each item lies in the range; one that surely does not apply is left out."""
    met: list[bool | None] = []
    for code in codes:
        found = nodes.item(code, world)
        if found.value is None:
            if not found.exempt:
                met.append(None)
            continue
        lies = in_range(found.value, looked_for, world.looking_at(code))
        met.append(None if found.exempt else lies)
    return met


def _equal(one: Extent, two: Extent) -> bool | None:
    first, second = one.exact, two.exact
    if first is not None and second is not None:
        return first == second
    if second is not None and not one.holds(second):
        return False
    if first is not None and not two.holds(first):
        return False
    apart = (one.low is not None and two.high is not None and one.low > two.high) or (
        one.high is not None and two.low is not None and one.high < two.low
    )
    return False if apart else None


def _beyond(value: Extent, bound: Extent, strictly: bool) -> bool | None:
    """Whether the value is at least the bound, or more than it."""
    if value.low is not None and bound.high is not None:
        clear = value.low > bound.high or (value.low == bound.high and not strictly)
        if clear or (value.nonzero and value.low == 0 and bound.exact == 0):
            return True
    if value.high is not None and bound.low is not None:
        short = value.high < bound.low or (value.high == bound.low and strictly)
        if short or (value.nonzero and value.high == 0 and bound.exact == 0):
            return False
    return None


# --- texts and answers


def texts(value: rb.Expression, world: World) -> frozenset[str] | None:
    """The keys of the texts a value may be; None: any text."""
    match value:
        case rb.Text():
            return frozenset((fold(value.value),))
        case rb.Datum():
            known = world.tables.known.datum(value.name)
            if isinstance(known, str):
                return frozenset((fold(known),))
            declared = world.scale.data.get(value.name)
            return frozenset(map(fold, declared.options)) if declared is not None and declared.options else None
        case rb.NameRef():
            return names.texts_of(value, world)
        case _:
            return None


def _among_texts(subject: rb.Expression, ranges: tuple[rb.Range, ...], world: World) -> bool | None:
    possible = texts(subject, world)
    met: list[bool | None] = []
    for each in ranges:
        wanted = None if each.low is None or each.low is not each.high else texts(each.low, world)
        if possible is None or wanted is None or len(wanted) != 1:
            equal = None
        else:
            equal = True if possible == wanted else None if possible & wanted else False
        met.append(opposite(equal) if each.negated else equal)
    return some(met)


def _among_answers(subject: rb.Expression, ranges: tuple[rb.Range, ...], world: World) -> bool | None:
    answer = truth(subject, world)
    met = []
    for each in ranges:
        wanted = truth(each.low, world) if each.low is not None and each.low is each.high else None
        equal = None if answer is None or wanted is None else answer is wanted
        met.append(opposite(equal) if each.negated else equal)
    return some(met)
