"""The impact of a change of rules, recomputed by scoring every version with the plain interpreter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.impact.versions import Clause, clauses, facts_of, rules_of, staged
from generated import RuleFile, rule_files, unit_lists
from generated.data import PERIOD
from thangdiem.dsl.diagnostic import Diagnostic
from thangdiem.dsl.library import ScaleRules
from thangdiem.engine.evaluator import evaluate_all
from thangdiem.engine.facts import UnitFacts
from thangdiem.engine.impact import Division, Impact, Kept, Outcome, Stage, comparison, impact
from thangdiem.engine.impact.readings import Readings
from thangdiem.engine.result import Status, UnitResult

_QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
_laws = settings(max_examples=15, deadline=None, suppress_health_check=_QUIET)
_FILES = rule_files(scales=1, indicators=2, components=2, over_units=True)
DECIDED = (Status.GRADED, Status.UNGRADED)

OLD = """Quyết định 7/QĐ-UBND
  Hiệu lực: từ 01/01/2023

Thang điểm a "A": 20 điểm
  Chỉ số 1 "Một": 10 điểm
    Chấm trực tiếp
  Chỉ số 2 "Hai": 10 điểm
    Điểm = [x] * 1 điểm, không quá 10 điểm
  Xếp loại
    Loại tốt: có tổng số điểm từ 10 điểm trở lên.
    Loại khá: có tổng số điểm dưới 10 điểm.
  Xếp hạng theo tổng điểm
