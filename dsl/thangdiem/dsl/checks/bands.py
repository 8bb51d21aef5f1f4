"""Bands of grades: they cover every total, do not overlap, stand best first and can be reached."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from fractions import Fraction
from typing import Literal, cast

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.checks.banding import Banding, Stretch, attainable, read_bands
from thangdiem.dsl.checks.regions import Bounds
from thangdiem.dsl.checks.survey import Ground, grounds
from thangdiem.dsl.diagnostic import Diagnostic
from thangdiem.dsl.numerals import write_number


def check_bands(book: rb.Rulebook) -> Iterator[Diagnostic]:
    """TD200 a gap; TD201 an overlap; TD202 the order; TD203 never reached; TD204 nothing for the rest."""
    for ground in grounds(book):
        for grading in ground.scale.gradings:
            found = read_bands(grading, ground, attainable(grading, ground))
            if found is not None:
                yield from _bands(found, ground)


def _bands(found: Banding, ground: Ground) -> Iterator[Diagnostic]:
    grading, stretches = found.grading, found.stretches
    if found.marks and found.attainable is None:
        return
    yield from _overlaps(found, ground)
    yield from _gap(found, ground)
    if found.marks:
        yield from _order(stretches, grading, ground)
    for each in found.unreached():
        assert found.attainable is not None
        ends = (found.attainable.low, found.attainable.high)
        low, high = (None if end is None else _written(end, grading, ground) for end in ends)
        yield ground.tell("TD203", each.band.span, grade=each.band.grade, low=low or "…", high=high or "…")


def _overlaps(found: Banding, ground: Ground) -> Iterator[Diagnostic]:
    for first, second, value in found.overlaps():
        yield ground.tell(
            "TD201", second.band.span, None, (("also-here", first.band.span),),
            first=first.band.grade, second=second.band.grade, example=_written(value, found.grading, ground),
        )  # fmt: skip


def _gap(found: Banding, ground: Ground) -> Iterator[Diagnostic]:
    value = found.gap()
    if value is not None:
        nearest = sorted(found.stretches, key=lambda each: _distance(each.within, value))[:2]
        related = tuple(("next-band", each.band.span) for each in nearest)
        example = _written(value, found.grading, ground)
        yield ground.tell("TD200", nearest[0].band.span, None, related[1:], example=example)
        return
    last = found.undecided(ground)
    if last is not None:
        yield ground.tell("TD204", last.span)


def _order(stretches: tuple[Stretch, ...], grading: rb.Grading, ground: Ground) -> Iterator[Diagnostic]:
    lower = grading.lower_is_better or ground.scale.better == "lower"
    pure = [each for each in stretches if each.pure and not each.within.negated]
    for first, second in itertools.pairwise(pure):
        one, two = _place(first.within), _place(second.within)
        if one < two if not lower else one > two:
            yield ground.tell(
                "TD202", second.band.span, None, (("before-this", first.band.span),),
                first=first.band.grade, second=second.band.grade,
            )  # fmt: skip
            return


def _place(within: Bounds) -> tuple[int, Fraction]:
    """Where a band lies: without a lower end first, without an upper end last."""
    if within.low is None:
        return (-1, within.high or Fraction(0))
    return (1, within.low) if within.high is None else (0, within.low)


def _distance(within: Bounds, value: Fraction) -> Fraction:
    return min(abs(end - value) for end in (within.low, within.high) if end is not None)


def _written(value: Fraction, grading: rb.Grading, ground: Ground) -> str:
    language = cast(Literal["vi", "en"], ground.book.dialect)
    if grading.basis is rb.GradeBasis.SHARE:
        return f"{write_number(value * 100, language)}%"
    return write_number(value, language)
