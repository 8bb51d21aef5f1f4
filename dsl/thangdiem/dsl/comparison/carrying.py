"""Changes and the rulebooks they lead between in; the changes, each widened where rules over units carry it, out."""

from __future__ import annotations

from attrs import evolve

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.comparison.change import Change, ChangeKind, Effect, SubjectForm
from thangdiem.dsl.walk import all_of, expressions_of

_Cohort = rb.OverUnits | rb.RankAmong | rb.UnitsGraded
_OF_DATA = (rb.Datum, rb.Number, rb.Arithmetic, rb.Negative, rb.Power, rb.Call, rb.Rounded)


def carried(changes: tuple[Change, ...], *books: rb.Rulebook) -> tuple[Change, ...]:
    """A unit's points may follow from those of others: then what touches some may touch all."""
    cohorts = [each for book in books for scale in book.scales for each in _cohorts(scale)]
    scored = any(isinstance(each, rb.UnitsGraded) or not _of_data(each.value) for each in cohorts)
    return tuple(_widened(change) if scored or _is_looked_at(change, cohorts) else change for change in changes)


def _cohorts(scale: rb.Scale) -> list[_Cohort]:
    return [
        each
        for outer in expressions_of(scale)
        for each in all_of(outer)
        if isinstance(each, rb.OverUnits | rb.RankAmong | rb.UnitsGraded)
    ]


def _of_data(value: rb.Expression) -> bool:
    """Whether a value is found from data alone, whatever points they give."""
    return all(isinstance(each, _OF_DATA) for each in all_of(value))


def _is_looked_at(change: Change, cohorts: list[_Cohort]) -> bool:
    """Whether it changes a datum of units that others are compared with, or which units those are."""
    if change.subject.form is SubjectForm.DATUM:
        read = (value for each in cohorts if not isinstance(each, rb.UnitsGraded) for value in all_of(each.value))
        return rb.Datum(change.subject.key) in read
    if change.kind in (ChangeKind.SCALE_ADDED, ChangeKind.SCALE_REMOVED):
        return any(each.cohort is rb.Cohort.SUBORDINATE for each in cohorts)
    return change.kind is ChangeKind.AUDIENCE and bool(cohorts)


def _widened(change: Change) -> Change:
    if change.consequence.effect is not Effect.SOME:
        return change
    if change.kind in (ChangeKind.IN_FORCE, ChangeKind.PERIODS, ChangeKind.RANKING):
        return change  # what is assessed, and who comes first: no points follow from them
    return evolve(change, consequence=evolve(change.consequence, effect=Effect.ALL, through_others=True))
