"""Formulas for a calculator: a step of the trace in, the formula with the numbers put in out."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction

from thangdiem.dsl.rulebook import DataForm, Gathering
from thangdiem.engine.explanation.subject import Subject
from thangdiem.engine.trace import Step
from thangdiem.engine.unrounded import Unrounded

_SUM, _PRODUCT, _POWER, _ATOM = 1, 2, 4, 5
_INFIX = {
    "add": (" + ", _SUM),
    "subtract": (" − ", _SUM),
    "multiply": (" × ", _PRODUCT),
    "divide": (" / ", _PRODUCT),
}
_CALLS = {
    "min": "least",
    "max": "greatest",
    "abs": "size",
    "root": "root",
    "ln": "ln",
    "log10": "log10",
    "exp": "exp",
}
_UNIT = re.compile(r"[-−\d.,/\s]*\d\s*(\D*)\Z")
MOST_LISTED = 60
"""So many values of other units or items are listed; the others are counted."""


def equation(step: Step, subject: Subject, percent: bool = False) -> str:
    """`Tỷ lệ × Điểm tối đa = 5 / 10 × 10 điểm = 5 điểm`: the rule's words, the numbers put in, the value."""
    found = result(step, subject, percent)
    if step.kind in ("given", "literal"):
        return found  # no words of its own but the number itself
    calculation = numbers(step, subject, percent) if step.children else ""
    parts = [subject.written(step.span), calculation, found]
    if isinstance(step.value, Unrounded) and "≈" in parts[2]:
        return " = ".join(dict.fromkeys(part for part in parts[:2] if part)) + f" {parts[2]}"
    return " = ".join(dict.fromkeys(part for part in parts if part))


def result(step: Step, subject: Subject, percent: bool = False) -> str:
    """The value of a step as it stands after an equals sign, with its unit; its state where it has none."""
    if step.value is None:
        return subject.words(step.state.value)
    if isinstance(step.value, Fraction):
        unit = subject.words("points") if in_points(step, subject) else ""
        if not unit and step.kind == "subtract" and isinstance(step.children[0].value, date):
            unit = subject.words("days")
        as_percent = percent or (not unit and _is_percent(step, subject))
        return subject.wording.result(step.value, unit, as_percent)
    if isinstance(step.value, Unrounded):
        return f"≈ {subject.wording.unrounded(step.value)}"
    return subject.wording.shown(step.value)


def numbers(step: Step, subject: Subject, percent: bool = False) -> str:
    """The formula with the numbers put in; each operand exact."""
    return _put_in(step, subject, percent)[0]


def _put_in(step: Step, subject: Subject, percent: bool = False) -> tuple[str, int]:
    """The text of a step with the numbers put in, and how tightly it binds."""
    operands = step.children
    if infix := _INFIX.get(step.kind):
        return _infixed(step, subject, *infix)
    match step.kind:
        case "negative":
            return f"−{_bound(operands[0], subject, _POWER)}", _SUM
        case "power":
            exponent = step.detail.get("exponent")
            shown = subject.wording.number(exponent) if isinstance(exponent, Fraction) else "?"
            return f"{_bound(operands[0], subject, _ATOM)}^{f'({shown})' if '/' in shown else shown}", _POWER
        case "min" | "max" | "abs" | "root" | "ln" | "log10" | "exp":
            return _call(subject.words(_CALLS[step.kind]), operands, subject), _ATOM
        case "gather":
            return _call(_gathering(step, subject), operands, subject), _ATOM
        case "round" if operands:
            return rounding_call(numbers(operands[0], subject), step, subject), _ATOM
        case _:
            return _atom(step, subject, percent)


def _infixed(step: Step, subject: Subject, operator: str, binding: int) -> tuple[str, int]:
    left, right = step.children
    tighter = binding if step.kind in ("add", "multiply") else binding + 1
    return f"{_bound(left, subject, binding)}{operator}{_bound(right, subject, tighter)}", binding


def _bound(step: Step, subject: Subject, least: int) -> str:
    text, binding = _put_in(step, subject)
    return text if binding >= least else f"({text})"


def _call(name: str, operands: tuple[Step, ...], subject: Subject) -> str:
    shown = [numbers(operand, subject) for operand in operands[:MOST_LISTED]]
    if len(operands) > MOST_LISTED:
        shown.append(subject.words("and_more", count=len(operands) - MOST_LISTED))
    return f"{name}({'; '.join(shown)})"


