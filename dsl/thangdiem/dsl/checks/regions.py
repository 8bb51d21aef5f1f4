"""A column of a table in; the values that stand for all others, and which of them each cell holds, out."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from fractions import Fraction
from itertools import chain
from typing import Literal

from attrs import frozen

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.bounds.extent import ONE, UNBOUNDED, Extent
from thangdiem.dsl.bounds.totals import extent
from thangdiem.dsl.bounds.world import World
from thangdiem.dsl.letters import fold
from thangdiem.dsl.numerals import write_number

Cell = tuple[rb.Range, ...] | None


@frozen
class Sample:
    """A value for all that no cell tells from it; ``doubtful`` where nobody declared it possible."""

    value: Fraction | str | bool
    doubtful: bool = False
    above_all: bool = False
    below_all: bool = False


@frozen
class Bounds:
    """A range with constant ends."""

    low: Fraction | None
    high: Fraction | None
    low_open: bool
    high_open: bool
    negated: bool

    def holds(self, value: Fraction) -> bool:
        """Whether a number lies within."""
        above = self.low is None or value > self.low or (value == self.low and not self.low_open)
        below = self.high is None or value < self.high or (value == self.high and not self.high_open)
        return (above and below) is not self.negated


@frozen
class Column:
    """The samples of a subject, and for each cell the numbers of those it holds."""

    samples: tuple[Sample, ...]
    held: tuple[frozenset[int], ...]
    numeric: bool
    written: Callable[[Sample], str]


def column(subject: rb.Expression, cells: Iterable[Cell], world: World, language: Literal["vi", "en"]) -> Column | None:
    """The column of a subject; None where its cells are not all constant."""
    listed = list(cells)
    ends = [each.low for cell in listed for each in cell or () if each.low is not None]
    if any(isinstance(end, rb.Text) for end in ends):
        return _texts(subject, listed, world)
    if any(isinstance(end, rb.YesNo) for end in ends):
        return _answers(listed, language)
    return _numbers(subject, listed, world, language)


def bounds(each: rb.Range, world: World) -> Bounds | None:
    """The ends of a range where they are constant."""
    low = None if each.low is None else _constant(each.low, world)
    high = None if each.high is None else _constant(each.high, world)
    if (each.low is not None and low is None) or (each.high is not None and high is None):
        return None
    return Bounds(low, high, each.low_open, each.high_open, each.negated)


def _constant(value: rb.Expression, world: World) -> Fraction | None:
    if isinstance(value, rb.Number):
        return value.value
    found = extent(value, world)
    return None if found is None else found.exact


def _texts(subject: rb.Expression, cells: list[Cell], world: World) -> Column | None:
    words: dict[str, str] = {}
    for each in (each for cell in cells for each in cell or ()):
        if not isinstance(each.low, rb.Text):
            return None
        words.setdefault(fold(each.low.value), each.low.value)
    declared = world.scale.data.get(subject.name) if isinstance(subject, rb.Datum) else None
    if declared is not None and declared.options:
        samples = [Sample(option) for option in declared.options]
    else:
        samples = [*(Sample(word) for word in words.values()), Sample("…", doubtful=True)]
    held = []
    for cell in cells:
        wanted = [(fold(each.low.value), each.negated) for each in cell or () if isinstance(each.low, rb.Text)]
        held.append(frozenset(
            at for at, sample in enumerate(samples)
            if cell is None or any((fold(str(sample.value)) == word) is not no for word, no in wanted)
        ))  # fmt: skip
    return Column(tuple(samples), tuple(held), numeric=False, written=lambda sample: f"“{sample.value}”")


def _answers(cells: list[Cell], language: Literal["vi", "en"]) -> Column:
    samples = (Sample(True), Sample(False))
    held = []
    for cell in cells:
        wanted = {each.low.value is not each.negated for each in cell or () if isinstance(each.low, rb.YesNo)}
        held.append(frozenset(at for at, sample in enumerate(samples) if cell is None or sample.value in wanted))
    words = {"vi": ("không", "có"), "en": ("no", "yes")}[language]
    return Column(samples, tuple(held), numeric=False, written=lambda sample: words[bool(sample.value)])


def _numbers(subject: rb.Expression, cells: list[Cell], world: World, language: Literal["vi", "en"]) -> Column | None:
    ranges: list[list[Bounds] | None] = []
    for cell in cells:
        read = [bounds(each, world) for each in cell or ()]
        if any(each is None for each in read):
            return None
        ranges.append(None if cell is None else [each for each in read if each is not None])
    marks = sorted({end for cell in ranges for each in cell or () for end in (each.low, each.high) if end is not None})
    if not marks:
        return None
    shown = [each for cell in cells for each in cell or ()]
    samples = numbers_between(marks, _domain(subject, ranges, world), ratio=_is_ratio(shown))
    values = [Fraction(sample.value) for sample in samples]
    every = frozenset(range(len(values)))
    held = [every if cell is None else frozenset().union(*(_held(each, values) for each in cell)) for cell in ranges]
    return Column(tuple(samples), tuple(held), numeric=True, written=_writer(shown, language))


def _held(each: Bounds, values: list[Fraction]) -> Iterable[int]:
    """Which of the values, smallest first, lie within a range: found by halving, for a table may be long."""
    first, end = 0, len(values)
    if each.low is not None:
        first = (bisect_right if each.low_open else bisect_left)(values, each.low)
    if each.high is not None:
        end = (bisect_left if each.high_open else bisect_right)(values, each.high)
    end = max(first, end)
    return chain(range(first), range(end, len(values))) if each.negated else range(first, end)


def _domain(subject: rb.Expression, ranges: list[list[Bounds] | None], world: World) -> Extent:
    """What the subject may be; whole numbers where undeclared and all levels are whole counts."""
    found = extent(subject, world) or UNBOUNDED
    if found.grid is not None:
        return found
    every = [each for cell in ranges for each in cell or ()]
    ends = [end for each in every for end in (each.low, each.high) if end is not None]
    counts = any(each.low == each.high and not each.negated for each in every)
    if isinstance(subject, rb.Datum) and counts and len(ends) > 2 and all(end.denominator == 1 for end in ends):
        return Extent(found.low, found.high, ONE)
    return found


def numbers_between(marks: list[Fraction], domain: Extent, *, ratio: bool = False) -> list[Sample]:
    """The marks, and a value between each two, below and above them, as far as the domain goes."""
    samples: list[Sample] = []
    first, last = marks[0], marks[-1]
    step = domain.grid or None
    if domain.low is None or domain.low < first:
        under = domain.low if domain.low is not None else first - (step or 1)
        if domain.low is None and step is None and first > 0:
            under = first / 2
        samples.append(Sample(under, doubtful=domain.low is None and under < 0, below_all=True))
    for at, mark in enumerate(marks):
        if domain.holds(mark):
            samples.append(Sample(mark))
        if at + 1 < len(marks) and (between := _inside(mark, marks[at + 1], domain)) is not None:
            samples.append(Sample(between))
    if domain.high is None or domain.high > last:
        over = (
            domain.high
            if domain.high is not None
            else (last // step + 1) * step
            if step
            else last + abs(last) / 2 + (not last)
        )
        beyond = domain.high is None and ratio and last >= 1
        samples.append(Sample(over, doubtful=beyond, above_all=True))
    return samples


def _inside(low: Fraction, high: Fraction, domain: Extent) -> Fraction | None:
    """A value of the domain between two marks, which are none themselves; None where there is none."""
    if domain.grid:
        first = (max(low + domain.grid, domain.low) if domain.low is not None else low + domain.grid) // domain.grid
        tries = [first * domain.grid, (first + 1) * domain.grid, (first + 2) * domain.grid]
    else:
        least = low if domain.low is None else max(low, domain.low)
        most = high if domain.high is None else min(high, domain.high)
        tries = [(least + most) / 2, (2 * least + most) / 3]
    return next((each for each in tries if low < each < high and domain.holds(each)), None)


def _is_ratio(ranges: list[rb.Range]) -> bool:
    return any(
        isinstance(end, rb.Number) and end.kind is rb.Kind.RATIO for each in ranges for end in (each.low, each.high)
    )


def _writer(ranges: list[rb.Range], language: Literal["vi", "en"]) -> Callable[[Sample], str]:
    """How a number of a column is written: as percent, as a date, or plainly."""
    from datetime import date

    percent = _is_ratio(ranges)
    days = any(isinstance(end, rb.Day) for each in ranges for end in (each.low, each.high))

    def written(sample: Sample) -> str:
        value = Fraction(sample.value)
        if days:
            day = date.fromordinal(max(1, int(value)))
            return f"{day:%d/%m/%Y}" if language == "vi" else day.isoformat()
        return f"{write_number(value * 100, language)}%" if percent else write_number(value, language)

    return written
