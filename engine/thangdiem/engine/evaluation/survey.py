"""The values or grades of many units in; what rules over units ask of them, each found once, out."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from fractions import Fraction
from functools import cached_property

from attrs import field, frozen

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.rulebook import State
from thangdiem.engine.trace import Step


@frozen
class Survey:
    """The values of one expression for every unit of a cohort: gathered and sorted once for all that ask."""

    steps: tuple[tuple[str, Step], ...]
    _gathered: dict[rb.Gathering, Fraction] = field(factory=dict, eq=False, repr=False)

    @cached_property
    def lacking(self) -> tuple[tuple[str, Step], ...]:
        """The units that should have a value and have none."""
        without = (State.NOT_APPLICABLE, State.VALUE)
        return tuple((name, step) for name, step in self.steps if step.state not in without)

    @cached_property
    def inexact(self) -> bool:
        """Whether some value is no exact number: such values are not compared between units."""
        return any(step.state is State.VALUE and not isinstance(step.value, Fraction) for _, step in self.steps)

    @cached_property
    def values(self) -> tuple[tuple[str, Fraction], ...]:
        """The units that have a value."""
        return tuple((name, step.value) for name, step in self.steps if isinstance(step.value, Fraction))

    @cached_property
    def _sorted(self) -> list[Fraction]:
        return sorted(number for _, number in self.values)

    def gathered(self, gathering: rb.Gathering) -> Fraction:
        """The values as one; there is at least one, but for a sum."""
        if gathering not in self._gathered:
            self._gathered[gathering] = gather(gathering, [number for _, number in self.values])
        return self._gathered[gathering]

    def above(self, value: Fraction) -> int:
        """How many units have more."""
        return len(self._sorted) - bisect_right(self._sorted, value)


@frozen
class Census:
    """The grade of every unit of a cohort, before quotas; None where it is not determined."""

    grades: tuple[tuple[str, str | None], ...]

    @cached_property
    def waiting(self) -> tuple[str, ...]:
        """The units without a grade."""
        return tuple(name for name, grade in self.grades if grade is None)

    @cached_property
    def counts(self) -> Counter[str]:
        """How many units have each grade, in the order in which the grades first occur."""
        return Counter(grade for _, grade in self.grades if grade is not None)


def gather(gathering: rb.Gathering, numbers: list[Fraction]) -> Fraction:
    """Many numbers made one."""
    match gathering:
        case rb.Gathering.SUM:
            return sum(numbers, Fraction(0))
        case rb.Gathering.MEAN:
            return sum(numbers, Fraction(0)) / len(numbers)
        case rb.Gathering.HIGHEST:
            return max(numbers)
        case rb.Gathering.LOWEST:
            return min(numbers)
