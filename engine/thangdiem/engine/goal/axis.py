"""What can be changed of a unit, and the steps a number may take."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from attrs import frozen

from thangdiem.engine.binding.columns import Interval
from thangdiem.engine.facts import FactValue

Input = tuple[str, str]
"""What can be changed: ("datum", name), or ("score", code of an item or key of a bonus)."""


@frozen
class Axis:
    """The multiples of ``grid`` from ``low`` to ``high`` (counted in steps) that an input may take."""

    input: Input
    grid: Fraction
    low: int
    high: int
    now: int | None
    """The present step; None where the input holds no number, or one beside the grid."""
    cuts: tuple[int, ...] = ()
    dates: bool = False
    domain: tuple[Interval, ...] = ()
    """The declared ranges."""
    open: bool = False
    """Whether ``high`` is only how far is looked, not an end that anybody declared."""

    def value(self, step: int) -> FactValue:
        """What the input holds at a step."""
        return date.fromordinal(step) if self.dates else step * self.grid

    def step(self, value: FactValue) -> int:
        """The step at which the input holds a value."""
        if isinstance(value, date):
            return value.toordinal()
        assert isinstance(value, Fraction)
        return int(value / self.grid)

    def allowed(self, step: int) -> bool:
        """Whether the declared ranges hold the step."""
        value = self.value(step)
        return not self.domain or (
            isinstance(value, Fraction | date) and any(each.holds(value) for each in self.domain)
        )

    def distance(self, step: int) -> int:
        """How far a step lies from the present one."""
        return abs(step - self.now) if self.now is not None else step - self.low

    def around_cuts(self) -> tuple[int, ...]:
        """The ends, and the last and first step on either side of every cut: one of each stretch between cuts."""
        ends = [self.low] if self.open else [self.low, self.high]
        steps = [*ends, *(step + by for step in self.cuts for by in (-1, 0, 1))]
        return tuple(sorted({step for step in steps if self.low <= step <= self.high and self.allowed(step)}))
