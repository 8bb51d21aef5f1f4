"""Impacts of one scale or more in, the JSON document ``thangdiem/impact/1`` out."""

from __future__ import annotations

from collections.abc import Sequence

from thangdiem.dsl.diagnostic import Language
from thangdiem.dsl.library import ScaleRules
from thangdiem.engine.impact import Impact, Outcome, Part, UnitEffect
from thangdiem.engine.writing.plain import Json, diagnostic, number

SCHEMA = "thangdiem/impact/1"


def impact_json(impacts: Sequence[Impact], language: Language = "vi") -> dict[str, Json]:
    """Both versions, and for each scale its clauses, transitions of grades and units, in the order of the data.

    ValueError without any impact.
    """
    if not impacts:
        raise ValueError("no impact to write")
    first = impacts[0]
    return {
        "schema": SCHEMA,
        "before": _version(first.old),
        "after": _version(first.new),
        "period": first.period,
        "scales": [_scale(each, language) for each in impacts],
    }


def _version(rules: ScaleRules) -> Json:
    document = rules.book.document
    return {
        "document": document.number or document.title,
        "in_force": document.in_force.isoformat() if document.in_force else None,
        "amended_by": list(document.amended_by),
        "sha256": rules.book.source.digest,
    }


def _scale(impact: Impact, language: Language) -> Json:
    return {
        "scale": impact.new.scale.id,
        "compared": len(impact.decided),
        "changed": len(impact.changed),
        "clauses": [
            {
                "clause": each.clause,
                "stands_alone": each.stands_alone,
                "totals": each.totals,
                "grades": each.grades,
                "ranks": each.ranks,
            }
            for each in impact.clauses
        ],
        "transitions": [
            {"from": old, "to": new, "units": impact.transitions[old, new]}
            for old in impact.grades_old
            for new in impact.grades_new
            if impact.transitions[old, new]
        ],
        "units": [_unit(unit, bool(impact.clauses)) for unit in impact.decided],
        "undecided": [
            {
                "unit": unit.unit,
                "before": _undecided(unit.before, language),
                "after": _undecided(unit.after, language),
            }
            for unit in impact.undecided
        ],
        "only_before": list(impact.only_old),
        "only_after": list(impact.only_new),
    }


def _unit(unit: UnitEffect, clauses: bool) -> Json:
    return {
        "unit": unit.unit,
        "block": unit.block or None,
        "former_rules": unit.kept_by or None,
        "changes": [
            name
            for name, changed in (
                ("total", unit.total_changes),
                ("grade", unit.grade_changes),
                ("rank", unit.rank_changes),
            )
            if changed
        ],
        "before": _outcome(unit.before),
        "after": _outcome(unit.after),
        **number("points", unit.points),
        "places": unit.places,
        "parts": [_part(part) for part in unit.parts],
        "alone": [_part(part) if part is not None else None for part in unit.apart],
        "rest": _part(unit.rest) if clauses else None,
    }


def _outcome(outcome: Outcome) -> Json:
    return {
        "status": outcome.status.value,
        **number("total", outcome.total),
        "grade": outcome.grade,
        "rank": outcome.rank,
    }


def _part(part: Part) -> Json:
    """What a clause does: the points, and the grade and the rank with it; null where there is no result with it."""
    if part.after is None:
        return {"points": None, "grade": None, "rank": None, "decided": False}
    return {**number("points", part.points), "grade": part.after.grade, "rank": part.after.rank, "decided": True}


def _undecided(outcome: Outcome, language: Language) -> Json:
    return {
        "status": outcome.status.value,
        "gaps": list(outcome.gaps),
        "diagnostics": [diagnostic(found, language) for found in outcome.diagnostics],
    }
