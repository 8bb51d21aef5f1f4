"""A block of grades in; the values that no band or that two bands hold, and the bands that no unit reaches, out."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from attrs import frozen

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.bounds.extent import Extent
from thangdiem.dsl.bounds.totals import extent, of_maximum, of_total
from thangdiem.dsl.checks.guards import always
from thangdiem.dsl.checks.regions import Bounds, Sample, bounds, numbers_between
from thangdiem.dsl.checks.survey import Ground


@frozen
class Stretch:
    """A band that is a range with constant ends; ``pure`` where nothing else is asked."""

    band: rb.Band
    within: Bounds
    pure: bool


@frozen
class Banding:
    """The bands that are ranges, the values attainable, and ``samples`` that stand for all of these.

    ``marks`` are the ends of the ranges; without any, only conditions decide.
    """

    grading: rb.Grading
    stretches: tuple[Stretch, ...]
    attainable: Extent | None
    marks: tuple[Fraction, ...]
    samples: tuple[Sample, ...]

    @property
    def rest(self) -> bool:
        """Whether a band takes what no other takes."""
        return any(band.rest for band in self.grading.bands)

    def gap(self) -> Fraction | None:
        """The highest sample that no band holds."""
        if self.rest:
            return None
        values = (Fraction(sample.value) for sample in reversed(self.samples))
        return next((value for value in values if not any(each.within.holds(value) for each in self.stretches)), None)

    def undecided(self, ground: Ground) -> rb.Band | None:
        """The last of the bands that hold a value only under conditions, one of which need not hold."""
        if self.rest:
            return None
        if not self.marks:
            decided = [band for band in self.grading.bands if band.conditions]
            return decided[-1] if decided and not always([_condition(band) for band in decided], ground) else None
        for sample in reversed(self.samples):
            holders = [each for each in self.stretches if each.within.holds(Fraction(sample.value))]
            whens = [_condition(each.band) for each in holders]
            if holders and not any(each.pure for each in holders) and not always(whens, ground):
                return holders[-1].band
        return None

    def overlaps(self) -> Iterator[tuple[Stretch, Stretch, Fraction]]:
        """Two bands with a value that both hold; each second band once."""
        told: set[str] = set()
        for sample in self.samples:
            value = Fraction(sample.value)
            both = [each for each in self.stretches if each.pure and each.within.holds(value)]
            if len(both) > 1 and both[1].band.grade not in told:
                told.add(both[1].band.grade)
                yield both[0], both[1], value

    def unreached(self) -> Iterator[Stretch]:
        """Bands that hold no value attainable."""
        if not self.samples:
            return
        for each in self.stretches:
            if not each.within.negated and not any(each.within.holds(Fraction(one.value)) for one in self.samples):
                yield each


def read_bands(grading: rb.Grading, ground: Ground, attainable: Extent | None) -> Banding | None:
    """The bands over the values attainable; None where a range has no constant ends."""
    found = [(band, bounds(band.within, ground.world)) for band in grading.bands if band.within is not None]
    if any(within is None for _, within in found):
        return None
    stretches = tuple(Stretch(band, within, not band.conditions) for band, within in found if within is not None)
    marks = sorted({end for each in stretches for end in (each.within.low, each.within.high) if end is not None})
    samples = () if attainable is None or not marks else tuple(numbers_between(marks, attainable))
    return Banding(grading, stretches, attainable, tuple(marks), samples)


def attainable(grading: rb.Grading, ground: Ground, *, proved: bool = False) -> Extent | None:
    """The values that the bands are ranges of; ``proved``: no end is taken that only usual rule files have."""
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
            return Extent(Fraction(0), Fraction(1)) if plain and not proved else total.over(maximum)


def _condition(band: rb.Band) -> rb.Expression | None:
    """What a band asks for besides its range."""
    parts = band.conditions
    return None if not parts else parts[0] if len(parts) == 1 else rb.AllOf(parts, span=band.span)
