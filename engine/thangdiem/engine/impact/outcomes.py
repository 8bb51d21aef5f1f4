"""One scale and its units in, what each comes to out: straight code where there is some, else the plain interpreter.

Held equal to ``evaluate_all`` by a property test.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from attrs import evolve, frozen

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.diagnostic import Diagnostic
from thangdiem.dsl.library import ScaleRules
from thangdiem.dsl.walk import all_of, expressions_of
from thangdiem.engine.evaluation import quota, ranking
from thangdiem.engine.evaluator import evaluate_all
from thangdiem.engine.facts import UnitFacts
from thangdiem.engine.impact.given import Givens
from thangdiem.engine.impact.standing import Keys, Run, keys_of_result, runner
from thangdiem.engine.result import Status, UnitResult
from thangdiem.engine.straight import prepare

Units = Sequence[UnitFacts]
Others = Mapping[str, Units]
"""Units of the other scales of the same file, by scale."""

_AT_ONCE = 500
"""So many units the plain interpreter takes at a time: it keeps the trees of all it takes."""


@frozen
class Outcome:
    """What a unit comes to under one version; ``gaps`` and ``diagnostics`` say why it has no result."""

    status: Status
    total: Fraction | None
    grade: str | None
    rank: int | None = None
    gaps: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def decided(self) -> bool:
        """Whether the unit has a result, be it one without a grade."""
        return self.status is Status.GRADED or self.status is Status.UNGRADED

    def ranked(self, rank: int | None) -> Outcome:
        """The same at another place of the ranking."""
        return Outcome(self.status, self.total, self.grade, rank, self.gaps, self.diagnostics)


def outcomes(
    rules: ScaleRules, units: Units, period: int | None, others: Others, givens: Givens, around: Units = ()
) -> tuple[Outcome, ...]:
    """The outcome of each unit, in their order; ``givens`` remembers what straight code is given of a unit.

    ``around`` are units judged by other rules: only rules over units see them.
    """
    alone = _without_quotas(rules)
    run = None if _looks_around(rules, others) else runner(prepare(alone, period))
    if run is None:
        return tuple(map(_outcome, evaluate_all(rules, units, period=period, others=others, around=around).units))
    found, keys = _each(run, alone, units, period, givens)
    _apply_quotas(rules.scale, units, found)
    _rank(rules.scale, units, found, keys)
    return tuple(found)


def _outcome(unit: UnitResult) -> Outcome:
    """What the plain interpreter found, without its tree."""
    if unit.status is Status.GRADED or unit.status is Status.UNGRADED:
        return Outcome(unit.status, unit.total, unit.grade, unit.rank)
    return Outcome(unit.status, unit.total, unit.grade, unit.rank, unit.gaps, unit.diagnostics)


def _looks_around(rules: ScaleRules, others: Others) -> bool:
    """Whether any scale with units has rules over units: then all are looked at together."""
    scales = (scale for scale in rules.book.scales if scale.id in others)
    return any(
        isinstance(part, rb.OverUnits | rb.RankAmong | rb.UnitsGraded)
        for scale in (rules.scale, *scales)
        for whole in expressions_of(scale)
        for part in all_of(whole)
    )


def _without_quotas(rules: ScaleRules) -> ScaleRules:
    """The rules for a unit by itself; quotas are for all units."""
    if not any(grading.quotas for grading in rules.scale.gradings):
        return rules
    gradings = tuple(evolve(grading, quotas=()) for grading in rules.scale.gradings)
    return ScaleRules(rules.book, evolve(rules.scale, gradings=gradings))


def _each(
    run: Run, rules: ScaleRules, units: Units, period: int | None, givens: Givens
) -> tuple[list[Outcome], list[Keys | None]]:
    """Every unit by itself, without quotas and ranks, and what it is ranked by."""
    found: dict[int, Outcome] = {}
    keys: list[Keys | None] = [None] * len(units)
    left = []
    for place, facts in enumerate(units):
        values = givens.of(facts)
        scored = run(values, facts) if values is not None else None
        if scored is None:
            left.append(place)
            continue
        total, grade, keys[place] = scored
        found[place] = Outcome(Status.UNGRADED if grade is None else Status.GRADED, total, grade)
    for start in range(0, len(left), _AT_ONCE):
        places = left[start : start + _AT_ONCE]
        results = evaluate_all(rules, [units[place] for place in places], period=period).units
        for place, result in zip(places, results, strict=True):
            found[place] = _outcome(result).ranked(None)
            keys[place] = keys_of_result(rules.scale.ranking, result)
    return [found[place] for place in range(len(units))], keys


def _apply_quotas(scale: rb.Scale, units: Units, found: list[Outcome]) -> None:
    for grading in (each for each in scale.gradings if each.quotas):
        contenders = [
            quota.Contender(str(place), units[place].block, outcome.grade, outcome.total)
            for place, outcome in enumerate(found)
            if outcome.status is Status.GRADED and outcome.grade is not None and outcome.total is not None
        ]
        grades, _ = quota.apply(grading, contenders, {each.unit: each.unit for each in contenders})
        for key, grade in grades.items():
            if found[int(key)].grade != grade:
                found[int(key)] = evolve(found[int(key)], grade=grade)


def _rank(scale: rb.Scale, units: Units, found: list[Outcome], keys: Sequence[Keys | None]) -> None:
    if scale.ranking is None:
        return
    standings = [
        ranking.Standing(str(place), units[place].block, standing)
        for place, standing in enumerate(keys)
        if standing is not None
    ]
    for key, rank in ranking.ranks(scale.ranking, standings).items():
        found[int(key)] = found[int(key)].ranked(rank)
