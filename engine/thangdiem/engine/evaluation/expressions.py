"""The value of an expression or a condition for one unit, as a step of its trace."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import islice

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.enclosure import DomainError, TooLargeError
from thangdiem.dsl.letters import fold
from thangdiem.dsl.rounding import Rounding, round_to
from thangdiem.dsl.rulebook import State
from thangdiem.dsl.transcendental import UndecidableError
from thangdiem.engine.evaluation import arithmetic
from thangdiem.engine.evaluation.stated import end, outside
from thangdiem.engine.evaluation.survey import gather
from thangdiem.engine.evaluation.unit import UnitEvaluation, gaps, no_value, without_value
from thangdiem.engine.facts import Fact
from thangdiem.engine.trace import Step, Value
from thangdiem.engine.unrounded import Unrounded

_OPERATIONS = {
    rb.Operator.ADD: "add",
    rb.Operator.SUBTRACT: "subtract",
    rb.Operator.MULTIPLY: "multiply",
    rb.Operator.DIVIDE: "divide",
}


def evaluate(value: rb.Expression, unit: UnitEvaluation) -> Step:
    """The step of an expression; a condition that cannot be decided is MISSING."""
    match value:
        case rb.Number():
            return Step("literal", value.value, span=value.span)
        case rb.Text():
            return Step("literal", value.value, span=value.span)
        case rb.YesNo():
            return Step("literal", value.value, span=value.span)
        case rb.Day():
            day = unit.day(value)
            return (
                Step("literal", day, span=value.span)
                if day
                else no_value("literal", State.MISSING, value.span, "@period")
            )
        case rb.Datum():
            return _datum(value, unit)
        case rb.Present():
            fact = unit.datum(value.name)
            return Step("present", fact.state is State.VALUE, detail={"name": value.name}, fact=fact, span=value.span)
        case rb.Judged():
            return _judged(value, unit)
        case rb.MaximumOf():
            return _maximum(value, unit)
        case rb.NameRef() | rb.ItemScore() | rb.BonusPoints() | rb.TotalPoints():
            return _reference(value, unit)
        case rb.Arithmetic():
            return _arithmetic(value, unit)
        case rb.Negative():
            return _operation(
                "negative", (value.value,), unit, value.span, lambda values: arithmetic.negative(values[0])
            )
        case rb.Power():
            return _operation(
                "power", (value.base,), unit, value.span,
                lambda values: arithmetic.raised(values[0], value.exponent), exponent=value.exponent,
            )  # fmt: skip
        case rb.Call():
            return _operation(
                value.function.value, value.arguments, unit, value.span,
                lambda values: arithmetic.call(value.function, values),
            )  # fmt: skip
        case rb.Rounded():
            return _operation(
                "round",
                (value.value,),
                unit,
                value.span,
                lambda values: rounded(values[0], value.rounding),
                unit_of=value.rounding.unit,
                tie=value.rounding.tie.name,
            )
        case rb.OverItems():
            return _over_items(value, unit)
        case rb.OverUnits() | rb.RankAmong() | rb.UnitsGraded():
            return _over_units(value, unit)
        case _:
            return condition(value, unit)


def rounded(value: Value, rounding: Rounding) -> Fraction:
    """A number rounded as the rule says; roots and logarithms correctly rounded."""
    number = arithmetic.number(value)
    return number.rounded(rounding) if isinstance(number, Unrounded) else round_to(number, rounding)


# --- leaves


def from_fact(kind: str, fact: Fact, gap: str, span: rb.Span, **detail: object) -> Step:
    """A step that only reads a fact."""
    if fact.state is State.VALUE:
        value = fact.value
        assert value is not None
        return Step(kind, value, detail=detail, fact=fact, span=span)
    return Step(kind, None, fact.state, detail=detail, gaps=(gap,), fact=fact, span=span)


def _datum(value: rb.Datum, unit: UnitEvaluation) -> Step:
    fact = unit.datum(value.name)
    step = from_fact("datum", fact, f"[{value.name}]", value.span, name=value.name)
    rounding = unit.plan.data_rounding
    if rounding is None or not isinstance(step.value, Fraction):
        return step
    detail = {"unit_of": rounding.unit, "tie": rounding.tie.name}
    return Step("round", round_to(step.value, rounding), children=(step,), detail=detail, span=value.span)


def given(code: str, unit: UnitEvaluation, span: rb.Span) -> Step:
    """The points given directly to an item or a bonus."""
    fact = unit.facts.scores.get(code, Fact(State.MISSING))
    return from_fact("given", fact, code, span, code=code)


def _judged(value: rb.Judged, unit: UnitEvaluation) -> Step:
    """The points given, in a formula: it may bring anything back into the range, so they are held to it before."""
    step = given(value.code, unit, value.span)
    points = unit.plan.points_of(value.code)
    if points is None or not isinstance(step.value, Fraction) or not outside(step.value, points):
        return step
    unit.tell("TD514", value.span, code=value.code, found=step.value, low=end(points.low), high=end(points.high))
    return Step(step.kind, None, State.INVALID, detail=step.detail, gaps=(value.code,), fact=step.fact, span=step.span)


def _maximum(value: rb.MaximumOf, unit: UnitEvaluation) -> Step:
    code = unit.candidate if value.code == "*" else value.code
    found = unit.nodes.maximum_of(code, unit)
    if found is None:
        return no_value("maximum", State.INVALID, value.span, f"{code}:maximum", code=code)
    return Step("maximum", found, detail={"code": code}, span=value.span)


def _reference(value: rb.NameRef | rb.ItemScore | rb.BonusPoints | rb.TotalPoints, unit: UnitEvaluation) -> Step:
    nodes = unit.nodes
    match value:
        case rb.NameRef():
            target = nodes.name((value.owner, value.name), unit)
            detail: dict[str, object] = {"to": "name", "key": (value.owner, value.name)}
        case rb.ItemScore():
            target = nodes.item(value.code, unit)
            detail = {"to": "item", "key": value.code}
        case rb.BonusPoints():
            target = nodes.bonus_points(unit.plan.bonuses[value.title], unit)
            detail = {"to": "bonus", "key": value.title}
        case rb.TotalPoints():
            target = nodes.total(unit, before_bonus=value.before_bonus)
            detail = {"to": "subtotal" if value.before_bonus else "total", "key": ""}
    return Step("reference", target.value, target.state, detail=detail, gaps=target.gaps, span=value.span)


# --- arithmetic


def _arithmetic(value: rb.Arithmetic, unit: UnitEvaluation) -> Step:
    step = _operation(
        _OPERATIONS[value.operator], (value.left, value.right), unit, value.span,
        lambda values: arithmetic.calculate(value.operator, values[0], values[1]),
    )  # fmt: skip
    rounding = unit.plan.ratio_rounding
    if rounding is None or value.operator is not rb.Operator.DIVIDE or not isinstance(step.value, Fraction):
        return step
    if isinstance(value.left, rb.Number) or isinstance(value.right, rb.Number):
        return step
    detail = {"unit_of": rounding.unit, "tie": rounding.tie.name}
    return Step("round", round_to(step.value, rounding), children=(step,), detail=detail, span=value.span)


def _operation(
    kind: str,
    operands: tuple[rb.Expression, ...],
    unit: UnitEvaluation,
    span: rb.Span,
    compute: object,
    **detail: object,
) -> Step:
    steps = tuple(evaluate(operand, unit) for operand in operands)
    if (lacking := without_value(kind, steps, span, **detail)) is not None:
        return lacking
    values = [step.value for step in steps]
    try:
        return Step(kind, compute(values), children=steps, detail=detail, span=span)  # type: ignore[operator]
    except ZeroDivisionError:
        return _failed("TD501", kind, steps, unit, span, detail)
    except UndecidableError:
        return _failed("TD504", kind, steps, unit, span, detail)
    except DomainError:
        return _failed("TD502", kind, steps, unit, span, detail)
    except TooLargeError:
        return _failed("TD503", kind, steps, unit, span, detail)
    except arithmetic.NotANumberError:
        return _failed("TD505", kind, steps, unit, span, detail)


def _failed(
    code: str,
    kind: str,
    steps: tuple[Step, ...],
    unit: UnitEvaluation,
    span: rb.Span,
    detail: dict[str, object],
) -> Step:
    text = unit.plan.book.source.text[span.start : span.end]
    unit.tell(code, span, text=text)
    return Step(kind, None, State.INVALID, steps, detail, (f"“{text}”",), span=span)


# --- over items and over units


def _over_items(value: rb.OverItems, unit: UnitEvaluation) -> Step:
    kept: list[Step] = []
    left_out: list[str] = []
    for code in value.codes:
        step = evaluate(rb.ItemScore(code), unit)
        of_other_sign = value.sign and isinstance(step.value, Fraction) and step.value * value.sign <= 0
        if step.state is State.NOT_APPLICABLE or of_other_sign:
            left_out.append(code)
        else:
            kept.append(step)
    detail = {"form": value.gathering.value, "sign": value.sign, "left_out": tuple(left_out)}
    if (lacking := without_value("gather", kept, value.span, **detail)) is not None:
        return lacking
    return gathered(value.gathering, tuple(kept), unit, value.span, **detail)


def gathered(
    gathering: rb.Gathering, steps: tuple[Step, ...], unit: UnitEvaluation, span: rb.Span, **detail: object
) -> Step:
    """The sum, mean, highest or lowest of values that are all there."""
    values = [step.value for step in steps]
    if not values and gathering is not rb.Gathering.SUM:
        return Step("gather", None, State.NOT_APPLICABLE, detail=detail, span=span)
    if not all(isinstance(value, Fraction) for value in values):
        return _failed("TD505", "gather", steps, unit, span, dict(detail))
    numbers = [value for value in values if isinstance(value, Fraction)]
    return Step("gather", gather(gathering, numbers), children=steps, detail=detail, span=span)


def _over_units(value: rb.OverUnits | rb.RankAmong | rb.UnitsGraded, unit: UnitEvaluation) -> Step:
    if isinstance(value, rb.UnitsGraded):
        return _units_graded(value, unit)
    detail: dict[str, object] = {"cohort": value.cohort.value}
    survey = unit.population.survey(unit, value)
    if survey.lacking and not value.skip_missing:
        lacking = survey.lacking
        waiting = (f"{gap} ({name})" for name, step in lacking for gap in (step.gaps or ("?",)))
        worst = State.INVALID if any(step.state is State.INVALID for _, step in lacking) else State.MISSING
        kind = "over_units" if isinstance(value, rb.OverUnits) else "rank_among"
        return Step(kind, None, worst, detail=detail, gaps=tuple(islice(waiting, 20)), span=value.span)
    detail["values"] = survey.values
    if isinstance(value, rb.OverUnits):
        detail["form"] = value.gathering.value
        if not survey.values:
            return Step("over_units", None, State.NOT_APPLICABLE, detail=detail, span=value.span)
        return Step("over_units", survey.gathered(value.gathering), detail=detail, span=value.span)
    own = evaluate(value.value, unit)
    if not isinstance(own.value, Fraction):
        return Step("rank_among", None, own.state, (own,), detail, own.gaps, span=value.span)
    place = Fraction(1 + survey.above(own.value))
    return Step("rank_among", place, children=(own,), detail={**detail, "own": own.value}, span=value.span)


def _units_graded(value: rb.UnitsGraded, unit: UnitEvaluation) -> Step:
    census = unit.population.census(unit, value)
    detail: dict[str, object] = {
        "cohort": value.cohort.value,
        "wanted": value.grade,
        "or_better": value.or_better,
        "share": value.share,
    }
    if census.waiting:
        waiting = tuple(f"? ({name})" for name in census.waiting[:20])
        return Step("units_graded", None, State.MISSING, detail=detail, gaps=waiting, span=value.span)
    detail["grades"] = census.grades
    wanted = _wanted_grades(value, unit)
    counting = tuple(grade for grade in census.counts if fold(grade) in wanted)
    detail["counting"] = counting
    count = sum(census.counts[grade] for grade in counting)
    if not value.share:
        return Step("units_graded", Fraction(count), detail=detail, span=value.span)
    if not census.grades:
        return Step("units_graded", None, State.NOT_APPLICABLE, detail=detail, span=value.span)
    return Step("units_graded", Fraction(count, len(census.grades)), detail=detail, span=value.span)


def _wanted_grades(value: rb.UnitsGraded, unit: UnitEvaluation) -> frozenset[str]:
    """The grade asked for and, where the rule says so, those above it in any scale of the file that has it."""
    wanted = {fold(value.grade)}
    for scale in unit.plan.book.scales:
        for grading in scale.gradings:
            folded = [fold(grade) for grade in grading.grades]
            if value.or_better and fold(value.grade) in folded:
                wanted.update(folded[: folded.index(fold(value.grade)) + 1])
    return frozenset(wanted)


# --- conditions


def condition(value: rb.Expression, unit: UnitEvaluation) -> Step:
    """Whether a condition holds; Kleene's logic where data are missing."""
    match value:
        case rb.Within():
            return within(evaluate(value.subject, unit), value.ranges, unit, value.span)
        case rb.AllOf():
            return _connected("all", value.parts, unit, value.span, decides=False)
        case rb.AnyOf():
            return _connected("any", value.parts, unit, value.span, decides=True)
        case rb.Not():
            part = condition(value.part, unit)
            opposite = None if part.state is not State.VALUE else not part.value
            return Step("not", opposite, part.state, (part,), gaps=part.gaps, span=value.span)
        case rb.SomeItem():
            return _some_item(value, unit)
        case rb.ItemCount():
            return _item_count(value, unit)
        case _:
            step = evaluate(value, unit)
            if step.state is State.VALUE and not isinstance(step.value, bool):
                return _failed("TD506", "all", (step,), unit, value.span, {})
            return step


