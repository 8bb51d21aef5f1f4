"""A rule over units in: the best, a mean, a place, how many have a grade; its value for one unit as a step out."""

from __future__ import annotations

from fractions import Fraction
from itertools import islice

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.letters import fold
from thangdiem.dsl.rulebook import State
from thangdiem.engine.evaluation.unit import UnitEvaluation, failed
from thangdiem.engine.trace import Step

_MOST_NAMED = 20
"""So many of the units that lack something are named."""


def over_units(value: rb.OverUnits | rb.RankAmong | rb.UnitsGraded, unit: UnitEvaluation) -> Step:
    """What the units around a unit say of it; a unit without a value leaves it open unless the rule skips it."""
    if isinstance(value, rb.UnitsGraded):
        return _units_graded(value, unit)
    detail: dict[str, object] = {"cohort": value.cohort.value}
    kind = "over_units" if isinstance(value, rb.OverUnits) else "rank_among"
    survey = unit.population.survey(unit, value)
    if survey.lacking and not value.skip_missing:
        lacking = survey.lacking
        waiting = (f"{gap} ({name})" for name, step in lacking for gap in (step.gaps or ("?",)))
        worst = State.INVALID if any(step.state is State.INVALID for _, step in lacking) else State.MISSING
        return Step(kind, None, worst, detail=detail, gaps=tuple(islice(waiting, _MOST_NAMED)), span=value.span)
    if survey.inexact:
        return failed("TD505", kind, (), unit, value.span, detail)
    detail["values"] = survey.values
    if isinstance(value, rb.OverUnits):
        detail["form"] = value.gathering.value
        if not survey.values and value.gathering is not rb.Gathering.SUM:
            return Step("over_units", None, State.NOT_APPLICABLE, detail=detail, span=value.span)
        return Step("over_units", survey.gathered(value.gathering), detail=detail, span=value.span)
    own = unit.nodes.value(value.value, unit)
    if not isinstance(own.value, Fraction):
        return Step("rank_among", None, own.state, (own,), detail, own.gaps, span=value.span)
    place = Fraction(1 + survey.above(own.value))
    return Step("rank_among", place, children=(own,), detail={**detail, "own": own.value}, span=value.span)


def _units_graded(value: rb.UnitsGraded, unit: UnitEvaluation) -> Step:
    census = unit.population.census(unit, value)
    detail: dict[str, object] = {
        "cohort": value.cohort.value,
        "wanted": value.grade,
        "or_better": value.or_better,
        "share": value.share,
    }
    if census.waiting:
        waiting = tuple(f"? ({name})" for name in census.waiting[:_MOST_NAMED])
        return Step("units_graded", None, State.MISSING, detail=detail, gaps=waiting, span=value.span)
    detail["grades"] = census.grades
    wanted = _wanted_grades(value, unit)
    counting = tuple(grade for grade in census.counts if fold(grade) in wanted)
    detail["counting"] = counting
    count = sum(census.counts[grade] for grade in counting)
    if not value.share:
        return Step("units_graded", Fraction(count), detail=detail, span=value.span)
    if not census.grades:
        return Step("units_graded", None, State.NOT_APPLICABLE, detail=detail, span=value.span)
    return Step("units_graded", Fraction(count, len(census.grades)), detail=detail, span=value.span)


def _wanted_grades(value: rb.UnitsGraded, unit: UnitEvaluation) -> frozenset[str]:
    """The grade asked for and, where the rule says so, those above it in any scale of the file that has it."""
    wanted = {fold(value.grade)}
    for scale in unit.plan.book.scales:
        for grading in scale.gradings:
            folded = [fold(grade) for grade in grading.grades]
            if value.or_better and fold(value.grade) in folded:
                wanted.update(folded[: folded.index(fold(value.grade))])
    return frozenset(wanted)
