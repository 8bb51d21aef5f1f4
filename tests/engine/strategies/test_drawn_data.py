"""What the public strategies draw: bound without faults, evaluated, written as the schemas say, recomputed."""

from __future__ import annotations

import importlib
import json
import sys
from functools import cache
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import thangdiem.engine.strategies
from drawing import beyond_the_simplest, few
from engine.checking import wrong
from generated import rule_files
from generated.data import PERIOD
from shipped_scales import SETS, scales_of
from thangdiem.dsl.checker import check_text
from thangdiem.dsl.diagnostic import has_errors
from thangdiem.dsl.library import ScaleRules
from thangdiem.dsl.rulebook import State
from thangdiem.engine import Mode, Results, Status, evaluate, evaluate_all
from thangdiem.engine.binding.mapping import facts_from_mapping
from thangdiem.engine.coverage import coverage_of
from thangdiem.engine.coverage.targets import Aim
from thangdiem.engine.strategies import faulty_data, unit_data, unit_lists
from thangdiem.engine.writing import result_json, trace_json

each_set = pytest.mark.parametrize("name", SETS)
_files = rule_files(scales=1, indicators=3, components=3, over_units=True)


@cache
def validator(schema: str) -> Draft202012Validator:
    text = files("thangdiem.engine").joinpath("schemas", schema).read_text(encoding="utf-8")
    return Draft202012Validator(json.loads(text))


def faults(rules: ScaleRules, unit: dict[str, Any]) -> list[str]:
    found = facts_from_mapping(rules.scale, unit, dialect=rules.book.dialect)[1]
    return [each.message("en") for each in found]


def assert_sound(results: Results) -> None:
    """Written as the schemas say, and recomputed from the traces alone."""
    written = json.loads(json.dumps(result_json([results])))
    assert [each.message for each in validator("result-1.json").iter_errors(written)] == []
    for unit in results.units:
        trace = json.loads(json.dumps(trace_json(unit, results.book, results.scale)))
        assert wrong(trace) == []
        if unit is results.units[0] and results.mode is Mode.DRAFT:
            assert [each.message for each in validator("trace-1.json").iter_errors(trace)] == []


def hold(rules: ScaleRules, data: st.DataObject) -> None:
    units = data.draw(unit_lists(rules, period=PERIOD, max_size=2))
    assert [fault for unit in units for fault in faults(rules, unit)] == []
    assert_sound(evaluate_all(rules, units, period=PERIOD))
    lacking = data.draw(unit_data(rules, complete=False, period=PERIOD))
    assert faults(rules, lacking) == []
    assert_sound(evaluate_all(rules, [lacking], mode=data.draw(st.sampled_from(Mode)), period=PERIOD))


def refuse(rules: ScaleRules, data: st.DataObject) -> None:
    unit = data.draw(faulty_data(rules, period=PERIOD))
    assert has_errors(facts_from_mapping(rules.scale, unit, dialect=rules.book.dialect)[1])
    result = evaluate(rules, unit, mode=data.draw(st.sampled_from(Mode)), period=PERIOD)
    assert result.status is Status.REFUSED


@each_set
def test_data_drawn_for_shipped_rules_are_sound(name: str) -> None:
    for rules in scales_of(name):

        @few(1)
        @given(st.data())
        def law(data: st.DataObject) -> None:
            beyond_the_simplest(data)
            hold(rules, data)  # noqa: B023 - called at once
            refuse(rules, data)  # noqa: B023

        law()


@few(3)
@given(st.data())
def test_data_drawn_for_generated_rules_are_sound(data: st.DataObject) -> None:
    rules = data.draw(_files).rules()
    hold(rules, data)
    refuse(rules, data)


PARTS = {Aim.LEVEL, Aim.ROW, Aim.BAND, Aim.MET, Aim.UNMET}


@pytest.mark.parametrize(("name", "count"), [("hau-giang-1949", 10), ("gcs", 20), ("cvss-3.1", 10)])
def test_every_level_step_and_band_is_reached(name: str, count: int) -> None:
    for rules in scales_of(name):
        results = []

        @few(count)
        @given(st.lists(unit_data(rules, period=PERIOD), min_size=6, max_size=6))
        def look(units: list[dict[str, Any]]) -> None:
            results.extend(evaluate_all(rules, units, period=PERIOD).units)  # noqa: B023 - called at once

        look()
        covered = coverage_of(rules.book, results).reached
        wanted = [each for each in covered if each.scale == rules.scale.id and each.target.aim in PARTS]
        assert wanted
        assert [(each.line, each.target.aim) for each in wanted if not each.times] == []


