"""An expression and where it stands in; its value, or why there is none, out."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from contextlib import suppress
from datetime import MAXYEAR, MINYEAR, date, timedelta
from fractions import Fraction

from lark import Token

from naive import facts, gatherings, maxima, methods, stages, totals
from naive.letters import fold
from naive.literals import day, day_and_month, number, percentage
from naive.outline import Owner
from naive.place import Place
from naive.ranges import lies_in
from naive.reals import (
    NoNumber,
    Number,
    Real,
    combined,
    common_logarithm,
    compared,
    exponential,
    natural_logarithm,
    power,
    root,
    size,
)
from naive.rounding import Rounding, decimals
from naive.states import (
    EXEMPT,
    INVALID,
    MISSING,
    NOT_APPLICABLE,
    Plain,
    State,
    Value,
    all_hold,
    any_holds,
    given,
    gravest,
    opposite,
)
from naive.unit import Unit
from naive.written import child, has, nodes, texts, tokens
from thangdiem.dsl.syntax import Node


def value_of(node: Node, place: Place) -> Value:
    """What an expression or a condition comes to."""
    try:
        return _RULES[str(node.data)](node, place)
    except NoNumber:
        return INVALID


def condition(node: Node | str, place: Place) -> Value:
    """A condition; ``otherwise`` always holds."""
    if isinstance(node, str):
        return given(value=True)
    found = value_of(node, place)
    return INVALID if found.known and not isinstance(found.value, bool) else found


def all_numbers(values: list[Value], compute: Callable[..., Plain]) -> Value:
    """What is computed of numbers: the gravest state of those that are none."""
    state = gravest(values)
    if state is not None:
        return state
    if any(isinstance(each.value, bool) or not isinstance(each.value, Fraction | Real) for each in values):
        return INVALID
    try:
        return given(compute(*(each.value for each in values)))
    except NoNumber:
        return INVALID


# --- literals


def _number(node: Node, place: Place) -> Value:
    return given(number(texts(node, "NUMBER")[0], place.unit.dialect))


def _percent(node: Node, place: Place) -> Value:
    return given(percentage(texts(node, "PERCENT")[0], place.unit.dialect))


def _percent_of_maximum(node: Node, place: Place) -> Value:
    return all_numbers([_percent(node, place), _maximum(node, place)], lambda share, most: combined(share, "*", most))


def _text(node: Node, place: Place) -> Value:
    return given(str(tokens(node)[0]))


def _yes_no(node: Node, place: Place) -> Value:
    return given(has(node, "YES"))


def _day(node: Node, place: Place) -> Value:
    return given(day(texts(node, "DATE")[0]))


def _day_in_year(node: Node, place: Place) -> Value:
    if place.unit.period is None:
        return MISSING
    days, months = day_and_month(texts(node, "DAY_MONTH")[0], place.unit.dialect)
    year = place.unit.period + (1 if has(node, "IN_NEXT_YEAR") else -1 if has(node, "IN_LAST_YEAR") else 0)
    if not MINYEAR <= year <= MAXYEAR:
        return INVALID
    if (days, months) == (29, 2) and monthrange(year, 2)[1] == 28:
        days = 28
    return given(date(year, months, days))


# --- what is named


def _datum(node: Node, place: Place) -> Value:
    return facts.datum(texts(node, "DATUM")[0], place.unit)


def _present(node: Node, place: Place) -> Value:
    found = facts.datum(texts(node, "DATUM")[0], place.unit)
    return found if found == INVALID else given(found.known)


def _name(node: Node, place: Place) -> Value:
    """The item's own names come before those of the scale."""
    name = fold(texts(node, "NAME")[0])
    owner = next((each for each in (place.owner, place.owner.whole) if name in each.names), None)
    if owner is None:
        return INVALID
    return _asked_for(place.unit.value(("name", id(owner), name), lambda: _named(owner, name, place)))


def _asked_for(found: Value) -> Value:
    """A row that exempts speaks for what it belongs to, not for what asks for that."""
    return NOT_APPLICABLE if found.state is State.NOT_APPLICABLE else found


def _named(owner: Owner, name: str, place: Place) -> Value:
    return methods.formula_or_rows(nodes(owner.names[name])[0], Place(place.unit, owner))


def _item_score(node: Node, place: Place) -> Value:
    return _asked_for(stages.score(item_named(node, place.unit), place.unit))


def item_named(node: Node, unit: Unit) -> Owner:
    """The item of the scale a ``KIND CODE`` speaks of."""
    code = fold(texts(node, "CODE")[0])
    return next(item for item in unit.scale.walk() if fold(item.code) == code)


def _maximum(node: Node, place: Place) -> Value:
    if place.looked_at is not None:
        return maxima.stated(place.looked_at, place.owner, place.unit)
    return maxima.own(place.owner, place.unit)


def _maximum_of(node: Node, place: Place) -> Value:
    return maxima.stated(item_named(node, place.unit), place.owner, place.unit)


def _judged(node: Node, place: Place) -> Value:
    return stages.judged(place.owner, place.unit)


def _total(node: Node, place: Place) -> Value:
    return totals.total(place.unit)


def _subtotal(node: Node, place: Place) -> Value:
    return totals.before_bonus(place.unit)


def _bonus(node: Node, place: Place) -> Value:
    form = "deduction" if has(node, "DEDUCTION") else "bonus"
    title = fold(texts(node, "TEXT")[0])
    owners = (place.unit.scale, *place.unit.scale.walk())
    bonus = next(each for owner in owners for each in owner.bonuses if (each.form, fold(each.title)) == (form, title))
    return stages.score(bonus, place.unit)


# --- arithmetic

