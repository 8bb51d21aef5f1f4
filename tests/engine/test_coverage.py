"""Coverage of rules: each kind of target is reached by an example that reaches it, and missing without it."""

from __future__ import annotations

import pytest
from attrs import evolve

from running import errors, read
from thangdiem.dsl.library import load
from thangdiem.engine.coverage import Aim, Coverage, coverage_of
from thangdiem.engine.coverage.measuring import share_of
from thangdiem.engine.examples import run_examples

RULES = """\
Bộ tiêu chí "Bao phủ"

Thang điểm xã "Xã": 40 điểm
  Chỉ số không áp dụng: loại khỏi điểm tối đa, quy đổi về thang 40 điểm
  Số liệu [a]: số nguyên, từ 0 đến 100
  Chỉ số 1 "Mức": 10 điểm
    Chọn một:
      - Tốt: 10 điểm
      - Kém: 0 điểm
  Chỉ số 2 "Bậc": 10 điểm
    Theo [a]:
      - từ 50 trở lên: 10 điểm
      - còn lại: 0 điểm
  Chỉ số 3 "Ý": 10 điểm
    Cộng các ý đạt:
      a) Có kế hoạch: 10 điểm
  Chỉ số 4 "Công thức": 10 điểm
    Không áp dụng khi [a] = 0
    Điểm = [a] * 1 điểm, không quá 10 điểm
  Xếp loại
    Loại cao: có tổng số điểm từ 30 điểm trở lên.
    Loại thấp: có tổng số điểm dưới 30 điểm.
    Không xếp loại cao khi [a] = 99
"""


def covered(*examples: str) -> Coverage:
    heads = [f'\nVí dụ "{number}" theo xã\n{text}' for number, text in enumerate(examples)]
    book, findings = read(RULES + "".join(heads))
    assert book is not None, findings
    return coverage_of(book, [unit for report in run_examples(book) for unit in report.units])


def unit(level: str, a: int, marks: str) -> str:
    return f'  1 = "{level}"\n  [a] = {a}\n  3 = {marks}\n'


def total(points: str, a: int = 1) -> str:
    return f"  Tổng điểm = {points}\n  [a] = {a}\n"


EVERY = (unit("Tốt", 60, "a"), unit("Kém", 5, "không ý nào"), unit("Kém", 0, "a"), unit("Tốt", 99, "a"))
EDGES = (total("29,8"), total("30"), total("30,2"))


def test_everything_is_reached_once_an_example_does_it() -> None:
    found = covered(*EVERY, *EDGES)
    assert [each.target.aim for each in found.missing] == []
    assert share_of([found]) == 1


@pytest.mark.parametrize(
    ("left_out", "missing"),
    [
        (1, {Aim.UNMET}),
        (2, {Aim.TRUE}),
        (3, {Aim.TRUE}),
        (4, {Aim.BELOW}),
        (5, {Aim.AT}),
        (6, {Aim.ABOVE}),
    ],
)
def test_what_no_example_does_is_missing(left_out: int, missing: set[Aim]) -> None:
    every = [*EVERY, *EDGES]
    del every[left_out]
    assert {each.target.aim for each in covered(*every).missing} == missing


def test_one_unit_leaves_the_other_side_of_everything() -> None:
    found = covered(unit("Tốt", 60, "a"))
    missing = [(each.line, each.target.aim) for each in found.missing]
    assert missing == [
        (9, Aim.LEVEL),
        (13, Aim.ROW),
        (16, Aim.UNMET),
        (18, Aim.TRUE),
        (19, Aim.FREE),
        (21, Aim.BELOW),
        (21, Aim.AT),
        (21, Aim.ABOVE),
        (22, Aim.BAND),
        (23, Aim.TRUE),
    ]
    assert found.by_scale() == {"xã": (7, 17)}


def test_without_examples_nothing_is_reached() -> None:
    found = covered()
    assert not any(each.times for each in found.reached)
    assert share_of([found]) == 0


@pytest.mark.parametrize(
    ("folder", "scale", "least"),
    [("hau-giang-1949", "cấp-tỉnh", 14), ("cvss-3.1", "base", 41), ("minh-hoa", "cấp-tỉnh", 68)],
)
def test_the_shipped_rules_reach_what_the_guide_says(folder: str, scale: str, least: int) -> None:
    book = load(f"rules/{folder}", checks=False).documents[0]
    found = coverage_of(book, [each for report in run_examples(book) for each in report.units])
    assert found.by_scale()[scale][0] >= least


