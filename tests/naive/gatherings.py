"""Values gathered over the items of a unit, and over the units around it."""

from __future__ import annotations

from fractions import Fraction

from naive import expressions, grades, methods, stages
from naive.kinds import kind
from naive.letters import fold
from naive.outline import Owner
from naive.place import Place
from naive.ranges import lies_in
from naive.reals import Number, Real, combined, compared
from naive.states import INVALID, MISSING, NOT_APPLICABLE, State, Value, all_hold, any_holds, given, gravest
from naive.unit import Unit, same_block, same_scale, subordinates
from naive.written import child, has, nodes, texts, tokens
from thangdiem.dsl.syntax import Node

# --- over items


def _items(node: Node, place: Place) -> list[tuple[Owner, Value]]:
    """Counted items of exactly that kind, of the scale or below an item, that apply, with their points."""
    wanted = kind(texts(node, "KINDS")[0])
    found = [item for item in _below(node, place).walk() if item.kind == wanted and item.counted]
    scored = [(item, stages.score(item, place.unit)) for item in found]
    return [(item, value) for item, value in scored if value.state is not State.NOT_APPLICABLE]


def _below(node: Node, place: Place) -> Owner:
    of = child(node, "of_item")
    return place.unit.scale if of is None else expressions.item_named(of, place.unit)


def some_item(node: Node, place: Place) -> Value:
    """Whether some item lies in a range, or every one."""
    met = [lies_in(nodes(node)[-1], value, place.at(item)) for item, value in _items(node, place)]
    return any_holds(met) if has(node, "SOME") else all_hold(met)


def item_count(node: Node, place: Place) -> Value:
    """How many items lie in a range."""
    met = [lies_in(nodes(node)[-1], value, place.at(item)) for item, value in _items(node, place)]
    return gravest(met) or given(Fraction(sum(each.true for each in met)))


def over_items(node: Node, place: Place) -> Value:
    """The sum, the mean, the highest or the lowest of items."""
    return _gathered(tokens(node)[0].type, [value for _, value in _items(node, place)])


def _gathered(form: str, values: list[Value]) -> Value:
    match form:
        case "SUM_OF":
            return methods.total_of(values)
        case "MEAN_OF":
            return methods.mean_of(values)
        case "HIGHEST":
            return methods.extreme(values, 1)
        case _:
            return methods.extreme(values, -1)


def signed_points(node: Node, place: Place) -> Value:
    """The sum of the points of leaves below 0, or of those above."""
    leaves = [item for item in _below(node, place).walk() if not item.children and item.counted]
    values = [stages.score(item, place.unit) for item in leaves]
    positive = has(node, "POSITIVE_POINTS")

    def signed(*numbers: Number) -> Number:
        found: Number = Fraction(0)
        for number in numbers:
            sign = compared(number, Fraction(0))
            found = combined(found, "+", number) if (sign > 0 if positive else sign < 0) else found
        return found

    return expressions.all_numbers([value for value in values if value.state is not State.NOT_APPLICABLE], signed)


# --- over units


def _units(node: Node, unit: Unit) -> list[Unit]:
    if has(node, "OF_UNITS", "UNITS"):
        return same_scale(unit)
    return same_block(unit) if has(node, "OF_BLOCK", "BLOCK_UNITS") else subordinates(unit)


def _of_unit(node: Node, place: Place, unit: Unit) -> Value:
    """What an expression comes to for another unit."""
    owner = place.owner if unit.scale is place.unit.scale else unit.scale
    return expressions.value_of(node, Place(unit, owner))


def _of_units(node: Node, place: Place) -> list[Value]:
    values = [_of_unit(nodes(node)[0], place, unit) for unit in _units(node, place.unit)]
    if has(node, "SKIP_MISSING"):
        values = [value for value in values if value.known]
    return [_open(value) for value in values if value.state is not State.NOT_APPLICABLE]


def _open(value: Value) -> Value:
    """Whatever a unit lacks it for, the value is open for all; values that only a rounding makes exact are refused."""
    if value.state is State.INVALID or isinstance(value.value, Real):
        return INVALID
    return value if value.known else MISSING


def over_units(node: Node, place: Place) -> Value:
    """The sum, the mean, the highest or the lowest of units."""
    return _gathered(tokens(node)[0].type, _of_units(node, place))


def rank_among(node: Node, place: Place) -> Value:
    """One more than the number of units that have more."""
    own = expressions.value_of(nodes(node)[0], place)

    def position(mine: Number, *others: Number) -> Number:
        return Fraction(1 + sum(compared(other, mine) > 0 for other in others))

    return expressions.all_numbers([own, *_of_units(node, place)], position)


def units_graded(node: Node, place: Place) -> Value:
    """How many units have a grade, or what share of them; before quotas."""
    units = _units(node, place.unit)
    met = [_is_graded(node, unit) for unit in units]
    state = gravest(met)
    if state is not None:
        return state
    count = Fraction(sum(each.true for each in met))
    if has(node, "COUNT_OF"):
        return given(count)
    return given(count / len(units)) if units else NOT_APPLICABLE


def _is_graded(node: Node, unit: Unit) -> Value:
    grade = grades.grade(unit)
    if not grade.known:
        return MISSING
    wanted, got = fold(texts(node, "GRADE_NAME")[0]), fold(str(grade.value))
    if not has(node, "OR_BETTER"):
        return given(value=wanted == got)
    names = [fold(name) for name in grades.names(unit)]
    return given(value=wanted in names and got in names and names.index(got) <= names.index(wanted))