_SIGNS = {"PLUS": "+", "MINUS": "-", "TIMES": "*", "OVER_BAR": "/"}
_WRITTEN_NUMBERS = {"number", "points_number", "unit_number", "percent"}


def _chain(node: Node, place: Place) -> Value:
    """From the left; each quotient in its place."""
    first, *rest = node.children
    assert not isinstance(first, Token)
    left, written = value_of(first, place), _is_written(first)
    for sign, operand in zip(rest[::2], rest[1::2], strict=True):
        assert isinstance(sign, Token)
        assert not isinstance(operand, Token)
        left = _operation(left, _SIGNS[sign.type], value_of(operand, place))
        if sign.type == "OVER_BAR" and not written and not _is_written(operand):
            left = _as_ratio(left, place)
        written = False
    return left


def _is_written(node: Node) -> bool:
    return node.data in _WRITTEN_NUMBERS or (node.data == "negative" and _is_written(nodes(node)[0]))


def _operation(left: Value, sign: str, right: Value) -> Value:
    one, other = left.value, right.value
    if isinstance(one, date) and isinstance(other, date) and sign == "-":
        return given(Fraction((one - other).days))
    if isinstance(one, date) and isinstance(other, Fraction) and sign in "+-" and other.denominator == 1:
        return given(one + timedelta(days=int(other) * (1 if sign == "+" else -1)))
    return all_numbers([left, right], lambda a, b: combined(a, sign, b))


def _as_ratio(found: Value, place: Place) -> Value:
    rounding = stages.rounding_step(place.unit.scale, "RATIO_STEP", place.unit)
    return found if rounding is None else all_numbers([found], rounding.of)


def _power(node: Node, place: Place) -> Value:
    return all_numbers([value_of(each, place) for each in nodes(node)], power)


def _negative(node: Node, place: Place) -> Value:
    return all_numbers([value_of(nodes(node)[0], place)], lambda a: combined(Fraction(0), "-", a))


def _call(node: Node, place: Place) -> Value:
    name = tokens(node)[0].type
    arguments = [value_of(each, place) for each in nodes(node)]
    return all_numbers(arguments, _FUNCTIONS[name])


def _least(*numbers: Number) -> Number:
    return _extreme(numbers, -1)


def _greatest(*numbers: Number) -> Number:
    return _extreme(numbers, 1)


def _extreme(numbers: tuple[Number, ...], direction: int) -> Number:
    found = numbers[0]
    for each in numbers[1:]:
        with suppress(NoNumber):  # where no digit tells them apart, either is it
            found = each if compared(each, found) == direction else found
    return found


def _root(base: Number, degree: Number) -> Number:
    if not isinstance(degree, Fraction) or degree.denominator != 1:
        raise NoNumber
    return root(base, int(degree))


_FUNCTIONS: dict[str, Callable[..., Number]] = {
    "LEAST": _least,
    "GREATEST": _greatest,
    "ABSOLUTE": size,
    "ROOT": _root,
    "LN": natural_logarithm,
    "LOG10": common_logarithm,
    "EXP": exponential,
}


def _rounded(node: Node, place: Place) -> Value:
    first, how = nodes(node)
    rounding = Rounding(_step(how, place), tokens(node)[-1].type)
    return all_numbers([value_of(first, place)], rounding.of)


def _step(how: Node, place: Place) -> Fraction:
    if how.data == "digits":
        count = int(texts(how, "NUMBER")[0])
        return decimals(-count if child(how, "sign") is not None else count)
    return written_step(how, place)


def written_step(how: Node, place: Place) -> Fraction:
    """The step of ``multiples of 5``."""
    found = value_of(nodes(how)[0], place).value
    if not isinstance(found, Fraction) or found <= 0:
        raise NoNumber
    return found


# --- conditions


def _within(node: Node, place: Place) -> Value:
    """After the name of an item full points are those of that item."""
    subject, range_ = nodes(node)
    item = item_named(subject, place.unit) if subject.data == "item_score" else None
    return lies_in(range_, value_of(subject, place), place.at(item or place.looked_at))


def _all_of(node: Node, place: Place) -> Value:
    return all_hold(condition(part, place) for part in nodes(node))


def _any_of(node: Node, place: Place) -> Value:
    return any_holds(condition(part, place) for part in nodes(node))


def _negated(node: Node, place: Place) -> Value:
    return opposite(condition(nodes(node)[0], place))


_RULES: dict[str, Callable[[Node, Place], Value]] = {
    "number": _number,
    "points_number": _number,
    "unit_number": _number,
    "percent": _percent,
    "percent_of_maximum": _percent_of_maximum,
    "text": _text,
    "yes_no": _yes_no,
    "day": _day,
    "day_in_year": _day_in_year,
    "datum": _datum,
    "present": _present,
    "name": _name,
    "item_score": _item_score,
    "maximum": _maximum,
    "maximum_of": _maximum_of,
    "judged": _judged,
    "total_points": _total,
    "subtotal": _subtotal,
    "bonus_points": _bonus,
    "chain": _chain,
    "power": _power,
    "negative": _negative,
    "call": _call,
    "rounded": _rounded,
    "within": _within,
    "all_of": _all_of,
    "any_of": _any_of,
    "negated": _negated,
    "unknown_points": lambda node, place: MISSING,
    "not_applicable": lambda node, place: EXEMPT,
    "some_item": lambda node, place: gatherings.some_item(node, place),
    "item_count": lambda node, place: gatherings.item_count(node, place),
    "over_items": lambda node, place: gatherings.over_items(node, place),
    "signed_points": lambda node, place: gatherings.signed_points(node, place),
    "over_units": lambda node, place: gatherings.over_units(node, place),
    "rank_among": lambda node, place: gatherings.rank_among(node, place),
    "units_graded": lambda node, place: gatherings.units_graded(node, place),
}
