"""An impact in, how many units go from which grade to which out."""

from __future__ import annotations

from fractions import Fraction

from attrs import frozen

from thangdiem.dsl.diagnostic import Language
from thangdiem.engine.explanation.phrases import phrases
from thangdiem.engine.explanation.wording import Wording
from thangdiem.engine.impact.effect import Impact


@frozen
class Cell:
    """How many units go one way; ``way`` is same, better, worse, or other where grades cannot be compared."""

    count: str
    way: str


@frozen
class Row:
    """Where the units of one grade go."""

    grade: str
    cells: tuple[Cell, ...]
    sum: str


@frozen
class Matrix:
    """The table of transitions; ``sums`` counts the units by their grade afterwards, ``sum`` all of them."""

    grades: tuple[str, ...]
    rows: tuple[Row, ...]
    sums: tuple[str, ...]
    sum: str


def matrix_of(impact: Impact, language: Language) -> Matrix | None:
    """The table of transitions; None where there are no grades in either version."""
    before, after, counted = impact.grades_old, impact.grades_new, impact.transitions
    if not any(before) and not any(after):
        return None
    wording = Wording(language)

    def shown(count: int) -> str:
        return wording.number(Fraction(count))

    comparable = [grade for grade in before if grade] == [grade for grade in after if grade]
    rows = tuple(
        Row(
            _named(grade, language),
            tuple(Cell(shown(counted[grade, other]), _way(grade, other, before, comparable)) for other in after),
            shown(sum(counted[grade, other] for other in after)),
        )
        for grade in before
    )
    sums = tuple(shown(sum(counted[grade, other] for grade in before)) for other in after)
    return Matrix(tuple(_named(grade, language) for grade in after), rows, sums, shown(sum(counted.values())))


def _way(grade: str | None, other: str | None, order: tuple[str | None, ...], comparable: bool) -> str:
    if grade == other:
        return "same"
    if not comparable or grade is None or other is None:
        return "other"
    return "better" if order.index(other) < order.index(grade) else "worse"


def _named(grade: str | None, language: Language) -> str:
    return grade if grade is not None else phrases(language)("no_grade")
