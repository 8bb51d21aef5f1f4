"""Results of one or more scales in, the JSON document ``thangdiem/result/1`` out."""

from __future__ import annotations

from collections.abc import Sequence

from thangdiem.dsl.diagnostic import Language
from thangdiem.engine.result import ItemResult, Results, UnitResult
from thangdiem.engine.writing.plain import Json, diagnostics, number

SCHEMA = "thangdiem/result/1"


def result_json(results: Sequence[Results], language: Language = "vi") -> dict[str, Json]:
    """Every unit of every scale, in the order of the data; ``rules`` is the first scale's.

    With several scales each unit names its own in ``scale``. ValueError without any results.
    """
    if not results:
        raise ValueError("no results to write")
    first = results[0]
    document = first.book.document
    return {
        "schema": SCHEMA,
        "rules": {
            "document": document.number or document.title,
            "scale": first.scale.id if len(results) == 1 else None,
            "in_force": document.in_force.isoformat() if document.in_force else None,
            "amended_by": list(document.amended_by),
            "reading": first.reading or None,
            "sha256": first.book.source.digest,
        },
        "mode": first.mode.value,
        "period": first.period,
        "units": [unit_json(unit, language) for each in results for unit in each.units],
        "diagnostics": diagnostics((found for each in results for found in each.diagnostics), language),
    }


def unit_json(unit: UnitResult, language: Language = "vi") -> dict[str, Json]:
    """One unit of the document."""
    low, high = unit.range or (None, None)
    return {
        "unit": unit.unit,
        "scale": unit.scale,
        "block": unit.block or None,
        "status": unit.status.value,
        **number("total", unit.total),
        **number("maximum", unit.maximum),
        **number("share", unit.share),
        "grade": unit.grade,
        "rank": unit.rank,
        "former_rules": unit.kept_by or None,
        "items": [_item(item) for item in unit.items],
        "range": {**number("low", low), **number("high", high)} if unit.range else None,
        "grades": list(unit.grades),
        "gaps": list(unit.gaps),
        "diagnostics": diagnostics(unit.diagnostics, language),
    }


def _item(item: ItemResult) -> dict[str, Json]:
    shown: dict[str, Json] = {
        "code": item.code,
        "title": item.title,
        "parent": item.parent or None,
        "state": item.state.value,
        "counted": item.counted,
        **number("score", item.score),
        **number("maximum", item.maximum),
    }
    if item.low is not None or item.high is not None:
        shown["range"] = {**number("low", item.low), **number("high", item.high)}
    return shown
