"""One unit's trace in, the document ``thangdiem/trace/1`` out: one sheet of steps, and what they are figures of."""

from __future__ import annotations

from hashlib import sha256
from json import dumps

from thangdiem.dsl.rulebook import Rulebook, Scale
from thangdiem.engine.result import UnitResult
from thangdiem.engine.writing.plain import Json
from thangdiem.engine.writing.results import unit_json
from thangdiem.engine.writing.sheet import Figures, Rows, Workings, figures_of

SCHEMA = "thangdiem/trace/1"


def trace_json(unit: UnitResult, book: Rulebook, scale: Scale) -> dict[str, Json]:
    """Every step of a unit; in ``steps`` operands stand as ids. ValueError without a trace."""
    if unit.trace is None:
        raise ValueError(f"the unit {unit.unit!r} was scored without a trace")
    workings = Workings(unit.unit, unit.trace, scale)
    rows = Rows(book, workings)
    document: dict[str, Json] = {
        "schema": SCHEMA,
        "rules": {
            "document": book.document.number or book.document.title,
            "scale": scale.id,
            "file": book.source.name,
            "sha256": book.source.digest,
            "dialect": book.dialect,
            "period": unit.period,
        },
        "unit": unit.unit,
        "block": unit.block or None,
        "figures": _figures(figures_of(unit, workings), rows),
        "result": unit_json(unit),
    }
    for step in (
        *unit.trace.items.values(),
        *unit.trace.names.values(),
        unit.trace.total,
        workings.shared.get("grade"),
    ):
        rows.write(step)
    document["steps"] = rows.rows
    return {**document, "sha256": digest(document)}


def _figures(figures: Figures, rows: Rows) -> Json:
    """The ids of the steps that the figures of the result are, then of each item in the order of the result."""
    items: list[Json] = [
        {"score": rows.write(score), "maximum": rows.write(maximum)} for score, maximum in figures.items
    ]
    whole: dict[str, Json] = {
        "total": rows.write(figures.total),
        "maximum": rows.write(figures.maximum),
        "share": rows.write(figures.share),
        "grade": rows.write(figures.grade),
        "rank": rows.write(figures.rank),
    }
    return [whole, *items]


def digest(document: dict[str, Json]) -> str:
    """SHA-256 of the document without its own digest: keys sorted, no spaces, UTF-8."""
    rest = {key: value for key, value in document.items() if key != "sha256"}
    text = dumps(rest, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(text.encode("utf-8", "backslashreplace")).hexdigest()
