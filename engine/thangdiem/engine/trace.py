"""How a result came about, completely: one step for everything that was looked at, tried or computed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction

from attrs import field, frozen

from thangdiem.dsl.rounding import Rounding
from thangdiem.dsl.rulebook import Span, State
from thangdiem.engine.facts import Fact
from thangdiem.engine.unrounded import Unrounded

Value = Fraction | bool | date | str | tuple[str, ...] | Unrounded


_NO_DETAIL: Mapping[str, object] = {}  # one for all steps that need none: most do not


@frozen
class Step:
    """One step: what kind of step, what came out, in which state, from which steps.

    ``kind`` is one of KINDS; ``detail`` holds what the kind needs to be recomputed (see KINDS). ``value`` is None
    unless ``state`` is VALUE; a condition that cannot be decided is MISSING. ``gaps`` names the data that are missing
    or wrong and decide over this step.
    """

    kind: str
    value: Value | None
    state: State = State.VALUE
    children: tuple[Step, ...] = ()
    detail: Mapping[str, object] = _NO_DETAIL
    gaps: tuple[str, ...] = ()
    fact: Fact | None = None
    span: Span = field(default=Span(), eq=False, repr=False)

    def walk(self) -> Iterator[Step]:
        """This step and all below it, each before its children."""
        waiting = [self]
        while waiting:
            step = waiting.pop()
            yield step
            waiting.extend(reversed(step.children))


KINDS: Mapping[str, str] = {
    # leaves
    "literal": "a number, text, yes/no or date written in the rule",
    "datum": "a datum of the unit; detail: name; fact: as read",
    "given": "points given directly; detail: code; fact: as read",
    "present": "whether a datum is there; detail: name",
    "maximum": "the maximum points of an item; detail: code",
    "reference": "another step's value in this unit; detail: to ('item', 'name', 'bonus', 'total', 'subtotal'), key",
    # arithmetic; children are the operands in order
    "add": "sum",
    "subtract": "difference; of two dates the number of days",
    "multiply": "product",
    "divide": "quotient",
    "negative": "the number with its sign turned",
    "power": "detail: exponent",
    "min": "the least operand",
    "max": "the greatest operand",
    "abs": "the size of the operand",
    "root": "operands: value, degree",
    "ln": "natural logarithm",
    "log10": "common logarithm",
    "exp": "e to the power of the operand",
    "round": "detail: unit_of (what to round to multiples of), tie",
    # conditions; value True, False, or None in state MISSING
    "within": "first child the subject, then a 'range' for each range tried",
    "range": "children: the bounds; detail: low, high (whether there), low_open, high_open, negated",
    "all": "every operand holds",
    "any": "some operand holds",
    "not": "the operand does not hold",
    "some_item": "some item lies within; children: a 'within' each; detail: every, matches, left_out (do not apply)",
    "count_items": "how many items lie within; children: a 'within' each; detail: matches, left_out (do not apply)",
    # many values made one
    "gather": "children: the values; detail: form (sum, mean, highest, lowest), sign (-1, 0, 1), left_out",
    "over_units": "over a cohort; detail: form, cohort, values ((unit, value) …)",
    "rank_among": "1 + how many units have more; detail: cohort, values, own",
    "units_graded": "detail: cohort, grades ((unit, grade) …), wanted, counting (grades), share",
    # methods
    "formula": "first child the value, then its limits",
    "choice": "detail: label, aliases, tried (labels); child: the level's value",
    "checklist": "children: a 'mark' each",
    "mark": "detail: letter, label, met; children: condition if any, value",
    "steps": "children: subjects, then a 'row' for each row tried",
    "row": "a row or case tried; detail: met; children: conditions tried, then the value if met",
    "marks": "children: subject, then a 'per_mark' each",
    "per_mark": "children: a 'within' for each mark, then the value of one mark; detail: count, reached",
    "cases": "children: a 'row' for each case tried; detail: best",
    "guarded": "children: a 'row' for each guard tried",
    "not_applicable": "a row said so",
    # nodes; children are in the order of evaluation, each stage holds the value after it
    "item": "detail: code, maximum, low, high, left_out ((code, weight, points) …); children: stages",
    "children": "stage: made of the children; detail: form, weights, unit_of and tie if rounded; 'reference's",
    "own": "stage: the method or the written total; child: the method",
    "missing_rule": "stage: what the rule gives where data are missing",
    "applicability": "stage: whether the item applies; detail: by ('condition', 'data', 'children', 'level'), policy",
    "replaced": "stage: 'Thay bằng'; children: condition, value",
    "counts_when": "stage: 'Chỉ tính khi'; child: condition; detail: earned (what it would have earned)",
    "bonus": "stage: adds (or takes off) a bonus; detail: title, deduction, points, before; children: method, limits",
    "limit": "stage: 'không quá', 'không dưới'; detail: most, applied, before; children: bound, condition if any",
    "rounding": "stage: detail: unit_of, tie, before",
    "rescaled": "stage: brought to the scale's points; detail: before, maximum, scale_points",
    "name": "a named value; detail: owner, name; child: the method",
    "total": "the scale; detail: maximum, low, high, left_out as of an item; stages",
    "total_given": "the total as the data give it; detail: none; fact: as read",
}


@frozen
class Trace:
    """Every step of one unit: the total, and each item, bonus and named value once, under its key.

    ``subtotal`` is the total before bonus and deduction, None where nothing asked for it.
    """

    total: Step
    items: Mapping[str, Step]
    names: Mapping[tuple[str, str], Step]
    bonuses: Mapping[str, Step]
    grading: GradingTrace | None = None
    subtotal: Step | None = None
    ranking: RankingTrace | None = None


@frozen
class BandTrial:
    """One band tried: whether it is met, and by how much its range was missed (0 if met, None if it has none).

    ``form`` is "tried"; "rest" of the band that takes what remains; "by_rule" of one that only a condition gives.
    """

    grade: str
    met: bool | None
    missed_by: Fraction | None = None
    conditions: tuple[Step, ...] = ()
    form: str = "tried"
    span: Span = field(default=Span(), eq=False, repr=False)


@frozen
class RuleTrial:
    """One grade condition tried: what it does, whether it is met, the grade before and after."""

    form: str
    grade: str
    met: bool | None
    before: str
    after: str
    condition: Step
    span: Span = field(default=Span(), eq=False, repr=False)


@frozen
class QuotaTrial:
    """One quota: how many places there are of how many units, and what became of this unit.

    ``totals`` are those of the ``holders``, best first; ``share`` of the units, rounded, makes the places.
    """

    grade: str
    places: int
    units: int
    holders: tuple[str, ...]
    kept: tuple[str, ...]
    before: str
    after: str
    totals: tuple[Fraction, ...]
    share: Fraction
    rounding: Rounding
    ties: str
    otherwise: str
    lower_is_better: bool
    span: Span = field(default=Span(), eq=False, repr=False)


@frozen
class GradingTrace:
    """Every band and every condition tried, in order, and the quotas."""

    basis: Step
    bands: tuple[BandTrial, ...]
    rules: tuple[RuleTrial, ...] = ()
    quotas: tuple[QuotaTrial, ...] = ()
    guard: Step | None = None
    span: Span = field(default=Span(), eq=False, repr=False)


@frozen
class KeyTrial:
    """One key of the ranking: less is better where ``ascending``; ``decided`` by a place on record, not by points."""

    step: Step
    ascending: bool
    decided: bool = False


@frozen
class RankingTrace:
    """The keys of a unit, and those of every unit it is ranked among, the greater the better; its own at ``place``."""

    keys: tuple[KeyTrial, ...]
    place: int
    standings: Sequence[tuple[str, tuple[Fraction, ...]]] = field(repr=False)
    span: Span = field(default=Span(), eq=False, repr=False)
