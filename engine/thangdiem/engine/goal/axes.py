"""A datum or points given directly in; the numbers it may take, as steps of its grid, and where its rules cut, out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.constants import constant
from thangdiem.dsl.numerals import plain_decimal
from thangdiem.engine.facts import MISSING
from thangdiem.engine.goal.axis import Axis, Input
from thangdiem.engine.goal.reads import Reads
from thangdiem.engine.goal.scene import Scene

DECIMALS = 2
"""Of a number that declares none, unless what is given of it is finer; percentages count them after the percent."""

BEYOND = 256
"""So many steps beyond what the rules and the data name are looked at first where no end is declared."""


def axis_of(scene: Scene, key: str, found: Input) -> Axis | None:
    """The axis of an input of an item or bonus; None where it holds no numbers."""
    if (key, found) not in scene.axes:
        scene.axes[key, found] = (
            _score_axis(scene, found) if found[0] == "score" else _datum_axis(scene, found, scene.reads[key])
        )
    return scene.axes[key, found]


def _datum_axis(scene: Scene, found: Input, reads: Reads) -> Axis | None:
    name = found[1]
    declared = scene.rules.scale.data[name]
    if declared.form in (rb.DataForm.YES_NO, rb.DataForm.ONE_OF, rb.DataForm.TEXT):
        return None
    value = scene.facts.data.get(name, MISSING).value
    dates = declared.form is rb.DataForm.DATE
    now = value if isinstance(value, Fraction) else Fraction(value.toordinal()) if isinstance(value, date) else None
    marks = [mark for end in reads.marks.get(name, ()) if (mark := _mark(end, scene)) is not None]
    grid = Fraction(1) if dates else _grid(declared, now, marks)
    cuts = tuple(sorted({mark // grid for mark in marks} | {-(-mark // grid) for mark in marks}))
    low, high = _ends(scene, declared, now, grid, cuts, dates)
    domain = next((each.domain for each in scene.columns.data.values() if each.datum is declared), ())
    is_open = high not in _highs(declared, scene, grid)
    return Axis(found, grid, low, high, _step(now, grid), cuts, dates, domain, is_open)


def _step(now: Fraction | None, grid: Fraction) -> int | None:
    """Where a number lies on its grid; None where it lies beside it."""
    return int(now / grid) if now is not None and (now / grid).denominator == 1 else None


def _highs(declared: rb.DataField, scene: Scene, grid: Fraction) -> set[int]:
    """The last steps that somebody declared."""
    ends = [_mark(each.high, scene) for each in declared.domain if each.high is not None]
    full = {int(1 / grid)} if declared.form is rb.DataForm.PERCENT and not declared.domain else set()
    return full | {int(end // grid) for end in ends if end is not None}


def _mark(end: rb.Expression, scene: Scene) -> Fraction | None:
    if isinstance(end, rb.Day):
        day = scene.member(scene.facts).day(end)
        return None if day is None else Fraction(day.toordinal())
    return constant(end)


def _grid(declared: rb.DataField, now: Fraction | None, marks: list[Fraction]) -> Fraction:
    if declared.form is rb.DataForm.INTEGER:
        return Fraction(1)
    more = 2 if declared.form is rb.DataForm.PERCENT else 0
    if declared.decimals is not None:
        return Fraction(1, 10 ** (declared.decimals + more))
    return Fraction(1, 10 ** max(DECIMALS + more, *(decimals(each) for each in (now, *marks) if each is not None), 0))


def decimals(value: Fraction) -> int:
    """How many decimal places a number has; 0 where it is no decimal."""
    written = plain_decimal(value) or ""
    return len(written.partition(".")[2])


def _ends(
    scene: Scene, declared: rb.DataField, now: Fraction | None, grid: Fraction, cuts: tuple[int, ...], dates: bool
) -> tuple[int, int]:
    """The lowest and highest step declared; else not below 0, unless the datum is, and not without end."""
    if dates:
        named = [*cuts, *([int(now)] if now is not None else [])] or [date(2000, 1, 1).toordinal()]
        low, high = max(1, min(named) - 366), min(date.max.toordinal(), max(named) + 366)
    else:
        known = [*cuts, *([int(now / grid)] if now is not None else []), 0]
        low, high = min(known), 4 * max(known) + BEYOND
        if declared.form is rb.DataForm.PERCENT and not declared.domain:
            high = max(int(1 / grid), max(known))
    ranges = [_range(each, scene) for each in declared.domain]
    if ranges and all(each is not None for each in ranges):
        lows = [each[0] for each in ranges if each is not None]
        highs = [each[1] for each in ranges if each is not None]
        if all(end is not None for end in lows):
            low = min(int(-(-end // grid)) for end in lows if end is not None)
        if all(end is not None for end in highs):
            high = max(int(end // grid) for end in highs if end is not None)
    return low, high


def _range(each: rb.Range, scene: Scene) -> tuple[Fraction | None, Fraction | None] | None:
    if each.negated:
        return None
    ends = [None if end is None else _mark(end, scene) for end in (each.low, each.high)]
    if (each.low is not None and ends[0] is None) or (each.high is not None and ends[1] is None):
        return None
    return ends[0], ends[1]


def _score_axis(scene: Scene, found: Input) -> Axis | None:
    points = scene.plan.points_of(found[1])
    value = scene.facts.scores.get(found[1], MISSING).value
    if not isinstance(value, Fraction):
        return None
    item = scene.plan.items.get(found[1])
    rounding = (item.rounding or scene.plan.item_roundings.get(item.kind_word)) if item is not None else None
    total = scene.unit.total or Fraction(0)
    fine = Fraction(1, 10 ** max(DECIMALS, decimals(value), decimals(total), *_edges(scene)))
    grid = rounding.unit if rounding is not None and (value / rounding.unit).denominator == 1 else fine
    low = points.low if points is not None and points.low is not None else min(Fraction(0), value)
    high = points.high if points is not None else None
    top = int(high // grid) if high is not None else 4 * int(value / grid) + BEYOND
    return Axis(found, grid, int(-(-low // grid)), top, _step(value, grid), open=high is None)


def _edges(scene: Scene) -> Iterator[int]:
    """How fine the edges of the grades are."""
    for grading in scene.rules.scale.gradings:
        for band in grading.bands:
            for end in (band.within.low, band.within.high) if band.within is not None else ():
                edge = None if end is None else constant(end)
                if edge is not None:
                    yield decimals(edge)
