"""Totals, grades, ranks and parts in, how a reader of a language is told of them out."""

from __future__ import annotations

from fractions import Fraction

from attrs import frozen

from thangdiem.dsl.diagnostic import Language
from thangdiem.engine.explanation.phrases import phrases
from thangdiem.engine.explanation.wording import Wording
from thangdiem.engine.impact.effect import Part

NONE = "–"


@frozen
class Saying:
    """How things are said; ``brief``: of a number that is no finite decimal only its first digits."""

    language: Language
    brief: bool = False

    def figure(self, value: Fraction | None) -> str:
        """A total."""
        if value is None:
            return NONE
        wording = Wording(self.language)
        shown = wording.number(value)
        return f"≈ {wording.approximate(value)}" if self.brief and "/" in shown else wording.figure(value)

    def signed(self, value: Fraction | None) -> str:
        """Points to be added or taken off."""
        return f"+{self.figure(value)}" if value is not None and value > 0 else self.figure(value)

    def grades(self, before: str | None, after: str | None) -> str:
        """The grade before and after; once where it is the same."""
        no_grade = phrases(self.language)("no_grade")
        return " → ".join(dict.fromkeys(no_grade if grade is None else grade for grade in (before, after)))

    def ranks(self, before: int | None, after: int | None) -> str:
        """The rank before and after; once where it is the same."""
        return " → ".join(dict.fromkeys(NONE if rank is None else str(rank) for rank in (before, after)))

    def step(self, part: Part) -> str:
        """What a clause does to the grade and the rank of a unit; nothing where it leaves both."""
        words = phrases(self.language)
        if part.after is None:
            return words("impact_no_result_here")
        said = [self.grades(part.before.grade, part.after.grade)] if part.grade_changes else []
        if part.rank_changes:
            said.append(f"{words('rank').lower()} {self.ranks(part.before.rank, part.after.rank)}")
        return "; ".join(said)
