"""How the total is made: the steps of the scale in; an account that a pocket calculator can follow, out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from attrs import evolve, frozen

from thangdiem.dsl.rulebook import AggregationForm, PolicyForm, State
from thangdiem.engine.explanation.aggregation import aggregation
from thangdiem.engine.explanation.methods import limit, method, rounding
from thangdiem.engine.explanation.parts import LedgerRow, Statement
from thangdiem.engine.explanation.stages import bonus_change
from thangdiem.engine.explanation.subject import Subject
from thangdiem.engine.trace import Step


@frozen
class _Line:
    """A line before it is written: what is entered, and whether it is a leaf or the sum of leaves."""

    kind: str
    label: str
    low: Fraction | None
    high: Fraction | None
    maximum: Fraction | None
    state: State = State.VALUE
    counted: bool = True


def ledger(subject: Subject) -> tuple[LedgerRow, ...]:
    """Every leaf that is added up, the sums of the groups, then bonus, limits and rounding, and the total."""
    total = subject.trace.total
    stages = list(total.children)
    first = stages[0] if stages else total
    if first.kind != "children" or first.detail.get("form") != AggregationForm.SUM.value:
        return ()
    lines = list(_lines(first, subject))
    rows = list(_written(lines, subject))
    rows.append(_sum_row(lines, subject))
    changes = (
        list(_changes(stages[1:], subject)) if isinstance(first.value, Fraction) else _open_changes(stages[1:], subject)
    )
    return (*rows, *changes, *_total_row(subject)) if changes else tuple(rows)


def _lines(stage: Step, subject: Subject) -> Iterator[_Line]:
    weights = dict(stage.detail.get("weights") or ())  # type: ignore[call-overload]  # pairs
    for child in stage.children:
        code = str(child.detail.get("key"))
        weight = weights.get(code, Fraction(1))
        inner = _plain_sum(code, subject) if weight == 1 else None
        if inner is not None:
            yield from _lines(inner, subject)
            yield _line("subtotal", code, subject, weight)
        else:
            yield _line("leaf", code, subject, weight)


def _plain_sum(code: str, subject: Subject) -> Step | None:
    """The stage that adds an item's children, where nothing else changes the item's points."""
    step = subject.trace.items.get(code)
    if step is None or not step.children or step.children[0].kind != "children":
        return None
    first = step.children[0]
    weights = dict(first.detail.get("weights") or ())  # type: ignore[call-overload]  # pairs
    plain = first.detail.get("form") == AggregationForm.SUM.value and all(weight == 1 for weight in weights.values())
    return first if plain and all(stage.value == first.value for stage in step.children) and first.children else None


def _line(kind: str, code: str, subject: Subject, weight: Fraction) -> _Line:
    known = subject.item_results[code]
    item = subject.items[code]
    label = f"{code} {item.title}".strip()
    if weight != 1:
        label += f" ({subject.words('weight', weight=subject.wording.number(weight))})"
    maximum = known.maximum * weight if known.maximum is not None and known.state is not State.NOT_APPLICABLE else None
    if known.state is State.VALUE and known.score is not None:
        return _Line(kind, label, known.score * weight, known.score * weight, maximum)
    low = known.low * weight if known.low is not None else None
    high = known.high * weight if known.high is not None else None
    return _Line(kind, label, low, high, maximum, known.state)


def _written(lines: list[_Line], subject: Subject) -> Iterator[LedgerRow]:
    low, high = Fraction(0), Fraction(0)
    known = True
    for line in lines:
        row = _row(line, subject)
        if line.kind == "subtotal":
            yield evolve(row, label=subject.words("subtotal_row", item=line.label))
            continue
        if line.state is not State.NOT_APPLICABLE:
            known = known and line.low is not None and line.high is not None
            low, high = low + (line.low or 0), high + (line.high or 0)
        yield evolve(row, balance=subject.wording.between(low, high) if known else "")


def _row(line: _Line, subject: Subject) -> LedgerRow:
    maximum = subject.wording.figure(line.maximum) if line.maximum is not None else subject.words("excluded")
    if line.low is None and line.high is None:
        return LedgerRow(line.kind, line.label, subject.words(line.state.value), maximum)
    return LedgerRow(line.kind, line.label, subject.wording.between(line.low, line.high), maximum)


def _sum_row(lines: list[_Line], subject: Subject) -> LedgerRow:
    leaves = [line for line in lines if line.kind == "leaf"]
    maximum = sum((line.maximum for line in leaves if line.maximum is not None), Fraction(0))
    counted = [line for line in leaves if line.state is not State.NOT_APPLICABLE]
    if any(line.low is None or line.high is None for line in counted):
        return LedgerRow(
            "sum", subject.words("sum_row"), subject.words("undetermined"), subject.wording.figure(maximum)
        )
    low = sum((line.low for line in counted if line.low is not None), Fraction(0))
    high = sum((line.high for line in counted if line.high is not None), Fraction(0))
    shown = subject.wording.between(low, high)
    return LedgerRow("sum", subject.words("sum_row"), shown, subject.wording.figure(maximum), shown)


def _changes(stages: list[Step], subject: Subject) -> Iterator[LedgerRow]:
    """What changes the sum, each with the sum after it."""
    for stage in stages:
        balance = subject.wording.figure(stage.value) if isinstance(stage.value, Fraction) else ""
        if stage.kind == "bonus":
            yield evolve(_bonus(stage, subject), balance=balance)
            continue
        for said in _stage(stage, subject):
            if said.role == "change":
                yield LedgerRow("change", f"{said.label}: {said.text}", "", balance=balance)


def _open_changes(stages: list[Step], subject: Subject) -> list[LedgerRow]:
    """Bonuses and deductions that are known while the sum is not."""
    known = [stage for stage in stages if stage.kind == "bonus" and isinstance(stage.detail.get("points"), Fraction)]
    return [_bonus(stage, subject) for stage in known]


def _bonus(stage: Step, subject: Subject) -> LedgerRow:
    deduction = bool(stage.detail.get("deduction"))
    label = subject.words("deduction_row" if deduction else "bonus_row", title=stage.detail.get("title"))
    points = stage.detail.get("points")
    if not isinstance(points, Fraction):
        return LedgerRow("change", label, subject.words(stage.state.value))
    return LedgerRow("change", label, subject.wording.signed(-points if deduction else points))


def _total_row(subject: Subject) -> list[LedgerRow]:
    """The total, or its range where data are missing."""
    label, unit = subject.words("total_row"), subject.unit
    if unit.total is not None:
        shown = subject.wording.figure(unit.total)
        return [LedgerRow("total", label, shown, balance=shown)]
    if unit.range is not None:
        shown = subject.wording.between(*unit.range)
        return [LedgerRow("total", label, shown, balance=shown)]
    return []


def calculations(subject: Subject) -> tuple[Statement, ...]:
    """What is done with the sum: rescaling, bonus, limits, rounding; then the maximum and the share."""
    found: list[Statement] = []
    for stage in subject.trace.total.children:
        if stage.kind == "rescaled":
            found.extend(_maximum(subject))
        found.extend(_stage(stage, subject))
    if not any(stage.kind == "rescaled" for stage in subject.trace.total.children):
        found.extend(_maximum(subject))
    return (*found, *_share(subject))


def _maximum(subject: Subject) -> list[Statement]:
    """The maximum that is left where items do not apply: what the scale states less what they were worth."""
    detail = subject.trace.total.detail
    gone, full = list(_left_out(detail, Fraction(1), subject)), detail.get("high")
    if not gone or not isinstance(full, Fraction):
        return []
    left = full - sum((points for _, points in gone), Fraction(0))
    operand = subject.wording.operand
    text = " − ".join([operand(full), *(operand(points) for _, points in gone)])
    codes = ", ".join(code for code, _ in gone)
    result = subject.wording.result(left, subject.words("points"))
    return [Statement("equation", subject.words("maximum_left"), f"{text} = {result}", codes)]


def _left_out(detail: Mapping[str, object], weight: Fraction, subject: Subject) -> Iterator[tuple[str, Fraction]]:
    """The lowest items whose points left the maximum, with the points as they count in the total."""
    for code, own, points in detail.get("left_out") or ():  # type: ignore[attr-defined]  # triples
        inner = subject.trace.items[code].detail
        if inner.get("left_out") and subject.trace.items[code].state is not State.NOT_APPLICABLE:
            yield from _left_out(inner, weight * own, subject)
        else:
            yield code, weight * points


def _stage(stage: Step, subject: Subject) -> list[Statement]:
    words = subject.words
    match stage.kind:
        case "children":
            return [aggregation(stage, subject.scale.aggregation, subject)] if stage.children else []
        case "own":
            return method(stage.children[0], subject, words("total")) if stage.children else []
        case "rescaled":
            return [_rescaled(stage, subject)]
        case "bonus":
            return [bonus_change(stage, subject)]
        case "limit":
            return limit(stage, subject)
        case "rounding":
            return rounding(stage, subject)
        case "applicability":
            text = words(f"policy_{PolicyForm(str(stage.detail.get('policy'))).value}", points="")
            return [
                Statement(
                    "reason",
                    words("policy"),
                    text,
                    subject.short(str(stage.detail.get("code", ""))),
                    subject.place(stage.span),
                )
            ]
        case "total_given":
            shown = subject.wording.shown(stage.value) if stage.value is not None else words(stage.state.value)
            origin = subject.origin(stage.fact.origin) if stage.fact else ""
            return [Statement("datum", words("given_total"), shown, place=origin)]
        case other:  # unreached: the interpreter records no other stage
            raise AssertionError(other)


def _rescaled(stage: Step, subject: Subject) -> Statement:
    label = subject.words("rescaling")
    before, maximum, points = (stage.detail.get(key) for key in ("before", "maximum", "scale_points"))
    if not (
        isinstance(stage.value, Fraction)
        and isinstance(before, Fraction)
        and isinstance(maximum, Fraction)
        and isinstance(points, Fraction)
    ):
        return Statement("open", label, subject.words(stage.state.value))
    scored, full, used = map(subject.wording.operand, (before, points, maximum))
    after = subject.wording.result(stage.value, subject.words("points"))
    text = f"{scored} × {full} / {used} = {after}"
    return Statement("change", label, text, subject.written(stage.span), subject.place(stage.span))


def _share(subject: Subject) -> list[Statement]:
    unit = subject.unit
    if unit.total is None or not unit.maximum or unit.share is None:
        return []
    total, maximum = map(subject.wording.operand, (unit.total, unit.maximum))
    text = f"{total} / {maximum} = {subject.wording.result(unit.share, percent=True)}"
    return [Statement("equation", subject.words("share"), text, subject.words("share_equation"))]
