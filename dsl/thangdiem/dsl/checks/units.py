"""Whether the unit words beside numbers are units that the data have."""

from __future__ import annotations

from collections.abc import Iterator

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.checks.finding import crumbs, finding, related, written
from thangdiem.dsl.diagnostic import Diagnostic
from thangdiem.dsl.dialect import dialect
from thangdiem.dsl.letters import fold
from thangdiem.dsl.numerals import write_number
from thangdiem.dsl.rulebook import Rulebook
from thangdiem.dsl.suggestion import closest
from thangdiem.dsl.walk import all_of, bounds, expressions_of

_DAYS = {"vi": ("ngày",), "en": ("day", "days")}
"""What a difference of two dates is counted in."""
_ABBREVIATED = (fold("đ"), fold("pt"), fold("pts"))
"""Points as tables abbreviate them; a file may declare one of these as the unit of a datum."""


def check_units(book: Rulebook) -> Iterator[Diagnostic]:
    """A number whose unit is not that of the datum beside it, or of no datum at all."""
    for scale in book.scales:
        known = {fold(field.unit): field.unit for field in scale.data.values() if field.unit}
        known |= {day: day for day in _DAYS[book.dialect]}
        told: set[int] = set()
        where = crumbs(book, scale)
        for whole in expressions_of(scale):
            for part in all_of(whole):
                if isinstance(part, rb.Within) and isinstance(part.subject, rb.Datum):
                    yield from _beside(book, scale, part, part.subject, told, where)
                elif isinstance(part, rb.Number) and _is_strange(part, known, told):
                    told.add(id(part))
                    if fold(part.unit) in _ABBREVIATED:
                        found = written(book, part.span)
                        points = f"{write_number(part.value, book.dialect)} {dialect(book.dialect).spell('POINTS')}"
                        yield finding(book, "TD087", part.span, where, words=found, suggestion=points)
                        continue
                    words = [*known.values(), dialect(book.dialect).spell("POINTS")]
                    nearest = _nearest(part.unit, words)
                    yield finding(book, "TD329", part.span, where, unit=part.unit, nearest=nearest)


def _is_strange(number: rb.Number, known: dict[str, str], told: set[int]) -> bool:
    return bool(number.unit) and fold(number.unit) not in known and id(number) not in told


def _nearest(unit: str, words: list[str]) -> str:
    return ", ".join(f"“{word}”" for word in closest(unit, words) or tuple(words[:5]))


def _beside(
    book: Rulebook, scale: rb.Scale, part: rb.Within, datum: rb.Datum, told: set[int], where: tuple[str, ...]
) -> Iterator[Diagnostic]:
    field = scale.data.get(datum.name)
    if field is None or not field.unit:
        return
    for bound in (each for found in part.ranges for each in bounds(found)):
        if isinstance(bound, rb.Number) and bound.unit and fold(bound.unit) != fold(field.unit):
            told.add(id(bound))
            places = (related(book, "declared-here", field.span),)
            wanted, name = field.unit, field.name
            yield finding(book, "TD328", bound.span, where, places, unit=bound.unit, wanted=wanted, name=name)
