"""Units with their totals before and after in, the places of a dumbbell chart in whole numbers out."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from attrs import frozen

from thangdiem.dsl.diagnostic import Language
from thangdiem.engine.explanation.phrases import phrases
from thangdiem.engine.explanation.wording import Wording
from thangdiem.engine.impact.effect import UnitEffect

MOST_ROWS = 60
"""So many units are drawn; the table has them all."""

LABELS = 300
"""Where the names of the units end."""

WIDTH = 600
"""The length of the axis."""

HEIGHT = 26
"""The height of a row."""

_MARGIN = 40
_LONGEST = 38
_STEPS = (1, 2, 5)


@frozen
class Tick:
    """A place on the axis with its number."""

    x: int
    label: str


@frozen
class Dumbbell:
    """One unit: where its total was and is; ``way`` is up or down."""

    unit: str
    y: int
    before: int
    after: int
    way: str
    described: str


@frozen
class Chart:
    """A dumbbell chart: its size, its axis and its rows; ``left_out`` says how many units are not drawn."""

    width: int
    height: int
    top: int
    bottom: int
    labels: int
    ticks: tuple[Tick, ...]
    rows: tuple[Dumbbell, ...]
    left_out: str


def chart_of(units: Sequence[UnitEffect], language: Language) -> Chart | None:
    """The chart of the units whose totals differ, in their order; None where there are none."""
    drawn = [(unit, unit.before.total, unit.after.total) for unit in units if unit.points]
    known = [(unit, before, after) for unit, before, after in drawn if before is not None and after is not None]
    if not known:
        return None
    shown = _most_moved(known)
    step = _step(shown)
    low = min(min(before, after) for _, before, after in shown) // step * step
    high = -(-max(max(before, after) for _, before, after in shown) // step) * step
    wording, words = Wording(language), phrases(language)

    def place(value: Fraction) -> int:
        return LABELS + ((value - low) * WIDTH / (high - low)).__round__()

    rows = tuple(
        Dumbbell(
            unit.unit if len(unit.unit) <= _LONGEST else unit.unit[: _LONGEST - 1] + "…",
            HEIGHT * (number + 1) + _MARGIN // 2,
            place(before),
            place(after),
            "up" if after > before else "down",
            f"{unit.unit}: {wording.figure(before)} → {wording.figure(after)} ({wording.signed(after - before)})",
        )
        for number, (unit, before, after) in enumerate(shown)
    )
    marks = [low + step * number for number in range(int((high - low) / step) + 1)]
    bottom = HEIGHT * (len(rows) + 1) + _MARGIN // 2
    left_out = len(known) - len(shown)
    return Chart(
        LABELS + WIDTH + _MARGIN,
        bottom + _MARGIN,
        _MARGIN // 2,
        bottom,
        LABELS,
        tuple(Tick(place(mark), wording.number(mark)) for mark in marks),
        rows,
        words("impact_not_drawn", count=left_out) if left_out else "",
    )


_Totals = tuple[UnitEffect, Fraction, Fraction]


def _most_moved(units: Sequence[_Totals]) -> list[_Totals]:
    """Those that move most, in the order given."""
    most = sorted(range(len(units)), key=lambda place: -abs(units[place][2] - units[place][1]))[:MOST_ROWS]
    return [units[place] for place in sorted(most)]


def _step(units: Sequence[_Totals]) -> Fraction:
    """The distance of the numbers on the axis: 1, 2 or 5 of a power of ten, at most about eight of them."""
    totals = [total for _, before, after in units for total in (before, after)]
    wanted = (max(totals) - min(totals)) / 7
    power = Fraction(1)
    while power * 10 <= wanted:
        power *= 10
    while power > wanted:
        power /= 10
    return next((power * factor for factor in _STEPS if power * factor >= wanted), power * 10)