def _connected(
    kind: str, parts: tuple[rb.Expression, ...], unit: UnitEvaluation, span: rb.Span, *, decides: bool
) -> Step:
    """``và``, ``hoặc``: the first part that decides ends it; otherwise a part without a value leaves it open."""
    steps = []
    for part in parts:
        step = condition(part, unit)
        steps.append(step)
        if step.state is State.VALUE and step.value is decides:
            return Step(kind, decides, children=tuple(steps), span=span)
    lacking = without_value(kind, steps, span)
    return lacking if lacking is not None else Step(kind, not decides, children=tuple(steps), span=span)


def within(subject: Step, ranges: tuple[rb.Range, ...], unit: UnitEvaluation, span: rb.Span) -> Step:
    """Whether the subject's value lies in one of the ranges, and by how much it misses the nearest."""
    if subject.state is not State.VALUE:
        return Step("within", None, subject.state, (subject,), gaps=subject.gaps, span=span)
    tried = []
    misses = []
    for found in ranges:
        step = in_range(subject.value, found, unit)
        tried.append(step)
        if step.state is State.VALUE and step.value is True:
            detail = {"missed_by": Fraction(0)}
            return Step("within", True, children=(subject, *tried), detail=detail, span=span)
        missed = step.detail.get("missed_by")
        if isinstance(missed, Fraction):
            misses.append(missed)
    lacking = without_value("within", tried, span)
    if lacking is not None:
        return Step("within", None, lacking.state, (subject, *tried), gaps=lacking.gaps, span=span)
    detail = {"missed_by": min(misses) if misses else None}  # type: ignore[dict-item]
    return Step("within", False, children=(subject, *tried), detail=detail, span=span)


