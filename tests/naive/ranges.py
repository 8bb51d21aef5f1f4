"""A range and a value in; whether the value lies in it out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction

from naive import expressions
from naive.letters import fold
from naive.place import Place
from naive.reals import NoNumber, Real, compared
from naive.states import INVALID, Plain, Value, any_holds, given, gravest
from naive.written import nodes
from thangdiem.dsl.syntax import Node

_EDGES: dict[str, tuple[Callable[[int], bool], ...]] = {
    "at_least": (lambda order: order >= 0,),
    "above": (lambda order: order > 0,),
    "at_most": (lambda order: order <= 0,),
    "below": (lambda order: order < 0,),
    "from_to_under": (lambda order: order >= 0, lambda order: order < 0),
    "from_to": (lambda order: order >= 0, lambda order: order <= 0),
    "over_to": (lambda order: order > 0, lambda order: order <= 0),
    "over_to_under": (lambda order: order > 0, lambda order: order < 0),
}


def lies_in(range_: Node, value: Value, place: Place) -> Value:
    """Whether a value lies in a range, whose edges are computed where it stands."""
    if not value.known:
        return value
    edges = [expressions.value_of(edge, place) for edge in nodes(range_)]
    match range_.data:
        case "equal" | "exactly":
            return equal(value, edges[0])
        case "unequal":
            found = equal(value, edges[0])
            return given(value=found.value is False) if found.known else found
        case "one_of":
            return any_holds(equal(value, edge) for edge in edges)
    state = gravest(edges)
    if state is not None:
        return state
    orders = [order(value.value, edge.value) for edge in edges]
    if any(each is None for each in orders):
        return INVALID
    tests = _EDGES[str(range_.data)]
    return given(value=all(test(each or 0) for test, each in zip(tests, orders, strict=True)))


def equal(one: Value, other: Value) -> Value:
    """Whether two values of one type are equal."""
    state = gravest([one, other])
    if state is not None:
        return state
    left, right = one.value, other.value
    if isinstance(left, bool) and isinstance(right, bool):
        return given(left == right)
    if isinstance(left, str) and isinstance(right, str):
        return given(fold(left) == fold(right))
    found = order(left, right)
    return INVALID if found is None else given(value=found == 0)


def order(one: Plain | None, other: Plain | None) -> int | None:
    """Less, equal or greater, as -1, 0 and 1; None where the types do not compare."""
    if isinstance(one, bool) or isinstance(other, bool):
        return None
    if isinstance(one, date) and isinstance(other, date):
        return (one > other) - (one < other)
    if isinstance(one, Fraction | Real) and isinstance(other, Fraction | Real):
        try:
            return compared(one, other)
        except NoNumber:
            return None
    return None
