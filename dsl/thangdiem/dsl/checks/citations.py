"""Which items of a numbered decision do not say which provision they come from."""

from __future__ import annotations

from collections.abc import Iterator

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.checks.finding import finding, listed
from thangdiem.dsl.diagnostic import Diagnostic
from thangdiem.dsl.rulebook import Rulebook


def check_citations(book: Rulebook) -> Iterator[Diagnostic]:
    """One hint a file: leaves without ``Căn cứ`` at them or above them, in a document with a number."""
    if not book.document.number:
        return
    bare = [
        item for scale in book.scales if not scale.provision.citations for top in scale.items for item in _uncited(top)
    ]
    if bare:
        codes = listed(dict.fromkeys(item.code for item in bare))
        yield finding(book, "TD316", bare[0].head, (), count=len(bare), codes=codes)


def _uncited(item: rb.Item) -> Iterator[rb.Item]:
    if item.provision.citations or not item.points.counted:
        return
    if not item.children:
        yield item
    for child in item.children:
        yield from _uncited(child)