def in_range(value: Value | None, found: rb.Range, unit: UnitEvaluation) -> Step:
    """Whether a value lies in a range."""
    detail: dict[str, object] = {
        "low": found.low is not None,
        "high": found.high is not None,
        "low_open": found.low_open,
        "high_open": found.high_open,
        "negated": found.negated,
    }
    same = found.low is found.high
    bounds = tuple(
        evaluate(bound, unit) for bound in ((found.low,) if same else (found.low, found.high)) if bound is not None
    )
    if (lacking := without_value("range", bounds, found.span, **detail)) is not None:
        return lacking
    low = bounds[0].value if found.low is not None else None
    high = bounds[-1].value if found.high is not None else None
    assert value is not None
    try:
        if same:
            met = _equal(value, low)
        else:
            met = (low is None or _beyond(value, low, found.low_open)) and (
                high is None or _beyond(high, value, found.high_open)
            )
    except (arithmetic.NotANumberError, UndecidableError, DomainError):
        return _failed("TD507", "range", bounds, unit, found.span, detail)
    met = met is not found.negated
    detail["missed_by"] = Fraction(0) if met else arithmetic.distance(value, low, high)
    return Step("range", met, children=bounds, detail=detail, span=found.span)


def _beyond(value: Value, bound: Value, strictly: bool) -> bool:
    order = arithmetic.order(value, bound)
    return order > 0 or (order == 0 and not strictly)


