"""What became of an item's points: a stage of its evaluation in, what a reader is told of it out."""

from __future__ import annotations

from fractions import Fraction

from thangdiem.dsl.rulebook import Item, PolicyForm, Span, State
from thangdiem.engine.explanation.aggregation import aggregation
from thangdiem.engine.explanation.cohorts import cohorts
from thangdiem.engine.explanation.comparisons import holds, tried
from thangdiem.engine.explanation.methods import calculated, limit, method, rounding
from thangdiem.engine.explanation.parts import Statement
from thangdiem.engine.explanation.subject import Subject
from thangdiem.engine.trace import Step


def stage_told(stage: Step, item: Item | None, subject: Subject) -> list[Statement]:
    """What a stage of an item or a bonus did with its points."""
    match stage.kind:
        case "own":
            found = method(stage.children[0], subject, subject.words("points_label")) if stage.children else []
            return [*cohorts(stage, subject), *found]
        case "children":
            return (
                [aggregation(stage, item.aggregation if item else subject.scale.aggregation, subject)]
                if stage.children
                else []
            )
        case "missing_rule":
            return [
                Statement(
                    "rule",
                    subject.words("when_missing"),
                    subject.quoted(stage.span),
                    place=subject.place(stage.span),
                ),
                calculated(stage.children[0] if stage.children else stage, subject, subject.words("points_label")),
            ]
        case "applicability":
            return _applicability(stage, subject)
        case "replaced":
            return _replaced(stage, subject)
        case "counts_when":
            return _counts_when(stage, subject)
        case "bonus":
            return [bonus_change(stage, subject)]
        case "limit":
            return limit(stage, subject)
        case "rounding":
            return rounding(stage, subject)
        case other:  # unreached: the interpreter records no other stage
            raise AssertionError(other)


def _applicability(stage: Step, subject: Subject) -> list[Statement]:
    policy = str(stage.detail.get("policy") or "")
    if policy:
        points = subject.scale.policy.scale_points if subject.scale.policy else None
        shown = subject.wording.points(points) if points is not None else ""
        text = subject.words(f"policy_{PolicyForm(policy).value}", points=shown)
        return [
            Statement(
                "reason",
                subject.words("policy"),
                text,
                subject.written(stage.span),
                subject.place(stage.span),
            )
        ]
    met = holds(stage.children[-1]) if stage.children else None
    found = (
        [tried(subject.quoted(stage.span), stage.children, subject, subject.place(stage.span), met, ("true", "untrue"))]
        if stage.children
        else []
    )
    if stage.state is State.NOT_APPLICABLE:
        found.append(Statement("reason", subject.words("na_reason"), subject.words("na_by_condition")))
    return found


def _replaced(stage: Step, subject: Subject) -> list[Statement]:
    when = stage.children[:1]
    met = holds(when[0]) if when else None
    found = [tried(subject.quoted(stage.span), when, subject, subject.place(stage.span), met, ("true", "untrue"))]
    if met and len(stage.children) > 1:
        found.append(calculated(stage.children[-1], subject, subject.words("replaced")))
    return found


def _counts_when(stage: Step, subject: Subject) -> list[Statement]:
    when = stage.children[:1]
    met = holds(when[0]) if when else None
    found = [tried(subject.quoted(stage.span), when, subject, subject.place(stage.span), met)]
    earned = stage.detail.get("earned")
    if met is False and isinstance(earned, Fraction):
        text = subject.words("does_not_count", earned=subject.wording.points(earned))
        found.append(Statement("reason", subject.words("counts_when"), text))
    return found


def bonus_change(stage: Step, subject: Subject) -> Statement:
    """A bonus or deduction put in: before, points, after."""
    deduction = bool(stage.detail.get("deduction"))
    label = subject.words("deduction_row" if deduction else "bonus_row", title=stage.detail.get("title"))
    before, points = stage.detail.get("before"), stage.detail.get("points")
    if not (isinstance(before, Fraction) and isinstance(points, Fraction) and isinstance(stage.value, Fraction)):
        shown = subject.wording.points(points) if isinstance(points, Fraction) else subject.words(stage.state.value)
        return Statement("open", label, shown, ", ".join(stage.gaps))
    sign = "−" if deduction else "+"
    left, right = (
        f"({shown})" if "/" in shown or "−" in shown else shown
        for shown in map(subject.wording.number, (before, points))
    )
    text = f"{left} {sign} {right} = {subject.wording.result(stage.value, subject.words('points'))}"
    return Statement(
        "change",
        label,
        text,
        place=subject.place(Span(stage.span.start, min(stage.span.end, stage.span.start + 1))),
    )
