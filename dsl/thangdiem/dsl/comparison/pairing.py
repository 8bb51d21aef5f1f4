"""Two rulebooks and the place looked at in both; from two nodes there to a change with the words of both sides."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from textwrap import dedent
from typing import Any, TypeVar

from attrs import evolve, field, fields, frozen

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.comparison.change import (
    EVERYBODY,
    Change,
    ChangeKind,
    Consequence,
    Side,
    Subject,
    SubjectForm,
)
from thangdiem.dsl.constants import constant
from thangdiem.dsl.numerals import write_date, write_number
from thangdiem.dsl.rounding import Rounding

Node = TypeVar("Node")


DOCUMENT = Subject(SubjectForm.DOCUMENT)
"""The document as a whole."""


@frozen
class Pair:
    """Where the comparison is: in both books, at one scale, at one subject with its two codes."""

    old: rb.Rulebook
    new: rb.Rulebook
    subject: Subject = DOCUMENT
    scale: str = ""
    old_code: str = ""
    new_code: str = ""
    data: Mapping[str, rb.DataField] = field(factory=dict, repr=False)
    sign: int = 0

    def at(self, form: SubjectForm, key: str, title: str = "", owner: str = "", old_code: str = "") -> Pair:
        """The same, at another subject; its code was ``old_code`` where that is another one."""
        return evolve(self, subject=Subject(form, key, title, owner), old_code=old_code or key, new_code=key)

    def change(
        self,
        kind: ChangeKind,
        old: object,
        new: object,
        consequence: Consequence = EVERYBODY,
        *parts: str,
    ) -> Change:
        """A change from one node to the other; None where there is none."""
        return Change(
            kind,
            self.subject,
            side(self.old, old, self.old_code),
            side(self.new, new, self.new_code),
            consequence,
            self.scale,
            parts,
        )

    def old_text(self, node: object) -> str:
        """The words of a node of the former book."""
        return written(self.old, node)

    def new_text(self, node: object) -> str:
        """The words of a node of the later book."""
        return written(self.new, node)


def side(book: rb.Rulebook, node: object, code: str) -> Side | None:
    """One side of a change."""
    if node is None:
        return None
    return Side(written(book, node), code, figure(node), span_of(node), node)


def span_of(node: object) -> rb.Span:
    """Where a node stands; of an item with all below it."""
    if isinstance(node, rb.Item):
        return rb.Span(node.span.start, max(each.span.end for each in node.walk()))
    if isinstance(node, tuple):
        spans = [found for each in node if (found := span_of(each)).end]
        return rb.Span(min(each.start for each in spans), max(each.end for each in spans)) if spans else rb.Span()
    stated = getattr(node, "span", None)
    return stated if isinstance(stated, rb.Span) else rb.Span()


def figure(node: object) -> Fraction | None:
    """The figure a node is."""
    match node:
        case Fraction() | int():
            return Fraction(node)
        case rb.Points(rb.PointsForm.FIXED, _, high):
            return high
        case rb.Limit():
            return constant(node.bound)
        case rb.Number() | rb.Negative() | rb.Arithmetic():
            return constant(node)
        case _:
            return None


def written(book: rb.Rulebook, node: object) -> str:
    """The words of a node: those of the file where it has a place there."""
    span = span_of(node)
    if span.end > span.start:
        text = book.source.text
        start = text.rfind("\n", 0, span.start) + 1
        lead = text[start : span.start]
        return dedent((lead if lead.isspace() else "") + text[span.start : span.end]).strip()
    match node:
        case str():
            return node
        case rb.Datum(name):
            return f"[{name}]"
        case date():
            return write_date(node, book.dialect)
        case Rounding():
            return f"{write_number(node.unit, book.dialect)} ({node.tie.value})"
        case int():
            return str(node)
        case Fraction():
            return write_number(node, book.dialect)
        case tuple():
            return "; ".join(written(book, each) for each in node)
        case _:  # unreached: whatever is compared is written in the file, or one of the above
            return ""


FieldRule = tuple[ChangeKind, Callable[[Any, Any, Pair], Iterator[Change]] | Consequence]
"""What a change of a field is called, and how it is taken apart, or what follows from it as a whole."""

ELSEWHERE = None
"""The rule of a field by which nodes are found, or that is compared for the whole scale."""


def by_fields(rules: Mapping[str, FieldRule | None], old: Any, new: Any, pair: Pair) -> Iterator[Change]:
    """The changes of two nodes of one class, field by field; a field that differs never passes in silence."""
    for each in fields(type(old)):
        before, after = getattr(old, each.name), getattr(new, each.name)
        if not each.eq or before == after or (rule := rules[each.name]) is ELSEWHERE:
            continue
        kind, apart = rule
        if isinstance(apart, Consequence):
            yield pair.change(kind, _there(before), _there(after), apart, each.name)
            continue
        found = tuple(apart(before, after, pair))
        yield from found or (pair.change(kind, _there(before), _there(after)),)


def _there(node: object) -> object:
    """A node; nothing for an empty text or list."""
    return None if node in ("", ()) else node
