"""Two versions of a scale, the clauses between them and the units in; what changes for whom, and why, out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import define, field

from thangdiem.dsl.library import ScaleRules
from thangdiem.engine.impact.effect import Impact, UnitEffect, clause_effect
from thangdiem.engine.impact.given import Givens
from thangdiem.engine.impact.outcomes import Others, Outcome, Units, outcomes
from thangdiem.engine.impact.readings import Readings
from thangdiem.engine.impact.stage import Stage

_NO_OTHERS: Others = {}


def impact(
    old: ScaleRules,
    new: ScaleRules,
    units_old: Units,
    units_new: Units,
    stages: Sequence[Stage] = (),
    *,
    period: int | None = None,
    others_old: Others = _NO_OTHERS,
    others_new: Others = _NO_OTHERS,
) -> Impact:
    """What a change of rules does to units whose facts both versions have read.

    Without ``stages`` only the whole is known. ``others_old`` and ``others_new`` are units of other scales, by scale,
    for rules over subordinate units. ValueError where two units of a version have one name.
    """
    readings = Readings(old, new, {**others_old, old.scale.id: units_old}, {**others_new, new.scale.id: units_new})
    scoring = _Scoring(readings, period)
    before = scoring.of(old, units_old, others_old)
    after = scoring.of(new, units_new, others_new)
    path = [scoring.between(stage.rules) for stage in stages]
    alone = [scoring.between(stage.alone) if stage.alone is not None else None for stage in stages]
    units = tuple(
        UnitEffect(
            facts.unit,
            facts.block,
            before[facts.unit],
            after[facts.unit],
            tuple([each[facts.unit] for each in path]),
            tuple([each[facts.unit] if each is not None else None for each in alone]),
        )
        for facts in units_new
        if facts.unit in before
    )
    parts = list(zip(*(unit.parts for unit in units if unit.decided), strict=True))
    clauses = (
        clause_effect(stage.clause, stage.alone is not None, parts[place] if parts else ())
        for place, stage in enumerate(stages)
    )
    return Impact(
        old,
        new,
        period,
        tuple(clauses),
        units,
        tuple(name for name in before if name not in after),
        tuple(name for name in after if name not in before),
    )


@define(eq=False)
class _Scoring:
    """Scores each set of rules once."""

    readings: Readings
    period: int | None
    givens: Givens = field(factory=Givens)
    scored: list[tuple[ScaleRules, Units, Mapping[str, Outcome]]] = field(factory=list)

    def between(self, rules: ScaleRules) -> Mapping[str, Outcome]:
        """The outcomes under rules between the versions."""
        return self.of(rules, self.readings.of(rules.scale), self.readings.others(rules))

    def of(self, rules: ScaleRules, units: Units, others: Others) -> Mapping[str, Outcome]:
        """The outcomes by the name of the unit."""
        for known, of_units, found in self.scored:
            if (
                of_units is units
                and known.scale == rules.scale
                and (not others or known.book.scales == rules.book.scales)
            ):
                return found
        named = outcomes(rules, units, self.period, others, self.givens)
        found = dict(zip((unit.unit for unit in units), named, strict=True))
        if len(found) != len(units):
            raise ValueError("two units of one name")
        self.scored.append((rules, units, found))
        return found
