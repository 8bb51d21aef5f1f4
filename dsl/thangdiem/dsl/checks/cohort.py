"""Whether the quotas of grades fit the bands."""

from __future__ import annotations

from collections.abc import Iterator

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.checks.finding import crumbs, finding, related
from thangdiem.dsl.diagnostic import Diagnostic
from thangdiem.dsl.rulebook import Rulebook


def check_quotas(book: Rulebook) -> Iterator[Diagnostic]:
    """A quota whose remainder is graded no lower, and two quotas of one grade."""
    for scale in book.scales:
        for grading in scale.gradings:
            yield from _quotas(book, scale, grading)


def _quotas(book: Rulebook, scale: rb.Scale, grading: rb.Grading) -> Iterator[Diagnostic]:
    order = {grade: index for index, grade in reversed(list(enumerate(grading.grades)))}
    first: dict[str, rb.Quota] = {}
    for quota in grading.quotas:
        where = crumbs(book, scale)
        if quota.grade not in order or quota.otherwise not in order:
            continue
        if order[quota.otherwise] <= order[quota.grade]:
            yield finding(book, "TD332", quota.span, where, grade=quota.grade, otherwise=quota.otherwise)
        known = first.setdefault(quota.grade, quota)
        if known is not quota:
            places = (related(book, "first-here", known.span),)
            yield finding(book, "TD333", quota.span, where, places, grade=quota.grade)
