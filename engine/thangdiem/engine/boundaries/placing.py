"""A threshold and a sound unit in; that unit moved to just below, exactly to and just above the threshold out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from math import ceil, floor

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl import walk
from thangdiem.dsl.bounds import totals
from thangdiem.dsl.bounds.world import world_of
from thangdiem.dsl.resolve.examples import TOTAL_COLUMN
from thangdiem.engine.boundaries.baseline import Bench, Given, day_cell
from thangdiem.engine.boundaries.thresholds import Threshold
from thangdiem.engine.result import UnitResult

_FINE = Fraction(1, 100)
_BESIDE = (None, Fraction(100), Fraction(10), Fraction(1000))
"""What another datum of the same comparison is tried at, so that a quotient can come out exactly."""


def placed(threshold: Threshold, base: Given, at: Bench) -> dict[int, Given]:
    """The unit by side: -1 just below, 0 at, 1 just above; those sides that can be had."""
    if isinstance(threshold.subject, rb.TotalPoints):
        return _by_total(threshold, base, at)
    if isinstance(threshold.value, date):
        return _by_day(threshold, base, threshold.value)
    best: dict[int, Given] = {}
    for found in _by_data(threshold, threshold.value, base, at):
        if len(found) > len(best):
            best = found
        if len(best) == 3:
            break
    return best


def value_of(threshold: Threshold, result: UnitResult) -> Fraction | None:
    """What the subject of the comparison came to, from the trace."""
    trace, span = result.trace, threshold.subject.span
    assert trace is not None, "a unit that was evaluated has its trace"
    tops = [trace.total, *trace.items.values(), *trace.names.values(), *trace.bonuses.values()]
    if trace.grading is not None:
        tops.extend((trace.grading.basis, *(rule.condition for rule in trace.grading.rules)))
        tops.extend(step for band in trace.grading.bands for step in band.conditions)
    for top in tops:
        for step in top.walk():
            if (step.span.start, step.span.end) == (span.start, span.end) and isinstance(step.value, Fraction):
                return step.value
    return None


def _by_total(threshold: Threshold, base: Given, at: Bench) -> dict[int, Given]:
    scale = at.rules.scale
    value = threshold.value
    assert isinstance(value, Fraction)
    maximum = scale.points.high
    if threshold.of_share:
        if maximum is None:
            return {}
        value *= maximum
    possible = totals.of_total(world_of(scale)).value
    step = possible.grid if possible is not None and possible.grid else _FINE
    codes = {item.code for item in scale.walk()}
    kept = {key: cell for key, cell in base.items() if key[0] not in codes and key[0] != TOTAL_COLUMN}
    low, high = scale.points.low or Fraction(0), maximum
    return {
        side: {(TOTAL_COLUMN, ""): rb.Number(total, rb.Kind.POINTS), **kept}
        for side in (-1, 0, 1)
        if low <= (total := value + side * step) and (high is None or total <= high)
    }


def _by_day(threshold: Threshold, base: Given, value: date) -> dict[int, Given]:
    if not isinstance(threshold.subject, rb.Datum):
        return {}
    key = (f"[{threshold.subject.name}]", "")
    return {side: {**base, key: day_cell(value + timedelta(days=side))} for side in (-1, 0, 1)}


def _by_data(threshold: Threshold, value: Fraction, base: Given, at: Bench) -> Iterator[dict[int, Given]]:
    keys = [key for key in _cells(threshold.subject, at) if isinstance(base.get(key), rb.Number)]
    for beside in _BESIDE:
        others: list[tuple[str, str] | None] = [None] if beside is None else [*keys]
        for key in keys:
            for other in others:
                if other == key:
                    continue
                start = dict(base)
                if other is not None and beside is not None:
                    start[other] = _as(base[other], beside)
                yield _moved(threshold, value, key, start, at)


def _moved(
    threshold: Threshold, value: Fraction, key: tuple[str, str], start: dict[tuple[str, str], rb.CellValue], at: Bench
) -> dict[int, Given]:
    """One cell moved along its grid until the subject, taken to be a straight line of it, lies at the value."""
    step = _step(key[0], at)
    here = start[key]
    assert isinstance(here, rb.Number)
    line = _line(threshold, key, start, here.value, step, at)
    if line is None:
        return {}
    slope, zero = line
    wanted = (value - zero) / slope / step
    sides = {-1: ceil(wanted) - 1, 1: floor(wanted) + 1} if slope > 0 else {1: ceil(wanted) - 1, -1: floor(wanted) + 1}
    if wanted.denominator == 1:
        sides[0] = int(wanted)
    found: dict[int, Given] = {}
    for side, count in sorted(sides.items()):
        given = {**start, key: _as(here, count * step)}
        result = at.result(given)
        came = value_of(threshold, result) if result is not None else None
        if came is not None and _side(came - value) == side:
            found[side] = given
    return found


def _line(
    threshold: Threshold,
    key: tuple[str, str],
    start: dict[tuple[str, str], rb.CellValue],
    here: Fraction,
    step: Fraction,
    at: Bench,
) -> tuple[Fraction, Fraction] | None:
    """Slope and value at 0 of the subject over the cell."""
    points: list[tuple[Fraction, Fraction]] = []
    for cell in (here, here - step, here + step):
        result = at.result({**start, key: _as(start[key], cell)})
        came = value_of(threshold, result) if result is not None else None
        if came is not None:
            points.append((cell, came))
        if len(points) == 2:
            break
    if len(points) < 2 or points[0][1] == points[1][1]:
        return None
    (one, first), (two, second) = points
    slope = (second - first) / (two - one)
    return slope, first - slope * one


def _side(over: Fraction) -> int:
    return (over > 0) - (over < 0)


def _as(like: rb.CellValue, value: Fraction) -> rb.Number:
    return rb.Number(value, like.kind if isinstance(like, rb.Number) else rb.Kind.NUMBER)


def _step(column: str, at: Bench) -> Fraction:
    """The grid of a cell: whole numbers, declared decimals, else hundredths."""
    declared = at.rules.scale.data.get(column[1:-1]) if column.startswith("[") else None
    if declared is None:
        return Fraction(1, 4) if not column.startswith("[") else _FINE
    if declared.form is rb.DataForm.INTEGER:
        return Fraction(1)
    grid = Fraction(1, 10 ** (declared.decimals if declared.decimals is not None else 2))
    return grid / 100 if declared.form is rb.DataForm.PERCENT else grid


def _cells(subject: rb.Expression, at: Bench) -> list[tuple[str, str]]:
    """The cells the subject reads, through named values and items given directly."""
    scale = at.rules.scale
    named = {(each.owner, each.name): each for each in _names(scale)}
    items = {item.code: item for item in scale.walk()}
    layers = scale.layers.names if scale.layers is not None else ("",)
    found: dict[tuple[str, str], None] = {}
    waiting, seen = [subject], set[str]()
    while waiting:
        for part in walk.all_of(waiting.pop()):
            match part:
                case rb.Datum():
                    found[f"[{part.name}]", ""] = None
                case rb.NameRef():
                    if (part.owner, part.name) in named and f"{part.owner} {part.name}" not in seen:
                        seen.add(f"{part.owner} {part.name}")
                        waiting.extend(walk.of_method(named[part.owner, part.name].method))
                case rb.ItemScore() if part.code in items and part.code not in seen:
                    seen.add(part.code)
                    found.update({(part.code, layer): None for layer in ("", *layers)})
                    waiting.extend(walk.of_item(items[part.code]))
                case rb.Judged():
                    found.update({(part.code, layer): None for layer in ("", *layers)})
                case _:
                    pass
    return list(found)


def _names(scale: rb.Scale) -> Iterator[rb.Named]:
    yield from scale.names
    for item in scale.walk():
        yield from item.names
        for bonus in item.bonuses:
            yield from bonus.names
    for bonus in scale.bonuses:
        yield from bonus.names
