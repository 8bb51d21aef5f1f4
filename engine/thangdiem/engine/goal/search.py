"""Levers and a goal in; every smallest set of items that reaches it, each at its least gain of points, out.

It rests on ``polarity.rises``: more of any item never lowers the grade, so a set that does not reach the goal with all
its items at their best never does, and the least points of one item, the others fixed, are found by halving.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import product

from attrs import define, field, frozen

from thangdiem.engine.facts import FactValue
from thangdiem.engine.goal.attainable import Alternative, Lever
from thangdiem.engine.goal.axis import Input
from thangdiem.engine.goal.influence import Influence
from thangdiem.engine.goal.inputs import candidates
from thangdiem.engine.goal.scene import Changes, Outcome, Scene


class Exhausted(Exception):
    """The bound of the search is reached; never leaves this package."""


@define
class Budget:
    """How many combinations may still be tried."""

    most: int
    spent: int = 0

    def spend(self) -> None:
        """One more; Exhausted where there are no more."""
        if self.spent >= self.most:
            raise Exhausted
        self.spent += 1


@frozen
class Found:
    """A way to the goal: the items changed deliberately, what to change, how far the total moves."""

    keys: tuple[str, ...]
    changes: Changes
    moved: Fraction


@frozen(eq=False)
class Scope:
    """What may be changed: the inputs of each lever, those that more than one of them or the grades read, the goal."""

    scene: Scene
    inputs: dict[str, tuple[Input, ...]]
    shared: frozenset[Input]
    signs: dict[str, int]
    reached: Callable[[Outcome], bool]
    budget: Budget
    _levers: dict[tuple[str, frozenset[tuple[Input, object]]], Lever] = field(factory=dict, init=False)

    @property
    def keys(self) -> tuple[str, ...]:
        """The items and bonuses that may be changed, in the order of the rule file."""
        return tuple(self.inputs)

    def lever(self, key: str, ground: Changes, *, whole: bool = False) -> Lever:
        """A lever on a ground; with ``whole`` its shared inputs are moved like its own."""
        mark = (f"{key}{whole}", frozenset(ground.items()))
        if mark not in self._levers:
            inputs = tuple(each for each in self.inputs[key] if whole or each not in self.shared)
            self._levers[mark] = Lever(self.scene, key, inputs, ground, self.signs[key])
        return self._levers[mark]

    def shares(self, key: str) -> tuple[Input, ...]:
        """The shared inputs of a lever."""
        return tuple(each for each in self.inputs[key] if each in self.shared)

    def grounds(self, keys: Sequence[str]) -> Iterator[Changes]:
        """Every way to set the shared inputs of some levers, first as they are."""
        named: dict[Input, list[FactValue]] = {}
        for key in keys:
            for each in self.shares(key):
                values = named.setdefault(each, [])
                values.extend(value for value in candidates(self.scene, key, each) if value not in values)
        for chosen in product(*((None, *values) for values in named.values())):
            yield {key: value for key, value in zip(named, chosen, strict=True) if value is not None}

    def tried(self, changes: Changes) -> Outcome:
        """What changes lead to; counted."""
        self.budget.spend()
        return self.scene.outcome(changes)

    @property
    def given_up(self) -> tuple[str, ...]:
        """The levers of which not every value was looked at."""
        cut = {lever.key for lever in self._levers.values() if lever.given_up}
        rough = {key for key in self.keys for each in self.shares(key) if each[1] in self.scene.reads[key].computed}
        return tuple(key for key in self.keys if key in cut | rough)


@define(eq=False)
class Search:
    """One search; ``need`` is the gain below which the goal cannot be reached, where it is known."""

    scope: Scope
    most: int
    influence: Influence | None
    need: Fraction | None
    found: list[Found] = field(factory=list)
    more: bool = False

    def run(self) -> None:
        """Tries sets of one item, of two, and so on, until some reach the goal; Exhausted at the bound."""
        for size in range(1, len(self.scope.keys) + 1):
            for keys in self._sets(size):
                self.scope.budget.spend()
                self._try(keys)
                if self._enough():
                    break
            if self.found:
                break
        self.close()

    def close(self) -> None:
        """Puts what was found in order, and keeps as many as were asked for."""
        self.found.sort(key=lambda each: each.moved)
        self.more = len(self.found) > self.most
        del self.found[self.most :]

    def _enough(self) -> bool:
        """Whether so many were found at the least gain there is that no other can come before them."""
        return self.need is not None and sum(each.moved == self.need for each in self.found) > self.most

    @cached_property
    def own(self) -> dict[str, Fraction]:
        """How much each lever can add to the total at most."""
        return {key: self._own_potential(key) for key in self.scope.keys}

    @cached_property
    def moved(self) -> dict[str, frozenset[str]]:
        """Each lever with those that its shared inputs move, too."""
        readers = {
            each: {key for key in self.scope.keys if each in self.scope.inputs[key]} for each in self.scope.shared
        }
        return {
            key: frozenset({key}.union(*(readers[each] for each in self.scope.shares(key)))) for key in self.scope.keys
        }

    def _potential(self, keys: tuple[str, ...]) -> Fraction:
        """How much some levers can add to the total together at most."""
        return sum((self.own[key] for key in frozenset[str]().union(*(self.moved[key] for key in keys))), Fraction(0))

    def _own_potential(self, key: str) -> Fraction:
        assert self.influence is not None
        lever = self.scope.lever(key, {}, whole=True)
        best = lever.best()
        assert best is not None  # on the unit as it is every lever has a value
        assert lever.now is not None
        return self.influence.most(key, best.value - lever.now)

    def _sets(self, size: int) -> Iterator[tuple[str, ...]]:
        """The sets of a size that may reach the goal, in the order of the rule file."""
        keys = self.scope.keys
        if self.influence is None or self.need is None:
            yield from _subsets(keys, size, lambda chosen, rest, left: True)
            return
        least = self.need - self.influence.slack
        potentials = {key: self._potential((key,)) for key in keys}

        def hopeful(chosen: tuple[str, ...], rest: tuple[str, ...], left: int) -> bool:
            best = sorted((potentials[key] for key in rest), reverse=True)[:left]
            return self._potential(chosen) + sum(best, Fraction(0)) >= least

        yield from _subsets(keys, size, hopeful)

    def _try(self, keys: tuple[str, ...]) -> None:
        best: Found | None = None
        limit = self.found[self.most].moved if len(self.found) > self.most else None
        for ground in self.scope.grounds(keys):
            edge = None if self.need is None else self.need + self.before
            found = Set(self.scope, keys, ground, self.influence, edge, limit).least()
            if found is not None:
                best, limit = found, found.moved
        if best is not None and not any(each.changes == best.changes for each in self.found):
            self.found = sorted((*self.found, best), key=lambda each: each.moved)[: self.most + 1]

    @property
    def before(self) -> Fraction:
        """The total as it is now."""
        return self.scope.scene.unit.total or Fraction(0)


def _subsets(
    keys: tuple[str, ...], size: int, hopeful: Callable[[tuple[str, ...], tuple[str, ...], int], bool]
) -> Iterator[tuple[str, ...]]:
    def extend(chosen: tuple[str, ...], start: int) -> Iterator[tuple[str, ...]]:
        left = size - len(chosen)
        if not left:
            yield chosen
            return
        for at in range(start, len(keys) - left + 1):
            wider = (*chosen, keys[at])
            if not hopeful(chosen, keys[at:], left):
                return
            if hopeful(wider, keys[at + 1 :], left - 1):
                yield from extend(wider, at + 1)

    yield from extend((), 0)


@define(eq=False)
class Set:
    """Some items on a ground, and the least gain below ``limit`` at which they reach the goal together.

    ``edge`` is the total below which the goal is out of reach, where it is known.
    """

    scope: Scope
    keys: tuple[str, ...]
    ground: Changes
    influence: Influence | None
    edge: Fraction | None
    limit: Fraction | None
    best: Found | None = None

    def least(self) -> Found | None:
        """The way with the least gain; None where there is none below the limit."""
        if not all(self._moves(lever) for lever in self.levers):
            return None
        bests = [self._best(lever) for lever in self.levers]
        if self._falls_short(bests) or not self.scope.reached(self.scope.tried(self._all(bests))):
            return None
        self._settle(())
        return self.best

    @cached_property
    def levers(self) -> tuple[Lever, ...]:
        """The levers, those with few values first: the last one is settled exactly."""
        return tuple(sorted((self.scope.lever(key, self.ground) for key in self.keys), key=lambda each: each.size))

    @cached_property
    def before(self) -> Fraction:
        """The total as it is now."""
        return self.scope.scene.unit.total or Fraction(0)

    @cached_property
    def start(self) -> Fraction | None:
        """The total on the ground, before any item is moved by itself."""
        return self.scope.scene.outcome(self.ground).total if self.ground else self.before

    def _touched(self, lever: Lever) -> bool:
        return any(each in self.ground for each in self.scope.shares(lever.key))

    def _moves(self, lever: Lever) -> bool:
        """Whether the item is changed at all: by itself, or by a shared datum that the ground changes."""
        best = lever.best()
        if best is None:
            return False
        return self._touched(lever) or lever.now is None or best.value > lever.now

    def _best(self, lever: Lever) -> Alternative:
        best = lever.best()
        assert best is not None
        return Alternative(lever.now, {}) if lever.now is not None and lever.now >= best.value else best

    def _all(self, chosen: Sequence[Alternative]) -> Changes:
        changes = dict(self.ground)
        for each in chosen:
            changes.update(each.changes)
        return changes

    def _worth(self, chosen: Sequence[Alternative]) -> Fraction | None:
        """What the first levers add to the total by what points are worth at most."""
        if self.influence is None:
            return None
        worth = Fraction(0)
        for lever, alternative in zip(self.levers, chosen, strict=False):
            if lever.now is None:
                return None
            worth += self.influence.most(lever.key, alternative.value - lever.now)
        return worth

    def _falls_short(self, chosen: Sequence[Alternative]) -> bool:
        """Whether the goal is out of reach by what points are worth at most."""
        worth = self._worth(chosen)
        if worth is None or self.edge is None or self.start is None or self.influence is None:
            return False
        return self.start + worth + self.influence.slack < self.edge

    def _too_dear(self, chosen: Sequence[Alternative]) -> bool:
        """Whether what is chosen so far moves the total at least as far as the best way found."""
        if self.limit is None:
            return False
        worth = self._worth(chosen)
        if worth is not None and self.influence is not None and self.influence.even and not self.ground:
            return worth - self.influence.slack >= self.limit
        total = self.scope.tried(self._all(chosen)).total
        return total is not None and abs(total - self.before) >= self.limit

    def _settle(self, chosen: tuple[Alternative, ...]) -> None:
        """Every value of the next lever with which the rest can still reach the goal, least first."""
        last = len(chosen) == len(self.levers) - 1
        current = self._threshold(chosen)
        while current is not None:
            self.scope.budget.spend()
            if last:
                self._keep((*chosen, current))
                return
            if self._too_dear((*chosen, current)):
                return
            self._settle((*chosen, current))
            if self._is_least():
                return
            current = self.levers[len(chosen)].above(current.value)

    def _is_least(self) -> bool:
        return self.best is not None and self.edge is not None and self.best.moved <= self.edge - self.before

    def _keep(self, chosen: tuple[Alternative, ...]) -> None:
        changes = self._all(chosen)
        total = self.scope.scene.outcome(changes).total
        moved = abs((total if total is not None else self.before) - self.before)
        if self.limit is None or moved < self.limit:
            self.best, self.limit = Found(self.keys, changes, moved), moved

    def _threshold(self, chosen: tuple[Alternative, ...]) -> Alternative | None:
        """The least value of the next lever with which the goal is reached, the levers after it at their best."""
        lever = self.levers[len(chosen)]
        rest = [self._best(other) for other in self.levers[len(chosen) + 1 :]]
        top = self._best(lever)

        def reaches(alternative: Alternative) -> bool:
            return self.scope.reached(self.scope.tried(self._all((*chosen, alternative, *rest))))

        first = self._first(lever, self._floor(lever, chosen, rest))
        if first is None or first.value >= top.value:
            first = top
        if not rest and self._too_dear((*chosen, first)):
            return None
        if reaches(first):
            return first
        if first is top or not reaches(top):
            return None
        return _halved(lever, first.value, top, reaches)

    def _first(self, lever: Lever, floor: Fraction | None) -> Alternative | None:
        """The least value worth a trial."""
        if lever.now is None:
            return lever.worst()
        if self._touched(lever):
            if floor is None or floor <= lever.now:
                return Alternative(lever.now, {})
            return lever.at_least(floor)
        return lever.above(lever.now) if floor is None or floor <= lever.now else lever.at_least(floor)

    def _floor(self, lever: Lever, chosen: Sequence[Alternative], rest: Sequence[Alternative]) -> Fraction | None:
        """A value below which the goal is out of reach, by what a point of each item is worth at most."""
        if self.influence is None or self.edge is None or self.start is None or lever.now is None:
            return None
        factor = self.influence.factors[lever.key]
        others = self._worth((*chosen, Alternative(lever.now, {}), *rest))
        if not factor or others is None:
            return None
        return lever.now + (self.edge - self.start - self.influence.slack - others) / factor


def _halved(lever: Lever, failing: Fraction, top: Alternative, reaches: Callable[[Alternative], bool]) -> Alternative:
    """The least value that reaches, between one that does not and one that does."""
    while True:
        middle = (failing + top.value) / 2
        other = lever.at_least(middle)
        if other is not None and other.value < top.value:
            if reaches(other):
                top = other
            else:
                failing = other.value
            continue
        under = lever.at_most(middle)
        if under is None or under.value <= failing:
            return top
        if not reaches(under):
            return top
        top = under
