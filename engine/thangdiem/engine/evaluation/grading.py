"""The grade of a total: every band and every condition tried in order, and by how much each band was missed."""

from __future__ import annotations

from fractions import Fraction

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.rulebook import State
from thangdiem.engine.evaluation.conditions import condition
from thangdiem.engine.evaluation.expressions import evaluate
from thangdiem.engine.evaluation.ranges import in_range
from thangdiem.engine.evaluation.unit import UnitEvaluation, no_value
from thangdiem.engine.trace import BandTrial, GradingTrace, RuleTrial, Step


def grade(unit: UnitEvaluation) -> tuple[str | None, GradingTrace | None]:
    """The grade before quotas (None: none can be told) and how it came about; no trace where nothing is graded."""
    if not has_total(unit):
        return None, None
    chosen, guard = _block(unit)
    if chosen is None:
        if guard is None:
            return None, None
        return None, GradingTrace(guard, (), guard=guard)
    basis = _basis(chosen, unit)
    trials: list[BandTrial] = []
    grade: str | None = None
    undecided = False
    for band in chosen.bands:
        reached = grade is None and not undecided
        trial = _try_band(band, basis, unit, reached=reached)
        trials.append(trial)
        if reached:
            undecided = trial.met is None
            grade = band.grade if trial.met else None
    rules: list[RuleTrial] = []
    if grade is None:
        unit.tell(*_ungraded(basis, undecided, chosen))
    else:
        grade, rules = _apply_rules(chosen, grade, unit)
    return grade, GradingTrace(basis, tuple(trials), tuple(rules), guard=guard, span=chosen.span)


def _ungraded(basis: Step, undecided: bool, grading: rb.Grading) -> tuple[str, rb.Span]:
    return ("TD521" if undecided or basis.state is not State.VALUE else "TD520"), grading.span


def has_total(unit: UnitEvaluation) -> bool:
    """Whether there is a total; a scale without one may still grade by conditions or by a value of its own."""
    return unit.nodes.total(unit).state is State.VALUE or unit.plan.scale.points.form is rb.PointsForm.NO_TOTAL


def _block(unit: UnitEvaluation) -> tuple[rb.Grading | None, Step | None]:
    """The first block of grades whose condition holds."""
    for grading in unit.plan.scale.gradings:
        if grading.when is None:
            return grading, None
        when = condition(grading.when, unit)
        if when.state is not State.VALUE:
            return None, when
        if when.value:
            return grading, when
    return None, None


def block_of(unit: UnitEvaluation) -> rb.Grading | None:
    """The block of grades that holds for this unit."""
    return _block(unit)[0]


def _basis(grading: rb.Grading, unit: UnitEvaluation) -> Step:
    """What the bands are ranges of."""
    if grading.basis is rb.GradeBasis.EXPRESSION:
        assert grading.expression is not None
        return evaluate(grading.expression, unit)
    total = evaluate(rb.TotalPoints(span=grading.span), unit)
    if grading.basis is rb.GradeBasis.TOTAL:
        return total
    # The maximum used: after rescaling that is the scale's points, not the maximum that was left before it.
    detail: dict[str, object] = {"code": "", "used": True}
    heading = unit.plan.book.source.text[grading.span.start : grading.span.end].partition("\n")[0]
    used = unit.nodes.total(unit).detail.get("maximum")
    maximum = Step("maximum", None, State.INVALID, (), detail, (f"“{heading}”",), span=grading.span)
    if isinstance(used, Fraction):
        maximum = Step("maximum", used, detail=detail, span=grading.span)
        if isinstance(total.value, Fraction) and used:
            return Step("divide", total.value / used, children=(total, maximum), span=grading.span)
    return no_value("divide", State.INVALID, grading.span, f"“{heading}”", children=(total, maximum))


def _try_band(band: rb.Band, basis: Step, unit: UnitEvaluation, *, reached: bool) -> BandTrial:
    met: bool | None
    missed_by = None
    steps: list[Step] = []
    if band.rest or band.by_rule:
        met = reached and not band.by_rule
        return BandTrial(band.grade, met, form="by_rule" if band.by_rule else "rest", span=band.span)
    met = True
    if band.within is not None:
        if basis.state is not State.VALUE:
            met = None
        else:
            found = in_range(basis.value, band.within, unit)
            steps.append(found)
            met = bool(found.value) if found.state is State.VALUE else None
            missed = found.detail.get("missed_by")
            missed_by = missed if isinstance(missed, Fraction) else None
    for when in band.conditions:
        step = condition(when, unit)
        steps.append(step)
        holds = bool(step.value) if step.state is State.VALUE else None
        met = False if met is False or holds is False else None if met is None or holds is None else True
    return BandTrial(band.grade, met, missed_by, tuple(steps), span=band.span)


def _apply_rules(grading: rb.Grading, grade: str, unit: UnitEvaluation) -> tuple[str | None, list[RuleTrial]]:
    """Raising, capping, excluding, then deciding conditions, in the order of the language, each in the file's order."""
    trials: list[RuleTrial] = []
    forced: dict[str, rb.GradeRule] = {}
    current = grade
    for rule in grading.ordered_rules:
        step = condition(rule.when, unit)
        met = bool(step.value) if step.state is State.VALUE else None
        after = current if met is False else grading.after(rule, current)
        if met is None and after != current:
            trials.append(RuleTrial(rule.form.value, rule.grade, met, current, "", step, rule.span))
            unit.tell("TD521", rule.span)
            return None, trials
        trials.append(RuleTrial(rule.form.value, rule.grade, met, current, after, step, rule.span))
        current = after
        if met and rule.form is rb.GradeRuleForm.FORCE:
            forced[rule.grade] = rule
    if len(forced) > 1:
        *_, last = forced.values()
        unit.tell("TD522", last.span, grades=", ".join(forced))
        return None, trials
    return current, trials
