"""An item, one input left open and all others known in; between which points it then lies, out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction

from attrs import define, field

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.bounds.extent import Extent, either, greatest, point
from thangdiem.dsl.bounds.extent import least as lesser
from thangdiem.dsl.bounds.totals import extent, of_bonus, of_item
from thangdiem.dsl.bounds.world import Tables, World
from thangdiem.dsl.rulebook import State
from thangdiem.engine.evaluation.expressions import evaluate
from thangdiem.engine.evaluation.survey import gather
from thangdiem.engine.evaluation.unit import UnitEvaluation
from thangdiem.engine.facts import MISSING, Fact
from thangdiem.engine.goal.axis import Axis
from thangdiem.engine.goal.scene import Changes, Scene
from thangdiem.engine.goal.stretches import Bounds

LOWEST, HIGHEST = Fraction(-(10**12)), Fraction(10**12)
"""What stands for no end."""


@define(eq=False)
class _Known:
    """The unit as it would be; the open datum is held by the tables of the world."""

    scene: Scene
    unit: UnitEvaluation
    open: str
    world: World = field(init=False)

    def datum(self, name: str) -> Fraction | bool | str | date | None:
        """The value of a datum, if it is there."""
        if name == self.open:
            return Fraction(0)  # never read: the tables hold its extent, and only ask whether it is there
        value = _value(self.unit.datum(name))
        return None if isinstance(value, tuple) else value

    def score(self, code: str) -> Fraction | str | tuple[str, ...] | None:
        """What is given for an item or a bonus, if it is there."""
        value = _value(self.unit.facts.scores.get(code, MISSING))
        return value if isinstance(value, Fraction | str | tuple) else None

    def exempt(self, code: str) -> bool | None:
        """Whether the data say that an item does not apply."""
        return self.unit.facts.scores.get(code, MISSING).state is State.NOT_APPLICABLE

    def over_units(self, value: rb.OverUnits | rb.RankAmong | rb.UnitsGraded) -> Extent | None:
        """What the other units make of it together with this one and its open datum; None: whatever the rule allows."""
        if isinstance(value, rb.UnitsGraded) or self.scene.moves_along(value):
            return None
        numbers = [number for _, number in self.unit.population.survey(self.unit, value).values]
        span = extent(value.value, self.world)
        joins = value.cohort is not rb.Cohort.SUBORDINATE
        if joins and isinstance(own := evaluate(value.value, self.unit).value, Fraction):
            numbers.remove(own)
        if isinstance(value, rb.RankAmong):
            return None if span is None else _ranked(numbers, span)
        return _all_gathered(value, numbers, span if joins else None)


def _all_gathered(value: rb.OverUnits, others: list[Fraction], own: Extent | None) -> Extent | None:
    """Of the others together with the unit's own, where it has one and is one of those asked."""
    alone = point(gather(value.gathering, others)) if others else None
    if own is None:
        return alone
    found = _gathered(value.gathering, others, own)
    return either(found, alone) if value.skip_missing else found


def _ranked(others: list[Fraction], own: Extent) -> Extent:
    above = [sum(end is None or number > end for number in others) for end in (own.high, own.low)]
    best = 0 if own.high is None else above[0]
    return Extent(Fraction(1 + best), Fraction(1 + above[1]), Fraction(1))


def _gathered(gathering: rb.Gathering, others: list[Fraction], own: Extent) -> Extent:
    match gathering:
        case rb.Gathering.SUM:
            return own + point(sum(others, Fraction(0)))
        case rb.Gathering.MEAN:
            return (own + point(sum(others, Fraction(0)))).times(Fraction(1, len(others) + 1))
        case rb.Gathering.HIGHEST:
            return greatest(own, point(max(others))) if others else own
        case rb.Gathering.LOWEST:
            return lesser(own, point(min(others))) if others else own


def _value(fact: Fact) -> Fraction | bool | str | date | tuple[str, ...] | None:
    return fact.value if fact.state is State.VALUE else None


def enclosure(scene: Scene, key: str, axis: Axis, changes: Changes) -> Callable[[int, int], Bounds | None]:
    """For a stretch of a datum's steps, between which points the item or bonus lies; None where it has none.

    The other facts are those of the unit with ``changes``.
    """
    name = axis.input[1]
    unit = scene.member(scene.with_changes(changes))
    known = _Known(scene, unit, name)
    tables = Tables.of(scene.rules.scale, known, scene.period)
    known.world = World(tables)
    rounding = scene.plan.data_rounding

    def bounds(start: int, end: int) -> Bounds | None:
        low, high = (Fraction(step) if axis.dates else step * axis.grid for step in (start, end))
        held = Extent(low, high, axis.grid)
        tables.data[name] = held.rounded(rounding) if rounding is not None and not axis.dates else held
        tables.found.clear()
        tables.repeats = 0
        found = of_item(key, known.world) if key in tables.items else of_bonus(key, known.world)
        if found.value is None:
            return None
        least, most = found.value.low, found.value.high
        return LOWEST if least is None else least, HIGHEST if most is None else most

    return bounds


def given_enclosure(
    scene: Scene, key: str, value: Callable[[int], Fraction | None]
) -> Callable[[int, int], Bounds | None]:
    """For a stretch of points given directly: what is given counts as it is; computed with, it may come to anything."""
    item = scene.plan.items.get(key)
    method = item.method if item is not None else scene.plan.bonuses[key].method

    def bounds(start: int, end: int) -> Bounds | None:
        ends = value(start), value(end)
        if not isinstance(method, rb.Direct) or ends[0] is None or ends[1] is None:
            return LOWEST, HIGHEST
        return ends[0], ends[1]

    return bounds
