"""Deductions and bonuses whose points may fall below 0, and so turn into their opposite."""

from __future__ import annotations

from collections.abc import Iterator

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl import walk
from thangdiem.dsl.bounds.methods import limited
from thangdiem.dsl.bounds.totals import of_method
from thangdiem.dsl.checks.kind_of import Sort, Sorts
from thangdiem.dsl.checks.survey import grounds
from thangdiem.dsl.diagnostic import Diagnostic


def check_below_zero(book: rb.Rulebook) -> Iterator[Diagnostic]:
    """TD224 where declared data or a difference of dates show that the points may be less than 0."""
    for ground in grounds(book):
        sorts = Sorts(ground.scale)
        for node in ground.nodes:
            if not isinstance(node, rb.Bonus) or (node.points is not None and node.points.low is not None):
                continue
            own = of_method(node.method, node.key, ground.world).value
            value = None if own is None else limited(own, node.limits, ground.world)
            if value is None:
                continue
            if value.low < 0 if value.low is not None else _counts_days(node.method, sorts):
                yield ground.tell("TD224", node.method.span, node, title=node.title)


def _counts_days(method: rb.Method, sorts: Sorts) -> bool:
    """Whether one date is taken from another: which comes first is for the data to say."""
    return any(
        isinstance(part, rb.Arithmetic)
        and part.operator is rb.Operator.SUBTRACT
        and Sort.DATE in (sorts.of(part.left), sorts.of(part.right))
        for whole in walk.of_method(method)
        for part in walk.all_of(whole)
    )
