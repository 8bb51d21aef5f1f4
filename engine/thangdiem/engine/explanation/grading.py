"""The grade explained: every band and condition tried in, what decided and how far the neighbours are out."""

from __future__ import annotations

from fractions import Fraction
from itertools import takewhile

from thangdiem.dsl.rulebook import Band, Grading, Number, Quota
from thangdiem.engine.explanation.arithmetic import equation, rounding_call
from thangdiem.engine.explanation.comparisons import compared, facts, outcome, tried
from thangdiem.engine.explanation.parts import Statement
from thangdiem.engine.explanation.subject import Subject
from thangdiem.engine.trace import BandTrial, GradingTrace, QuotaTrial, RuleTrial, Step


def grading(subject: Subject) -> tuple[Statement, ...]:
    """How the grade was found; nothing where the scale has no grades."""
    trace = subject.unit.trace.grading if subject.unit.trace else None
    if trace is None:
        return ()
    found: list[Statement] = []
    if trace.guard is not None:
        found.append(tried(subject.opening(trace.span), (trace.guard,), subject, met=bool(trace.guard.value)))
    if trace.basis.kind != "reference" and trace.bands and trace.basis.value is not None:
        found.append(
            Statement(
                "equation",
                subject.words("share" if trace.basis.kind == "divide" else "value"),
                _basis(trace.basis, subject),
            )
        )
    found.extend(_bands(trace, subject))
    found.extend(_rule(trial, subject) for trial in trace.rules)
    found.extend(statement for trial in trace.quotas for statement in _quota(trial, subject))
    found.extend(_distances(trace, subject))
    return (*found, _conclusion(subject))


def _basis(basis: Step, subject: Subject) -> str:
    if basis.kind == "divide" and all(child.kind in ("reference", "maximum") for child in basis.children):
        values = [child.value for child in basis.children if isinstance(child.value, Fraction)]
        assert isinstance(basis.value, Fraction)
        quotient = " / ".join(map(subject.wording.operand, values))
        return f"{quotient} = {subject.wording.result(basis.value, percent=True)}"
    return equation(basis, subject)


def _bands(trace: GradingTrace, subject: Subject) -> list[Statement]:
    found = []
    reached = False
    for trial in trace.bands:
        note = (
            subject.words("band_not_tried")
            if reached and trial.met is not False
            else "; ".join(_facts(trial, trace, subject))
        )
        role = "unmet" if reached and trial.met else outcome(trial.met)
        found.append(Statement(role, subject.words(role), subject.quoted(trial.span), note, subject.place(trial.span)))
        reached = reached or bool(trial.met)
    return found


def _facts(trial: BandTrial, trace: GradingTrace, subject: Subject) -> list[str]:
    found = []
    percent = trace.basis.kind == "divide"
    for step in trial.conditions:
        if step.kind == "range" and trace.basis.value is not None:
            found.append(compared(trace.basis.value, step, subject, percent))
        else:
            found.extend(facts((step,), subject))
    return [fact for fact in found if fact]


def _rule(trial: RuleTrial, subject: Subject) -> Statement:
    words = subject.words
    note = facts((trial.condition,), subject)
    if trial.met and trial.before != trial.after:
        note.append(words("from_grade_to", before=trial.before, after=trial.after))
    elif trial.met:
        note.append(words("no_effect", grade=trial.before))
    role = outcome(trial.met)
    return Statement(
        role,
        f"{words(f'rule_{trial.form}')}: {words(role).lower()}",
        subject.quoted(trial.span),
        "; ".join(note),
        subject.place(trial.span),
    )


