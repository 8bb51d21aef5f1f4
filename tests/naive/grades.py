"""A unit in; its grade before quotas out: the first band that holds, then the rules in their order."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from lark import Token

from naive import expressions, totals
from naive.letters import fold
from naive.place import Place
from naive.ranges import equal, lies_in
from naive.reals import combined
from naive.states import INVALID, NOT_APPLICABLE, Value, all_hold, given
from naive.unit import Unit
from naive.written import has, nodes, texts, tokens
from thangdiem.dsl.syntax import Node

_BANDS = ("band", "band_when", "band_all")


def block(unit: Unit) -> Node | Value | None:
    """The block of grades that holds for the unit; None where there is none."""
    for each in unit.scale.gradings:
        if each.condition is None:
            return each.node
        holds = expressions.condition(each.condition, Place(unit, unit.scale))
        if not holds.known:
            return holds
        if holds.true:
            return each.node
    return None


def bands(grading: Node) -> list[Node]:
    """The bands, best first."""
    return [line for line in nodes(grading) if line.data in _BANDS]


def name(line: Node) -> str:
    """The grade a band, a rule or a quota speaks of first."""
    return texts(line, "GRADE_NAME")[0]


def names(unit: Unit) -> list[str]:
    """All grades, best first."""
    grading = block(unit)
    return [name(band) for band in bands(grading)] if grading is not None and not isinstance(grading, Value) else []


def grade(unit: Unit) -> Value:
    """The grade; not applicable where the unit has none by right, else why it has none."""
    return unit.value("grade", lambda: _grade(unit))


def _grade(unit: Unit) -> Value:
    total = totals.total(unit)
    if not total.known and not has_no_total(unit):
        return total
    grading = block(unit)
    if grading is None:
        return NOT_APPLICABLE
    if isinstance(grading, Value):
        return grading
    first = _first_band(grading, unit)
    found = None if first is None else _ruled(first, grading, unit)
    return INVALID if found is None else given(name(bands(grading)[found]))


def has_no_total(unit: Unit) -> bool:
    """Whether the scale only lists, and grades by conditions."""
    return unit.scale.points is not None and unit.scale.points.data == "no_total_points"


# --- bands


def _basis(grading: Node, unit: Unit) -> tuple[Value, Node | None]:
    """What the bands are ranges of."""
    head = grading.children[0] if grading.children else None
    total = totals.total(unit)
    if isinstance(head, Token) and head.type == "BY_SHARE":
        most = totals.maximum(unit)
        if not most:
            return INVALID, None
        return expressions.all_numbers([total], lambda a: combined(a, "/", Fraction(most))), None
    by = next((each for each in nodes(grading) if each.data not in (*_BANDS, "grade_rule", "quota")), None)
    return (total, None) if by is None else (expressions.value_of(by, Place(unit, unit.scale)), by)


def _first_band(grading: Node, unit: Unit) -> int | None:
    """The place of the first band that holds; None where one before it is open, or none holds."""
    basis, by = _basis(grading, unit)
    place = Place(unit, unit.scale)
    item = expressions.item_named(by, unit) if by is not None and by.data == "item_score" else None
    for index, band in enumerate(bands(grading)):
        holds = _holds(band, basis, place.at(item))
        if not holds.known:
            return None
        if holds.true:
            return index
    return None


_RANGES = {
    "at_least", "above", "at_most", "below", "from_to_under", "from_to", "over_to", "over_to_under", "equal", "unequal",
    "one_of",
}  # fmt: skip


def _holds(band: Node, basis: Value, place: Place) -> Value:
    if has(band, "OTHERWISE", "ONLY_BY_RULE"):
        return given(value=has(band, "OTHERWISE"))
    if band.data == "band_all":
        return all_hold(expressions.condition(nodes(mark)[0], place) for mark in nodes(band))
    first, *others = nodes(band)
    plain = place.at(None)
    conditions = [expressions.condition(each, plain) for each in others]
    if first.data in _RANGES:
        return all_hold([lies_in(first, basis, place), *conditions])
    return all_hold([_condition_or_value(first, basis, plain), *conditions])


def _condition_or_value(node: Node, basis: Value, place: Place) -> Value:
    """A bare value stands for the range that is only it."""
    found = expressions.value_of(node, place)
    return found if isinstance(found.value, bool) or not found.known else equal(basis, found)


# --- rules


def _ruled(grade: int, grading: Node, unit: Unit) -> int | None:
    """Raised, capped, put one lower, decided: each kind in the order of the file; None where it cannot be told."""
    order = [fold(name(band)) for band in bands(grading)]
    rules = [line for line in nodes(grading) if line.data == "grade_rule"]
    decided = set()
    for form, move in _MOVES.items():
        for rule in rules:
            if tokens(rule)[0].type != form:
                continue
            holds = expressions.condition(nodes(rule)[0], Place(unit, unit.scale))
            after = move(grade, order.index(fold(name(rule))), len(order) - 1)
            if not holds.known and after != grade:
                return None
            if holds.true:
                grade = after
                decided |= {after} if form == "FORCE" else set()
    return grade if len(decided) < 2 else None


_MOVES: dict[str, Callable[[int, int, int], int]] = {
    "RAISE": lambda grade, target, last: min(grade, target),
    "CAP": lambda grade, target, last: max(grade, target),
    "EXCLUDE_GRADE": lambda grade, target, last: min(grade + 1, last) if grade == target else grade,
    "FORCE": lambda grade, target, last: target,
}
