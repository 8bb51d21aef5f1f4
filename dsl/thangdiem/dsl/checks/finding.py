"""A code and the part of a rulebook it is about in; the diagnostic with its places and breadcrumb out."""

from __future__ import annotations

from collections.abc import Iterable

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.diagnostic import Diagnostic, Related
from thangdiem.dsl.dialect import dialect
from thangdiem.dsl.rulebook import Rulebook, Scale, Span

MOST_LISTED = 12
"""So many names are listed in one message; the others are a dash of dots."""

MOST_RELATED = 20
"""So many other places are shown with one finding."""


def finding(
    book: Rulebook,
    code: str,
    at: Span,
    within: tuple[str, ...] = (),
    related: Iterable[Related] = (),
    **arguments: object,
) -> Diagnostic:
    """A finding about a stretch of the text."""
    place = book.source.place(at.start, at.end)
    return Diagnostic(code, arguments, place, tuple(related)[:MOST_RELATED], within)


def related(book: Rulebook, label: str, at: Span, **arguments: object) -> Related:
    """Another place involved."""
    return Related(book.source.place(at.start, at.end), label, arguments)


def crumbs(book: Rulebook, scale: Scale, item: rb.Item | None = None) -> tuple[str, ...]:
    """``Thang điểm cấp-tỉnh › Chỉ số thành phần 1.2``, as the file's dialect says it."""
    words = dialect(book.dialect)
    first = f"{words.spell('SCALE').capitalize()} {scale.id}"
    return (first,) if item is None else (first, item_name(item))


def item_name(item: rb.Item) -> str:
    """``Chỉ số thành phần 1.2``."""
    return f"{item.kind_word.capitalize()} {item.code}"


def scale_name(book: Rulebook, scale: Scale) -> str:
    """``thang điểm cấp-tỉnh``."""
    return f"{dialect(book.dialect).spell('SCALE')} {scale.id}"


def listed(names: Iterable[str]) -> str:
    """Names side by side, the first dozen."""
    every = list(names)
    shown = ", ".join(every[:MOST_LISTED])
    return f"{shown}, …" if len(every) > MOST_LISTED else shown


def written(book: Rulebook, at: Span) -> str:
    """What the text says there, on one line."""
    return " ".join(book.source.text[at.start : at.end].split())
