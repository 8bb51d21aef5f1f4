"""Whether it is said what follows where an item does not apply."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.checks.finding import crumbs, finding, listed, related
from thangdiem.dsl.diagnostic import Diagnostic
from thangdiem.dsl.exemption import may_not_apply
from thangdiem.dsl.rulebook import Rulebook


def check_policies(book: Rulebook) -> Iterator[Diagnostic]:
    """One error a scale names every item that may not apply and has no policy, nor those above it."""
    for scale in book.scales:
        items = {item.code: item for item in scale.walk()}
        open_items = [each for each in items.values() if may_not_apply(each) and _without_policy(each, scale, items)]
        if not open_items:
            continue
        first, *others = open_items
        places = [related(book, "may-not-apply-here", item.head, item=item.code) for item in others]
        codes = listed(item.code for item in open_items)
        yield finding(book, "TD305", first.head, crumbs(book, scale, first), places, codes=codes)


def _without_policy(item: rb.Item, scale: rb.Scale, items: Mapping[str, rb.Item]) -> bool:
    """Full points say nothing of an item that has no maximum; it may still have one while its points are not known."""
    policy, points = scale.policy_of(item.code, items), item.points
    full = policy is not None and policy.form is rb.PolicyForm.FULL
    return policy is None or (full and points.high is None and points.form is not rb.PointsForm.UNKNOWN)