def _equal(value: Value, other: Value | None) -> bool:
    if isinstance(value, str) and isinstance(other, str):
        return fold(value) == fold(other)
    if isinstance(value, bool) and isinstance(other, bool):
        return value is other
    if isinstance(value, bool | str) or isinstance(other, bool | str) or other is None:
        raise arithmetic.NotANumberError
    if isinstance(value, date) is not isinstance(other, date):
        raise arithmetic.NotANumberError
    return arithmetic.order(value, other) == 0


def _looked_at(codes: tuple[str, ...], found: rb.Range, unit: UnitEvaluation) -> list[tuple[str, Step]]:
    """Each item that applies, with whether its score lies within."""
    looked = []
    outer = unit.candidate
    for code in codes:
        score = evaluate(rb.ItemScore(code), unit)
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


def _some_item(value: rb.SomeItem, unit: UnitEvaluation) -> Step:
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


def _item_count(value: rb.ItemCount, unit: UnitEvaluation) -> Step:
    looked = _looked_at(value.codes, value.within, unit)
    steps = tuple(step for _, step in looked)
    matches = tuple(code for code, step in looked if step.value is True)
    detail: dict[str, object] = {"matches": matches, "left_out": _not_looked_at(value.codes, looked)}
    if (lacking := without_value("count_items", steps, value.span, **detail)) is not None:
        return Step("count_items", None, lacking.state, steps, lacking.detail, gaps(steps), span=value.span)
    return Step("count_items", Fraction(len(matches)), children=steps, detail=detail, span=value.span)