"""
UNITS = [
    {"Đơn vị": "A", "1": 8, "x": 9},
    {"Đơn vị": "B", "1": 9, "x": 1},
    {"Đơn vị": "C", "1": 2, "x": 8},
    {"Đơn vị": "D", "1": 1, "x": 1},
    {"Đơn vị": "E", "x": 3},
]


def shown(unit: UnitResult | Outcome) -> tuple[object, ...]:
    return unit.status, unit.total, unit.grade, unit.rank


def assert_recomputed(found: Impact, facts: Sequence[UnitFacts], stages: Sequence[Stage], period: int | None) -> None:
    """Everything an impact says, found again by scoring every set of rules plainly."""

    def scored(rules: ScaleRules) -> dict[str, UnitResult]:
        return evaluate_all(rules, facts, period=period).by_name()

    before, after = scored(found.old), scored(found.new)
    path = [scored(stage.rules) for stage in stages]
    alone = [scored(stage.alone) if stage.alone is not None else None for stage in stages]
    assert [unit.unit for unit in found.units] == [each.unit for each in facts]
    for unit in found.units:
        name = unit.unit
        assert shown(unit.before) == shown(before[name])
        assert shown(unit.after) == shown(after[name])
        assert [shown(each) for each in unit.path] == [shown(each[name]) for each in path]
        for part, by_itself in zip(unit.apart, alone, strict=True):
            if by_itself is None or part is None or part.after is None:
                assert by_itself is None or by_itself[name].status not in DECIDED
                continue
            totals = by_itself[name].total, before[name].total
            assert part.points == (None if None in totals else totals[0] - totals[1])  # type: ignore[operator]
        if before[name].total is not None and after[name].total is not None:
            parts = [part.points for part in (*unit.parts, unit.rest) if part.points is not None]
            assert sum(parts) == unit.points == after[name].total - before[name].total  # type: ignore[operator]
            assert not unit.rest.moves
    both = [name for name in before if before[name].status in DECIDED and after[name].status in DECIDED]
    assert [unit.unit for unit in found.decided] == both
    assert found.transitions == Counter((before[name].grade, after[name].grade) for name in both)
    moved = [name for name in both if shown(before[name])[1:] != shown(after[name])[1:]]
    assert [unit.unit for unit in found.changed] == moved
    assert found.unexplained == ()


@_laws
@given(st.data())
def test_everything_is_found_again_by_scoring_every_version(data: st.DataObject) -> None:
    file: RuleFile = data.draw(_FILES)
    old = file.rules()
    changes = data.draw(st.lists(clauses, min_size=1, max_size=3))
    new, stages = staged(old, changes, apart=data.draw(st.booleans()))
    facts = facts_of(old, data.draw(unit_lists(file, complete=data.draw(st.booleans()), least=2, most=5)))
    assert_recomputed(impact(old, new, facts, facts, stages, period=PERIOD), facts, stages, PERIOD)


def small(changes: Sequence[Clause]) -> Impact:
    old = rules_of(OLD)
    new, stages = staged(old, changes)
    facts = facts_of(old, UNITS)
    found = impact(old, new, facts, facts, stages)
    assert_recomputed(found, facts, stages, None)
    return found


def test_what_two_clauses_do_alone_need_not_add_up_what_they_do_in_sequence_does() -> None:
    found = small([Clause("cap an item", 5), Clause("cap the total", 12)])
    by_name = {unit.unit: unit for unit in found.units}
    a = by_name["A"]
    assert (a.before.total, a.after.total, a.points) == (17, 12, -5)
    assert [part.points for part in a.parts] == [-3, -2]
    assert [part.points for part in a.apart if part is not None] == [-3, -5]
    assert a.rest.points == 0
    b = by_name["B"]
    assert (b.before.grade, b.after.grade) == ("tốt", "khá")
    assert [part.grade_changes for part in b.parts] == [True, False]
    assert (b.before.rank, b.after.rank, b.places) == (2, 3, -1)
    assert by_name["C"].places == 0
    assert [unit.unit for unit in found.undecided] == ["E"]
    assert found.undecided[0].before.gaps == ("1",)
    assert [(each.totals, each.grades, each.ranks) for each in found.clauses] == [(2, 1, 1), (1, 0, 0)]


def test_the_clause_counts_are_those_of_the_units() -> None:
    found = small([Clause("cap an item", 5), Clause("round the total", 3), Clause("title", 0)])
    for place, clause in enumerate(found.clauses):
        parts = [unit.parts[place] for unit in found.decided]
        assert clause.totals == sum(part.points not in (0, None) for part in parts)
        assert clause.grades == sum(part.after is not None and part.after.grade != part.before.grade for part in parts)
        assert clause.ranks == sum(part.after is not None and part.after.rank != part.before.rank for part in parts)
    assert found.clauses[2].totals == 0


def test_an_empty_amendment_changes_nothing() -> None:
    found = small([])
    assert found.changed == ()
    assert all(unit.points == 0 for unit in found.decided)


def test_what_the_clauses_do_not_account_for_is_shown_as_the_rest() -> None:
    old = rules_of(OLD)
    first, second = Clause("cap an item", 5), Clause("cap the total", 12)
    new, stages = staged(old, [first, second])
    facts = facts_of(old, UNITS)
    found = impact(old, new, facts, facts, stages[:1])
    assert {unit.unit: unit.rest.points for unit in found.unexplained} == {"A": -2}
    assert all(sum(p.points or 0 for p in unit.parts) + unit.rest.points == unit.points for unit in found.decided)


def test_a_step_without_a_result_is_told_with_the_next() -> None:
    old = rules_of(OLD)
    gone = rules_of(OLD.replace("[x] * 1", "[y] * 1"))
    new = rules_of(OLD.replace("[x] * 1", "[x] * 1/2"))
    stages = (Stage("khoản 1", gone, gone), Stage("khoản 2", new, None))
    facts = facts_of(old, UNITS)
    found = impact(old, new, facts, facts, stages)
    a = found.units[0]
    assert [part.points for part in a.parts] == [None, Fraction(-9, 2)]
    assert a.parts[0].moves
    assert a.rest.points == 0
    assert a.apart[1] is None
    assert found.clauses[0].totals == 0


def test_rules_that_were_scored_are_not_scored_again(monkeypatch: pytest.MonkeyPatch) -> None:
    scored: list[ScaleRules] = []

    def counted(rules: ScaleRules, *rest: object) -> tuple[Outcome, ...]:
        scored.append(rules)
        return original(rules, *rest)  # type: ignore[arg-type]

    original = comparison.outcomes
    monkeypatch.setattr(comparison, "outcomes", counted)
    small([Clause("cap the total", 12)])
    assert len(scored) == 2


def test_a_version_between_reads_each_cell_as_the_version_whose_column_it_has() -> None:
    old = rules_of(OLD)
    new = rules_of(
        OLD.replace("Chấm trực tiếp", "Điểm = [y] * 1 điểm, không quá 10 điểm").replace("[x] * 1", "[z] * 1")
    )
    between = rules_of(OLD.replace("[x] * 1", "[z] * 1"))
    cells = {"1": 3, "x": 4, "y": 5, "z": 6}
    facts_old = facts_of(old, [{"Đơn vị": "A", **{key: cells[key] for key in ("1", "x")}}])
    facts_new = facts_of(new, [{"Đơn vị": "A", **{key: cells[key] for key in ("y", "z")}}])
    facts_new += facts_of(new, [{"Đơn vị": "B", "y": 9, "z": 9}])
    found = impact(old, new, facts_old, facts_new, (Stage("khoản 1", between, between), Stage("khoản 2", new, None)))
    assert found.only_new == ("B",)
    readings = Readings(old, new, {"a": facts_old}, {"a": facts_new})
    assert [unit.unit for unit in readings.of(between.scale)] == ["A", "B"]
    assert readings.of(between.scale)[1] == facts_new[1]
    (unit,) = found.units
    assert [each.total for each in (unit.before, *unit.path, unit.after)] == [7, 9, 11, 11]
    assert [part.points for part in unit.parts] == [2, 2]


def test_units_of_one_version_only_are_named() -> None:
    old = rules_of(OLD)
    facts = facts_of(old, UNITS)
    found = impact(old, old, facts[:3], facts[1:4])
    assert (found.only_old, found.only_new) == (("A",), ("D",))
    assert [unit.unit for unit in found.units] == ["B", "C"]


def test_two_units_of_one_name_are_refused() -> None:
    old = rules_of(OLD)
    facts = facts_of(old, UNITS[:1])
    with pytest.raises(ValueError, match="one name"):
        impact(old, old, [*facts, *facts], facts)


def test_units_of_other_scales_count_where_rules_look_at_subordinates() -> None:
    text = """Bộ tiêu chí "Thử"

