"""Units of one scale in; their places by the chain of keys out, shared by those that tie."""

from __future__ import annotations

from fractions import Fraction

from naive import expressions, stages
from naive.cells import state_of, typed
from naive.letters import fold
from naive.place import Place
from naive.reals import combined, compared
from naive.states import State, Value
from naive.unit import Unit
from naive.written import has, nodes, texts
from thangdiem.dsl.syntax import Node

Key = Fraction
_UNDECIDED = Fraction(10) ** 30


def ranks(units: dict[int, Unit]) -> dict[int, int]:
    """The place of each unit that has one; all by the index of the unit."""
    if not units:
        return {}
    lines = next(iter(units.values())).scale.every("ranking")
    if not lines:
        return {}
    keyed = {index: keys(lines[-1], unit) for index, unit in units.items() if not _unranked(unit)}
    standing = {index: found for index, found in keyed.items() if found is not None}
    blocks = {index: fold(units[index].block) if has(lines[-1], "IN_EACH_BLOCK") else "" for index in standing}
    return {
        index: 1 + sum(blocks[other] == blocks[index] and _before(standing[other], own) for other in standing)
        for index, own in standing.items()
    }


def _unranked(unit: Unit) -> bool:
    return bool(stages.exempt_items(unit, ("UNRANKED",)))


def _before(one: list[Key], other: list[Key]) -> bool:
    return next((order for a, b in zip(one, other, strict=True) if (order := compared(a, b))), 0) < 0


def keys(ranking: Node, unit: Unit) -> list[Key] | None:
    """The keys, the smaller the better; None where one is lacking."""
    found = [_key(key, unit) for key in nodes(ranking)]
    if any(key is None for key in found):
        return None
    return [key for key in found if key is not None]


def _key(key: Node, unit: Unit) -> Key | None:
    if key.data == "decided":
        return _decision(texts(key, "COLUMN")[0], unit)
    value = expressions.value_of(nodes(key)[0], Place(unit, unit.scale))
    if value.state is State.NOT_APPLICABLE:
        return Fraction(0)
    if not _is_number(value):
        return None
    found = (
        value if has(key, "ASCENDING") else expressions.all_numbers([value], lambda a: combined(Fraction(0), "-", a))
    )
    return found.value if isinstance(found.value, Fraction) else None


def _is_number(value: Value) -> bool:
    return isinstance(value.value, Fraction)


def _decision(column: str, unit: Unit) -> Key:
    """Who has no decision comes last among those that tie."""
    cell = unit.column(column)
    found = state_of(cell) or typed(cell, "number", unit.dialect)
    return found.value if isinstance(found.value, Fraction) else _UNDECIDED