def _gathering(step: Step, subject: Subject) -> str:
    sign = step.detail.get("sign", 0)
    form = str(step.detail.get("form", Gathering.SUM.value))
    if form == Gathering.SUM.value and sign in (-1, 1):
        return subject.words("positive_sum" if sign == 1 else "negative_sum")
    return subject.words(form)


def rounding_call(inner: str, step: Step, subject: Subject) -> str:
    """`làm tròn(20/3; 2; nửa lên)`, of a step whose detail holds the unit and the tie rule."""
    unit = step.detail.get("unit_of", step.detail.get("unit"))
    tie = step.detail.get("tie", "")
    how = str(getattr(tie, "name", tie)).lower()
    return f"{subject.words('round')}({inner}; {digits(unit, subject)}; {subject.words(how)})"


def digits(unit: object, subject: Subject) -> str:
    """The number of decimal places of a rounding to a power of ten, else the multiple it rounds to."""
    assert isinstance(unit, Fraction)
    places = len(str(unit.denominator)) - 1
    if unit.numerator == 1 and unit.denominator == 10**places:
        return str(places)
    return subject.words("multiple_of", unit=subject.wording.number(unit))


def _atom(step: Step, subject: Subject, percent: bool) -> tuple[str, int]:
    value = step.value
    if not isinstance(value, Fraction):
        return subject.wording.shown(value) if value is not None else subject.words(step.state.value), _ATOM
    shown = subject.wording.shown(value, percent or _is_percent(step, subject))
    binding = _ATOM if value >= 0 and "/" not in shown else _PRODUCT if value >= 0 else 0
    unit = _unit(step, subject)
    if binding != _ATOM:
        return f"({shown})" + (f" {unit}" if unit else ""), _ATOM
    return (f"{shown} {unit}" if unit else shown), _ATOM


def reduced(steps: tuple[Step, ...], subject: Subject) -> str:
    """Says that a maximum was taken without what does not apply; "" where none was, or it is the whole."""
    for each in (below for step in steps for below in step.walk()):
        if each.kind == "maximum" and isinstance(each.value, Fraction):
            item = subject.items.get(str(each.detail.get("code", "")))
            whole = (item or subject.scale).points.high
            if whole is not None and each.value < whole:
                return subject.words(
                    "reduced_maximum", used=subject.wording.points(each.value), whole=subject.wording.number(whole)
                )
    return ""


def _unit(step: Step, subject: Subject) -> str:
    """The unit a single number stands in: the rule's own word after a literal, else points."""
    if step.kind == "literal":
        found = _UNIT.match(subject.written(step.span))
        return "" if found is None or "%" in found[1] else found[1].strip()
    return subject.words("points") if in_points(step, subject) else ""


def is_percent(step: Step, subject: Subject) -> bool:
    """Whether a step is a share that its rule or its datum writes with a percent sign."""
    return _is_percent(step, subject)


def _is_percent(step: Step, subject: Subject) -> bool:
    if step.kind == "literal":
        return "%" in subject.written(step.span)
    if step.kind == "datum":
        known = subject.scale.data.get(str(step.detail.get("name", "")))
        return known is not None and known.form is DataForm.PERCENT
    if step.kind == "units_graded":
        return bool(step.detail.get("share"))
    return step.kind == "round" and bool(step.children) and _is_percent(step.children[0], subject)


def in_points(step: Step, subject: Subject) -> bool:
    """Whether a step is a number of points, as far as the rule lets one see."""
    match step.kind:
        case "literal":
            found = _UNIT.match(subject.written(step.span))
            return found is not None and found[1].strip() in (
                subject.words("points"),
                "điểm",
                "point",
                "points",
            )
        case "maximum" | "given":
            return subject.in_points(str(step.detail.get("code", "")))
        case "reference":
            return _referred_in_points(step, subject)
        case "divide":
            return in_points(step.children[0], subject) and not in_points(step.children[1], subject)
        case "power" | "root" | "ln" | "log10" | "exp":
            return False
        case "row" | "choice" | "steps" | "cases" | "guarded" | "mark" | "formula":
            return any(in_points(child, subject) for child in step.children[-1:])
        case "datum" | "present" | "over_units" | "rank_among" | "units_graded" | "count_items":
            return False
        case _:
            return any(in_points(child, subject) for child in step.children)


def _referred_in_points(step: Step, subject: Subject) -> bool:
    key = step.detail.get("key")
    if step.detail.get("to") == "item":
        return subject.in_points(str(key))
    if step.detail.get("to") != "name":
        return True
    named = subject.trace.names.get(key) if isinstance(key, tuple) else None
    return named is not None and any(in_points(child, subject) for child in named.children)
