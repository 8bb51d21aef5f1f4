"""Laws of results over generated rule files and units: what cannot matter does not, and what adds up adds up."""

from __future__ import annotations

import json
from fractions import Fraction

from attrs import evolve
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from engine.checking import wrong
from explained import Calculator
from generated import Item, RuleFile, rule_files, unit_lists, units
from generated.data import PERIOD
from generated.units import Unit
from thangdiem.dsl.library import ScaleRules
from thangdiem.dsl.rulebook import State
from thangdiem.engine import Mode, Status, UnitResult, evaluate, evaluate_all, explain
from thangdiem.engine.binding.mapping import facts_from_mapping
from thangdiem.engine.straight import Values, prepare
from thangdiem.engine.writing import trace_json

_QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
_laws = settings(max_examples=12, deadline=None, suppress_health_check=_QUIET)
_files = rule_files(scales=1, indicators=3, components=3)


def scored(file: RuleFile, unit: Unit, mode: Mode = Mode.FINAL) -> UnitResult:
    return evaluate(file.rules(), unit, mode=mode, period=PERIOD)


def values_of(rules: ScaleRules, unit: Unit) -> Values:
    facts, faults = facts_from_mapping(rules.scale, unit)
    assert faults == ()
    named = {**facts.data, **{f"@{code}": fact for code, fact in facts.scores.items()}}
    return {name: fact.value for name, fact in named.items() if fact.state is State.VALUE}


def test_straight_code_scores_as_the_plain_interpreter_does() -> None:
    straight = []

    @_laws
    @given(st.data())
    def law(data: st.DataObject) -> None:
        file = data.draw(_files)
        scorer = prepare(file.rules(), PERIOD)
        straight.append(scorer.straight)
        for complete in (True, True, False):
            values = values_of(file.rules(), data.draw(units(file, complete=complete)))
            plain, score = scorer.plainly(values), scorer.score(values)
            assert (score.total, score.grade) == (plain.total, plain.grade)
            assert scorer.record(values).score == score

    law()
    assert any(straight)


@_laws
@given(st.data())
def test_the_range_of_a_draft_holds_what_the_unit_comes_to_in_the_end(data: st.DataObject) -> None:
    file = data.draw(_files)
    unit = data.draw(units(file))
    kept = {"Đơn vị", *_with_points_of_their_own_when_missing(file)}
    known = {key: value for key, value in unit.items() if key in kept or data.draw(st.integers(0, 3))}
    draft = scored(file, known, Mode.DRAFT)
    for end in (unit, {**data.draw(units(file)), **known}):
        final = scored(file, end)
        assume(final.total is not None)
        assert_held(draft, final)


def _with_points_of_their_own_when_missing(file: RuleFile) -> set[str]:
    """Columns of items of which the rule says what holds without data: for a draft that is what holds."""
    forgiving = [item for item in file.scales[0].walk() if item.forgives]
    return {item.code for item in forgiving} | {datum.spelled for item in forgiving for datum in item.data}


def assert_held(draft: UnitResult, final: UnitResult) -> None:
    assert draft.status is not Status.REFUSED
    assert final.total is not None
    if draft.status is not Status.UNDETERMINED:
        assert (draft.total, draft.grade) == (final.total, final.grade)
        return
    assert draft.range is not None
    low, high = draft.range
    assert low is None or low <= final.total
    assert high is None or final.total <= high
    assert final.grade is None or final.grade in draft.grades
    for early, late in zip(draft.items, final.items, strict=True):
        if late.score is not None:
            assert early.low is None or early.low <= late.score
            assert early.high is None or late.score <= early.high


@_laws
@given(st.data())
def test_the_order_of_units_does_not_matter(data: st.DataObject) -> None:
    file = data.draw(rule_files(scales=1, indicators=2, components=3, over_units=True))
    mode, complete = data.draw(st.sampled_from(((Mode.FINAL, True), (Mode.FINAL, False), (Mode.DRAFT, False))))
    rows = data.draw(unit_lists(file, complete=complete))
    others = data.draw(st.permutations(rows))
    one = evaluate_all(file.rules(), rows, mode=mode, period=PERIOD).by_name()
    two = evaluate_all(file.rules(), others, mode=mode, period=PERIOD).by_name()
    assert {name: _standing(unit) for name, unit in one.items()} == {name: _standing(two[name]) for name in two}


def _standing(unit: UnitResult) -> object:
    points = unit.total, unit.maximum, unit.items, unit.range
    return unit.status, points, unit.grade, unit.grades, unit.rank, sorted(unit.gaps)


@_laws
@given(st.data())
def test_the_order_of_items_in_their_group_does_not_matter(data: st.DataObject) -> None:
    file = data.draw(_files)
    scale = file.scales[0]
    other = evolve(file, scales=(evolve(scale, items=data.draw(_shuffled(scale.items))),))
    unit = data.draw(units(file, complete=data.draw(st.booleans())))
    one, two = scored(file, unit), scored(other, unit)
    assert (one.status, one.total, one.maximum, one.grade) == (two.status, two.total, two.maximum, two.grade)
    assert {item.code: item for item in one.items} == {item.code: item for item in two.items}


@st.composite
def _shuffled(draw: st.DrawFn, items: tuple[Item, ...]) -> tuple[Item, ...]:
    inner = [evolve(item, children=draw(_shuffled(item.children))) for item in items]
    return tuple(draw(st.permutations(inner))) if inner else ()


@_laws
@given(st.data())
def test_where_points_are_added_up_the_leaves_make_the_total(data: st.DataObject) -> None:
    file = data.draw(_files)
    scale = file.scales[0]
    result = scored(file, data.draw(units(file)))
    for item in scale.walk():
        if item.sums and result.item(item.code).score is not None:
            assert result.item(item.code).score == _sum(result, item.children)
    if scale.sums and result.total is not None:
        assert result.total == _sum(result, scale.items)
        leaves = [row.points for row in explain(result).ledger if row.kind == "leaf" and row.points[:1].isdigit()]
        if leaves and not any("≈" in points for points in leaves):
            assert sum(Calculator(points).value() for points in leaves) == result.total


def _sum(result: UnitResult, items: tuple[Item, ...]) -> Fraction:
    counted = [item for item in items if item.counted]
    return sum(((item.weight or 1) * (result.item(item.code).score or 0) for item in counted), Fraction(0))


@_laws
@given(st.data())
def test_a_trace_can_be_recomputed_from_itself_alone(data: st.DataObject) -> None:
    file = data.draw(_files)
    result = scored(file, data.draw(units(file, complete=data.draw(st.booleans()))))
    assert result.rules is not None
    trace = trace_json(result, result.rules.book, result.rules.scale)
    assert wrong(json.loads(json.dumps(trace))) == []
