"""Bands of grades: they cover every total, do not overlap, stand best first and can be reached."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from fractions import Fraction
from typing import Literal, cast

from attrs import frozen

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.bounds.extent import Extent
from thangdiem.dsl.bounds.totals import extent, of_maximum, of_total
from thangdiem.dsl.checks.guards import always
from thangdiem.dsl.checks.regions import Bounds, Sample, bounds, numbers_between
from thangdiem.dsl.checks.survey import Ground, grounds
from thangdiem.dsl.diagnostic import Diagnostic
from thangdiem.dsl.numerals import write_number


@frozen
class Stretch:
    """A band that is a range with constant ends; ``pure`` where nothing else is asked."""

    band: rb.Band
    within: Bounds
    pure: bool


def check_bands(book: rb.Rulebook) -> Iterator[Diagnostic]:
    """TD200 a gap; TD201 an overlap; TD202 the order; TD203 never reached; TD204 nothing for the rest."""
    for ground in grounds(book):
        for grading in ground.scale.gradings:
            yield from _bands(grading, ground)


def _bands(grading: rb.Grading, ground: Ground) -> Iterator[Diagnostic]:
    found = [(band, bounds(band.within, ground.world)) for band in grading.bands if band.within is not None]
    if any(within is None for _, within in found):
        return
    stretches = [
        Stretch(band, within, band.when is None and not band.all_of) for band, within in found if within is not None
    ]
    rest = any(band.rest for band in grading.bands)
    attainable = _attainable(grading, ground)
    marks = sorted({end for each in stretches for end in (each.within.low, each.within.high) if end is not None})
    if not marks:
        decided = [band for band in grading.bands if band.when is not None or band.all_of]
        if decided and not rest and not always([_condition(band) for band in decided], ground):
            yield ground.tell("TD204", decided[-1].span)
        return
    if attainable is None:
        return
    samples = numbers_between(marks, attainable)
    yield from _overlaps(stretches, samples, grading, ground)
    if not rest:
        yield from _gap(stretches, samples, grading, ground)
    yield from _order(stretches, grading, ground)
    for each in stretches:
        if not each.within.negated and not any(each.within.holds(Fraction(sample.value)) for sample in samples):
            low, high = (
                None if end is None else _written(end, grading, ground) for end in (attainable.low, attainable.high)
            )
            yield ground.tell("TD203", each.band.span, grade=each.band.grade, low=low or "…", high=high or "…")


def _attainable(grading: rb.Grading, ground: Ground) -> Extent | None:
    scale = ground.scale
    total = of_total(ground.world).value
    if not scale.items and scale.total is None:
        total = Extent(scale.points.low, scale.points.high)
    match grading.basis:
        case rb.GradeBasis.TOTAL:
            return total
        case rb.GradeBasis.EXPRESSION:
            return None if grading.expression is None else extent(grading.expression, ground.world)
        case rb.GradeBasis.SHARE:
            maximum = of_maximum(ground.world)
            if total is None or maximum is None:
                return None
            if maximum.exact is not None:
                return total.over(maximum)
            plain = total.low == 0 and total.high == scale.points.high
            # What leaves takes its points along, so a share of a plain sum stays between 0 and 1.
            return Extent(Fraction(0), Fraction(1)) if plain else total.over(maximum)


def _overlaps(
    stretches: list[Stretch], samples: list[Sample], grading: rb.Grading, ground: Ground
) -> Iterator[Diagnostic]:
    pure = [each for each in stretches if each.pure]
    told: set[str] = set()
    for sample in samples:
        value = Fraction(sample.value)
        both = [each for each in pure if each.within.holds(value)]
        if len(both) > 1 and both[1].band.grade not in told:
            told.add(both[1].band.grade)
            yield ground.tell(
                "TD201", both[1].band.span, None, (("also-here", both[0].band.span),),
                first=both[0].band.grade, second=both[1].band.grade, example=_written(value, grading, ground),
            )  # fmt: skip


def _gap(stretches: list[Stretch], samples: list[Sample], grading: rb.Grading, ground: Ground) -> Iterator[Diagnostic]:
    pure = [each for each in stretches if each.pure]
    for sample in reversed(samples):
        value = Fraction(sample.value)
        if any(each.within.holds(value) for each in stretches):
            continue
        nearest = sorted(stretches, key=lambda each: _distance(each.within, value))[:2]
        related = tuple(("next-band", each.band.span) for each in nearest)
        yield ground.tell("TD200", nearest[0].band.span, None, related[1:], example=_written(value, grading, ground))
        return
    for sample in reversed(samples):
        value = Fraction(sample.value)
        holders = [each for each in stretches if each.within.holds(value)]
        whens = [_condition(each.band) for each in holders]
        if holders and not any(each in pure for each in holders) and not always(whens, ground):
            yield ground.tell("TD204", holders[-1].band.span)
            return


def _condition(band: rb.Band) -> rb.Expression | None:
    """What a band asks for besides its range."""
    parts = [*([] if band.when is None else [band.when]), *(mark.when for mark in band.all_of)]
    return None if not parts else parts[0] if len(parts) == 1 else rb.AllOf(tuple(parts), span=band.span)


def _order(stretches: list[Stretch], grading: rb.Grading, ground: Ground) -> Iterator[Diagnostic]:
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
