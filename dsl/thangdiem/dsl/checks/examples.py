"""Whether the examples of a file can be what they say."""

from __future__ import annotations

from collections.abc import Iterator

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.checks.beside_total import used_beside_total
from thangdiem.dsl.checks.finding import finding, related
from thangdiem.dsl.diagnostic import Diagnostic
from thangdiem.dsl.letters import fold
from thangdiem.dsl.rulebook import Rulebook

_TOTAL = "@total"


def check_examples(book: Rulebook) -> Iterator[Diagnostic]:
    """A total given beside its parts, a period the document does not cover, a unit named twice."""
    for example in book.examples:
        where = (example.title,)
        yield from _period(book, example, where)
        first: dict[str, rb.ExampleUnit] = {}
        for unit in example.units:
            known = first.setdefault(fold(unit.name), unit)
            if known is not unit:
                places = (related(book, "first-here", known.span),)
                yield finding(book, "TD339", unit.span, where, places, unit=unit.name)
            yield from _total_and_parts(book, example, unit, where)


def _period(book: Rulebook, example: rb.Example, where: tuple[str, ...]) -> Iterator[Diagnostic]:
    document, period = book.document, example.period
    if period is None or document.first_period is None:
        return
    first, last = document.first_period, document.last_period
    if period < first or (last is not None and period > last):
        yield finding(book, "TD338", example.span, where, period=str(period), first=str(first))


def _total_and_parts(
    book: Rulebook, example: rb.Example, unit: rb.ExampleUnit, where: tuple[str, ...]
) -> Iterator[Diagnostic]:
    """Only what nothing but the total would use is idle: a grade may ask for an item or a datum besides."""
    total = next((given for given in unit.given if given.column == _TOTAL), None)
    parts = [given for given in unit.given if given.column.startswith("[") or given.column[:1].isdigit()]
    scale = next((scale for scale in book.scales if scale.id == example.scale), None)
    if total is None or not parts or scale is None:
        return
    used = used_beside_total(scale, unit.expected)
    places = [related(book, "part-here", given.span) for given in parts if fold(given.column) not in used]
    if places:
        yield finding(book, "TD337", total.span, where, places, unit=unit.name)
