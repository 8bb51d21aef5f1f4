"""How points were found: the step of a method in; what decided, its calculation and all that was tried, out."""

from __future__ import annotations

from fractions import Fraction

from thangdiem.dsl.rulebook import State
from thangdiem.engine.explanation.arithmetic import equation, numbers, reduced, result, rounding_call
from thangdiem.engine.explanation.comparisons import holds, tried
from thangdiem.engine.explanation.parts import Statement
from thangdiem.engine.explanation.subject import Subject
from thangdiem.engine.trace import Step
from thangdiem.engine.unrounded import Unrounded


def method(step: Step, subject: Subject, label: str) -> list[Statement]:
    """What a method did; ``label`` names the value it gives."""
    match step.kind:
        case "formula":
            return [_quoted(step, subject), *_formula(step, subject, label)]
        case "choice":
            return _choice(step, subject, label)
        case "checklist":
            return _checklist(step, subject, label)
        case "steps":
            return _rows(step, subject, label)
        case "cases":
            return _cases(step, subject, label)
        case "marks":
            return _marks(step, subject, label)
        case "guarded":
            return _guarded(step, subject, label)
        case "given":
            return [_quoted(step, subject), calculated(step, subject, label)]
        case other:  # unreached: the interpreter records no other method
            raise AssertionError(other)


def calculated(step: Step, subject: Subject, label: str) -> Statement:
    """A value with its formula, or the state that took its place."""
    if step.value is None:
        return Statement("open", label, subject.words(step.state.value), ", ".join(step.gaps))
    return Statement("equation", label, equation(step, subject), reduced((step,), subject))


def limit(step: Step, subject: Subject) -> list[Statement]:
    """Whether its condition holds, where it has one; where it was applied: before, bound, after.

    A limit without a condition that changes nothing is not told.
    """
    when = step.children[:1] if step.detail.get("conditional") else ()
    text, place = subject.written(step.span), subject.place(step.span)
    found = [tried(text, when, subject, place, holds(when[0]), ("true", "untrue"))] if when else []
    return [*found, *([_cut(step, subject)] if step.detail.get("applied") else [])]


def _cut(step: Step, subject: Subject) -> Statement:
    before, bound = step.detail.get("before"), step.children[-1]
    shown = subject.wording.shown(before) if isinstance(before, Fraction | Unrounded) else "?"
    call = subject.words("least" if step.detail.get("most") else "greatest")
    text = f"{call}({shown}; {numbers(bound, subject)}) = {result(step.children[-1], subject)}"
    return Statement("change", subject.words("limit"), text, subject.written(step.span), subject.place(step.span))


def rounding(step: Step, subject: Subject) -> list[Statement]:
    """A rounding that changed the value."""
    before = step.detail.get("before")
    if before == step.value or not isinstance(step.value, Fraction):
        return []
    shown = subject.wording.shown(before) if isinstance(before, Fraction | Unrounded) else "?"
    text = f"{rounding_call(shown, step, subject)} = {subject.wording.result(step.value)}"
    return [Statement("change", subject.words("rounding"), text)]


def _quoted(step: Step, subject: Subject) -> Statement:
    return Statement("rule", subject.words("rule"), subject.quoted(step.span), place=subject.place(step.span))


def _opening(step: Step, subject: Subject) -> Statement:
    return Statement("rule", subject.words("rule"), subject.opening(step.span), place=subject.place(step.span))


def _formula(step: Step, subject: Subject, label: str) -> list[Statement]:
    value, *limits = step.children
    found = [calculated(value, subject, label)]
    return [*found, *(statement for each in limits for statement in limit(each, subject))]


def _choice(step: Step, subject: Subject, label: str) -> list[Statement]:
    found = [_quoted(step, subject)] if step.children else [_opening(step, subject)]
    labels = step.detail.get("tried")
    tried_labels = [str(label) for label in labels] if isinstance(labels, tuple) else []
    for place, label_tried in enumerate(tried_labels, start=1):
        role = "met" if step.children and place == len(tried_labels) else "unmet"
        found.append(Statement(role, subject.words("level_taken" if role == "met" else "level_not_taken"), label_tried))
    return [*found, calculated(step.children[0] if step.children else step, subject, label)]


