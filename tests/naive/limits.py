"""A value and limits in; the value cut by each of them in turn out."""

from __future__ import annotations

from naive import expressions
from naive.outline import Guarded
from naive.place import Place
from naive.reals import NoNumber, Number, compared
from naive.states import Value, all_hold, opposite
from naive.written import has, nodes


def limited(value: Value, limits: list[Guarded], place: Place) -> Value:
    """Cut to what may at most or at least be, in the order written.

    Every one whose condition holds; but under ``Khi …,`` only the first of those at most, and of those at least.
    """
    denied: dict[bool, list[Value]] = {True: [], False: []}
    for limit in limits:
        if not value.known:
            return value
        bound, *when = nodes(limit.node)
        least = has(limit.node, "AT_LEAST")
        parts = [expressions.condition(each, place) for each in when]
        if limit.condition is not None:
            here = expressions.condition(limit.condition, place)
            parts += [here, *denied[least]]
            denied[least].append(opposite(here))
        holds = all_hold(parts)
        if not holds.known:
            return holds
        if holds.true:
            value = _cut(value, expressions.value_of(bound, place), least=least)
    return value


def _cut(value: Value, bound: Value, *, least: bool) -> Value:
    def cut(number: Number, edge: Number) -> Number:
        try:
            order = compared(number, edge)
        except NoNumber:  # no digit tells them apart
            return edge
        return edge if (order <= 0 if least else order >= 0) else number

    return expressions.all_numbers([value, bound], cut)
