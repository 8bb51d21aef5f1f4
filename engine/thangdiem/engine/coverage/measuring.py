"""A rulebook and the results of its examples in; each target with how many units reached it, by scale and line, out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from fractions import Fraction

from attrs import frozen

from thangdiem.dsl.rulebook import Rulebook
from thangdiem.engine.coverage.seen import reached
from thangdiem.engine.coverage.targets import Target, targets_of
from thangdiem.engine.result import UnitResult


@frozen
class Reached:
    """A target of a scale, its line (from 1), and how many units of the examples reached it."""

    scale: str
    target: Target
    line: int
    times: int


@frozen
class Coverage:
    """Every target of a rulebook, in the order of its text."""

    book: Rulebook
    reached: tuple[Reached, ...]

    @property
    def missing(self) -> tuple[Reached, ...]:
        """What no example reached."""
        return tuple(each for each in self.reached if not each.times)

    def by_line(self) -> Mapping[int, tuple[Reached, ...]]:
        """The targets of each line that has any."""
        lines: dict[int, list[Reached]] = {}
        for each in self.reached:
            lines.setdefault(each.line, []).append(each)
        return {line: tuple(found) for line, found in lines.items()}

    def by_scale(self) -> Mapping[str, tuple[int, int]]:
        """How many targets of each scale were reached, of how many."""
        found = {scale.id: (0, 0) for scale in self.book.scales}
        for each in self.reached:
            done, every = found[each.scale]
            found[each.scale] = (done + (each.times > 0), every + 1)
        return found


def coverage_of(book: Rulebook, results: Iterable[UnitResult]) -> Coverage:
    """What the units reach; units without a trace reach nothing."""
    targets = {scale.id: targets_of(scale) for scale in book.scales}
    times: Counter[tuple[str, Target]] = Counter()
    for unit in results:
        if unit.trace is not None:
            times.update((unit.scale, target) for target in reached(targets[unit.scale], unit.trace))
    text = book.source.text
    every = [
        Reached(scale, target, text.count("\n", 0, target.start) + 1, times[scale, target])
        for scale, of_scale in targets.items()
        for target in of_scale
    ]
    return Coverage(book, tuple(sorted(every, key=lambda each: each.target.start)))


def share_of(covered: Iterable[Coverage]) -> Fraction:
    """The share of all targets that some example reached; 1 where there is nothing to reach."""
    every = [each for one in covered for each in one.reached]
    return Fraction(sum(each.times > 0 for each in every), len(every)) if every else Fraction(1)
