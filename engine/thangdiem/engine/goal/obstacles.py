"""A unit at the best it can be in; which conditions of the grade still stand in its way, out."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from thangdiem.dsl import rulebook as rb
from thangdiem.engine.evaluation import grading as grading_
from thangdiem.engine.facts import MISSING, Fact
from thangdiem.engine.goal.answer import Obstacle
from thangdiem.engine.goal.influence import threshold
from thangdiem.engine.goal.reads import reads
from thangdiem.engine.goal.scene import Scene
from thangdiem.engine.result import UnitResult
from thangdiem.engine.trace import RuleTrial

_LOWERING = (rb.GradeRuleForm.CAP, rb.GradeRuleForm.EXCLUDE, rb.GradeRuleForm.FORCE)


def decided(scene: Scene, target: str, movable: frozenset[str]) -> tuple[Obstacle, ...]:
    """The grade conditions that hold by data nobody may change here, and rule the grade out for good."""
    grading, trace = scene.block, scene.unit.trace
    assert grading is not None
    assert trace is not None
    assert trace.grading is not None
    found = []
    for rule, trial in zip(_in_order(grading), trace.grading.rules, strict=False):
        below = grading.grades.index(rule.grade) > grading.grades.index(target)
        final = rule.form in (rb.GradeRuleForm.CAP, rb.GradeRuleForm.FORCE)
        if trial.met and final and below and _by_data(scene, rule, movable):
            found.append(_obstacle(scene, "rule", rule, scene.unit))
    return tuple(found)


def standing(scene: Scene, target: str, best: UnitResult, movable: frozenset[str]) -> Iterator[Obstacle]:
    """Why the unit at its best has not the grade."""
    grading = grading_.block_of(scene.member(best.facts))
    trace = best.trace
    assert grading is not None
    assert trace is not None
    assert trace.grading is not None
    order = grading.grades
    needed = threshold(grading, target, best.maximum)
    if needed is None:
        needed = _edge(grading, target, best)
    if needed is not None and best.total is not None and best.total < needed:
        yield Obstacle("total", target, needed, best.total)
    for rule, trial in zip(_in_order(grading), trace.grading.rules, strict=False):
        if trial.met and rule.form in _LOWERING and _lowers(trial, order, target):
            yield _obstacle(scene, "rule" if _by_data(scene, rule, movable) else "condition", rule, best)
    for band, tried in zip(grading.bands, trace.grading.bands, strict=True):
        if band.grade == target and tried.met is False and tried.missed_by in (None, Fraction(0)):
            yield Obstacle("band", target, span=band.span)
    for quota in trace.grading.quotas:
        if quota.before != quota.after and quota.grade == target:
            yield Obstacle("quota", quota.grade, Fraction(quota.places), span=quota.span)


def _edge(grading: rb.Grading, target: str, best: UnitResult) -> Fraction | None:
    """The lower edge of the grade's own band, where others of its conditions do not matter."""
    kept = rb.Grading(grading.basis, grading.bands, lower_is_better=grading.lower_is_better)
    return threshold(kept, target, best.maximum)


def _in_order(grading: rb.Grading) -> list[rb.GradeRule]:
    """The grade conditions as the trace lists them."""
    return [rule for form in rb.GradeRuleForm for rule in grading.rules if rule.form is form]


def _lowers(trial: RuleTrial, order: tuple[str, ...], target: str) -> bool:
    return order.index(trial.after) > order.index(target) and order.index(trial.after) > order.index(trial.before)


def _by_data(scene: Scene, rule: rb.GradeRule, movable: frozenset[str]) -> bool:
    found = reads((rule.when,), scene.plan)
    return not found.scores and not found.units and not movable & set(found.data)


def _obstacle(scene: Scene, kind: str, rule: rb.GradeRule, unit: UnitResult) -> Obstacle:
    found = reads((rule.when,), scene.plan)
    data: tuple[tuple[str, Fact], ...] = tuple((name, unit.facts.data.get(name, MISSING)) for name in found.data)
    return Obstacle(kind, rule.grade, data=data, span=rule.span)
