"""A value and limits in; the value cut by each of them in turn out."""

from __future__ import annotations

from naive import expressions
from naive.outline import Guarded
from naive.place import Place
from naive.reals import NoNumber, Number, compared
from naive.states import Value, all_hold
from naive.written import has, nodes


def limited(value: Value, limits: list[Guarded], place: Place) -> Value:
    """Cut to what may at most or at least be, in the order written; every one whose condition holds."""
    for limit in limits:
        if not value.known:
            return value
        bound, *when = nodes(limit.node)
        conditions = when if limit.condition is None else [limit.condition, *when]
        holds = all_hold(expressions.condition(each, place) for each in conditions)
        if not holds.known:
            return holds
        if holds.true:
            value = _cut(value, expressions.value_of(bound, place), least=has(limit.node, "AT_LEAST"))
    return value


def _cut(value: Value, bound: Value, *, least: bool) -> Value:
    def cut(number: Number, edge: Number) -> Number:
        try:
            order = compared(number, edge)
        except NoNumber:  # no digit tells them apart
            return edge
        return edge if (order <= 0 if least else order >= 0) else number

    return expressions.all_numbers([value, bound], cut)
