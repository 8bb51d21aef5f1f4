"""What stands in the column of an item's or a bonus's code: a level, ticked letters, points."""

from __future__ import annotations

from fractions import Fraction

from attrs import frozen
from hypothesis import strategies as st

_TENTHS = tuple(Fraction(tenth, 10) for tenth in range(11))


@frozen
class Levels:
    """One of these labels."""

    labels: tuple[str, ...]

    def values(self) -> st.SearchStrategy[object]:
        return st.sampled_from(self.labels)


@frozen
class Ticks:
    """Some of these letters."""

    letters: tuple[str, ...]

    def values(self) -> st.SearchStrategy[object]:
        return st.lists(st.sampled_from(self.letters), unique=True).map(lambda ticked: tuple(sorted(ticked)))


@frozen
class Points:
    """Points from 0 to the maximum."""

    maximum: Fraction

    def values(self) -> st.SearchStrategy[object]:
        return st.sampled_from([tenth * self.maximum for tenth in _TENTHS])


Entry = Levels | Ticks | Points
