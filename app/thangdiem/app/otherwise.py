"""Results under the reading that was taken and under another in; what is to be said of units that depend on it out."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from attrs import evolve

from thangdiem.app.rule_sets import Chosen, stopped
from thangdiem.dsl.diagnostic import Diagnostic
from thangdiem.dsl.library import RuleSetError
from thangdiem.dsl.numerals import write_approximate, write_number
from thangdiem.engine.result import Results, UnitResult


def under_reading(chosen: Chosen, reading: str) -> Chosen:
    """The rules with another reading in the place of the one that was taken."""
    try:
        version = chosen.documents.reading(chosen.version, reading)
    except RuleSetError as error:
        raise stopped(error) from None
    place = chosen.version.books.index(chosen.book)
    book = version.books[place]
    wanted = chosen.scale.id if chosen.scale is not None else None
    scale = next((each for each in book.scales if each.id == wanted), None)
    return evolve(chosen, book=book, scale=scale, version=version)


def with_dependents(results: Sequence[Results], taken: Sequence[Results], reading: str) -> tuple[Results, ...]:
    """The results, each with the units whose grade, then those of which only the total, depends on the reading."""
    before = {(each.scale.id, unit.unit): unit for each in taken for unit in each.units}
    told = [_told(each, before, reading) for each in results]
    if not any(told) and told:
        told[0].append(Diagnostic("TD524", {"reading": reading}))
    return tuple(
        evolve(each, reading=reading, diagnostics=(*each.diagnostics, *found))
        for each, found in zip(results, told, strict=True)
    )


def _told(results: Results, before: dict[tuple[str, str], UnitResult], reading: str) -> list[Diagnostic]:
    pairs = [
        (before[results.scale.id, unit.unit], unit) for unit in results.units if (results.scale.id, unit.unit) in before
    ]
    graded = [_about("TD523", old, unit, reading) for old, unit in pairs if old.grade != unit.grade]
    moved = [
        _about("TD525", old, unit, reading)
        for old, unit in pairs
        if old.grade == unit.grade and old.total != unit.total
    ]
    return [*graded, *moved]


def _about(code: str, old: UnitResult, unit: UnitResult, reading: str) -> Diagnostic:
    arguments: dict[str, object] = {
        "unit": unit.unit,
        "reading": reading,
        "grade": old.grade or "–",
        "other_grade": unit.grade or "–",
    }
    for language in ("vi", "en"):
        arguments[f"total_{language}"] = _number(old.total, language)
        arguments[f"other_total_{language}"] = _number(unit.total, language)
    return Diagnostic(code, arguments)


def _number(value: Fraction | None, language: str) -> str:
    """The number, and where it is no finite decimal its first places beside it."""
    if value is None:
        return "–"
    exact = write_number(value, language)
    return f"{exact} ≈ {write_approximate(value, language)}" if "/" in exact else exact
