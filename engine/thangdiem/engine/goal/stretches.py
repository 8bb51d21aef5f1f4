"""An axis and bounds for stretches of it in; the step whose value is least but at least so much, exactly, out.

A stretch is halved only while its bounds leave the answer open, so a value that moves one way takes few steps.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from heapq import heappop, heappush

from attrs import define, evolve, field

from thangdiem.engine.goal.axis import Axis

Bounds = tuple[Fraction, Fraction]

WIDEST = 2**32
"""No step beyond it is looked at where no end is declared."""

MOST_HALVINGS = 1_000
"""In one search; where it is reached, nothing is found."""


@define(eq=False)
class Stretches:
    """The stretches of an axis, bounded as they are asked for; ``value`` and ``bounds`` may be None: no value."""

    axis: Axis
    value: Callable[[int], Fraction | None]
    bounds: Callable[[int, int], Bounds | None]
    given_up: bool = False
    _known: dict[tuple[int, int], Bounds | None] = field(factory=dict)

    def least(self, floor: Fraction | None, sign: int = 1, strictly: bool = False) -> tuple[Fraction, int] | None:
        """The least value from ``floor`` up (above it, ``strictly``), nearest to the present step, and its step.

        With ``sign`` -1 of the values turned; without a floor the least of all.
        """
        waiting: list[tuple[Fraction, int, int, int]] = []
        self._add(waiting, self.axis.low, self.axis.high, floor, sign, strictly)
        halvings = 0
        while waiting:
            _, _, start, end = heappop(waiting)
            found = self._inside(start, end, sign)
            if found is not None:  # it comes to the bound of its stretch, and no other stretch has a lower one
                return found
            halvings += 1
            if halvings > MOST_HALVINGS:
                self.given_up = True
                break
            middle = self._middle(start, end)
            self._add(waiting, start, middle, floor, sign, strictly)
            self._add(waiting, middle + 1, end, floor, sign, strictly)
        return None

    def reach(self) -> None:
        """Moves an open end outwards while what lies beyond it may be more, or less, than all before it."""
        while self.axis.open and self.axis.high < WIDEST:
            least, most = self.least(None), self.least(None, -1)
            beyond = self.bounds(self.axis.high + 1, WIDEST)
            if beyond is None or least is None or most is None:
                return
            if beyond[0] >= least[0] and beyond[1] <= -most[0]:
                return
            self.axis = evolve(self.axis, high=min(WIDEST, self.axis.high * 16))

    def has_values(self) -> bool:
        """Whether there is a value now, or beside any cut."""
        now = () if self.axis.now is None else (self.axis.now,)
        return any(self._bounded(step, step) is not None for step in (*now, *self.axis.around_cuts()))

    def _middle(self, start: int, end: int) -> int:
        """Halves; a long stretch that begins near the present step is cut near it first."""
        now = self.axis.now if self.axis.now is not None else start
        if start <= now < end and end - start > 64:
            return now if start < now or now == start else (start + end) // 2
        if end - start > 4096 and start >= now:
            return min(start + max(64, 4 * (start - now)), (start + end) // 2)
        return (start + end) // 2

    def _inside(self, start: int, end: int, sign: int) -> tuple[Fraction, int] | None:
        """The value at the step nearest to the present one, of a point or of a stretch that holds one value only."""
        found = self._bounded(start, end)
        if found is None or (start != end and found[0] != found[1]):
            return None
        now = self.axis.now if self.axis.now is not None else start
        step = min(max(now, start), end)
        value = self.value(step) if self.axis.allowed(step) else None
        return None if value is None else (sign * value, step)

    def _add(
        self,
        waiting: list[tuple[Fraction, int, int, int]],
        start: int,
        end: int,
        floor: Fraction | None,
        sign: int,
        strictly: bool,
    ) -> None:
        found = self._bounded(start, end)
        if found is None:
            return
        low, high = sorted((sign * found[0], sign * found[1]))
        if floor is not None and (high < floor or (strictly and high == floor)):
            return
        now = self.axis.now if self.axis.now is not None else start
        near = self.axis.distance(min(max(now, start), end))
        heappush(waiting, (low if floor is None else max(low, floor), near, start, end))

    def _bounded(self, start: int, end: int) -> Bounds | None:
        if (start, end) not in self._known:
            if start == end:
                value = self.value(start) if self.axis.allowed(start) else None
                self._known[start, end] = None if value is None else (value, value)
            else:
                self._known[start, end] = self.bounds(start, end)
        return self._known[start, end]
