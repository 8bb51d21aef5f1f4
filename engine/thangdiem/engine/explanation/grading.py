"""The grade explained: every band and condition tried in, what decided and how far the neighbours are out."""

from __future__ import annotations

from fractions import Fraction
from itertools import takewhile

from thangdiem.dsl.rulebook import Band, Grading, Number, Quota
from thangdiem.engine.explanation.arithmetic import MOST_LISTED, equation, reduced, rounding_call
from thangdiem.engine.explanation.comparisons import compared, facts, outcome, tried
from thangdiem.engine.explanation.parts import Statement
from thangdiem.engine.explanation.subject import Subject
from thangdiem.engine.result import Status
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
                reduced((trace.basis,), subject),
            )
        )
    found.extend(_bands(trace, subject))
    grades = _grades(trace, subject)
    found.extend(_rule(trial, grades, subject) for trial in trace.rules)
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
        label = subject.words({"met": "band_taken", "unmet": "band_not_taken"}.get(role, role))
        found.append(Statement(role, label, subject.quoted(trial.span), note, subject.place(trial.span)))
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
    found.append(reduced(trial.conditions, subject))
    return [fact for fact in found if fact]


def _grades(trace: GradingTrace, subject: Subject) -> tuple[str, ...]:
    """The grades of the block that was tried, best first."""
    return next((block.grades for block in subject.scale.gradings if block.span == trace.span), ())


def _outcome(trial: RuleTrial, grades: tuple[str, ...]) -> tuple[str, bool]:
    """The phrase for what a condition came to, and whether it is one a unit would rather not meet."""
    lowers = trial.form in ("cap", "exclude")
    if trial.form == "force" and trial.grade in grades and trial.before in grades:
        lowers = grades.index(trial.grade) > grades.index(trial.before)
    if trial.met is None:
        return "open", lowers
    if lowers:
        return ("caught" if trial.met else "not_caught"), True
    if trial.form == "raise":
        return ("raised" if trial.met else "not_raised"), False
    return ("true" if trial.met else "untrue"), False


def _rule(trial: RuleTrial, grades: tuple[str, ...], subject: Subject) -> Statement:
    words = subject.words
    phrase, lowers = _outcome(trial, grades)
    note = facts((trial.condition,), subject, neutral=lowers)
    if shrunk := reduced((trial.condition,), subject):
        note.append(shrunk)
    if trial.met and trial.before != trial.after:
        note.append(words("from_grade_to", before=trial.before, after=trial.after))
    elif trial.met:
        note.append(words("no_effect", grade=trial.before))
    role = outcome(trial.met)
    return Statement(
        role,
        f"{words(f'rule_{trial.form}')}: {words(phrase).lower()}",
        subject.quoted(trial.span),
        "; ".join(note),
        subject.place(trial.span),
    )


def _quota(trial: QuotaTrial, subject: Subject) -> list[Statement]:
    words = subject.words
    rule = _written_quota(trial, subject)
    detail = {"unit_of": rule.rounding.unit, "tie": rule.rounding.tie.name}
    inner = f"{subject.wording.percent(rule.share)} × {trial.units}"
    places = f"{rounding_call(inner, Step('round', Fraction(trial.places), detail=detail), subject)} = {trial.places}"
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
    if trial.kept:
        found.append(Statement("datum", label, words("quota_places", units=_with_totals(trial.kept, subject))))
    if trial.before != trial.after:
        found.append(Statement("change", label, words("from_grade_to", before=trial.before, after=trial.after)))
    elif trial.before == trial.grade:
        found.append(Statement("met", label, words("quota_kept", grade=trial.grade)))
    return found


def _with_totals(units: tuple[str, ...], subject: Subject) -> str:
    """The units with their totals, as far as the results hold them."""
    known = {unit.unit: unit.total for unit in subject.results.units}
    listed = []
    for unit in units[:MOST_LISTED]:
        total = known.get(unit)
        listed.append(f"{unit}: {subject.wording.points(total)}" if total is not None else unit)
    if len(units) > MOST_LISTED:
        listed.append(subject.words("and_others", count=len(units) - MOST_LISTED))
    return "; ".join(listed)


def _written_quota(trial: QuotaTrial, subject: Subject) -> Quota:
    quotas = [quota for block in subject.scale.gradings for quota in block.quotas]
    return next(quota for quota in quotas if quota.span == trial.span)


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
    changed = _changed(trace, block.bands[place].grade, subject)
    if changed is not None:
        return [changed]
    found = []
    if place > 0:
        edge = _edge(block.bands[place - 1], block.lower_is_better)
        if edge is not None:
            found.append(_towards(value, edge, block.bands[place - 1].grade, percent, subject))
    edge = _edge(block.bands[place], block.lower_is_better)
    if edge is not None:
        found.append(_away(value, edge, block.bands[place].grade, percent, subject))
    return [statement for statement in found if statement is not None]


def _changed(trace: GradingTrace, grade: str, subject: Subject) -> Statement | None:
    """Where the points would give a grade the unit does not have: which rule or quota changed it."""
    words = subject.words
    changes = [words(f"rule_{trial.form}") for trial in trace.rules if trial.met and trial.before != trial.after]
    changes += [words("quota", grade=trial.grade) for trial in trace.quotas if trial.before != trial.after]
    settled = subject.unit.status in (Status.GRADED, Status.UNGRADED)
    if not changes or not settled or subject.unit.grade == grade:
        return None
    final = subject.unit.grade
    shown = words("grade_is", grade=final) if final else words("no_grade")
    why = changes[-1][:1].lower() + changes[-1][1:]
    return Statement("conclusion", words("by_points"), words("by_points_text", grade=grade, why=why, final=shown))


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
    return subject.wording.percentage_points(amount) if percent else subject.wording.points(amount)


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
