"""A unit with gaps, in draft mode: the range its total can still take, the grades still possible, item by item."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from attrs import evolve, frozen

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.bounds.conditions import every, in_range
from thangdiem.dsl.bounds.extent import UNBOUNDED, Extent, point
from thangdiem.dsl.bounds.totals import extent, of_item, of_total, truth
from thangdiem.dsl.bounds.world import World, world_of
from thangdiem.dsl.rulebook import State
from thangdiem.engine.evaluation.expressions import evaluate
from thangdiem.engine.evaluation.grading import block_of
from thangdiem.engine.evaluation.totals import used_maximum
from thangdiem.engine.evaluation.unit import UnitEvaluation
from thangdiem.engine.facts import MISSING, Fact
from thangdiem.engine.result import ItemResult, Status, UnitResult


@frozen(eq=False)
class _Given:
    """What the data say of the unit; what is missing is open."""

    unit: UnitEvaluation

    def datum(self, name: str) -> Fraction | bool | str | date | None:
        """The value of a datum, if it is there."""
        value = _value(self.unit.datum(name))
        return None if isinstance(value, tuple) else value

    def score(self, code: str) -> Fraction | str | tuple[str, ...] | None:
        """What is given for an item or a bonus, if it is there."""
        value = _value(self.unit.facts.scores.get(code, MISSING))
        return value if isinstance(value, Fraction | str | tuple) else None

    def exempt(self, code: str) -> bool | None:
        """Whether the data say that an item does not apply; an empty cell leaves it open."""
        fact = self.unit.facts.scores.get(code, MISSING)
        if fact.state is State.NOT_APPLICABLE:
            return True
        return False if fact.state is State.VALUE else None

    def over_units(self, value: rb.OverUnits | rb.RankAmong | rb.UnitsGraded) -> Extent | None:
        """What the other units make of it, where their data are all there."""
        found = evaluate(value, self.unit).value
        return point(found) if isinstance(found, Fraction) else None


def _value(fact: Fact) -> Fraction | bool | str | date | tuple[str, ...] | None:
    return fact.value if fact.state is State.VALUE else None


def with_ranges(result: UnitResult, unit: UnitEvaluation) -> UnitResult:
    """The result of a unit with gaps: its range, and the grades that are still possible, best first."""
    world = world_of(unit.plan.scale, _Given(unit), unit.plan.period)
    total = of_total(world)
    span = total.value or UNBOUNDED
    return evolve(
        result,
        status=Status.UNDETERMINED,
        range=(span.low, span.high),
        grades=_possible_grades(span, world, unit),
        items=tuple(_with_range(item, world) for item in result.items),
        diagnostics=tuple(found for found in result.diagnostics if found.code != "TD521"),
    )


def _with_range(item: ItemResult, world: World) -> ItemResult:
    if item.state is State.VALUE:
        return item
    found = of_item(item.code, world).value
    return item if found is None else evolve(item, low=found.low, high=found.high)


def _possible_grades(total: Extent, world: World, unit: UnitEvaluation) -> tuple[str, ...]:
    grading = block_of(unit)
    if grading is None:
        return tuple(dict.fromkeys(grade for each in unit.plan.scale.gradings for grade in each.grades))
    basis = _basis(grading, total, world, unit)
    possible: set[str] = set()
    for band in grading.bands:
        met = _met(band, basis, world)
        if met is not False:
            possible.add(band.grade)
        if met is True:
            break
    for rule in grading.ordered_rules:
        possible = _after(rule, possible, grading, truth(rule.when, world))
    if _contradicted(grading, world):
        return ()
    for quota in grading.quotas:
        if quota.grade in possible:
            possible.add(quota.otherwise)
    return tuple(grade for grade in grading.grades if grade in possible)


def _basis(grading: rb.Grading, total: Extent, world: World, unit: UnitEvaluation) -> Extent:
    match grading.basis:
        case rb.GradeBasis.TOTAL:
            return total
        case rb.GradeBasis.SHARE:
            maximum = used_maximum(unit)
            return total.times(1 / maximum) if maximum and not _may_shrink(unit) else UNBOUNDED
        case rb.GradeBasis.EXPRESSION:
            assert grading.expression is not None
            return extent(grading.expression, world) or UNBOUNDED


def _may_shrink(unit: UnitEvaluation) -> bool:
    """Whether the maximum may still become smaller: an item without a value may turn out not to apply."""
    return any(step.state is not State.VALUE and code in unit.plan.shrinking for code, step in unit.items.items())


def _met(band: rb.Band, basis: Extent, world: World) -> bool | None:
    if band.by_rule:
        return False
    if band.rest:
        return True
    met = [] if band.within is None else [in_range(basis, band.within, world)]
    return every([*met, *(truth(when, world) for when in band.conditions)])


def _contradicted(grading: rb.Grading, world: World) -> bool:
    """Whether two conditions surely hold that decide different grades: whatever is filled in, there is none."""
    deciding = (rule for rule in grading.rules if rule.form is rb.GradeRuleForm.FORCE)
    return len({rule.grade for rule in deciding if truth(rule.when, world)}) > 1


def _after(rule: rb.GradeRule, possible: set[str], grading: rb.Grading, met: bool | None) -> set[str]:
    if met is False:
        return possible
    moved = {grading.after(rule, grade) for grade in possible}
    return moved if met else possible | moved