EVERYTHING = """Bộ tiêu chí "Mọi cách"

Thang điểm a "A": không giới hạn điểm
  Lớp điểm: tự chấm, thẩm định; bắt buộc có thẩm định
  Chỉ số không áp dụng: loại khỏi điểm tối đa
  Số liệu [Tỷ lệ]: phần trăm, từ 0% đến 100%
  Số liệu [Ngày gửi]: ngày
  Số liệu [Hình thức]: một trong "tự làm", "thuê"
  Số liệu [Có cổng]: có/không
  Chỉ số 1 "Mức": 10 điểm
    Chọn một:
      - Tốt: 10 điểm
      - Kém: 0 điểm
    Có thể không áp dụng
  Chỉ số 2 "Ý": 5 điểm
    Cộng các ý đạt:
      a) Một: 3 điểm
      b) Hai: 2 điểm
  Chỉ số 3 "Trực tiếp": 10 điểm
  Chỉ số 4 "Bậc": 10 điểm
    Theo [Tỷ lệ]:
      - từ 80% trở lên: 10 điểm
      - còn lại: 0 điểm
  Chỉ số 5 "Hạn": 10 điểm
    Theo [Ngày gửi]:
      - đến hết 31/05 năm đánh giá: 10 điểm
      - còn lại: 0 điểm
  Chỉ số 6 "Cách": 10 điểm
    Theo [Hình thức]:
      - "tự làm": 10 điểm
      - "thuê": 5 điểm
  Chỉ số 7 "Cổng": 5 điểm
    Theo [Có cổng]:
      - có: 5 điểm
      - không: 0 điểm
  Chỉ số 8 "So với trực thuộc": 10 điểm
    Điểm = lớn nhất(tỷ lệ các đơn vị trực thuộc xếp loại tốt trở lên; 0%) * điểm tối đa
    Thiếu minh chứng: 0 điểm
  Điểm thưởng "Khen": không quá 5 điểm
    Chấm trực tiếp
  Xếp loại
    Loại tốt: từ 30 điểm trở lên.
    Loại kém: các trường hợp còn lại.
  Xếp hạng theo tổng điểm, quyết định của Chủ tịch; trong mỗi khối
"""


def test_every_kind_of_column_is_drawn_in_every_spelling() -> None:
    book = check_text(EVERYTHING).book
    assert book is not None
    rules = ScaleRules(book, book.scales[0])
    seen: dict[str, set[type]] = {}

    @few(20)
    @given(unit_lists(rules, period=PERIOD, min_size=5))
    def look(units: list[dict[str, Any]]) -> None:
        assert [fault for unit in units for fault in faults(rules, unit)] == []
        for unit in units:
            for heading, value in unit.items():
                seen.setdefault(heading, set()).add(type(value))

    look()
    wanted: dict[str, set[str]] = {
        "Đơn vị": {"str"},
        "1 (tự chấm)": {"str", "State"},
        "1 (thẩm định)": {"str", "State"},
        "2 (tự chấm)": {"tuple", "list", "str"},
        "2 (thẩm định)": {"tuple", "list", "str"},
        "2.b (thẩm định)": {"bool", "str"},
        "3 (thẩm định)": {"int", "Fraction", "Decimal", "str"},
        "[Tỷ lệ]": {"int", "Fraction", "Decimal", "str"},
        "[Ngày gửi]": {"date", "str"},
        "[Hình thức]": {"str"},
        "[Có cổng]": {"bool", "str"},
        "Điểm thưởng Khen (thẩm định)": {"int", "Fraction", "Decimal", "str"},
        "Khối": {"str"},
        "Trực thuộc": {"str"},
        "Chủ tịch": {"int", "Fraction", "Decimal", "str"},
    }
    found = {heading: {kind.__name__ for kind in kinds} for heading, kinds in seen.items() if heading in wanted}
    assert found == wanted


def test_gaps_of_every_kind_are_drawn() -> None:
    (rules,) = scales_of("gcs")
    seen = set()

    @few(20)
    @given(st.lists(unit_data(rules, complete=False), min_size=6, max_size=6))
    def look(units: list[dict[str, Any]]) -> None:
        cells = [unit.get(item.code, "left out") for item in rules.scale.walk() for unit in units]
        seen.update(
            each for each in cells if not each or isinstance(each, State) or each in ("left out", "chưa đánh giá")
        )

    look()
    assert seen >= {"left out", None, "", State.MISSING, State.NOT_ASSESSED, "chưa đánh giá"}


def test_without_hypothesis_one_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "hypothesis", None)
    with pytest.raises(ImportError, match=r"pip install 'thangdiem\[test\]'"):
        importlib.reload(thangdiem.engine.strategies)