Thang điểm tỉnh "Tỉnh": 10 điểm
  Chỉ số 1 "Một": 10 điểm
    Điểm = trung bình [x] của các đơn vị trực thuộc * 1 điểm, không quá {most} điểm

Thang điểm xã "Xã": 10 điểm
  Chỉ số 1 "Một": 10 điểm
    Điểm = [x] * 1 điểm, không quá 10 điểm
"""
    old, new = rules_of(text.format(most=10)), rules_of(text.format(most=4))
    superior = [UnitFacts("Tỉnh A", "tỉnh")]
    communes = facts_of(ScaleRules(old.book, old.book.scales[1]), [{"Đơn vị": "Xã B", "x": 6, "Trực thuộc": "Tỉnh A"}])
    others = {"xã": communes}
    stages = (Stage("khoản 1", new, new),)
    found = impact(old, new, superior, superior, stages, others_old=others, others_new=others)
    assert (found.units[0].before.total, found.units[0].after.total) == (6, 4)
    assert found.units[0].parts[0].points == -2


def test_units_under_former_rules_rank_by_themselves_and_no_clause_moves_them() -> None:
    old = rules_of(OLD)
    new, stages = staged(old, [Clause("cap an item", 5), Clause("cap the total", 12)])
    facts = facts_of(old, UNITS[:4])
    kept = Kept("khoản 3", old, facts[:1])
    why = Diagnostic("TD519", {"unit": "D", "gaps": "x"})
    found = impact(old, new, facts, facts, stages, division_new=Division((kept,), {"D": why}))
    a, b, c, d = found.units
    assert shown(a.after) == shown(evaluate_all(old, facts[:1]).units[0])
    assert a.kept_by == found.clauses[0].clause == "khoản 3"
    assert [part.points for part in a.parts] == [0, 0, 0]
    present = evaluate_all(new, facts[1:3]).units
    assert [shown(b.after), shown(c.after)] == [shown(unit) for unit in present]
    assert [part.rank_changes for part in b.parts] == [True, True, False]
    assert not any(unit.rest.moves for unit in found.decided)
    assert found.undecided == (d,)
    assert d.after.diagnostics == (why,)


RANKINGS = {
    "nothing": "",
    "the points of an item": "  Xếp hạng theo chỉ số 2\n",
    "points that are the same for all": "  Xếp hạng theo chỉ số 3\n",
    "points over other points": "  Xếp hạng theo chỉ số 4\n",
    "a datum": "  Xếp hạng theo [y]\n",
}


@pytest.mark.parametrize("ranking", RANKINGS)
def test_ranks_are_found_again_whatever_units_are_ranked_by(ranking: str) -> None:
    item = '  Chỉ số 3 "Ba": 0 điểm\n    Điểm = 0 điểm\n'
    item += '  Chỉ số 4 "Bốn": không tính điểm\n    Điểm = [x] / ([x] * [x] + 2)\n'
    text = OLD.replace("  Xếp loại\n", f"{item}  Xếp loại\n").replace("[x] * 1", "[x] / 3")
    old = rules_of(text.replace("  Xếp hạng theo tổng điểm\n", RANKINGS[ranking]))
    new, stages = staged(old, [Clause("cap an item", 5), Clause("cap the total", 12)])
    others = ({"y": 2}, {"y": 7}, {"y": "không áp dụng"}, {"y": 2}, {"y": 1})
    facts = facts_of(old, [{**unit, **other} for unit, other in zip(UNITS, others, strict=True)])
    found = impact(old, new, facts, facts, stages)
    assert_recomputed(found, facts, stages, None)
    assert [unit.places is None for unit in found.decided] == [not RANKINGS[ranking]] * len(found.decided)


def test_a_unit_scored_by_its_total_or_not_assessed_is_left_to_the_interpreter() -> None:
    old = rules_of(OLD)
    new, stages = staged(old, [Clause("cap the total", 12)])
    facts = facts_of(old, [{"Đơn vị": "A", "Tổng điểm": 15}, {"Đơn vị": "B", "1": "chưa đánh giá", "x": 3}])
    assert_recomputed(impact(old, new, facts, facts, stages), facts, stages, None)
