"""The units looked at together: what a rule over units asks of all of them, found once and kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from attrs import define, evolve, field

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.letters import fold
from thangdiem.dsl.walk import all_of, expressions_of
from thangdiem.engine.evaluation import grading
from thangdiem.engine.evaluation.expressions import evaluate
from thangdiem.engine.evaluation.survey import Census, Survey
from thangdiem.engine.evaluation.unit import UnitEvaluation


@define(eq=False)
class Units:
    """The units looked at together, and what has been asked of all of them."""

    members: list[UnitEvaluation] = field(factory=list)
    surveys: dict[tuple[object, ...], Survey] = field(factory=dict)
    censuses: dict[tuple[object, ...], Census] = field(factory=dict)
    grades_found: dict[int, str | None] = field(factory=dict)
    grading_under_way: set[int] = field(factory=set)
    _cohorts: dict[tuple[object, ...], list[UnitEvaluation]] | None = None

    def survey(self, unit: UnitEvaluation, rule: rb.OverUnits | rb.RankAmong) -> Survey:
        """The rule's expression for every unit of the cohort, found once for all that share the cohort."""
        key = (id(rule.value), *_cohort_key(unit, rule.cohort))
        if key not in self.surveys:
            cohort = self._cohort(unit, rule.cohort)
            self.surveys[key] = Survey(tuple((member.facts.unit, evaluate(rule.value, member)) for member in cohort))
        return self.surveys[key]

    def census(self, unit: UnitEvaluation, rule: rb.UnitsGraded) -> Census:
        """The grade of every unit of the cohort, before quotas."""
        key = _cohort_key(unit, rule.cohort)
        if key not in self.censuses:
            cohort = self._cohort(unit, rule.cohort)
            self.censuses[key] = Census(tuple((member.facts.unit, self._grade(member)) for member in cohort))
        return self.censuses[key]

    def subordinates_first(self) -> dict[int, str]:
        """Finds what superiors need of their subordinates from the lowest up.

        Otherwise a chain of superiors in the data would make the evaluation call itself as often as the chain is long.
        Units in a circle of superiors are taken out of it; they are given, by identity, with the superior they had.
        """
        scales = {id(each.plan.scale): each.plan.scale for each in self.members}
        if not any(map(_looks_down, scales.values())):
            return {}
        above: dict[str, list[UnitEvaluation]] = {}
        for member in self.members:
            above.setdefault(fold(member.facts.unit), []).append(member)
        waiting: Counter[int] = Counter()
        superiors = {id(each): _others(above.get(fold(each.facts.superior), ()), each) for each in self.members}
        for found in superiors.values():
            waiting.update(map(id, found))
        ready = [each for each in self.members if not waiting[id(each)]]
        done = set(map(id, ready))
        while ready:
            member = ready.pop()
            if self._cohort(member, rb.Cohort.SUBORDINATE):
                self._grade(member)  # and so the total
            for superior in superiors[id(member)]:
                waiting[id(superior)] -= 1
                if not waiting[id(superior)]:
                    done.add(id(superior))
                    ready.append(superior)
        circle = [each for each in self.members if id(each) not in done]
        superior_of = {id(each): each.facts.superior for each in circle}
        for each in circle:
            each.facts = evolve(each.facts, superior="")
        self._cohorts = None
        return superior_of

    def _grade(self, member: UnitEvaluation) -> str | None:
        key = id(member)
        if key in self.grading_under_way:
            return None
        if key not in self.grades_found:
            self.grading_under_way.add(key)
            self.grades_found[key] = grading.grade(member)[0]
            self.grading_under_way.discard(key)
        return self.grades_found[key]

    def _cohort(self, unit: UnitEvaluation, cohort: rb.Cohort) -> list[UnitEvaluation]:
        if self._cohorts is None:
            self._cohorts = {}
            for each in self.members:
                for key in _cohorts_of(each):
                    self._cohorts.setdefault(key, []).append(each)
        found = self._cohorts.get(_cohort_key(unit, cohort), [])
        return [each for each in found if each is not unit] if cohort is rb.Cohort.SUBORDINATE else found


def _others(found: Iterable[UnitEvaluation], unit: UnitEvaluation) -> tuple[UnitEvaluation, ...]:
    return tuple(each for each in found if each is not unit)


def _looks_down(scale: rb.Scale) -> bool:
    """Whether any rule of a scale asks for subordinate units."""
    return any(
        isinstance(part, rb.OverUnits | rb.RankAmong | rb.UnitsGraded) and part.cohort is rb.Cohort.SUBORDINATE
        for whole in expressions_of(scale)
        for part in all_of(whole)
    )


def _cohort_key(unit: UnitEvaluation, cohort: rb.Cohort) -> tuple[object, ...]:
    match cohort:
        case rb.Cohort.ALL:
            return (cohort, unit.plan.scale.id)
        case rb.Cohort.BLOCK:
            return (cohort, unit.plan.scale.id, fold(unit.facts.block))
        case rb.Cohort.SUBORDINATE:
            return (cohort, fold(unit.facts.unit))


def _cohorts_of(unit: UnitEvaluation) -> Iterator[tuple[object, ...]]:
    """Every cohort that a unit belongs to."""
    yield _cohort_key(unit, rb.Cohort.ALL)
    yield _cohort_key(unit, rb.Cohort.BLOCK)
    if unit.facts.superior:
        yield (rb.Cohort.SUBORDINATE, fold(unit.facts.superior))
