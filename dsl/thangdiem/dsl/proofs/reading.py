"""A part of a scale in; everything it rests on, itself or through others, out: data, items, names, bonuses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from attrs import frozen

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl import walk
from thangdiem.dsl.bounds.world import World

Node = rb.Item | rb.Bonus | rb.Named


@frozen
class Ground:
    """What a part rests on: data and items in the order in which they are met, and every expression."""

    nodes: tuple[Node, ...]
    expressions: tuple[rb.Expression, ...]

    @property
    def data(self) -> tuple[str, ...]:
        """The data read."""
        read = (each.name for each in self.expressions if isinstance(each, rb.Datum | rb.Present))
        return tuple(dict.fromkeys(read))

    @property
    def units(self) -> bool:
        """Whether other units are looked at."""
        return any(isinstance(each, rb.OverUnits | rb.RankAmong | rb.UnitsGraded) for each in self.expressions)

    @property
    def levers(self) -> tuple[str, ...]:
        """Where the data give levels, letters or points: codes of items and keys of bonuses."""
        return tuple(_key(each) for each in self.nodes if isinstance(each, rb.Item | rb.Bonus))


def rests_on(parts: Iterable[Node | rb.Expression], world: World) -> Ground:
    """What nodes and expressions rest on; an item rests on those below it and on its bonuses."""
    nodes: dict[tuple[str, str, str], Node] = {}
    expressions: list[rb.Expression] = []
    waiting, whole = list(parts), False
    while waiting:
        current = waiting.pop(0)
        if isinstance(current, rb.Item | rb.Bonus | rb.Named):
            mark = _mark(current)
            if mark in nodes:
                continue
            nodes[mark] = current
            waiting.extend(_below(current))
            found = [part for outer in _own(current) for part in walk.all_of(outer)]
        else:
            found = list(walk.all_of(current))
        expressions.extend(found)
        waiting.extend(each for part in found for each in _named(part, world))
        if not whole and any(isinstance(part, rb.TotalPoints) for part in found):
            whole = True
            waiting.extend(_of_total(world.tables.scale))
    return Ground(tuple(nodes.values()), tuple(expressions))


def _of_total(scale: rb.Scale) -> Iterator[Node | rb.Expression]:
    """What the total rests on: items, bonuses, its formula and its limits."""
    yield from (*scale.items, *scale.bonuses, *walk.of_limits(scale.limits))
    if scale.total is not None:
        yield from walk.of_method(scale.total)


def _mark(node: Node) -> tuple[str, str, str]:
    match node:
        case rb.Named():
            return ("name", node.owner, node.name)
        case rb.Item():
            return ("item", node.code, "")
        case rb.Bonus():
            return ("bonus", node.key, "")
        case _:
            assert_never(node)


def _key(node: rb.Item | rb.Bonus) -> str:
    return node.code if isinstance(node, rb.Item) else node.key


def _below(node: Node) -> Iterable[Node]:
    return (*node.children, *node.bonuses) if isinstance(node, rb.Item) else ()


def _own(node: Node) -> Iterable[rb.Expression]:
    match node:
        case rb.Named():
            return walk.of_method(node.method)
        case rb.Item():
            return walk.of_item(node)
        case rb.Bonus():
            return walk.of_bonus(node)
        case _:
            assert_never(node)


def _named(part: rb.Expression, world: World) -> list[Node]:
    tables = world.tables
    match part:
        case rb.NameRef():
            return [tables.names[part.owner, part.name]]
        case rb.ItemScore() | rb.Judged():
            return [tables.items[part.code]] if part.code in tables.items else [tables.bonuses[part.code]]
        case rb.BonusPoints():
            return [tables.bonuses[part.title]]
        case rb.MaximumOf() if part.code in tables.items:
            return [tables.items[part.code]]
        case rb.OverItems() | rb.ItemCount() | rb.SomeItem():
            return [tables.items[code] for code in part.codes]
        case _:
            return []
