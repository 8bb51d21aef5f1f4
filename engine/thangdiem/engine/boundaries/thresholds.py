"""A scale in; every threshold in it – what is compared, with which number or day, where – out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from attrs import frozen

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl import walk


@frozen
class Threshold:
    """``subject`` is compared with ``value`` at ``span``; ``item`` is the code of the item that asks, or empty.

    A subject of TotalPoints whose ``of_share`` is set is compared as a share of the maximum.
    """

    subject: rb.Expression
    value: Fraction | date
    span: rb.Span
    item: str = ""
    of_share: bool = False


def thresholds_of(scale: rb.Scale, period: int) -> tuple[Threshold, ...]:
    """Each once, in the order of the text; those compared with what differs from unit to unit are left out."""
    known = {item.code: item for item in scale.walk()}
    found: dict[tuple[rb.Expression, Fraction | date, str], Threshold] = {}
    for code, value in _outermost(scale):
        for subject, bound in _comparisons(value):
            _add(found, Threshold(subject, _NEVER, bound.span, code), _constant(bound, known, code, period))
    for grading in scale.gradings:
        for threshold, bound in _of_bands(grading):
            _add(found, threshold, _constant(bound, known, "", period))
    return tuple(sorted(found.values(), key=lambda each: (each.span.start, each.span.end)))


_NEVER = Fraction(0)


def _add(
    found: dict[tuple[rb.Expression, Fraction | date, str], Threshold],
    one: Threshold,
    value: Fraction | date | None,
) -> None:
    if value is not None:
        placed = Threshold(one.subject, value, one.span, one.item, one.of_share)
        found.setdefault((one.subject, value, one.item), placed)


def _outermost(scale: rb.Scale) -> Iterator[tuple[str, rb.Expression]]:
    """Every outermost expression with the code of its item."""
    for item in scale.walk():
        yield from ((item.code, value) for value in walk.of_item(item))
        yield from ((item.code, value) for value in _limited(item.method))
    bare = [value for named in scale.names for value in walk.of_method(named.method)]
    bare.extend(value for bonus in scale.bonuses for value in walk.of_bonus(bonus))
    for bonus in scale.bonuses:
        bare.extend(_limited(bonus.method, bonus.limits))
    if scale.total is not None:
        bare.extend(walk.of_method(scale.total))
    bare.extend(value for grading in scale.gradings for value in walk.of_grading(grading))
    yield from (("", value) for value in bare)


def _limited(method: rb.Method | None, more: tuple[rb.Limit, ...] = ()) -> Iterator[rb.Expression]:
    """The limits of a formula as comparisons of what it yields."""
    if isinstance(method, rb.Formula):
        for limit in (*method.limits, *more):
            within = rb.Range(low=limit.bound, span=limit.span)
            yield rb.Within(method.value, (within,), span=method.value.span)


def _comparisons(value: rb.Expression) -> Iterator[tuple[rb.Expression, rb.Expression]]:
    for part in walk.all_of(value):
        if isinstance(part, rb.Within):
            for within in part.ranges:
                yield from ((part.subject, bound) for bound in walk.bounds(within))


def _of_bands(grading: rb.Grading) -> Iterator[tuple[Threshold, rb.Expression]]:
    subject = grading.expression or rb.TotalPoints(span=grading.span)
    share = grading.basis is rb.GradeBasis.SHARE
    for band in grading.bands:
        for bound in walk.bounds(band.within) if band.within is not None else ():
            yield Threshold(subject, _NEVER, bound.span, "", share), bound


def _constant(bound: rb.Expression, items: dict[str, rb.Item], code: str, period: int) -> Fraction | date | None:
    """The value of a bound that is the same for every unit."""
    match bound:
        case rb.Number():
            return bound.value
        case rb.Day():
            return _day(bound, period)
        case rb.MaximumOf():
            item = items.get(bound.code if bound.code != "*" else code)
            return item.points.high if item is not None else None
        case rb.Negative():
            value = _constant(bound.value, items, code, period)
            return -value if isinstance(value, Fraction) else None
        case rb.Arithmetic(operator=rb.Operator.MULTIPLY):
            left = _constant(bound.left, items, code, period)
            right = _constant(bound.right, items, code, period)
            return left * right if isinstance(left, Fraction) and isinstance(right, Fraction) else None
        case _:
            return None


def _day(bound: rb.Day, period: int) -> date | None:
    try:
        return date(bound.year if bound.year is not None else period + bound.after, bound.month, bound.day)
    except ValueError:
        return None
