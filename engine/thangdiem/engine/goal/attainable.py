"""One item or bonus of a unit in; the points it can come to by changing its own data, and which data, out.

What is looked at: every level, every combination of marks, yes and no, every declared word, and of each number one
value of each stretch its rules tell apart; and each number that is computed with, over all its values, while the
others keep to those. Applicability stays as it is.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property
from itertools import combinations, islice, product
from math import prod

from attrs import define, field, frozen

from thangdiem.engine.facts import FactValue
from thangdiem.engine.goal.axes import axis_of
from thangdiem.engine.goal.axis import Axis, Input
from thangdiem.engine.goal.enclosures import enclosure, given_enclosure
from thangdiem.engine.goal.inputs import candidates, is_computed
from thangdiem.engine.goal.scene import Changes, Scene
from thangdiem.engine.goal.stretches import Stretches

MOST_COMBINATIONS = 1_500
"""Of the values of one item's data that are tried together; beyond it, those that change two of them at most."""

MOST_SETTINGS = 24
"""Of the other data while one is looked at over all its values; beyond it, those that change one at most."""


@frozen
class Alternative:
    """``value`` is the points of the item as they help: turned where less is better; ``changes`` is what to change.

    ``far`` is how many steps the numbers among them move.
    """

    value: Fraction
    changes: Changes
    far: int = 0

    @property
    def effort(self) -> tuple[int, int]:
        """How much is changed: how many data, then how far."""
        return len(self.changes), self.far


@define(eq=False)
class Lever:
    """One item or bonus; ``inputs`` are what may be changed of it, ``ground`` what is changed already elsewhere.

    ``sign`` is -1 where fewer points are better; ``partial`` tells that not every combination was looked at.
    """

    scene: Scene
    key: str
    inputs: tuple[Input, ...]
    ground: Changes
    sign: int
    partial: bool = False
    _found: dict[tuple[int, Fraction | None, bool], Alternative | None] = field(factory=dict)

    @cached_property
    def now(self) -> Fraction | None:
        """The value as it is on this ground; None where it has none."""
        return self._value({})

    def best(self) -> Alternative | None:
        """The greatest value."""
        return self._nearest(-1, None)

    def worst(self) -> Alternative | None:
        """The least value."""
        return self._nearest(1, None)

    def at_least(self, floor: Fraction) -> Alternative | None:
        """The least value from ``floor`` up, by the fewest and then the smallest changes of data."""
        return self._nearest(1, floor)

    def above(self, value: Fraction) -> Alternative | None:
        """The next greater value."""
        return self._nearest(1, value, strictly=True)

    def at_most(self, ceiling: Fraction) -> Alternative | None:
        """The greatest value up to ``ceiling``."""
        return self._nearest(-1, ceiling)

    def below(self, value: Fraction) -> Alternative | None:
        """The next lesser value."""
        return self._nearest(-1, value, strictly=True)

    @property
    def given_up(self) -> bool:
        """Whether something was not looked at."""
        return self.partial or any(tree.given_up for _, tree in self._trees)

    @cached_property
    def size(self) -> int:
        """How many values it may take, about: finer levers are settled last."""
        return len(self._table) + sum(tree.axis.high - tree.axis.low for _, tree in self._trees)

    def _nearest(self, way: int, end: Fraction | None, *, strictly: bool = False) -> Alternative | None:
        mark = (way, end, strictly)
        if mark not in self._found:
            self._found[mark] = self._search(way, end, strictly)
        return self._found[mark]

    def _search(self, way: int, end: Fraction | None, strictly: bool) -> Alternative | None:
        """The value nearest to ``end`` on its far side (``way`` 1: above it); without an end the least, or greatest."""
        best = self._of_table(way, end, strictly)
        for setting, tree in self._trees:
            if best is not None and best.value == end and len(setting) + 1 > len(best.changes):
                continue
            found = tree.least(None if end is None else way * end, way * self.sign, strictly)
            if found is not None:
                best = _better(best, self._alternative(way * found[0], setting, tree, found[1]), way)
        return best

    def _alternative(self, value: Fraction, setting: Changes, tree: Stretches, step: int) -> Alternative:
        changes = setting if step == tree.axis.now else {**setting, tree.axis.input: tree.axis.value(step)}
        return Alternative(value, changes, self._far(changes))

    def _far(self, changes: Changes) -> int:
        far = 0
        for key, value in changes.items():
            along = axis_of(self.scene, self.key, key)
            far += along.distance(along.step(value)) if along is not None else 1
        return far

    def _of_table(self, way: int, end: Fraction | None, strictly: bool) -> Alternative | None:
        values = [each.value for each in self._table]
        if not values:
            return None
        if end is None:
            return self._table[0 if way > 0 else -1]
        right = bisect_right if (way > 0) is strictly else bisect_left
        at = right(values, end) if way > 0 else right(values, end) - 1
        return self._table[at] if 0 <= at < len(values) else None

    @cached_property
    def _table(self) -> list[Alternative]:
        """Every value that the named values of the inputs give, least first, each by the fewest changes."""
        best: dict[Fraction, Alternative] = {}
        for changes in self._combined(self.inputs, MOST_COMBINATIONS, 2):
            value = self._value(changes)
            if value is not None:
                best[value] = _better(best.get(value), Alternative(value, changes, self._far(changes)), 1)
        return sorted(best.values(), key=lambda each: each.value)

    @cached_property
    def _trees(self) -> list[tuple[Changes, Stretches]]:
        """Each number that is computed with, for each setting of the others; those that change least first."""
        found: list[tuple[Changes, Stretches]] = []
        for key in self.inputs:
            along = axis_of(self.scene, self.key, key)
            if along is None or not is_computed(self.scene, self.key, key):
                continue
            others = tuple(other for other in self.inputs if other != key)
            trees = ((setting, self._tree(along, setting)) for setting in self._combined(others, MOST_SETTINGS, 1))
            found.extend((setting, tree) for setting, tree in trees if tree.has_values())
        for _, tree in found:
            tree.reach()
        return sorted(found, key=lambda each: len(each[0]))

    def _tree(self, along: Axis, setting: Changes) -> Stretches:
        def value(step: int) -> Fraction | None:
            moved = {} if step == along.now else {along.input: along.value(step)}
            return self.scene.leaf(self.key, {**self.ground, **setting, **moved})

        if along.input[0] == "score":
            return Stretches(along, value, given_enclosure(self.scene, self.key, value))
        return Stretches(along, value, enclosure(self.scene, self.key, along, {**self.ground, **setting}))

    def _combined(self, inputs: tuple[Input, ...], most: int, fewer: int) -> list[Changes]:
        """Every combination of the named values of inputs, those that change least first."""
        named = {key: candidates(self.scene, self.key, key) for key in inputs}
        size = prod(len(values) + 1 for values in named.values())
        widest = len(inputs) if size <= most else fewer
        if size > most:
            self.partial = True
        return list(islice(_changed(named, widest), most))

    def _value(self, changes: Changes) -> Fraction | None:
        found = self.scene.leaf(self.key, {**self.ground, **changes})
        return None if found is None else self.sign * found


def _changed(named: dict[Input, tuple[FactValue, ...]], widest: int) -> Iterator[Changes]:
    for count in range(widest + 1):
        for chosen in combinations(named, count):
            for values in product(*(named[key] for key in chosen)):
                yield dict(zip(chosen, values, strict=True))


def _better(one: Alternative | None, two: Alternative, way: int) -> Alternative:
    if one is None or way * two.value < way * one.value:
        return two
    return two if two.value == one.value and two.effort < one.effort else one