def _quota(trial: QuotaTrial, subject: Subject) -> list[Statement]:
    words = subject.words
    rule = _written_quota(trial, subject)
    places = subject.wording.number(Fraction(trial.places))
    if rule is not None:
        rounding = Step(
            "round",
            Fraction(trial.places),
            detail={"unit_of": rule.rounding.unit, "tie": rule.rounding.tie.name},
        )
        inner = f"{subject.wording.percent(rule.share)} × {trial.units}"
        places = f"{rounding_call(inner, rounding, subject)} = {trial.places}"
    label = words("quota", grade=trial.grade)
    found = [
        Statement("rule", label, subject.quoted(trial.span), place=subject.place(trial.span)),
        Statement(
            "equation",
            label,
            words("quota_text", equation=places),
            words("quota_holders", count=len(trial.holders)),
        ),
    ]
    if trial.before != trial.after:
        found.append(Statement("change", label, words("from_grade_to", before=trial.before, after=trial.after)))
    elif trial.before == trial.grade:
        found.append(Statement("met", label, words("quota_kept", grade=trial.grade)))
    return found


def _written_quota(trial: QuotaTrial, subject: Subject) -> Quota | None:
    quotas = [quota for block in subject.scale.gradings for quota in block.quotas]
    return next((quota for quota in quotas if quota.span == trial.span), None)


# --- how far the neighbours are


def _distances(trace: GradingTrace, subject: Subject) -> list[Statement]:
    """To the next better band, and to the edge of this one, for a grade found by a range."""
    value = trace.basis.value
    place = next((index for index, trial in enumerate(trace.bands) if trial.met), None)
    if place is None or not isinstance(value, Fraction):
        return []
    block = _block(trace, subject)
    if block is None or any(trial.met is None for trial in trace.bands[:place]):
        return []
    percent = trace.basis.kind == "divide"
    found = []
    if place > 0:
        edge = _edge(block.bands[place - 1], block.lower_is_better)
        if edge is not None:
            found.append(_towards(value, edge, block.bands[place - 1].grade, percent, subject))
    edge = _edge(block.bands[place], block.lower_is_better)
    if edge is not None:
        found.append(_away(value, edge, block.bands[place].grade, percent, subject))
    return [statement for statement in found if statement is not None]


def _block(trace: GradingTrace, subject: Subject) -> Grading | None:
    """The block of grades that was tried, found by its place in the text."""
    blocks = [block for block in subject.scale.gradings if block.span == trace.span]
    return next((block for block in blocks if len(block.bands) == len(list(takewhile(bool, trace.bands)))), None)


def _edge(band: Band, lower_is_better: bool) -> Fraction | None:
    """The end of a band that is passed when the grade gets worse."""
    if band.within is None:
        return None
    bound = band.within.high if lower_is_better else band.within.low
    return bound.value if isinstance(bound, Number) else None


def _towards(value: Fraction, edge: Fraction, grade: str, percent: bool, subject: Subject) -> Statement | None:
    if value == edge:
        return None
    label = subject.words("to_better", grade=grade)
    text = subject.words(
        "to_better_text",
        amount=_amount(abs(edge - value), percent, subject),
        equation=_difference(edge, value, percent, subject),
    )
    return Statement("conclusion", label, text)


def _away(value: Fraction, edge: Fraction, grade: str, percent: bool, subject: Subject) -> Statement:
    label = subject.words("to_worse", grade=grade)
    text = subject.words(
        "to_worse_text",
        amount=_amount(abs(value - edge), percent, subject),
        equation=_difference(value, edge, percent, subject),
    )
    return Statement("conclusion", label, text)


def _amount(amount: Fraction, percent: bool, subject: Subject) -> str:
    return subject.wording.share(amount) if percent else subject.wording.points(amount)


def _difference(one: Fraction, other: Fraction, percent: bool, subject: Subject) -> str:
    greater, lesser = max(one, other), min(one, other)
    shown = [subject.wording.shown(each, percent) for each in (greater, lesser)]
    left, right = (f"({each})" if "/" in each or "−" in each else each for each in shown)
    return f"{left} − {right} = {subject.wording.result(greater - lesser, percent=percent)}"


def _conclusion(subject: Subject) -> Statement:
    words = subject.words
    if subject.unit.grade is not None:
        return Statement("conclusion", words("final_grade"), words("grade_is", grade=subject.unit.grade))
    return Statement("conclusion", words("final_grade"), words(subject.unit.status.value))
