"""What a named value may come to: number, text or answer; found anew where an assumption bears on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl import walk
from thangdiem.dsl.bounds import conditions, methods
from thangdiem.dsl.bounds.world import DEEPEST, MOST_REPEATS, Key, Possible, World

Result = TypeVar("Result")

_FOLLOWED = 300
"""So many names are looked through to tell what a name reads."""


def name(owner: str, called: str, world: World) -> Possible:
    """What numbers a named value may come to."""
    key: Key = ("name", owner, called)
    method = world.tables.names[owner, called].method
    if not _bears_on(key, world):
        plain = world.plain()
        return plain.find(key, lambda: methods.of_method(method, owner, plain))
    found = world.names.get(key)
    if found is None:
        found = world.names[key] = _again(world, lambda: methods.of_method(method, owner, world))
    return found


def truth_of(value: rb.NameRef, world: World) -> bool | None:
    """Whether a name that stands for a condition holds."""
    if world.tables.nested >= DEEPEST:
        return None
    named = world.tables.names[value.owner, value.name]
    return _again(world, lambda: _common(
        [
            None if isinstance(each, rb.NotApplicable) else conditions.truth(each, under)
            for each, under in methods.outcomes(named.method, value.owner, world)
        ]
    ))  # fmt: skip


def texts_of(value: rb.NameRef, world: World) -> frozenset[str] | None:
    """The keys of the texts a name may stand for; None: any text."""
    if world.tables.nested >= DEEPEST:
        return None
    named = world.tables.names[value.owner, value.name]
    return _again(world, lambda: _together(
        [
            None if isinstance(each, rb.NotApplicable) else conditions.texts(each, under)
            for each, under in methods.outcomes(named.method, value.owner, world)
        ]
    ))  # fmt: skip


def _again(world: World, compute: Callable[[], Result]) -> Result:
    world.tables.repeats += 1
    world.tables.nested += 1
    try:
        return compute()
    finally:
        world.tables.nested -= 1


def _common(met: list[bool | None]) -> bool | None:
    return met[0] if met and all(each is met[0] for each in met) else None


def _together(found: list[frozenset[str] | None]) -> frozenset[str] | None:
    known = [each for each in found if each is not None]
    return frozenset().union(*known) if known and len(known) == len(found) else None


def _bears_on(key: Key, world: World) -> bool:
    """Whether a name reads something that the world has narrowed, and there is room to find it anew."""
    tables = world.tables
    if not world.narrow or tables.nested >= DEEPEST or tables.repeats >= MOST_REPEATS:
        return False
    if key not in tables.uses:
        tables.uses[key] = _reads((key[1], key[2]), world)
    reads = tables.uses[key]
    return reads is None or any(narrowed in reads for narrowed in world.narrow)


def _reads(start: tuple[str, str], world: World) -> frozenset[rb.Expression] | None:
    reads: set[rb.Expression] = set()
    seen, waiting = {start}, [start]
    while waiting:
        named = world.tables.names[waiting.pop()]
        if len(seen) > _FOLLOWED:
            return None
        for outer in walk.of_method(named.method):
            for each in walk.all_of(outer):
                if isinstance(each, rb.Datum | rb.ItemScore | rb.NameRef):
                    reads.add(each)
                if isinstance(each, rb.NameRef) and (each.owner, each.name) not in seen:
                    seen.add((each.owner, each.name))
                    waiting.append((each.owner, each.name))
    return frozenset(reads)
