"""What a part of a scale rests on in; the values worth trying for each datum and each score given, out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.letters import fold
from thangdiem.dsl.proofs.proof import Given
from thangdiem.dsl.proofs.reading import Ground
from thangdiem.engine.binding.columns import Columns, DatumColumn, ScoreColumn
from thangdiem.engine.evaluation.unit import Plan

Input = tuple[str, str]
"""("datum", its name) or ("score", the code of an item or the key of a bonus)."""

Unit = Mapping[Input, Given]

MOST_VALUES = 48
"""So many values of one input are tried."""

_HUNDRED = Fraction(100)


def inputs_of(ground: Ground, plan: Plan, columns: Columns) -> dict[Input, tuple[Given, ...]]:
    """The inputs, each with its values: those near which rules decide, and the ends of what is declared."""
    found: dict[Input, tuple[Given, ...]] = {}
    for name in ground.data:
        found["datum", name] = _of_datum(columns.data[fold(name)], ground, plan)[:MOST_VALUES]
    for key in ground.levers:
        score = columns.scores.get(key)
        values = () if score is None else tuple(_of_score(score, key, plan))
        item = plan.items.get(key)
        if item is not None and item.applicability.allowed and not item.children:
            values = (*values, None) if values else ()
        if values:
            found["score", key] = values[:MOST_VALUES]
    return found


def _of_datum(column: DatumColumn, ground: Ground, plan: Plan) -> tuple[Given, ...]:
    declared = column.datum
    match declared.form:
        case rb.DataForm.YES_NO:
            return (False, True)
        case rb.DataForm.ONE_OF:
            return declared.options
        case rb.DataForm.TEXT:
            return (*dict.fromkeys(part.value for part in ground.expressions if isinstance(part, rb.Text)), "…")
        case rb.DataForm.DATE:
            return tuple(day for day in _days(ground, plan) if _is_allowed(day, column))
        case rb.DataForm.INTEGER | rb.DataForm.NUMBER | rb.DataForm.PERCENT:
            grid = grid_of(declared)
            numbers = _numbers(column, ground, grid)
            return tuple(dict.fromkeys(each for each in numbers if _fits(each, grid) and _is_allowed(each, column)))


def grid_of(declared: rb.DataField) -> Fraction:
    """The steps in which a number is tried: as declared, else hundredths."""
    if declared.form is rb.DataForm.INTEGER:
        return Fraction(1)
    decimals = 2 if declared.decimals is None else declared.decimals
    return Fraction(1, 10 ** (decimals + (2 if declared.form is rb.DataForm.PERCENT else 0)))


def _days(ground: Ground, plan: Plan) -> Iterable[date]:
    year = plan.period
    for part in ground.expressions:
        if isinstance(part, rb.Day) and (part.year is not None or year is not None):
            last = part.day if (part.month, part.day) != (2, 29) else 28
            day = date(part.year if part.year is not None else (year or 0) + part.after, part.month, last)
            yield from (day, day + timedelta(days=1), day - timedelta(days=1))
    yield date(year or 2024, 1, 1)


def _numbers(column: DatumColumn, ground: Ground, grid: Fraction) -> Iterable[Fraction]:
    """The ends declared, then what stands in the rules, one step beside it, and what lies between."""
    ends = [end for each in column.domain for end in (each.low, each.high) if isinstance(end, Fraction)]
    if len(ends) > 1 and (max(ends) - min(ends)) / grid < MOST_VALUES:
        yield from (min(ends) // grid * grid + grid * at for at in range(MOST_VALUES + 1))
        return
    yield from ends
    marks = sorted({Fraction(0), Fraction(1), *_stated(ground, grid)})
    if column.datum.form is not rb.DataForm.PERCENT:
        marks = sorted({*marks, _HUNDRED, *(mark * _HUNDRED for mark in marks if 0 < mark < 1)})
    yield from marks
    yield from (mark + step for mark in marks for step in (grid, -grid))
    yield from ((one + two) / 2 // grid * grid for one, two in pairwise(marks))
    if all(each.high is None for each in column.domain) and column.datum.form is not rb.DataForm.PERCENT:
        yield max((*marks, *ends)) * 10 // grid * grid


def _stated(ground: Ground, grid: Fraction) -> list[Fraction]:
    """The numbers of the rules, and what one of them must be multiplied by to come to the points of an item."""
    stated = dict.fromkeys(part.value for part in ground.expressions if isinstance(part, rb.Number))
    highs = [each.points.high for each in ground.nodes if isinstance(each, rb.Item) and each.points.high is not None]
    full = dict.fromkeys(high / each for high in highs[:2] for each in list(stated)[:6] if each)
    return [*list(stated)[:16], *(each for each in full if _fits(each, grid))]


def _fits(value: Fraction, grid: Fraction) -> bool:
    return (value / grid).denominator == 1


def _is_allowed(value: Fraction | date, column: DatumColumn) -> bool:
    """Whether the file allows it; where it says nothing, no number below 0 is tried."""
    if column.domain:
        return any(each.holds(value) for each in column.domain)
    return isinstance(value, date) or value >= 0


def _of_score(column: ScoreColumn, key: str, plan: Plan) -> Iterable[Given]:
    if column.labels:
        yield from dict.fromkeys(column.labels.values())
    if column.letters:
        yield column.letters
        yield ()
        yield from ((letter,) for letter in column.letters)
    if column.number:
        points = plan.points_of(key)
        low = Fraction(0) if points is None or points.low is None else points.low
        high = low + _HUNDRED if points is None or points.high is None else points.high
        yield from (high, low, (low + high) / 2)
        yield from (low + step for step in (Fraction(1), Fraction(1, 2)) if low + step < high)
