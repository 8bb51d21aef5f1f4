"""What a method yields for one unit: levels, checklists, steps, cases and formulas, everything tried in the trace."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.letters import fold
from thangdiem.dsl.rulebook import State
from thangdiem.engine.evaluation import arithmetic
from thangdiem.engine.evaluation.conditions import condition
from thangdiem.engine.evaluation.expressions import evaluate
from thangdiem.engine.evaluation.ranges import within
from thangdiem.engine.evaluation.references import given
from thangdiem.engine.evaluation.unit import UnitEvaluation, failed, made, no_value, without_value
from thangdiem.engine.facts import MISSING
from thangdiem.engine.trace import Step


def run(method: rb.Method, owner: str, unit: UnitEvaluation) -> Step:
    """The step of a method; ``owner`` is the code under which the data give choices, ticks and points."""
    match method:
        case rb.Formula():
            return _formula(method, unit)
        case rb.Direct():
            return given(owner, unit, method.span)
        case rb.Choice():
            return _choice(method, owner, unit)
        case rb.Checklist():
            return _checklist(method, owner, unit)
        case rb.Steps():
            return _steps(method, unit)
        case rb.Marks():
            return _marks(method, unit)
        case rb.Cases():
            return _best(method, unit) if method.best else _first(method, unit)
        case rb.Guarded():
            return _guarded(method, owner, unit)


def outcome(value: rb.Outcome, unit: UnitEvaluation) -> Step:
    """What a row yields."""
    if isinstance(value, rb.NotApplicable):
        return Step("not_applicable", None, State.NOT_APPLICABLE, span=value.span)
    return evaluate(value, unit)


def _formula(method: rb.Formula, unit: UnitEvaluation) -> Step:
    value = evaluate(method.value, unit)
    stages, last = limited(value, method.limits, unit)
    return Step("formula", last.value, last.state, (value, *stages), gaps=last.gaps, span=method.span)


def limited(value: Step, limits: tuple[rb.Limit, ...], unit: UnitEvaluation) -> tuple[tuple[Step, ...], Step]:
    """The limits applied one after the other: their steps, and the last step."""
    stages = []
    for limit in limits:
        if value.state is State.VALUE:
            value = _limit(value, limit, unit)
            stages.append(value)
    return tuple(stages), value


def _limit(before: Step, limit: rb.Limit, unit: UnitEvaluation) -> Step:
    conditional = limit.when is not None
    detail: dict[str, object] = {
        "most": limit.most, "conditional": conditional, "applied": False, "before": before.value
    }  # fmt: skip
    children: tuple[Step, ...] = ()
    if limit.when is not None:
        when = condition(limit.when, unit)
        children = (when,)
        if when.state is not State.VALUE or not when.value:
            held = before.value if when.state is State.VALUE else None
            return Step("limit", held, when.state, children, detail, when.gaps, span=limit.span)
    bound = evaluate(limit.bound, unit)
    children = (*children, bound)
    if bound.state is not State.VALUE:
        return Step("limit", None, bound.state, children, detail, bound.gaps, span=limit.span)
    assert before.value is not None
    assert bound.value is not None
    try:
        order = arithmetic.order(before.value, bound.value)
    except arithmetic.FAULTS as error:
        return failed(arithmetic.fault_of_comparison(error), "limit", children, unit, limit.span, detail)
    applied = order > 0 if limit.most else order < 0
    detail["applied"] = applied
    return Step("limit", bound.value if applied else before.value, children=children, detail=detail, span=limit.span)


def _choice(method: rb.Choice, owner: str, unit: UnitEvaluation) -> Step:
    fact = unit.facts.scores.get(owner, MISSING)
    if fact.state is not State.VALUE:
        return Step("choice", None, fact.state, gaps=(owner,), fact=fact, span=method.span)
    tried = []
    for level in method.levels:
        tried.append(level.label)
        if isinstance(fact.value, str) and fold(fact.value) in map(fold, (level.label, *level.aliases)):
            value = outcome(level.value, unit)
            detail: dict[str, object] = {"label": level.label, "aliases": level.aliases, "tried": tuple(tried)}
            return Step("choice", value.value, value.state, (value,), detail, value.gaps, fact, span=level.span)
    unit.tell("TD508", method.span, code=owner, found=str(fact.value))
    return Step(
        "choice",
        None,
        State.INVALID,
        detail={"tried": tuple(tried)},
        gaps=(owner,),
        fact=fact,
        span=method.span,
    )


def _checklist(method: rb.Checklist, owner: str, unit: UnitEvaluation) -> Step:
    fact = unit.facts.scores.get(owner, MISSING)
    needs_ticks = any(mark.when is None for mark in method.marks)
    if needs_ticks and fact.state is not State.VALUE:
        return Step("checklist", None, fact.state, gaps=(owner,), fact=fact, span=method.span)
    if needs_ticks and not isinstance(fact.value, tuple):
        unit.tell("TD508", method.span, code=owner, found=str(fact.value))
        return Step("checklist", None, State.INVALID, gaps=(owner,), fact=fact, span=method.span)
    ticked = fact.value if isinstance(fact.value, tuple) else ()
    read = fact if needs_ticks else None
    marks = tuple(_mark(mark, ticked, unit) for mark in method.marks)
    if (lacking := without_value("checklist", marks, method.span)) is not None:
        return evolve(lacking, fact=read)
    points = [mark.value for mark in marks if mark.value is not None]
    return evolve(made("checklist", lambda: arithmetic.total(points), marks, unit, method.span), fact=read)


def _mark(mark: rb.Mark, ticked: tuple[str, ...], unit: UnitEvaluation) -> Step:
    detail: dict[str, object] = {"letter": mark.letter, "label": mark.label}
    children: tuple[Step, ...] = ()
    met = mark.letter in ticked
    if mark.when is not None:
        when = condition(mark.when, unit)
        children = (when,)
        if when.state is not State.VALUE:
            return Step("mark", None, when.state, children, detail, when.gaps, span=mark.span)
        met = bool(when.value)
    detail["met"] = met
    if not met:
        return Step("mark", Fraction(0), children=children, detail=detail, span=mark.span)
    value = evaluate(mark.value, unit)
    return Step("mark", value.value, value.state, (*children, value), detail, value.gaps, span=mark.span)


def _steps(method: rb.Steps, unit: UnitEvaluation) -> Step:
    subjects = tuple(evaluate(subject, unit) for subject in method.subjects)
    if (lacking := without_value("steps", subjects, method.span)) is not None:
        return lacking
    tried: list[Step] = []
    for row in method.rows:
        cells = tuple(
            within(subject, ranges, unit, row.span)
            for subject, ranges in zip(subjects, row.cells, strict=False)
            if ranges is not None
        )
        step = _row(cells, row.value, row.span, unit)
        tried.append(step)
        if step.state is not State.VALUE or step.detail["met"]:
            return Step("steps", step.value, step.state, (*subjects, *tried), gaps=step.gaps, span=method.span)
    return _nothing_fits("steps", (*subjects, *tried), method.span, unit)


def _row(conditions: tuple[Step, ...], value: rb.Outcome, span: rb.Span, unit: UnitEvaluation) -> Step:
    """A row tried: its value if every condition holds."""
    lacking = without_value("row", conditions, span, met=None)
    if any(step.value is False for step in conditions):
        return Step("row", None, State.VALUE, conditions, {"met": False}, span=span)
    if lacking is not None:
        return lacking
    found = outcome(value, unit)
    return Step("row", found.value, found.state, (*conditions, found), {"met": True}, found.gaps, span=span)


def _nothing_fits(kind: str, tried: tuple[Step, ...], span: rb.Span, unit: UnitEvaluation) -> Step:
    heading = unit.plan.book.source.text[span.start : span.end].split("\n")[0]
    unit.tell("TD509", span, text=heading)
    return no_value(kind, State.INVALID, span, f"“{heading}”", children=tried)


def _marks(method: rb.Marks, unit: UnitEvaluation) -> Step:
    subject = evaluate(method.subject, unit)
    if subject.state is not State.VALUE:
        return Step("marks", None, subject.state, (subject,), gaps=subject.gaps, span=method.span)
    rows = tuple(_per_mark(row, subject, unit) for row in method.rows)
    if (lacking := without_value("marks", rows, method.span)) is not None:
        return lacking
    points = [row.value for row in rows if row.value is not None]
    return made("marks", lambda: arithmetic.total(points), (subject, *rows), unit, method.span)


def _per_mark(row: rb.PerMark, subject: Step, unit: UnitEvaluation) -> Step:
    marks = tuple(
        within(subject, (rb.Range(low=mark, low_open=not row.reached, span=mark.span),), unit, mark.span)
        for mark in row.marks
    )
    value = evaluate(row.value, unit)
    if (lacking := without_value("per_mark", (*marks, value), row.span)) is not None:
        return lacking
    count = sum(mark.value is True for mark in marks)
    each = value.value
    assert each is not None
    return made(
        "per_mark", lambda: arithmetic.calculate(rb.Operator.MULTIPLY, Fraction(count), each),
        (*marks, value), unit, row.span, count=count, reached=row.reached,
    )  # fmt: skip


def _first(method: rb.Cases, unit: UnitEvaluation) -> Step:
    tried: list[Step] = []
    for case in method.cases:
        conditions = () if case.when is None else (condition(case.when, unit),)
        step = _row(conditions, case.value, case.span, unit)
        tried.append(step)
        if step.state is not State.VALUE or step.detail["met"]:
            return Step("cases", step.value, step.state, tuple(tried), {"best": False}, step.gaps, span=method.span)
    return _nothing_fits("cases", tuple(tried), method.span, unit)


def _best(method: rb.Cases, unit: UnitEvaluation) -> Step:
    """The highest value of all cases that hold; ``còn lại`` holds only where no other does."""
    tried = [
        _row((condition(case.when, unit),), case.value, case.span, unit)
        for case in method.cases
        if case.when is not None
    ]
    detail: dict[str, object] = {"best": True}
    if (lacking := without_value("cases", tried, method.span, **detail)) is not None:
        return lacking
    values = [step.value for step in tried if step.value is not None]
    if values:
        return made(
            "cases", lambda: arithmetic.call(rb.Function.GREATEST, values), tuple(tried), unit, method.span, **detail
        )
    rest = next((case for case in method.cases if case.when is None), None)
    if rest is None:
        return _nothing_fits("cases", tuple(tried), method.span, unit)
    step = _row((), rest.value, rest.span, unit)
    return Step("cases", step.value, step.state, (*tried, step), detail, step.gaps, span=method.span)


def _guarded(method: rb.Guarded, owner: str, unit: UnitEvaluation) -> Step:
    tried: list[Step] = []
    for guard in method.guards:
        when = None if guard.when is None else condition(guard.when, unit)
        conditions = () if when is None else (when,)
        if when is not None and when.state is not State.VALUE:
            tried.append(Step("row", None, when.state, conditions, {"met": None}, when.gaps, span=guard.span))
            return Step("guarded", None, when.state, tuple(tried), gaps=when.gaps, span=method.span)
        if when is not None and not when.value:
            tried.append(Step("row", None, State.VALUE, conditions, {"met": False}, span=guard.span))
            continue
        found = run(guard.method, owner, unit)
        tried.append(
            Step(
                "row",
                found.value,
                found.state,
                (*conditions, found),
                {"met": True},
                found.gaps,
                span=guard.span,
            )
        )
        return Step("guarded", found.value, found.state, tuple(tried), gaps=found.gaps, span=method.span)
    return _nothing_fits("guarded", tuple(tried), method.span, unit)
