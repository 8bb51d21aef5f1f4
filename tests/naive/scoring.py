"""The text of a rule file and what units give in; the score of every unit in final mode out."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from attrs import evolve, field, frozen

from naive import grades, maxima, stages, totals
from naive.letters import fold
from naive.outline import Outline, Owner, outline
from naive.quotas import after_quotas
from naive.ranking import ranks
from naive.states import State, Value
from naive.unit import Given, Unit
from thangdiem.dsl.syntax import Node

Row = Mapping[str, Given]
ItemScore = tuple[str, Fraction | None, Fraction | None]


@frozen
class Score:
    """What a unit comes to; ``items`` holds the state, the points and the maximum of each, by code."""

    status: str
    total: Fraction | None = None
    maximum: Fraction | None = None
    grade: str | None = None
    rank: int | None = None
    items: dict[str, ItemScore] = field(factory=dict)


def score(
    text: str,
    units: Mapping[str, Row],
    scale: str | None = None,
    period: int | None = None,
    others: Mapping[str, Mapping[str, Row]] | None = None,
) -> dict[str, Score]:
    """The units of a scale by name; ``others`` are units of other scales of the file, by scale."""
    file = outline(text)
    chosen = _scale(file, scale)
    members = [Unit(name, chosen, row, file.file.dialect, period) for name, row in units.items()]
    around = list(members)
    for other, rows in (others or {}).items():
        around += [Unit(name, _scale(file, other), row, file.file.dialect, period) for name, row in rows.items()]
    for each in around:
        each.around = around
    found = _with_ranks(_with_quotas([_score(each) for each in members], members), members)
    return {each.name: result for each, result in zip(members, found, strict=True)}


def _scale(file: Outline, name: str | None) -> Owner:
    if name is None:
        return file.scales[0]
    return next(scale for scale in file.scales if fold(scale.code) == fold(name))


def _score(unit: Unit) -> Score:
    total, grade = totals.total(unit), grades.grade(unit)
    status = _status(unit, total, grade)
    items = {} if totals.is_given(unit) else {item.code: _item(item, unit) for item in unit.scale.walk()}
    points = total.value if isinstance(total.value, Fraction) and status != "refused" else None
    return Score(status, points, totals.maximum(unit), str(grade.value) if status == "graded" else None, None, items)


def _status(unit: Unit, total: Value, grade: Value) -> str:
    """Any gap that matters refuses the unit."""
    if grades.has_no_total(unit):
        gaps = {State.INVALID, State.MISSING, State.NOT_ASSESSED}
        if any(stages.score(item, unit).state in gaps for item in unit.scale.walk()):
            return "refused"
    elif not total.known:
        return "ungraded" if total.state is State.NOT_APPLICABLE else "refused"
    if grades.block(unit) is None:
        return "ungraded"
    return "graded" if grade.known else "refused"


def _item(item: Owner, unit: Unit) -> ItemScore:
    found = stages.score(item, unit)
    points = found.value if isinstance(found.value, Fraction) else None
    return found.state.value, points, maxima.used_by(item, unit)


def _with_quotas(found: list[Score], units: list[Unit]) -> list[Score]:
    """Quotas look at the graded units of one block of grades together."""
    blocks: dict[int, tuple[Node, list[int]]] = {}
    for index, (result, unit) in enumerate(zip(found, units, strict=True)):
        grading = grades.block(unit) if result.status == "graded" and result.total is not None else None
        if grading is not None and not isinstance(grading, Value):
            blocks.setdefault(id(grading), (grading, []))[1].append(index)
    for grading, indexes in blocks.values():
        graded = {index: found[index].grade or "" for index in indexes}
        after_quotas(grading, graded, {index: found[index].total or Fraction(0) for index in indexes}, units)
        for index, grade in graded.items():
            found[index] = evolve(found[index], grade=grade)
    return found


def _with_ranks(found: list[Score], units: list[Unit]) -> list[Score]:
    standing = {
        index: unit
        for index, (result, unit) in enumerate(zip(found, units, strict=True))
        if result.status != "refused" and (result.total is not None or grades.has_no_total(unit))
    }
    places = ranks(standing)
    return [evolve(result, rank=places.get(index)) for index, result in enumerate(found)]
