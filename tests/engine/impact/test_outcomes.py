"""What straight code makes of many units, with quotas and ranks, is what the plain interpreter makes of them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generated import RuleFile, rule_files, unit_lists
from generated.data import PERIOD
from thangdiem.dsl.checker import check_text
from thangdiem.dsl.library import ScaleRules
from thangdiem.dsl.rulebook import State
from thangdiem.engine.binding import facts_from_mapping
from thangdiem.engine.binding.mapping import Given
from thangdiem.engine.evaluator import evaluate_all
from thangdiem.engine.facts import Fact, UnitFacts
from thangdiem.engine.impact.given import Givens
from thangdiem.engine.impact.outcomes import Outcome, outcomes
from thangdiem.engine.impact.standing import runner
from thangdiem.engine.straight import prepare

_QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
_laws = settings(max_examples=20, deadline=None, suppress_health_check=_QUIET)
_FILES = rule_files(scales=1, indicators=3, components=2, over_units=True)

HEAD = """Bộ tiêu chí "Thử"

Thang điểm a "A": 20 điểm
  Chỉ số 1 "Một": 10 điểm
    Chấm trực tiếp
  Chỉ số 2 "Hai": 10 điểm
    Điểm = [x] * 1 điểm, không quá 10 điểm
  Xếp loại
    Loại tốt: có tổng số điểm từ 10 điểm trở lên.
    Loại khá: có tổng số điểm dưới 10 điểm.
"""
QUOTA = (
    "    Loại tốt không quá 40% số đơn vị, làm tròn xuống, đồng hạng ở ranh giới thì cùng {ties}; "
    "số còn lại xếp loại khá\n"
)


def rules_of(text: str) -> ScaleRules:
    checked = check_text(text)
    assert checked.book is not None
    assert not checked.has_errors, [found.message("en") for found in checked.diagnostics]
    return ScaleRules(checked.book, checked.book.scales[0])


def facts_of(rules: ScaleRules, units: Sequence[dict[str, Given]]) -> list[UnitFacts]:
    return [facts_from_mapping(rules.scale, unit, dialect=rules.book.dialect)[0] for unit in units]


def plainly(rules: ScaleRules, facts: Sequence[UnitFacts], period: int | None = PERIOD) -> list[tuple[object, ...]]:
    return [
        (unit.status, unit.total, unit.grade, unit.rank, () if unit.total is not None or unit.grade else unit.gaps)
        for unit in evaluate_all(rules, facts, period=period).units
    ]


def told(found: Sequence[Outcome]) -> list[tuple[object, ...]]:
    return [(each.status, each.total, each.grade, each.rank, each.gaps) for each in found]


def test_outcomes_are_those_of_the_plain_interpreter() -> None:
    straight = []

    @_laws
    @given(st.data())
    def law(data: st.DataObject) -> None:
        file: RuleFile = data.draw(_FILES)
        rules = file.rules()
        facts = facts_of(rules, data.draw(unit_lists(file, complete=data.draw(st.booleans()), least=3, most=6)))
        straight.append(runner(prepare(rules, PERIOD)) is not None)
        assert told(outcomes(rules, facts, PERIOD, {}, Givens())) == plainly(rules, facts)

    law()
    assert any(straight)
    assert not all(straight)


UNITS = [
    {"Đơn vị": "A", "1": 8, "x": 9},
    {"Đơn vị": "B", "1": 9, "x": 8, "Quyết định của Chủ tịch": 1},
    {"Đơn vị": "C", "1": 9, "x": 8, "Quyết định của Chủ tịch": 2},
    {"Đơn vị": "D", "1": 1, "x": 1},
    {"Đơn vị": "E", "1": None, "x": 3},
    {"Đơn vị": "F", "1": 5},
    {"Đơn vị": "G", "1": 7, "x": Fraction(1, 3)},
]


@pytest.mark.parametrize(
    "ranking",
    [
        "",
        "  Xếp hạng theo tổng điểm\n",
        "  Xếp hạng theo tổng điểm, chỉ số 1, quyết định của Chủ tịch\n",
        "  Xếp hạng theo chỉ số 2 tăng dần, [x]\n",
        "  Xếp hạng theo tổng điểm, chỉ số 1 + chỉ số 2\n",
    ],
)
@pytest.mark.parametrize("quota", ["", QUOTA.format(ties="đạt"), QUOTA.format(ties="không đạt")])
def test_every_kind_of_ranking_with_and_without_a_quota(ranking: str, quota: str) -> None:
    rules = rules_of(HEAD + quota + ranking)
    units = [{key: value for key, value in unit.items() if "Chủ tịch" not in key or "Chủ" in ranking} for unit in UNITS]
    facts = facts_of(rules, units)
    assert told(outcomes(rules, facts, None, {}, Givens())) == plainly(rules, facts, None)


def test_a_total_that_is_given_is_left_to_the_plain_interpreter() -> None:
    rules = rules_of(HEAD.replace('Chỉ số 1 "Một": 10 điểm', 'Chỉ số 1 "Một": chưa rõ điểm'))
    given_total = UnitFacts("A", "a", total=Fact(State.VALUE, Fraction(12)))
    assert told(outcomes(rules, [given_total], None, {}, Givens())) == plainly(rules, [given_total], None)
    assert outcomes(rules, [given_total], None, {}, Givens())[0].total == 12
