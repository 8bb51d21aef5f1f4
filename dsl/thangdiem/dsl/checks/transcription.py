"""Which parts of the decision the file keeps as text, or does not know."""

from __future__ import annotations

from collections.abc import Iterator

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.checks.finding import crumbs, finding, listed, related
from thangdiem.dsl.diagnostic import Diagnostic
from thangdiem.dsl.rulebook import PointsForm, Rulebook


def check_transcription(book: Rulebook) -> Iterator[Diagnostic]:
    """One warning a scale names every item whose points are unknown or whose rule is only quoted."""
    for scale in book.scales:
        open_items = [item for item in scale.walk() if _is_open(item)]
        if not open_items:
            continue
        places = [related(book, "not-transcribed-here", item.head, item=item.code) for item in open_items]
        codes = listed(item.code for item in open_items)
        count = len(open_items)
        yield finding(book, "TD304", scale.head, crumbs(book, scale), places, count=count, codes=codes)


def _is_open(item: rb.Item) -> bool:
    """Points unknown, or a leaf that is quoted and has no rule: an assessor gives its points, or nobody."""
    if item.points.form is PointsForm.UNKNOWN:
        return True
    unruled = isinstance(item.method, rb.Direct) and not item.method.written
    return unruled and bool(item.provision.quotations)
