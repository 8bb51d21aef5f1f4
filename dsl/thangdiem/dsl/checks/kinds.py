"""Whether only like is compared with like and added to like."""

from __future__ import annotations

from collections.abc import Iterator

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.checks.finding import crumbs, finding, written
from thangdiem.dsl.checks.kind_of import Sort, Sorts
from thangdiem.dsl.diagnostic import Diagnostic
from thangdiem.dsl.exemption import outcomes
from thangdiem.dsl.rulebook import Rulebook
from thangdiem.dsl.walk import all_of, bounds, expressions_of

_NUMERIC = (Sort.POINTS, Sort.RATIO, Sort.QUOTIENT, Sort.NUMBER)
_ADDING = (rb.Operator.ADD, rb.Operator.SUBTRACT)
Fault = tuple[str, rb.Expression]
"""A code and the expression it is about."""


def check_kinds(book: Rulebook) -> Iterator[Diagnostic]:
    """Points with ratios, dates or texts with numbers, yes or no as a number, points that are a ratio."""
    for scale in book.scales:
        sorts = Sorts(scale)
        for code, part in _faults(scale, sorts):
            yield finding(book, code, part.span, crumbs(book, scale), found=written(book, part.span))
        for item in scale.walk():
            for code, part in _values(item, sorts):
                where = crumbs(book, scale, item)
                yield finding(book, code, part.span, where, found=written(book, part.span), item=item.code)


def _faults(scale: rb.Scale, sorts: Sorts) -> Iterator[Fault]:
    for whole in expressions_of(scale):
        for part in all_of(whole):
            match part:
                case rb.Arithmetic():
                    yield from _arithmetic(part, sorts)
                case rb.Within():
                    yield from _within(part, sorts)
                case rb.ItemCount() | rb.SomeItem():
                    yield from _compared(Sort.POINTS, part.within, sorts)
                case _:
                    pass
    for grading in scale.gradings:
        basis = {
            rb.GradeBasis.TOTAL: sorts.of(rb.TotalPoints()),
            rb.GradeBasis.SHARE: Sort.RATIO,
            rb.GradeBasis.EXPRESSION: sorts.of(grading.expression) if grading.expression else Sort.UNKNOWN,
        }[grading.basis]
        for band in grading.bands:
            if band.within is not None:
                yield from _compared(basis, band.within, sorts)


def _arithmetic(part: rb.Arithmetic, sorts: Sorts) -> Iterator[Fault]:
    left, right = sorts.of(part.left), sorts.of(part.right)
    both = (left, right)
    if Sort.TEXT in both:
        yield "TD323", part
    elif Sort.YES_NO in both:
        yield "TD324", part
    elif Sort.DATE in both:
        if part.operator is not rb.Operator.SUBTRACT or any(sort in _NUMERIC for sort in both):
            yield "TD322", part
    elif part.operator in _ADDING and set(both) == {Sort.POINTS, Sort.RATIO}:
        yield "TD321", part


def _within(part: rb.Within, sorts: Sorts) -> Iterator[Fault]:
    subject = sorts.of(part.subject)
    if isinstance(part.subject, rb.Datum):
        field = sorts.scale.data.get(part.subject.name)
        if field is None or not field.declared or subject not in _NUMERIC:
            return  # its type follows from this use, or has been compared with its uses
    for found in part.ranges:
        yield from _compared(subject, found, sorts)


def _compared(subject: Sort, found: rb.Range, sorts: Sorts) -> Iterator[Fault]:
    for bound in bounds(found):
        code = _unlike(subject, sorts.of(bound), bound)
        if code:
            yield code, bound


def _unlike(subject: Sort, other: Sort, bound: rb.Expression) -> str:
    both = {subject, other}
    numeric = any(sort in _NUMERIC for sort in both)
    if len(both) == 1 or Sort.UNKNOWN in both:
        return ""
    if Sort.DATE in both and numeric:
        return "TD322"
    if Sort.TEXT in both and numeric:
        return "TD323"
    if Sort.YES_NO in both and numeric:
        return "TD324"
    if both == {Sort.POINTS, Sort.RATIO}:
        return "TD320"
    if other is Sort.NUMBER and isinstance(bound, rb.Number):
        if subject is Sort.RATIO and bound.value not in (0, 1):
            return "TD325"
        if subject is Sort.QUOTIENT and 5 <= bound.value <= 100 and not bound.unit:
            return "TD326"
    return ""


def _values(item: rb.Item, sorts: Sorts) -> Iterator[Fault]:
    """Values of an item with points that are no points."""
    if item.points.form not in (rb.PointsForm.FIXED, rb.PointsForm.RANGE) or item.method is None:
        return
    if item.points.high is not None and item.points.high <= 1:
        return
    for value in outcomes(item.method):
        if isinstance(value, rb.NotApplicable):
            continue
        sort = sorts.of(value)
        if sort in (Sort.RATIO, Sort.QUOTIENT):
            yield "TD327", value
        elif sort is Sort.YES_NO:
            yield "TD324", value
