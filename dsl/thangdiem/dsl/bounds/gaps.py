"""Whether anything that a part of a scale reads is still open."""

from __future__ import annotations

from collections.abc import Iterator

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl import walk
from thangdiem.dsl.bounds.known import NOTHING_KNOWN
from thangdiem.dsl.bounds.world import World

_Node = rb.Item | rb.Bonus | rb.Named


def anything_open(node: rb.Item | rb.Bonus, world: World) -> bool:
    """Whether a datum or a score that the node reads, itself or through others, is not known."""
    if world.tables.known is NOTHING_KNOWN:
        return True
    seen: set[object] = set()
    waiting: list[_Node] = [node]
    while waiting:
        current = waiting.pop()
        mark = (type(current), current.name, current.owner) if isinstance(current, rb.Named) else _code(current)
        if mark in seen:
            continue
        seen.add(mark)
        if not isinstance(current, rb.Named) and _score_open(current.method, _code(current), world):
            return True
        for outer in _expressions(current):
            for each in walk.all_of(outer):
                read = _read(each, world)
                if read is None:
                    return True
                waiting.extend(read)
        if isinstance(current, rb.Item):
            waiting.extend(current.children)
    return False


def _code(node: rb.Item | rb.Bonus) -> str:
    return node.code if isinstance(node, rb.Item) else node.key


def _expressions(node: _Node) -> Iterator[rb.Expression]:
    match node:
        case rb.Item():
            return walk.of_item(node)
        case rb.Bonus():
            return walk.of_bonus(node)
        case rb.Named():
            return walk.of_method(node.method)


def _score_open(method: rb.Method | None, code: str, world: World) -> bool:
    match method:
        case rb.Guarded():
            return any(_score_open(guard.method, code, world) for guard in method.guards)
        case rb.Choice() | rb.Direct():
            return world.tables.known.score(code) is None
        case rb.Checklist():
            needed = any(mark.when is None for mark in method.marks)
            return needed and world.tables.known.score(code) is None
        case _:
            return False


def _read(value: rb.Expression, world: World) -> list[_Node] | None:
    """What else an expression reads; None where something open is read."""
    tables = world.tables
    match value:
        case rb.Datum():
            return None if tables.known.datum(value.name) is None else []
        case rb.Judged():
            return None if tables.known.score(value.code) is None else []
        case rb.Day():
            return None if value.year is None and tables.year is None else []
        case rb.NameRef():
            return [tables.names[value.owner, value.name]]
        case rb.ItemScore():
            return [tables.items[value.code]]
        case rb.BonusPoints():
            return [tables.bonuses[value.title]]
        case rb.OverItems() | rb.ItemCount() | rb.SomeItem():
            return [tables.items[code] for code in value.codes]
        case rb.TotalPoints() | rb.OverUnits() | rb.RankAmong() | rb.UnitsGraded():
            return None
        case _:
            return []
