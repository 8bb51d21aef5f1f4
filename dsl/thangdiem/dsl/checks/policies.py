"""Whether it is said what follows where an item does not apply."""

from __future__ import annotations

from collections.abc import Iterator

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.checks.finding import crumbs, finding, listed, related
from thangdiem.dsl.diagnostic import Diagnostic
from thangdiem.dsl.exemption import may_not_apply
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
