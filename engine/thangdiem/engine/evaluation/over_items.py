"""A rule over components in: a sum, a count, whether one or all; its value for one unit as a step out."""

from __future__ import annotations

from fractions import Fraction

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.rulebook import State
from thangdiem.engine.evaluation.ranges import within
from thangdiem.engine.evaluation.references import reference
from thangdiem.engine.evaluation.survey import gather
from thangdiem.engine.evaluation.unit import UnitEvaluation, exact, gaps, without_value
from thangdiem.engine.trace import Step


def over_items(value: rb.OverItems, unit: UnitEvaluation) -> Step:
    """The scores of items gathered: those that apply, and have the sign asked for."""
    kept: list[Step] = []
    left_out: list[str] = []
    for code in value.codes:
        step = reference(rb.ItemScore(code), unit)
        of_other_sign = value.sign and isinstance(step.value, Fraction) and step.value * value.sign <= 0
        if step.state is State.NOT_APPLICABLE or of_other_sign:
            left_out.append(code)
        else:
            kept.append(step)
    detail = {"form": value.gathering.value, "sign": value.sign, "left_out": tuple(left_out)}
    if (lacking := without_value("gather", kept, value.span, **detail)) is not None:
        return lacking
    if not kept and value.gathering is not rb.Gathering.SUM:
        return Step("gather", None, State.NOT_APPLICABLE, detail=detail, span=value.span)
    found = gather(value.gathering, [exact(step) for step in kept])
    return Step("gather", found, children=tuple(kept), detail=detail, span=value.span)


def _looked_at(codes: tuple[str, ...], found: rb.Range, unit: UnitEvaluation) -> list[tuple[str, Step]]:
    """Each item that applies, with whether its score lies within."""
    looked = []
    outer = unit.candidate
    for code in codes:
        score = reference(rb.ItemScore(code), unit)
        if score.state is State.NOT_APPLICABLE:
            continue
        unit.candidate = code
        looked.append((code, within(score, (found,), unit, found.span)))
    unit.candidate = outer
    return looked


def _not_looked_at(codes: tuple[str, ...], looked: list[tuple[str, Step]]) -> tuple[str, ...]:
    """The items that do not apply."""
    names = {code for code, _ in looked}
    return tuple(code for code in codes if code not in names)


def some_item(value: rb.SomeItem, unit: UnitEvaluation) -> Step:
    """Whether some item's score, or every item's, lies within a range."""
    looked = _looked_at(value.codes, value.within, unit)
    steps = tuple(step for _, step in looked)
    matches = tuple(code for code, step in looked if step.value is True)
    left_out = _not_looked_at(value.codes, looked)
    detail: dict[str, object] = {"every": value.every, "matches": matches, "left_out": left_out}
    deciding = [step for step in steps if step.state is State.VALUE and step.value is (not value.every)]
    if deciding:
        return Step("some_item", not value.every, children=steps, detail=detail, span=value.span)
    if (lacking := without_value("some_item", steps, value.span, **detail)) is not None:
        return lacking
    return Step("some_item", value.every, children=steps, detail=detail, span=value.span)


def item_count(value: rb.ItemCount, unit: UnitEvaluation) -> Step:
    """How many items have a score within a range."""
    looked = _looked_at(value.codes, value.within, unit)
    steps = tuple(step for _, step in looked)
    matches = tuple(code for code, step in looked if step.value is True)
    detail: dict[str, object] = {"matches": matches, "left_out": _not_looked_at(value.codes, looked)}
    if (lacking := without_value("count_items", steps, value.span, **detail)) is not None:
        return Step("count_items", None, lacking.state, steps, lacking.detail, gaps(steps), span=value.span)
    return Step("count_items", Fraction(len(matches)), children=steps, detail=detail, span=value.span)
