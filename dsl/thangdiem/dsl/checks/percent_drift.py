"""Bands in points that nearly, but not exactly, lie at a round share of the maximum."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.checks.finding import crumbs, finding, related
from thangdiem.dsl.diagnostic import Diagnostic
from thangdiem.dsl.numerals import write_approximate, write_number
from thangdiem.dsl.rulebook import Rulebook
from thangdiem.dsl.walk import bounds

_ROUND = Fraction(5)
_NEAR = Fraction(1)


def check_percent_drift(book: Rulebook) -> Iterator[Diagnostic]:
    """One hint a scale: 220 of 245 is 89,8 %, so grading by percent would be wrong there."""
    for scale in book.scales:
        maximum = scale.points.high
        if not maximum or maximum < 0 or scale.points.form is not rb.PointsForm.FIXED:
            continue
        drifting = dict(_drifting(scale, maximum))
        if drifting:
            shown = "; ".join(_shown(value, maximum, book.dialect) for value in drifting)
            first, *others = drifting.values()
            places = [related(book, "drifts-here", span) for span in others]
            yield finding(book, "TD315", first, crumbs(book, scale), places, shown=shown, maximum=maximum)


def _drifting(scale: rb.Scale, maximum: Fraction) -> Iterator[tuple[Fraction, rb.Span]]:
    seen: set[Fraction] = set()
    for grading in scale.gradings:
        if grading.basis is not rb.GradeBasis.TOTAL:
            continue
        for band in grading.bands:
            for bound in bounds(band.within) if band.within is not None else ():
                if not isinstance(bound, rb.Number) or bound.value in seen:
                    continue
                seen.add(bound.value)
                off = abs(100 * bound.value / maximum - _nearest(bound.value, maximum))
                if 0 < off <= _NEAR:
                    yield bound.value, bound.span


def _nearest(value: Fraction, maximum: Fraction) -> Fraction:
    """The round percentage a value is nearest to."""
    return round(100 * value / maximum / _ROUND) * _ROUND


def _shown(value: Fraction, maximum: Fraction, language: str) -> str:
    share = write_approximate(100 * value / maximum, language, 2)
    return f"{write_number(value, language)} = {share}% ≠ {write_number(_nearest(value, maximum), language)}%"
