"""Two versions of a scale, the clauses between them and the units in; what changes for whom, and why, out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import define, field

from thangdiem.dsl.library import ScaleRules
from thangdiem.engine.impact.effect import Impact, UnitEffect, clause_effect
from thangdiem.engine.impact.given import Givens
from thangdiem.engine.impact.kept import Division, Kept
from thangdiem.engine.impact.outcomes import Others, Outcome, Units, outcomes
from thangdiem.engine.impact.readings import Readings
from thangdiem.engine.impact.stage import Stage
from thangdiem.engine.result import Status

Found = Mapping[str, Outcome]
"""Outcomes by the name of the unit."""

_NO_OTHERS: Others = {}
_ALL = Division()


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
    division_old: Division = _ALL,
    division_new: Division = _ALL,
) -> Impact:
    """What a change of rules does to units whose facts both versions have read.

    Without ``stages`` only the whole is known. ``others_old`` and ``others_new`` are units of other scales, by scale,
    for rules over subordinate units. Who stays under former rules is in the divisions; that some stay is a first step
    of its own. ValueError where two units of a version have one name.
    """
    readings = Readings(old, new, {**others_old, old.scale.id: units_old}, {**others_new, new.scale.id: units_new})
    scoring = _Scoring(readings, period)
    before = scoring.version(old, units_old, others_old, division_old)
    after = scoring.version(new, units_new, others_new, division_new)
    steps = [*([Stage(division_new.clause, old, old)] if division_new.kept else []), *stages]
    path = [scoring.between(step.rules, division_new) for step in steps]
    alone = [scoring.between(step.alone, division_new) if step.alone is not None else None for step in steps]
    kept = division_new.clause_of()
    units = tuple(
        UnitEffect(
            facts.unit,
            facts.block,
            before[facts.unit],
            after[facts.unit],
            tuple([each[facts.unit] for each in path]),
            tuple([each[facts.unit] if each is not None else None for each in alone]),
            kept.get(facts.unit, ""),
        )
        for facts in units_new
        if facts.unit in before
    )
    parts = list(zip(*(unit.parts for unit in units if unit.decided), strict=True))
    clauses = (
        clause_effect(step.clause, step.alone is not None, parts[place] if parts else ())
        for place, step in enumerate(steps)
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
    scored: list[tuple[ScaleRules, Units, frozenset[str], Found]] = field(factory=list)

    def between(self, rules: ScaleRules, division: Division) -> Found:
        """The outcomes under rules between the versions."""
        return self.version(rules, self.readings.of(rules.scale), self.readings.others(rules), division)

    def version(self, rules: ScaleRules, units: Units, others: Others, division: Division) -> Found:
        """The outcomes of all units, those that stay under former rules among themselves."""
        found = self._of(rules, units, others, division.apart())
        if not division.kept and not division.open:
            return found
        every = dict(found)
        for each in division.kept:
            every.update(self._kept(each))
        for name, why in division.open.items():
            every[name] = Outcome(Status.REFUSED, None, None, None, (), (why,))
        return every

    def _kept(self, kept: Kept) -> Found:
        """The outcomes of the units a transitional clause leaves under former rules."""
        names = [unit.unit for unit in kept.units]
        every = outcomes(kept.rules, kept.units, self.period, kept.others, self.givens, kept.around)
        return dict(zip(names, every, strict=True))

    def _of(self, rules: ScaleRules, units: Units, others: Others, apart: frozenset[str]) -> Found:
        """The outcomes of the units that are judged by these rules."""
        for known, of_units, without, found in self.scored:
            same = of_units is units and without == apart and known.scale == rules.scale
            if same and (not others or known.book.scales == rules.book.scales):
                return found
        judged = [unit for unit in units if unit.unit not in apart]
        around = [unit for unit in units if unit.unit in apart]
        every = outcomes(rules, judged, self.period, others, self.givens, around)
        found = dict(zip((unit.unit for unit in judged), every, strict=True))
        if len(found) != len(judged):
            raise ValueError("two units of one name")
        self.scored.append((rules, units, apart, found))
        return found
