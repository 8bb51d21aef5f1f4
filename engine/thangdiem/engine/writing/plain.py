"""Values, places and findings in, what JSON can hold of them without loss out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from thangdiem.dsl.diagnostic import Diagnostic, Language, Place, Position, Severity, entry, fill
from thangdiem.dsl.excerpt import excerpt
from thangdiem.dsl.numerals import plain_decimal, write_approximate, write_plain
from thangdiem.engine.unrounded import Unrounded

Json = None | bool | int | str | list["Json"] | dict[str, "Json"]

_SEVERITIES = {Severity.ERROR: 1, Severity.WARNING: 2, Severity.HINT: 4}


def number(key: str, value: Fraction | None) -> dict[str, Json]:
    """A number under its key as text; one that is no finite decimal as ``p/q`` with what it is about."""
    if value is None:
        return {key: None}
    if plain_decimal(value) is not None:
        return {key: write_plain(value)}
    approximate = write_approximate(value, "en").replace(",", "")
    return {key: write_plain(value), "approx" if key == "score" else f"{key}_approx": approximate}


def plain(value: object) -> Json:
    """Any value of a trace: numbers as text, dates in ISO form, tuples as lists."""
    match value:
        case None | bool() | str():
            return value
        case int() | Fraction():
            return write_plain(Fraction(value))
        case date():
            return value.isoformat()
        case Unrounded():
            return {"approx": value.approximately()}
        case tuple() | list() | frozenset():
            return [plain(each) for each in value]
        case other:  # unreached: a trace holds nothing else
            raise AssertionError(other)


def diagnostics(found: Iterable[Diagnostic], language: Language) -> list[Json]:
    """Findings in their order, the first of each code and the number of the others."""
    return [diagnostic(each, language) for each in excerpt(found)]


def diagnostic(found: Diagnostic, language: Language) -> dict[str, Json]:
    """A finding in the language server's shape, with the name of its file."""
    hint = found.hint(language)
    shown: dict[str, Json] = {
        **_place(found.place),
        "severity": _SEVERITIES[found.severity],
        "code": found.code,
        "source": "thangdiem",
        "message": found.message(language),
    }
    if hint:
        shown["hint"] = hint
    if found.related:
        shown["relatedInformation"] = [
            {
                "location": _place(related.place),
                "message": fill(entry(related.label)[language], related.arguments, language),
            }
            for related in found.related
        ]
    return shown


def _place(place: Place | None) -> dict[str, Json]:
    if place is None:
        return {"file": None, "range": _range(None, None)}
    shown: dict[str, Json] = {"file": place.file, "range": _range(place.start, place.end)}
    if place.sheet is not None:
        shown["sheet"] = place.sheet
    if place.cell is not None:
        shown["cell"] = place.cell
    return shown


def _range(start: Position | None, end: Position | None) -> Json:
    first = start or Position(0, 0, 0)
    last = end or first
    return {
        "start": {"line": first.line, "character": first.utf16},
        "end": {"line": last.line, "character": last.utf16},
    }
