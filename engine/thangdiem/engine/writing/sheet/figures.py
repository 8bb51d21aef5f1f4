"""A unit's result in; the step that each of its figures is, out: total, maximum, share, grade, rank, and every item."""

from __future__ import annotations

from attrs import frozen

from thangdiem.engine.result import UnitResult
from thangdiem.engine.trace import Step
from thangdiem.engine.writing.sheet.formula import Workings
from thangdiem.engine.writing.sheet.grades import grade_of
from thangdiem.engine.writing.sheet.maxima import maximum_of, scale_maximum
from thangdiem.engine.writing.sheet.ranks import rank_of


@frozen(eq=False)
class Figures:
    """The steps behind a result; None where the result has no such figure."""

    total: Step | None
    maximum: Step | None
    share: Step | None
    grade: Step | None
    rank: Step | None
    items: tuple[tuple[Step, Step | None], ...]


def figures_of(unit: UnitResult, workings: Workings) -> Figures:
    """What the result of the unit refers to."""
    trace = workings.trace
    maximum = scale_maximum(workings) if unit.maximum is not None else None
    grade = grade_of(trace.grading, trace.total.value, workings) if trace.grading is not None else None
    return Figures(
        trace.total if unit.total is not None else None,
        maximum,
        _share(unit, maximum, workings),
        grade if unit.grade is not None else None,
        rank_of(unit.rank, trace.ranking, workings) if unit.rank is not None and trace.ranking is not None else None,
        tuple((trace.items[item.code], maximum_of(item.code, workings)) for item in unit.items),
    )


def _share(unit: UnitResult, maximum: Step | None, workings: Workings) -> Step | None:
    if unit.share is None or maximum is None:
        return None
    share = Step("share", unit.share)
    return workings.named("share", workings.tell(share, "divide", workings.trace.total, maximum))
