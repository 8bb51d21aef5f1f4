"""A unit in; its total after every stage, and the maximum that was used, out."""

from __future__ import annotations

from fractions import Fraction

from naive import expressions, facts, maxima, stages
from naive.aggregations import aggregated
from naive.cells import state_of, typed
from naive.limits import limited
from naive.literals import number
from naive.methods import first_that_holds, formula_or_rows
from naive.place import Place
from naive.reals import combined
from naive.states import INVALID, MISSING, NOT_APPLICABLE, State, Value
from naive.unit import Unit
from naive.written import nodes, texts

_GIVEN = ("Tổng điểm", "Total points")


def is_given(unit: Unit) -> bool:
    """Whether only the total is known."""
    cell = unit.column(*_GIVEN)
    state = state_of(cell)
    return state is None or state.state is not State.MISSING


def before_bonus(unit: Unit) -> Value:
    """``Total =`` or the items."""
    return unit.value("before bonus", lambda: _before_bonus(unit))


def _before_bonus(unit: Unit) -> Value:
    place = Place(unit, unit.scale)
    if not unit.scale.totals and not unit.scale.children:
        return MISSING  # a scale without parts takes the total as it is given
    if not unit.scale.totals:
        return aggregated(unit.scale, unit)
    chosen = first_that_holds(unit.scale.totals, place)
    return chosen if isinstance(chosen, Value) else formula_or_rows(nodes(chosen)[-1], place)


def total(unit: Unit) -> Value:
    """The total, or why there is none."""
    return unit.value("total", lambda: _total(unit))


def _total(unit: Unit) -> Value:
    if is_given(unit):
        return INVALID if _has_parts(unit) else _given(unit)
    scale, place = unit.scale, Place(unit, unit.scale)
    if scale.points is not None and scale.points.data == "no_total_points":
        return NOT_APPLICABLE
    before = before_bonus(unit)
    if before.state is not State.INVALID and stages.exempt_items(unit, ("NO_TOTAL",)):
        return NOT_APPLICABLE
    if not before.known:
        return before
    found = limited(stages.with_bonuses(_rescaled(before, unit), scale, unit), scale.limits, place)
    rounding = stages.rounding_step(scale, "TOTAL_POINTS", unit)
    if rounding is not None:
        found = expressions.all_numbers([found], rounding.of)
    return stages.in_its_range(found, scale, unit)


def _given(unit: Unit) -> Value:
    """The total as it is given; where bonuses may be in it, its range cannot be told."""
    cell = unit.column(*_GIVEN)
    found = state_of(cell) or typed(cell, "number", unit.dialect)
    if not isinstance(found.value, Fraction) or unit.scale.bonuses:
        return found
    return found if maxima.span(unit.scale, unit).holds(found.value) else INVALID


def _has_parts(unit: Unit) -> bool:
    """Whether points are given beside the total: which of the two holds nobody says."""
    owners = [each for owner in (unit.scale, *unit.scale.walk()) for each in (owner, *owner.bonuses)]
    states = [state_of(facts.cell_of(owner, unit)[0]) for owner in owners if owner.form != "scale"]
    return any(state is None or state.state is not State.MISSING for state in states)


def rescaling(unit: Unit) -> Fraction | None:
    """The maximum the total is brought back to, if it is."""
    forms = [form for node in unit.scale.every("na_policy") for form in nodes(node) if form.data == "rescale"]
    return number(texts(forms[-1], "NUMBER")[0], unit.dialect) if forms else None


def _rescaled(before: Value, unit: Unit) -> Value:
    most = rescaling(unit)
    left = maxima.used(unit.scale, unit)
    if most is None or left is None or left == maxima.span(unit.scale, unit).high:
        return before
    if left == 0:
        return NOT_APPLICABLE
    return expressions.all_numbers([before], lambda a: combined(combined(a, "*", most), "/", left))


def maximum(unit: Unit) -> Fraction | None:
    """The maximum that was used."""
    if is_given(unit):
        return maxima.span(unit.scale, unit).high
    most, left = rescaling(unit), maxima.used(unit.scale, unit)
    return left if most is None or left == maxima.span(unit.scale, unit).high else most
