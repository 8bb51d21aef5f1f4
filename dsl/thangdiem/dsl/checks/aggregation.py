"""Whether what is written of making a node of its children fits its children."""

from __future__ import annotations

from collections.abc import Iterator

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.checks.finding import crumbs, finding, listed
from thangdiem.dsl.diagnostic import Diagnostic
from thangdiem.dsl.rulebook import AggregationForm, Rulebook


def check_aggregation(book: Rulebook) -> Iterator[Diagnostic]:
    """A geometric mean without rounding, weights nobody uses, an aggregation of a leaf."""
    for scale in book.scales:
        where = crumbs(book, scale)
        yield from _node(book, scale.aggregation, where)
        yield from _weights(book, scale.aggregation, scale.total, scale.items, where)
        for item in scale.walk():
            where = crumbs(book, scale, item)
            yield from _node(book, item.aggregation, where)
            if item.children:
                yield from _weights(book, item.aggregation, item.method, item.children, where)
            elif item.aggregation.written:
                yield finding(book, "TD336", item.aggregation.span, where, item=item.code)


def _node(book: Rulebook, aggregation: rb.Aggregation, where: tuple[str, ...]) -> Iterator[Diagnostic]:
    if aggregation.form is AggregationForm.GEOMETRIC_MEAN and aggregation.rounding is None:
        yield finding(book, "TD334", aggregation.span, where)


def _weights(
    book: Rulebook,
    aggregation: rb.Aggregation,
    total: rb.Method | None,
    children: tuple[rb.Item, ...],
    where: tuple[str, ...],
) -> Iterator[Diagnostic]:
    weighted = [child for child in children if child.weight is not None]
    if weighted and (total is not None or aggregation.form not in _WEIGHTED):
        codes = listed(child.code for child in weighted)
        yield finding(book, "TD335", weighted[0].head, where, codes=codes)


_WEIGHTED = (AggregationForm.SUM, AggregationForm.WEIGHTED_MEAN)