MANY_FORMS = """\
Bộ tiêu chí "Mọi dạng"

Thang điểm a "A": 20 điểm
  Chỉ số không áp dụng: giữ nguyên điểm tối đa
  Số liệu [x]: số nguyên, từ 0 đến 9
  Chỉ số 1 "Một": 10 điểm
    Có thể không áp dụng
    Không quá 5 điểm khi [x] = 0
  Chỉ số 2 "Hai": 10 điểm
  Khi [x] = 1, xếp loại theo tỷ lệ điểm
    Loại tốt: từ 50% trở lên
    Loại yếu: dưới 50%
  Còn lại, xếp loại theo chỉ số 1
    Loại giỏi: từ 5 trở lên và [x] = 2
    Loại khá: từ 0 đến dưới 5
    Loại lạ: chỉ theo điều kiện riêng
    Xếp loại lạ khi [x] = 9

Thang điểm b "B": 10 điểm
  Chỉ số 1 "Một": 10 điểm
  Xếp loại
    Loại đạt khi đạt tất cả:
      a) chỉ số 1 từ 5 điểm trở lên
    Loại trượt: các trường hợp còn lại

Ví dụ "đơn vị" theo a, các đơn vị:
  - "A": 1 = 8; 2 = 3; [x] = 1; kết quả: tổng 7 điểm
  - "B": 1 = không áp dụng; 2 = 3; [x] = 0; kết quả: tổng 7 điểm
  - "C": 1 = 4; 2 = 3; [x] = 3; kết quả: tổng 7 điểm
  - "D": 2 = 3; [x] = 3; kết quả: tổng 7 điểm
"""


def test_conditions_of_limits_blocks_and_bands_are_reached_too() -> None:
    book, findings = read(MANY_FORMS)
    assert book is not None
    assert not errors(findings)
    found = coverage_of(book, [unit for report in run_examples(book) for unit in report.units])
    reached = [(each.line, each.target.aim) for each in found.reached if each.times]
    assert reached == [
        (6, Aim.NOT_APPLICABLE),
        (8, Aim.FREE),
        (8, Aim.TRUE),
        (8, Aim.FALSE),
        (10, Aim.TRUE),
        (11, Aim.BAND),
        (14, Aim.FALSE),
        (15, Aim.BAND),
        (15, Aim.AT),
        (17, Aim.FALSE),
    ]
    assert found.by_scale() == {"a": (10, 23), "b": (0, 4)}


def test_units_without_a_trace_reach_nothing() -> None:
    book, _ = read(RULES + f'\nVí dụ "1" theo xã\n{EVERY[0]}')
    assert book is not None
    units = [evolve(unit, trace=None) for report in run_examples(book) for unit in report.units]
    assert units
    assert coverage_of(book, units) == coverage_of(book, [])


OUTSIDE = """\
Bộ tiêu chí "Ngoài"

Thang điểm a "A": 10 điểm
  Chỉ số không áp dụng: loại khỏi điểm tối đa
  Chỉ số 1 "Một": 10 điểm
    Không áp dụng khi [x] = 1
    Đang ngưng hiệu lực
  Chỉ số 2 "Hai": 10 điểm
  Xếp loại theo chỉ số 2
    Loại giỏi: từ 20 trở lên.
    Loại khá: từ 5 đến dưới 20.
    Loại kém: dưới 2.

Ví dụ "không thuộc loại nào" theo a
  2 = 3
"""


def test_an_edge_that_nothing_comes_to_and_conditions_of_what_is_suspended_are_not_to_be_reached() -> None:
    book, _ = read(OUTSIDE)
    assert book is not None
    found = coverage_of(book, [unit for report in run_examples(book) for unit in report.units])
    assert not any(each.times for each in found.reached)
    aims = [(each.line, each.target.aim) for each in found.reached]
    assert aims == [
        (10, Aim.BAND),
        (10, Aim.BELOW),
        *((11, aim) for aim in (Aim.BAND, Aim.BELOW, Aim.AT, Aim.ABOVE)),
        *((12, aim) for aim in (Aim.BAND, Aim.BELOW, Aim.AT, Aim.ABOVE)),
    ]
