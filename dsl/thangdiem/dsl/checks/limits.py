"""Limits that never act, or that always do."""

from __future__ import annotations

from collections.abc import Iterator

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.bounds.extent import Extent
from thangdiem.dsl.bounds.methods import limited
from thangdiem.dsl.bounds.totals import extent, of_method, own_of_item, truth
from thangdiem.dsl.checks.survey import Ground, branches, grounds
from thangdiem.dsl.diagnostic import Diagnostic


def check_limits(book: rb.Rulebook) -> Iterator[Diagnostic]:
    """TD270 a limit that never acts; TD271 one that always does."""
    for ground in grounds(book):
        for method, node in ground.methods:
            if isinstance(method, rb.Formula) and method.limits:
                yield from _acting(method.limits, extent(method.value, ground.world), node, ground)
        for node in ground.nodes:
            if (
                not node.limits
                or node.method is None
                or any(isinstance(each, rb.Direct) for each in branches(node.method))
            ):
                continue
            if isinstance(node, rb.Item):
                value = None if node.bonuses else own_of_item(node, ground.world).value
            else:
                value = of_method(node.method, node.key, ground.world).value
            yield from _acting(node.limits, value, node, ground)


def _acting(
    limits: tuple[rb.Limit, ...], value: Extent | None, node: rb.Item | rb.Bonus | None, ground: Ground
) -> Iterator[Diagnostic]:
    for limit in limits:
        bound = extent(limit.bound, ground.world)
        if value is None or bound is None:
            return
        met = True if limit.when is None else truth(limit.when, ground.world)
        sign = 1 if limit.most else -1
        far, near = (value.high, value.low) if limit.most else (value.low, value.high)
        least, most = (bound.low, bound.high) if limit.most else (bound.high, bound.low)
        text = ground.text(limit.span)
        if met is False or (far is not None and least is not None and far * sign <= least * sign):
            yield ground.tell("TD270", limit.span, node, limit=text, end="…" if far is None else far)
        elif met and near is not None and most is not None and near * sign > most * sign:
            yield ground.tell("TD271", limit.span, node, limit=text, end=near)
        value = limited(value, (limit,), ground.world)
