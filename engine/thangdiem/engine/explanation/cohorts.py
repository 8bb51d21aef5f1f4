"""A step in; the values of other units that rules over units below it looked at, and what was made of them, out."""

from __future__ import annotations

from fractions import Fraction

from thangdiem.engine.explanation.arithmetic import MOST_LISTED, equation, result
from thangdiem.engine.explanation.parts import Statement
from thangdiem.engine.explanation.subject import Subject
from thangdiem.engine.trace import Step


def cohorts(step: Step, subject: Subject) -> list[Statement]:
    """The values of other units that a rule over units looked at, and what was made of them."""
    found = []
    for each in step.walk():
        values = each.detail.get("values", each.detail.get("grades"))
        if each.kind in ("over_units", "rank_among", "units_graded") and isinstance(values, tuple):
            found.extend(_cohort(each, values, subject))
    return found


def _cohort(step: Step, values: tuple[tuple[str, object], ...], subject: Subject) -> list[Statement]:
    listed = [f"{unit}: {_plain(value, subject)}" for unit, value in values[:MOST_LISTED]]
    if len(values) > MOST_LISTED:
        listed.append(subject.words("and_others", count=len(values) - MOST_LISTED))
    found = [Statement("datum", subject.words("cohort"), "; ".join(listed))]
    numbers = [value for _, value in values if isinstance(value, Fraction)]
    if step.kind != "over_units" or len(numbers) > MOST_LISTED:
        return [*found, Statement("equation", subject.words("value"), equation(step, subject))]
    call = f"{subject.words(str(step.detail.get('form')))}({'; '.join(map(subject.wording.number, numbers))})"
    text = f"{subject.written(step.span)} = {call} = {result(step, subject)}"
    return [*found, Statement("equation", subject.words("value"), text)]


def _plain(value: object, subject: Subject) -> str:
    return subject.wording.figure(value) if isinstance(value, Fraction) else str(value)
