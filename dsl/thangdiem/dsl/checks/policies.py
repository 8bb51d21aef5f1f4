"""Whether it is said what follows where an item does not apply."""

from __future__ import annotations

from collections.abc import Iterator

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.checks.finding import crumbs, finding, listed, related
from thangdiem.dsl.diagnostic import Diagnostic
from thangdiem.dsl.rulebook import Rulebook


def check_policies(book: Rulebook) -> Iterator[Diagnostic]:
    """One error a scale names every item that may not apply and has no policy, nor those above it."""
    for scale in book.scales:
        if scale.policy is not None:
            continue
        open_items = [item for top in scale.items for item in _without_policy(top)]
        if not open_items:
            continue
        first, *others = open_items
        places = [related(book, "may-not-apply-here", item.head, item=item.code) for item in others]
        codes = listed(item.code for item in open_items)
        yield finding(book, "TD305", first.head, crumbs(book, scale, first), places, codes=codes)


def _without_policy(item: rb.Item) -> Iterator[rb.Item]:
    if item.applicability.policy is not None:
        return
    if may_not_apply(item):
        yield item
    for child in item.children:
        yield from _without_policy(child)


def may_not_apply(item: rb.Item) -> bool:
    """Whether the rule or the data can exempt a unit from the item."""
    applicability = item.applicability
    if applicability.conditions or applicability.allowed or isinstance(item.missing, rb.NotApplicable):
        return True
    found = outcomes(item.method) if item.method is not None else ()
    return any(isinstance(value, rb.NotApplicable) for value in found)


def outcomes(method: rb.Method) -> Iterator[rb.Outcome]:
    """Every value a method can yield, as written."""
    match method:
        case rb.Formula():
            yield method.value
        case rb.Choice():
            yield from (level.value for level in method.levels)
        case rb.Checklist():
            yield from (mark.value for mark in method.marks)
        case rb.Steps():
            yield from (row.value for row in method.rows)
        case rb.Marks():
            yield from (per_mark.value for per_mark in method.rows)
        case rb.Cases():
            yield from (case.value for case in method.cases)
        case rb.Direct():
            return
        case rb.Guarded():
            for guard in method.guards:
                yield from outcomes(guard.method)
