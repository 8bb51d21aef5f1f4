"""Limits that never act, or that always do."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.bounds.extent import Extent
from thangdiem.dsl.bounds.methods import limited
from thangdiem.dsl.bounds.totals import extent, of_method, own_of_item, truth
from thangdiem.dsl.checks.survey import Ground, branches, grounds
from thangdiem.dsl.diagnostic import Diagnostic


def check_limits(book: rb.Rulebook) -> Iterator[Diagnostic]:
    """TD270 a limit that never acts; TD271 one that always does; TD272 one that was meant for the scale."""
    for ground in grounds(book):
        meant = list(_meant_for_the_scale(ground))
        for last, limit, most in meant:
            yield ground.tell(
                "TD272", limit.span, last, limit=ground.text(limit.span), holder=_named(last), most=most
            )  # fmt: skip
        for method, node in ground.methods:
            if isinstance(method, rb.Formula) and method.limits:
                yield from _acting(method.limits, extent(method.value, ground.world), node, ground)
        for node in ground.nodes:
            if (
                not node.limits
                or any(node is told for told, _, _ in meant)
                or node.method is None
                or any(isinstance(each, rb.Direct) for each in branches(node.method))
            ):
                continue
            if isinstance(node, rb.Item):
                value = None if node.bonuses else own_of_item(node, ground.world).value
            else:
                value = of_method(node.method, node.key, ground.world).value
            yield from _acting(node.limits, value, node, ground)


def _meant_for_the_scale(ground: Ground) -> Iterator[tuple[rb.Item | rb.Bonus, rb.Limit, Fraction]]:
    """The limits on lines of their own under the last node that lie above whatever that node may come to."""
    if not ground.nodes:
        return
    last = max(ground.nodes, key=lambda node: node.span.start)
    for limit in last.limits:
        bound = extent(limit.bound, ground.world)
        own_line = "\n" in ground.book.source.text[last.span.start : limit.span.start]
        if not own_line or not limit.most or bound is None or bound.low is None:
            continue
        highs = [None if last.points is None else last.points.high]
        if isinstance(last, rb.Bonus):
            value = of_method(last.method, last.key, ground.world).value
            highs.append(None if value is None else value.high)
        known = [high for high in highs if high is not None]
        if known and bound.low > min(known):
            yield last, limit, min(known)


def _named(node: rb.Item | rb.Bonus) -> str:
    return f"{node.kind_word} {node.code}" if isinstance(node, rb.Item) else f"“{node.title}”"


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
