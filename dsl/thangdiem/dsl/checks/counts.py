"""Whether there are as many items as the scale says it consists of."""

from __future__ import annotations

from collections.abc import Iterator

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.checks.finding import crumbs, finding
from thangdiem.dsl.diagnostic import Diagnostic
from thangdiem.dsl.rulebook import PointsForm, Rulebook


def check_counts(book: Rulebook) -> Iterator[Diagnostic]:
    """``Gồm 5 chỉ số, 24 chỉ số thành phần`` against what is written; what is not scored is left out."""
    for scale in book.scales:
        counted = [item for top in scale.items for item in _counted(top)]
        unknown = any(item.points.form is PointsForm.UNKNOWN for item in counted)
        for declared in scale.counts:
            found = sum(item.kind_word == declared.kind_word for item in counted)
            if found == declared.count:
                continue
            incomplete = found < declared.count and (unknown or not found)
            yield finding(
                book,
                "TD303" if incomplete else "TD302",
                declared.span,
                crumbs(book, scale),
                kind=declared.kind_word,
                declared=declared.count,
                found=found,
            )


def _counted(item: rb.Item) -> Iterator[rb.Item]:
    if item.points.counted:
        yield item
        for child in item.children:
            yield from _counted(child)
