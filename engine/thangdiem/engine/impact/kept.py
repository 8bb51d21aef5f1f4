"""Who stays under former rules by a transitional clause, and whose data leave that open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import field, frozen

from thangdiem.dsl.diagnostic import Diagnostic
from thangdiem.dsl.library import ScaleRules
from thangdiem.engine.impact.outcomes import Others, Units


@frozen
class Kept:
    """Units that a transitional clause leaves under former rules, as those rules read them; they rank by themselves."""

    clause: str
    rules: ScaleRules
    units: Units
    others: Others = field(factory=dict)
    around: Units = ()
    """The other units of the scale, which only rules over units see."""


@frozen
class Division:
    """Which units of a version are not judged by it; ``open``, by name, lack the data that would tell."""

    kept: Sequence[Kept] = ()
    open: Mapping[str, Diagnostic] = field(factory=dict)

    @property
    def clause(self) -> str:
        """The transitional clauses, named."""
        return ", ".join(dict.fromkeys(each.clause for each in self.kept))

    def clause_of(self) -> Mapping[str, str]:
        """The clause that keeps each unit, by name."""
        return {unit.unit: each.clause for each in self.kept for unit in each.units}

    def apart(self) -> frozenset[str]:
        """The names of all units that are not judged by the version."""
        return frozenset((*self.open, *self.clause_of()))