def _checklist(step: Step, subject: Subject, label: str) -> list[Statement]:
    found = [_opening(step, subject)]
    addends = []
    for mark in step.children:
        met = mark.detail.get("met")
        when = mark.children[:1] if len(mark.children) > (1 if met else 0) else ()
        found.append(tried(subject.quoted(mark.span), when, subject, met=met if isinstance(met, bool) else None))
        if mark.value is not None:
            shown = subject.wording.shown(mark.value)
            addends.append(shown if "/" not in shown else f"({shown})")
            if met and mark.children[-1].children:
                found.append(calculated(mark.children[-1], subject, f"{mark.detail.get('letter')})"))
    if step.value is None:
        return [*found, calculated(step, subject, label)]
    return [*found, Statement("equation", label, _comes_to(" + ".join(addends), step, subject))]


def _rows(step: Step, subject: Subject, label: str) -> list[Statement]:
    found = [_opening(step, subject)]
    rows = [child for child in step.children if child.kind == "row"]
    asked = [child for child in step.children if child.kind != "row"]
    found.extend(
        calculated(each, subject, subject.written(each.span))
        for each in asked
        if each.state is not State.VALUE or each.children
    )
    found.extend(_row(row, subject) for row in rows)
    return [*found, _decided(step, rows, subject, label)]


def _cases(step: Step, subject: Subject, label: str) -> list[Statement]:
    found = [_opening(step, subject), *(_row(row, subject) for row in step.children)]
    met = [row for row in step.children if row.detail.get("met")]
    if not step.detail.get("best") or len(met) < 2 or step.value is None:
        return [*found, _decided(step, list(step.children), subject, label)]
    values = "; ".join(numbers(row.children[-1], subject) for row in met)
    return [*found, Statement("equation", label, _comes_to(f"{subject.words('greatest')}({values})", step, subject))]


def _comes_to(calculation: str, step: Step, subject: Subject) -> str:
    """A calculation with what it comes to in points, after ≈ where that is no fraction."""
    if isinstance(step.value, Unrounded):
        return f"{calculation} ≈ {subject.wording.unrounded(step.value)}"
    assert isinstance(step.value, Fraction)
    found = subject.wording.result(step.value, subject.words("points"))
    return f"{calculation} = {found}" if calculation else found


def _row(row: Step, subject: Subject) -> Statement:
    met = row.detail.get("met")
    conditions = row.children[:-1] if met else row.children
    return tried(
        subject.quoted(row.span),
        conditions,
        subject,
        subject.place(row.span),
        met if isinstance(met, bool) else None,
    )


def _decided(step: Step, rows: list[Step], subject: Subject, label: str) -> Statement:
    deciding = next((row for row in rows if row.detail.get("met") and row.children), None)
    return calculated(deciding.children[-1] if deciding and step.value is not None else step, subject, label)


def _marks(step: Step, subject: Subject, label: str) -> list[Statement]:
    found = [_opening(step, subject)]
    if step.value is None:
        return [*found, calculated(step, subject, label)]
    asked, *rows = step.children
    if asked.children:
        found.append(calculated(asked, subject, subject.written(asked.span)))
    products = []
    for row in rows:
        *compared, value = row.children
        for each in compared:
            met = holds(each)
            found.append(
                tried(
                    subject.quoted(row.span) if each is compared[0] else subject.written(each.span),
                    (each,),
                    subject,
                    met=met,
                )
            )
        products.append(f"{row.detail.get('count')} × {numbers(value, subject)}")
    return [*found, Statement("equation", label, _comes_to(" + ".join(products), step, subject))]


def _guarded(step: Step, subject: Subject, label: str) -> list[Statement]:
    found: list[Statement] = []
    for row in step.children:
        met = row.detail.get("met")
        conditions = row.children[:-1] if met else row.children
        text = subject.opening(row.span)
        found.append(tried(text, conditions, subject, subject.place(row.span), met if isinstance(met, bool) else None))
        if met and row.children:
            found.extend(method(row.children[-1], subject, label))
    return found
