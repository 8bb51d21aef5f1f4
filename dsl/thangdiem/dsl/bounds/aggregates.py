"""Many scores made one, some of which may leave because they do not apply."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from attrs import frozen

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.bounds import irrational
from thangdiem.dsl.bounds.extent import ONE, UNBOUNDED, ZERO, Extent, either, greatest, point
from thangdiem.dsl.bounds.world import Possible


@frozen
class Part:
    """A score times its weight, and what it adds to the divisor; it may leave with both."""

    value: Extent
    weight: Fraction
    may_leave: bool


def gathered(gathering: rb.Gathering, found: Sequence[Possible]) -> Possible:
    """What the sum, mean, highest or lowest of nodes may come to."""
    parts = [Part(each.value, ONE, each.exempt) for each in found if each.value is not None]
    if any(each.value is None and not each.exempt for each in found):
        return Possible(None)
    empty = all(part.may_leave for part in parts)
    match gathering:
        case rb.Gathering.SUM:
            return Possible(summed(parts))
        case rb.Gathering.MEAN:
            return Possible(mean(parts), empty)
        case rb.Gathering.HIGHEST:
            return Possible(highest(parts), empty)
        case rb.Gathering.LOWEST:
            return Possible(lowest(parts), empty)


def aggregated(rule: rb.Aggregation, found: Sequence[tuple[Possible, Fraction]]) -> Possible:
    """What a node may come to that is made of children with weights."""
    if not found:
        return Possible(point(ZERO) if rule.form is rb.AggregationForm.SUM else None)
    if any(each.value is None and not each.exempt for each, _ in found):
        return Possible(None, any(each.exempt for each, _ in found))
    kept = [(each.value, weight, each.exempt) for each, weight in found if each.value is not None]
    empty = all(leaves for _, _, leaves in kept)
    value = _by_form(rule, kept)
    if value is not None and rule.rounding is not None:
        value = value.rounded(rule.rounding)
    return Possible(value if kept else None, empty)


def _by_form(rule: rb.Aggregation, kept: list[tuple[Extent, Fraction, bool]]) -> Extent | None:
    plain = [Part(value, ONE, leaves) for value, _, leaves in kept]
    match rule.form:
        case rb.AggregationForm.SUM:
            return summed([Part(value.times(weight), weight, leaves) for value, weight, leaves in kept])
        case rb.AggregationForm.MEAN:
            return mean(plain)
        case rb.AggregationForm.WEIGHTED_MEAN:
            return mean([Part(value.times(weight), weight, leaves) for value, weight, leaves in kept])
        case rb.AggregationForm.GEOMETRIC_MEAN:
            return _geometric(plain, rounded=rule.rounding is not None)
        case rb.AggregationForm.LOWEST:
            return lowest(plain)
        case rb.AggregationForm.HIGHEST:
            return highest(plain)


def summed(parts: Sequence[Part]) -> Extent:
    """The sum of those that stay."""
    total = point(ZERO)
    for part in parts:
        total = total + ((either(part.value, point(ZERO)) or part.value) if part.may_leave else part.value)
    return total


def mean(parts: Sequence[Part]) -> Extent | None:
    """The sum of those that stay over the sum of their weights; the ends are exact whoever leaves."""
    weights = sum((part.weight for part in parts), ZERO)
    if not any(part.may_leave for part in parts):
        return summed(parts).times(ONE / weights) if weights else None
    low = _least_mean([(part.value.low, part.weight, part.may_leave) for part in parts])
    mirrored = [(None if part.value.high is None else -part.value.high, part.weight, part.may_leave) for part in parts]
    high = _least_mean(mirrored)
    return Extent(low, None if high is None else -high)


def _least_mean(parts: list[tuple[Fraction | None, Fraction, bool]]) -> Fraction | None:
    """The least mean, by taking in those that may leave from the lowest on, as long as they lower it."""
    if any(low is None or weight <= 0 for low, weight, _ in parts):
        return None
    staying = [(low, weight) for low, weight, leaves in parts if not leaves and low is not None]
    top = sum((low for low, _ in staying), ZERO)
    bottom = sum((weight for _, weight in staying), ZERO)
    optional = [(low, weight) for low, weight, leaves in parts if leaves and low is not None]
    for low, weight in sorted(optional, key=lambda each: each[0] / each[1]):
        if not bottom or low * bottom < top * weight:
            top, bottom = top + low, bottom + weight
    return top / bottom if bottom else None


def highest(parts: Sequence[Part]) -> Extent | None:
    """The highest of those that stay."""
    found = [part.value for part in parts if not part.may_leave]
    most: Extent | None = None
    for value in found:
        most = value if most is None else greatest(most, value)
    for part in parts:
        if part.may_leave:
            most = (
                part.value
                if most is None
                else either(most, greatest(most, part.value))
                if found
                else either(most, part.value)
            )
    return most


def lowest(parts: Sequence[Part]) -> Extent | None:
    """The lowest of those that stay."""
    mirrored = highest([Part(-part.value, part.weight, part.may_leave) for part in parts])
    return None if mirrored is None else -mirrored


def _geometric(parts: Sequence[Part], *, rounded: bool) -> Extent | None:
    """The root of the product, of as many as stay; without a rounding there is no result."""
    if not rounded:
        return None
    if any(part.may_leave for part in parts):
        if any(part.value.low is None or part.value.low < 0 for part in parts):
            return UNBOUNDED
        highs = [part.value.high for part in parts]
        return Extent(ZERO, None if None in highs else max((high for high in highs if high is not None), default=None))
    product = point(ONE)
    for part in parts:
        product = product * part.value
    return irrational.root(product, point(Fraction(len(parts))))
