"""One unit being evaluated: its facts, what has been found of it so far, and the units around it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Protocol

from attrs import define, field, frozen

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.diagnostic import Diagnostic
from thangdiem.dsl.exemption import may_shrink
from thangdiem.dsl.rounding import Rounding
from thangdiem.dsl.rulebook import Span, State
from thangdiem.engine.evaluation import arithmetic
from thangdiem.engine.evaluation.survey import Census, Survey
from thangdiem.engine.facts import MISSING, Fact, UnitFacts
from thangdiem.engine.trace import Step, Value

GRAVITY = (State.INVALID, State.MISSING, State.NOT_ASSESSED, State.NOT_APPLICABLE)
"""Of several operands without a value, the state that the result takes: the first of these that occurs."""


class Population(Protocol):
    """The units around a unit, asked for only by rules over units."""

    def survey(self, unit: UnitEvaluation, rule: rb.OverUnits | rb.RankAmong) -> Survey:
        """The value of the rule's expression for each unit of the cohort."""

    def census(self, unit: UnitEvaluation, rule: rb.UnitsGraded) -> Census:
        """The grade of each unit of the cohort; None where it is not determined."""


class Nodes(Protocol):
    """Finds the parts of a scale that expressions refer to, and the values of expressions inside conditions."""

    def value(self, expression: rb.Expression, unit: UnitEvaluation) -> Step:
        """The value of an expression."""

    def item(self, code: str, unit: UnitEvaluation) -> Step:
        """The score of an item."""

    def name(self, key: tuple[str, str], unit: UnitEvaluation) -> Step:
        """A named value."""

    def bonus_points(self, bonus: rb.Bonus, unit: UnitEvaluation) -> Step:
        """The points of a bonus or a deduction."""

    def total(self, unit: UnitEvaluation, *, before_bonus: bool = False) -> Step:
        """The total of the scale."""

    def maximum_of(self, code: str, unit: UnitEvaluation) -> Fraction | None:
        """The maximum points of a node."""

    def settle(self, items: Iterable[rb.Item], unit: UnitEvaluation) -> None:
        """Finds the items that may leave a maximum, save those under way."""


@frozen
class Plan:
    """A scale made ready: its parts by code, its roundings by step. One for all units."""

    book: rb.Rulebook
    scale: rb.Scale
    period: int | None

    @cached_property
    def items(self) -> Mapping[str, rb.Item]:
        """Every item by code."""
        return {item.code: item for item in self.scale.walk()}

    @cached_property
    def bonuses(self) -> Mapping[str, rb.Bonus]:
        """Every bonus and deduction by key."""
        found = {bonus.key: bonus for bonus in self.scale.bonuses}
        return {**found, **{bonus.key: bonus for item in self.scale.walk() for bonus in item.bonuses}}

    @cached_property
    def carried(self) -> Mapping[str, tuple[Carried, ...]]:
        """The bonuses at or below each item, and the scale ("").

        They lie outside the maximum of what they belong to, and so of everything above it.
        """
        found = {item.code: _carried(item.bonuses, item.children, item.aggregation) for item in self.scale.walk()}
        return {**found, "": _carried(self.scale.bonuses, self.scale.items, self.scale.aggregation)}

    @cached_property
    def shrinking(self) -> frozenset[str]:
        """The items whose maximum may be less than it is stated, because something does not apply."""
        return may_shrink(self.scale)

    @cached_property
    def names(self) -> Mapping[tuple[str, str], rb.Named]:
        """Every named value by owner and name."""
        named = [*self.scale.names]
        named.extend(found for item in self.scale.walk() for found in item.names)
        named.extend(found for bonus in self.bonuses.values() for found in bonus.names)
        return {(found.owner, found.name): found for found in named}

    def points_of(self, code: str) -> rb.Points | None:
        """The points the file states for an item, or for a bonus by its key."""
        item = self.items.get(code)
        return item.points if item is not None else self.bonuses[code].points

    @cached_property
    def item_roundings(self) -> Mapping[str, Rounding]:
        """The rounding of each kind of item, where the scale says one."""
        return {rule.kind_word: rule.rounding for rule in self._rules(rb.RoundingStep.KIND)}

    @cached_property
    def data_rounding(self) -> Rounding | None:
        """The rounding of every number of the data."""
        return next((rule.rounding for rule in self._rules(rb.RoundingStep.DATA)), None)

    @cached_property
    def ratio_rounding(self) -> Rounding | None:
        """The rounding of every quotient of two values of the unit."""
        return next((rule.rounding for rule in self._rules(rb.RoundingStep.RATIO)), None)

    @cached_property
    def total_rounding(self) -> Rounding | None:
        """The rounding of the total."""
        return next((rule.rounding for rule in self._rules(rb.RoundingStep.TOTAL)), None)

    def _rules(self, step: rb.RoundingStep) -> Iterable[rb.RoundingRule]:
        return (rule for rule in self.scale.roundings if rule.step is step)


