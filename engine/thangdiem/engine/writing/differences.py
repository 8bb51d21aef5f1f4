"""A comparison of two rulebooks in, the JSON document ``thangdiem/diff/1`` out."""

from __future__ import annotations

from thangdiem.dsl.comparison import Change, Comparison, Condition, Consequence, Side
from thangdiem.dsl.rulebook import Rulebook
from thangdiem.engine.writing.plain import Json, number

SCHEMA = "thangdiem/diff/1"


def difference_json(comparison: Comparison) -> dict[str, Json]:
    """Every change with both sides and its consequence; texts as the rule files write them."""
    return {
        "schema": SCHEMA,
        "old": _version(comparison.old),
        "new": _version(comparison.new),
        "effect": comparison.effect.value,
        "changes": [_change(change, comparison) for change in comparison.changes],
    }


def _version(book: Rulebook) -> dict[str, Json]:
    document = book.document
    return {
        "document": document.number or document.title,
        "in_force": document.in_force.isoformat() if document.in_force else None,
        "file": book.source.name,
        "sha256": book.source.digest,
    }


def _change(change: Change, comparison: Comparison) -> Json:
    subject = change.subject
    return {
        "kind": change.kind.value,
        "scale": change.scale or None,
        "subject": {
            "form": subject.form.value,
            "key": subject.key or None,
            "title": subject.title or None,
            "owner": subject.owner or None,
        },
        "parts": list(change.parts),
        "old": _side(change.old, comparison.old),
        "new": _side(change.new, comparison.new),
        "consequence": _consequence(change.consequence),
        "follows": list(change.follows),
    }


def _side(side: Side | None, book: Rulebook) -> Json:
    if side is None:
        return None
    return {"text": side.text, "code": side.code or None, **number("value", side.value), "span": _span(side, book)}


def _span(side: Side, book: Rulebook) -> Json:
    if side.span.end <= side.span.start:
        return None
    place = book.source.place(side.span.start, side.span.end)
    assert place.start is not None
    assert place.end is not None
    return {
        "file": place.file,
        "line": place.start.line,
        "character": place.start.utf16,
        "end": {"line": place.end.line, "character": place.end.utf16},
    }


def _consequence(found: Consequence) -> Json:
    instance = found.instance
    return {
        "effect": found.effect.value,
        "condition": _condition(found.condition),
        "example": None if instance is None else {"text": instance.text, "column": instance.column or None},
        "through_others": found.through_others,
    }


def _condition(condition: Condition | None) -> Json:
    if condition is None:
        return None
    return {
        "about": condition.about.value,
        "subject": condition.subject or None,
        "stretches": [
            {
                "low": each.low_text or None,
                "high": each.high_text or None,
                "low_open": each.low_open,
                "high_open": each.high_open,
            }
            for each in condition.stretches
        ],
        "texts": list(condition.texts),
        "lacking": list(condition.lacking),
    }
