"""Conditions in words: the step of a condition in, what was compared and by how much it was missed out."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from thangdiem.dsl.rulebook import State
from thangdiem.engine.evaluation import arithmetic
from thangdiem.engine.explanation.arithmetic import MOST_LISTED, equation, is_percent, numbers, reduced, result
from thangdiem.engine.explanation.parts import Statement
from thangdiem.engine.explanation.subject import Subject
from thangdiem.engine.trace import Step, Value

_NO_LACK = ("rank_among", "units_graded")  # a rank is not short of another
_OPPOSITE = {"≥": "<", ">": "≤", "≤": ">", "<": "≥", "=": "≠"}


def outcome(met: bool | None) -> str:
    """The role of a condition that holds, does not, or cannot be decided."""
    return "open" if met is None else "met" if met else "unmet"


def holds(step: Step) -> bool | None:
    """Whether a condition holds; None where it cannot be decided."""
    return bool(step.value) if step.state is State.VALUE and step.value is not None else None


def tried(
    text: str,
    conditions: tuple[Step, ...],
    subject: Subject,
    place: str = "",
    met: bool | None = None,
    labels: tuple[str, str] = ("met", "unmet"),
) -> Statement:
    """A row, level or rule that was tried, in its own words, with every comparison made for it.

    ``labels`` are the phrases for one that holds and one that does not: what is good is met, a fact is true.
    """
    role = outcome(met)
    label = role if met is None else labels[0] if met else labels[1]
    note = "; ".join(filter(None, (*facts(conditions, subject), reduced(conditions, subject))))
    return Statement(role, subject.words(label), text, note, place)


def facts(conditions: tuple[Step, ...], subject: Subject, neutral: bool = False) -> list[str]:
    """Every comparison made by conditions, each once; ``neutral`` where missing a number is no lack."""
    return list(dict.fromkeys(fact for step in conditions for fact in _facts(step, subject, neutral)))


def _facts(step: Step, subject: Subject, neutral: bool) -> list[str]:
    match step.kind:
        case "within":
            return [_within(step, subject, neutral)]
        case "range" | "literal":
            return []
        case "all" | "any" | "not":
            return facts(step.children, subject, neutral)
        case "some_item" | "count_items":
            listed = facts(step.children[:MOST_LISTED], subject, neutral)
            if len(step.children) > MOST_LISTED:
                listed.append(subject.words("and_more", count=len(step.children) - MOST_LISTED))
            return listed
        case _:
            return [equation(step, subject)]


def _within(step: Step, subject: Subject, neutral: bool) -> str:
    value, *ranges = step.children
    neutral = neutral or value.kind in _NO_LACK
    if step.state is not State.VALUE or value.value is None:
        lacking = next((child for child in step.children if child.state is not State.VALUE), value)
        return f"{_name(lacking, subject)}: {subject.words(lacking.state.value)}"
    percent = any(is_percent(bound, subject) for found in ranges for bound in found.children)
    calculation = _value(value, subject, percent)
    left = f"{_name(value, subject)} = {calculation}"
    met = [found for found in ranges if found.value is True]
    relations = (compared(value.value, found, subject, percent, neutral) for found in (met[:1] or ranges))
    shown = ", ".join(filter(None, relations))
    return f"{left}: {shown}" if " = " in calculation or "≈" in calculation else f"{_name(value, subject)}: {shown}"


def _name(step: Step, subject: Subject) -> str:
    """The rule's own words for what is compared, with the calculation behind them where there is one."""
    key = step.detail.get("key")
    if step.kind == "reference" and step.detail.get("to") == "item":
        return subject.short(str(key))
    return subject.written(step.span) or subject.words("value")


def _value(step: Step, subject: Subject, percent: bool) -> str:
    shown = result(step, subject, percent)
    if step.children and step.kind not in ("over_units", "rank_among", "units_graded", "name"):
        return " = ".join(dict.fromkeys((numbers(step, subject), shown)))
    return shown


def compared(value: Value, found: Step, subject: Subject, percent: bool = False, neutral: bool = False) -> str:
    """`78 < 80, thiếu 2`: the comparison that made a range hold or fail, and by how much it was missed."""
    if found.state is not State.VALUE:
        return subject.words(found.state.value)
    low, high = _bounds(found)
    if found.detail.get("low") and found.detail.get("high") and len(found.children) == 1:
        return _equality(value, found, subject, percent, neutral)
    signs = (">" if found.detail.get("low_open") else "≥", "<" if found.detail.get("high_open") else "≤")
    parts = []
    for bound, sign in zip((low, high), signs, strict=True):
        if bound is None or bound.value is None:
            continue
        if found.value is True:
            parts.append(_relation(value, sign, bound, subject, percent))
        elif not _true(value, sign, bound.value):
            missed = _relation(value, _OPPOSITE[sign], bound, subject, percent)
            return missed + _distance(value, bound.value, subject, percent, neutral)
    return ", ".join(parts)


def _bounds(found: Step) -> tuple[Step | None, Step | None]:
    low = found.children[0] if found.detail.get("low") and found.children else None
    return low, found.children[-1] if found.detail.get("high") and found.children else None


def _equality(value: Value, found: Step, subject: Subject, percent: bool, neutral: bool) -> str:
    bound = found.children[0]
    equal = bool(found.value) is not bool(found.detail.get("negated"))
    relation = _relation(value, "=" if equal else "≠", bound, subject, percent)
    if equal or found.detail.get("negated") or bound.value is None:
        return relation
    return relation + _distance(value, bound.value, subject, percent, neutral)


def _relation(value: Value, sign: str, bound: Step, subject: Subject, percent: bool) -> str:
    other = numbers(bound, subject, percent)
    if bound.children:
        other += f" = {result(bound, subject, percent)}"
    return f"{subject.wording.shown(value, percent)} {sign} {other}"


def _true(value: Value, sign: str, bound: Value) -> bool:
    order = arithmetic.order(value, bound)
    return {">": order > 0, "≥": order >= 0, "<": order < 0, "≤": order <= 0}[sign]


def _distance(value: Value, bound: Value, subject: Subject, percent: bool, neutral: bool) -> str:
    if isinstance(value, date) and isinstance(bound, date):
        days = (value - bound).days
        return f" ({difference(Fraction(days), subject, unit=subject.words('days'), neutral=neutral)})" if days else ""
    if isinstance(value, Fraction) and isinstance(bound, Fraction) and value != bound:
        return f" ({difference(value - bound, subject, percent, neutral=neutral)})"
    return ""


def difference(amount: Fraction, subject: Subject, percent: bool = False, unit: str = "", neutral: bool = False) -> str:
    """`thiếu 2` of a negative amount, `vượt 2` of a positive one; `chênh 2` where neither is good or bad."""
    shown = subject.wording.percentage_points(abs(amount)) if percent else subject.wording.figure(abs(amount))
    word = "differs" if neutral else "lacks" if amount < 0 else "exceeds"
    return subject.words(word, amount=f"{shown} {unit}" if unit else shown)