@frozen
class Carried:
    """A bonus, what one point of it counts further up, and the items from there down to it."""

    key: str
    factor: Fraction
    through: tuple[str, ...] = ()


def _carried(
    own: tuple[rb.Bonus, ...], children: tuple[rb.Item, ...], aggregation: rb.Aggregation
) -> tuple[Carried, ...]:
    found = [Carried(bonus.key, Fraction(-1 if bonus.deduction else 1)) for bonus in own]
    for child in children:
        if not child.points.counted:
            continue
        summed = aggregation.form is rb.AggregationForm.SUM
        weight = child.weight if summed and child.weight is not None else Fraction(1)
        below = _carried(child.bonuses, child.children, child.aggregation)
        found.extend(Carried(each.key, each.factor * weight, (child.code, *each.through)) for each in below)
    return tuple(found)


@define(eq=False)
class UnitEvaluation:
    """The memory of one unit: each item, name and bonus is evaluated at most once."""

    plan: Plan
    facts: UnitFacts
    population: Population
    nodes: Nodes
    items: dict[str, Step] = field(factory=dict)
    names: dict[tuple[str, str], Step] = field(factory=dict)
    bonuses: dict[str, Step] = field(factory=dict)
    totals: dict[bool, Step] = field(factory=dict)
    under_way: set[object] = field(factory=set)
    candidate: str = ""
    """The item that a condition over items looks at just now."""
    diagnostics: list[Diagnostic] = field(factory=list)

    def datum(self, name: str) -> Fact:
        """What is known of a datum."""
        return self.facts.data.get(name, MISSING)

    def day(self, day: rb.Day) -> date | None:
        """A date of the rule; None where it depends on the year assessed and none is given."""
        if day.year is not None:
            return date(day.year, day.month, day.day)
        if self.plan.period is None:
            return None
        year = self.plan.period + day.after
        if not date.min.year <= year <= date.max.year:
            return None
        if (day.month, day.day) == (2, 29) and not (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)):
            return date(year, 2, 28)
        return date(year, day.month, day.day)

    def tell(self, code: str, span: Span, /, **arguments: object) -> None:
        """Adds a finding about this unit at a place of the rule."""
        place = self.plan.book.source.place(span.start, span.end)
        found = Diagnostic(code, {"unit": self.facts.unit, **arguments}, place)
        if found not in self.diagnostics:
            self.diagnostics.append(found)


def without_value(kind: str, operands: Iterable[Step], span: Span, **detail: object) -> Step | None:
    """The step of an operation some operand of which has no value; None where all have one."""
    steps = tuple(operands)
    for step in steps:
        if step.state is not State.VALUE:
            break
    else:
        return None
    states = {step.state for step in steps}
    worst = next(state for state in GRAVITY if state in states)
    return Step(kind, None, worst, steps, detail, gaps(steps), span=span)


def gaps(steps: Iterable[Step]) -> tuple[str, ...]:
    """The data that steps without a value wait for, each once."""
    return tuple(dict.fromkeys(gap for step in steps if step.state is not State.VALUE for gap in step.gaps))


def no_value(kind: str, state: State, span: Span, *gap: str, children: tuple[Step, ...] = (), **detail: object) -> Step:
    """A step that has no value for a reason of its own."""
    return Step(kind, None, state, children, detail, gap, span=span)


def exact(step: Step) -> Fraction:
    """The points of an item that has some: they are a fraction, or the item has none."""
    assert isinstance(step.value, Fraction), step
    return step.value


def made(
    kind: str, compute: Callable[[], Value], steps: tuple[Step, ...], unit: UnitEvaluation, span: Span, **detail: object
) -> Step:
    """A step whose value is made of its children, all of which have one; refused where that cannot be computed."""
    try:
        return Step(kind, compute(), children=steps, detail=detail, span=span)
    except arithmetic.FAULTS as error:
        return failed(arithmetic.fault(error), kind, steps, unit, span, detail)


def failed(
    code: str,
    kind: str,
    steps: tuple[Step, ...],
    unit: UnitEvaluation,
    span: rb.Span,
    detail: dict[str, object],
    state: State = State.INVALID,
) -> Step:
    """A step whose operands have values that it cannot be made of; the finding quotes the rule's first line."""
    text = unit.plan.book.source.text[span.start : span.end].split("\n")[0]
    unit.tell(code, span, text=text)
    return Step(kind, None, state, steps, detail, (f"“{text}”",), span=span)
