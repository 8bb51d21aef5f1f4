"""Versions of a scale and the clauses between them, for the tests of impact."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from attrs import evolve, frozen
from hypothesis import strategies as st

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.checker import check_text
from thangdiem.dsl.library import ScaleRules
from thangdiem.dsl.rounding import Rounding, Tie
from thangdiem.engine.binding import facts_from_mapping
from thangdiem.engine.binding.mapping import Given
from thangdiem.engine.facts import UnitFacts
from thangdiem.engine.impact import Stage


def rules_of(text: str) -> ScaleRules:
    checked = check_text(text)
    assert checked.book is not None
    assert not checked.has_errors, [found.message("en") for found in checked.diagnostics]
    return ScaleRules(checked.book, checked.book.scales[0])


def facts_of(rules: ScaleRules, units: Sequence[dict[str, Given]]) -> list[UnitFacts]:
    return [facts_from_mapping(rules.scale, unit, dialect=rules.book.dialect)[0] for unit in units]


@frozen
class Clause:
    """A change of a scale: ``form`` says what it does, with a number of points."""

    form: str
    points: int

    def applied(self, rules: ScaleRules) -> ScaleRules:
        """The rules with the clause."""
        scale = self._changed(rules.scale)
        scales = tuple(scale if each.id == scale.id else each for each in rules.book.scales)
        return ScaleRules(evolve(rules.book, scales=scales), scale)

    def _changed(self, scale: rb.Scale) -> rb.Scale:
        most = rb.Limit(rb.Number(Fraction(self.points), rb.Kind.POINTS), most=True)
        first = scale.items[0]
        match self.form:
            case "cap the total":
                return evolve(scale, limits=(*scale.limits, most))
            case "cap an item":
                return evolve(scale, items=(evolve(first, limits=(*first.limits, most)), *scale.items[1:]))
            case "round the total":
                rounding = rb.RoundingRule(rb.RoundingStep.TOTAL, Rounding(Fraction(self.points + 1), Tie.DOWN))
                kept = [rule for rule in scale.roundings if rule.step is not rb.RoundingStep.TOTAL]
                return evolve(scale, roundings=(*kept, rounding))
            case "drop bonuses":
                return evolve(scale, bonuses=())
            case "drop quotas":
                return evolve(scale, gradings=tuple(evolve(each, quotas=()) for each in scale.gradings))
            case "drop the ranking":
                return evolve(scale, ranking=None)
            case _:
                return evolve(scale, title=f"{scale.title}, {self.points}")


FORMS = (
    "cap the total",
    "cap an item",
    "round the total",
    "drop bonuses",
    "drop quotas",
    "drop the ranking",
    "title",
)
clauses = st.builds(Clause, st.sampled_from(FORMS), st.integers(0, 12))


def staged(old: ScaleRules, changes: Sequence[Clause], *, apart: bool = True) -> tuple[ScaleRules, tuple[Stage, ...]]:
    """The rules after all clauses, and the stages that lead there."""
    rules, found = old, []
    for number, clause in enumerate(changes, start=1):
        rules = clause.applied(rules)
        found.append(
            Stage(f"khoản {number} Điều 1 Quyết định 12/QĐ-UBND", rules, clause.applied(old) if apart else None)
        )
    return rules, tuple(found)
