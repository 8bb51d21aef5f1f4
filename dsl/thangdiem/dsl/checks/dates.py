"""Whether the dates and periods of a document are in order."""

from __future__ import annotations

from collections.abc import Iterator

from thangdiem.dsl.checks.finding import finding
from thangdiem.dsl.diagnostic import Diagnostic
from thangdiem.dsl.numerals import write_date
from thangdiem.dsl.rulebook import Rulebook


def check_dates(book: Rulebook) -> Iterator[Diagnostic]:
    """In force before it was issued; a last period before the first."""
    document = book.document
    if document.issued is not None and document.in_force is not None and document.in_force < document.issued:
        issued, in_force = (write_date(day, book.dialect) for day in (document.issued, document.in_force))
        yield finding(book, "TD330", document.span, issued=issued, in_force=in_force)
    first, last = document.first_period, document.last_period
    if first is not None and last is not None and last < first:
        yield finding(book, "TD331", document.span, first=str(first), last=str(last))
