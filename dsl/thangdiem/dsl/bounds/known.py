"""What may be known of a unit when one asks what is still possible; each thing is known, or open."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Protocol

from attrs import field, frozen

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.bounds.extent import Extent

DatumValue = Fraction | bool | str | date
ScoreValue = Fraction | str | tuple[str, ...]


class Known(Protocol):
    """What is known; None is what may still turn out to be anything that is allowed."""

    def datum(self, name: str) -> DatumValue | None:
        """The value of a datum."""

    def score(self, code: str) -> ScoreValue | None:
        """Points, a level's label or the ticked letters, of an item or (by its key) of a bonus."""

    def exempt(self, code: str) -> bool | None:
        """Whether the data say that an item does not apply, where the file allows them to."""

    def over_units(self, value: rb.OverUnits | rb.RankAmong | rb.UnitsGraded) -> Extent | None:
        """What an expression over units can be for this unit."""


@frozen
class Facts:
    """What is known, as plain mappings; by default nothing."""

    data: Mapping[str, DatumValue] = field(factory=dict)
    scores: Mapping[str, ScoreValue] = field(factory=dict)
    exemptions: Mapping[str, bool] = field(factory=dict)

    def datum(self, name: str) -> DatumValue | None:
        """The value of a datum, if it is there."""
        return self.data.get(name)

    def score(self, code: str) -> ScoreValue | None:
        """What is given for an item or a bonus, if it is there."""
        return self.scores.get(code)

    def exempt(self, code: str) -> bool | None:
        """Whether the item is said not to apply, if that is known."""
        return self.exemptions.get(code)

    def over_units(self, value: rb.OverUnits | rb.RankAmong | rb.UnitsGraded) -> Extent | None:
        """Nothing is known of other units."""
        return None


NOTHING_KNOWN: Known = Facts()
"""Any unit at all."""
