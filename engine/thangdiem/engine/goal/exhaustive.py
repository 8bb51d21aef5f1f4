"""Levers and a goal in; every smallest set of items that reaches it, by trying every combination of values, out.

For rules under which more points may lower the grade, or move other items: nothing is left out for being hopeless.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, product

from attrs import define, field

from thangdiem.engine.goal.attainable import Alternative
from thangdiem.engine.goal.axis import Input
from thangdiem.engine.goal.scene import Changes
from thangdiem.engine.goal.search import Found, Scope

MOST_VALUES = 40
"""Of one item that are tried; where there are more, the answer says so."""


@define(eq=False)
class Exhaustive:
    """One search through everything."""

    scope: Scope
    most: int
    found: list[Found] = field(factory=list)
    more: bool = False
    cut: set[str] = field(factory=set)
    """The items of which not every value was tried."""
    _options: dict[str, tuple[Changes, ...]] = field(factory=dict)

    def run(self) -> None:
        """Tries sets of one item, of two, and so on, until some reach the goal; Exhausted at the bound."""
        for size in range(1, len(self.scope.keys) + 1):
            try:
                for keys in combinations(self.scope.keys, size):
                    self._try(keys)
            finally:
                self.found.sort(key=lambda each: each.moved)
                self.more = len(self.found) > self.most
                del self.found[self.most :]
            if self.found:
                return

    def _try(self, keys: tuple[str, ...]) -> None:
        before = self.scope.scene.unit.total
        best: Found | None = None
        for chosen in product(*(self.options(key) for key in keys)):
            changes = _merged(chosen)
            if changes is None:
                continue
            outcome = self.scope.tried(changes)
            if not self.scope.reached(outcome):
                continue
            moved = abs((outcome.total or Fraction(0)) - (before or Fraction(0)))
            if best is None or moved < best.moved:
                best = Found(keys, changes, moved)
        if best is not None and not any(each.changes == best.changes for each in self.found):
            self.found.append(best)

    def options(self, key: str) -> tuple[Changes, ...]:
        """What may be changed of one item."""
        if key not in self._options:
            self._options[key] = tuple(self._found(key))
        return self._options[key]

    def _found(self, key: str) -> Iterator[Changes]:
        """The changes to each value of the item, the nearest first; of shared inputs every change."""
        for ground in self.scope.grounds((key,)):
            if ground:
                yield ground
            yield from ({**ground, **each.changes} for each in self._values(key, ground))

    def _values(self, key: str, ground: Changes) -> Iterator[Alternative]:
        lever = self.scope.lever(key, ground)
        start = lever.now
        if start is None:
            worst = lever.worst()
            if worst is None:
                return
            yield worst
            start = worst.value
        up, down = lever.above(start), lever.below(start)
        for _ in range(MOST_VALUES):
            if up is None and down is None:
                return
            if up is not None:
                yield up
                up = lever.above(up.value)
            if down is not None:
                yield down
                down = lever.below(down.value)
        self.cut.add(key)


def _merged(chosen: tuple[Changes, ...]) -> Changes | None:
    """The changes of several items together; None where they contradict each other."""
    changes: dict[Input, object] = {}
    for each in chosen:
        for key, value in each.items():
            if changes.setdefault(key, value) != value:
                return None
    return changes  # type: ignore[return-value]  # what changes hold
