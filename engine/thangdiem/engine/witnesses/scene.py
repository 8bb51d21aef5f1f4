"""One scale ready for witnesses: what each part rests on, and the units with its extreme scores, found once."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property

from attrs import define, field

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.checks.survey import Ground
from thangdiem.dsl.proofs.reading import Node, rests_on
from thangdiem.engine.binding.columns import Columns, columns_of
from thangdiem.engine.evaluation import nodes
from thangdiem.engine.evaluation.unit import Plan
from thangdiem.engine.witnesses.inputs import Unit, inputs_of
from thangdiem.engine.witnesses.ladder import Ladder
from thangdiem.engine.witnesses.seeking import MOST_TRIALS, Extremes, extremes
from thangdiem.engine.witnesses.trials import Inputs, Trial, merged


@define(eq=False, slots=False)
class Scene:
    """A scale with its plan; every trial is of a unit alone."""

    ground: Ground
    period: int | None = None
    """The year assessed; None for the year the bounds are about."""
    most: int = MOST_TRIALS
    """So many units are evaluated for one item."""
    _extremes: dict[str, Extremes] = field(factory=dict)

    @cached_property
    def plan(self) -> Plan:
        """The scale made ready for the year assessed."""
        year = self.ground.world.tables.year if self.period is None else self.period
        return Plan(self.ground.book, self.ground.scale, year)

    @cached_property
    def columns(self) -> Columns:
        """What the data of a unit may hold."""
        return columns_of(self.ground.scale)

    def trial(self, unit: Unit, total: Fraction | None = None) -> Trial:
        """A unit evaluated."""
        return Trial.of(unit, self.plan, total)

    def inputs(self, *parts: Node | rb.Expression) -> Inputs:
        """What parts of the scale rest on, with the values worth trying."""
        return inputs_of(rests_on(parts, self.ground.world), self.plan, self.columns)

    def extremes_of(self, key: str) -> Extremes:
        """The scores met of an item or of a bonus."""
        if key not in self._extremes:
            self._extremes[key] = self._found(key)
        return self._extremes[key]

    def _found(self, key: str) -> Extremes:
        item = self.plan.items.get(key)
        if item is None:
            bonus = self.plan.bonuses[key]
            return extremes(self.inputs(bonus), lambda unit: self._points(bonus, unit), most=self.most)
        if not item.children:
            return extremes(self.inputs(item), lambda unit: self.trial(unit).score(key), most=self.most)
        return self._of_children(item)

    def _of_children(self, item: rb.Item) -> Extremes:
        """Every child at its least, at its greatest; and what lies around, where that is not all its points."""
        low, high = self._ladder(tuple(each for child in item.children for each in child.walk()), item.bonuses).ends()
        found = Extremes()
        for unit in (high, low):
            score = self.trial(unit).score(item.code)
            if score is not None:
                (found.by_score if score[1] else found.outside).setdefault(score[0], unit)
        greatest = found.greatest
        if greatest is not None and item.points.high is not None and greatest[0] >= item.points.high:
            return found
        inputs = {name: values for name, values in self.inputs(item).items() if name in high}
        more = extremes(inputs, lambda unit: self.trial(merged([unit, high])).score(item.code), (high, low))
        more.by_score.update(found.by_score)
        more.outside.update(found.outside)
        return more

    def _points(self, bonus: rb.Bonus, unit: Unit) -> tuple[Fraction, bool] | None:
        value = nodes.bonus_points(bonus, self.trial(unit).member).value
        return (value, True) if isinstance(value, Fraction) else None

    @cached_property
    def ladder(self) -> Ladder:
        """Whole units of the scale, from the least total to the greatest."""
        return self._ladder(tuple(self.plan.items.values()), self.ground.scale.bonuses)

    def _ladder(self, items: tuple[rb.Item, ...], bonuses: tuple[rb.Bonus, ...]) -> Ladder:
        leaves = [item for item in items if not item.children]
        extra = [*bonuses, *(each for item in items if item.children for each in item.bonuses)]
        levers = {key: self.extremes_of(key) for key in (*(item.code for item in leaves), *(b.key for b in extra))}
        known = {name for found in levers.values() for unit in found.by_score.values() for name in unit}
        others = {key: values for key, values in self._all_inputs.items() if key not in known}
        return Ladder(levers, others, frozenset(each.key for each in extra if each.deduction))

    @cached_property
    def _all_inputs(self) -> Inputs:
        """Every input of the scale, with those that only totals and grades look at."""
        from thangdiem.dsl.walk import expressions_of

        parts: tuple[Node | rb.Expression, ...] = (*self.plan.items.values(), *self.plan.bonuses.values())
        return self.inputs(*parts, *expressions_of(self.ground.scale))
