"""A node made of its children: its step in, the calculation that makes it out."""

from __future__ import annotations

from fractions import Fraction

from thangdiem.dsl.rulebook import Aggregation, AggregationForm, State
from thangdiem.engine.explanation.arithmetic import digits
from thangdiem.engine.explanation.parts import Statement
from thangdiem.engine.explanation.subject import Subject
from thangdiem.engine.trace import Step


def aggregation(stage: Step, how: Aggregation, subject: Subject) -> Statement:
    """`1.1 + 1.2 = 10 + 5 = 15 điểm`, with weights, means and roots as the rule has them."""
    label = subject.words("sum_of_children")
    if not isinstance(stage.value, Fraction):
        return Statement("open", label, subject.words(stage.state.value), ", ".join(stage.gaps))
    weights = dict(stage.detail.get("weights") or ())  # type: ignore[call-overload]  # pairs
    counted = [(str(child.detail.get("key")), child.value) for child in stage.children if child.state is State.VALUE]
    known = [(code, value) for code, value in counted if isinstance(value, Fraction)]
    form = AggregationForm(str(stage.detail.get("form", "sum")))
    codes = _combined(
        form, [code for code, _ in known], [weights.get(code, Fraction(1)) for code, _ in known], how, subject
    )
    values = [subject.wording.operand(value) for _, value in known]
    numbers = _combined(form, values, [weights.get(code, Fraction(1)) for code, _ in known], how, subject)
    total = subject.wording.result(
        stage.value, subject.words("points") if subject.in_points(str(stage.detail.get("code", ""))) else ""
    )
    return Statement("equation", label, f"{numbers} = {total}", codes)


def _combined(
    form: AggregationForm, parts: list[str], weights: list[Fraction], how: Aggregation, subject: Subject
) -> str:
    text = _unrounded(form, parts, weights, subject)
    if how.rounding is None:
        return text
    tie = subject.words(how.rounding.tie.name.lower())
    return f"{subject.words('round')}({text}; {digits(how.rounding.unit, subject)}; {tie})"


def _unrounded(form: AggregationForm, parts: list[str], weights: list[Fraction], subject: Subject) -> str:
    weighted = [
        part if weight == 1 else f"{subject.wording.operand(weight)} × {part}"
        for part, weight in zip(parts, weights, strict=True)
    ]
    match form:
        case AggregationForm.SUM:
            return " + ".join(weighted) or "0"
        case AggregationForm.MEAN:
            return f"({' + '.join(parts)}) / {len(parts)}"
        case AggregationForm.WEIGHTED_MEAN:
            return f"({' + '.join(weighted)}) / ({' + '.join(subject.wording.operand(weight) for weight in weights)})"
        case AggregationForm.GEOMETRIC_MEAN:
            return f"{subject.words('root')}({' × '.join(parts)}; {len(parts)})"
        case AggregationForm.LOWEST:
            return f"{subject.words('least')}({'; '.join(parts)})"
        case AggregationForm.HIGHEST:
            return f"{subject.words('greatest')}({'; '.join(parts)})"
