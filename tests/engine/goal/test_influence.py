"""How much a point of each item is worth to the total at most, and from which total a grade is given."""

from __future__ import annotations

from fractions import Fraction

import pytest

from running import errors, read
from thangdiem.dsl.library import ScaleRules
from thangdiem.engine.binding.mapping import facts_from_mapping
from thangdiem.engine.evaluation.unit import Plan
from thangdiem.engine.evaluator import evaluate_all
from thangdiem.engine.goal.influence import influence, threshold

ITEMS = """  Nhóm I "Một": 20 điểm
    Chỉ số 1 "Một": 5 điểm, hệ số 3
    Chỉ số 2 "Hai": 5 điểm, hệ số 1
  Nhóm II "Hai": 10 điểm
    Chỉ số 3 "Ba": 10 điểm
"""
GIVEN = {"1": "1", "2": "1", "3": "1"}


def worth(head: str = "", items: str = ITEMS, points: str = "không giới hạn điểm") -> tuple[dict[str, str], str] | None:
    book, findings = read(f'Bộ tiêu chí "Thử"\n\nThang điểm a "Thử": {points}\n{head}{items}')
    assert book is not None
    assert not errors(findings)
    rules = ScaleRules(book, book.scales[0])
    facts, _ = facts_from_mapping(rules.scale, GIVEN)
    (unit,) = evaluate_all(rules, [facts]).units
    found = influence(Plan(book, rules.scale, 2024), unit.maximum, (unit,))
    return None if found is None else ({key: str(each) for key, each in found.factors.items()}, str(found.slack))


def grouped(rule: str) -> str:
    group = 'Nhóm I "Một": không giới hạn điểm\n    Tổng hợp: ' + rule
    return ITEMS.replace('Nhóm I "Một": 20 điểm', group)


@pytest.mark.parametrize(
    ("items", "one", "two", "slack"),
    [
        (grouped("cộng"), "3", "1", "0"),
        (grouped("trung bình"), "1/2", "1/2", "0"),
        (grouped("trung bình có hệ số"), "3/4", "1/4", "0"),
        (grouped("cao nhất"), "1", "1", "0"),
        (grouped("trung bình, làm tròn đến 1 chữ số thập phân, nửa lên"), "1/2", "1/2", "1/10"),
    ],
)
def test_a_point_is_worth_its_share_of_the_group(items: str, one: str, two: str, slack: str) -> None:
    found = worth(items=items)
    assert found is not None
    assert (found[0]["1"], found[0]["2"], found[0]["3"], found[1]) == (one, two, "1", slack)


@pytest.mark.parametrize(
    ("head", "slack"),
    [
        ("  Làm tròn: điểm nhóm đến hàng đơn vị, nửa lên\n", "2"),
        ("  Tổng hợp: trung bình, làm tròn đến hàng đơn vị, nửa lên\n", "1"),
        ("  Làm tròn: tổng điểm đến 1 chữ số thập phân, nửa lên\n", "1/10"),
    ],
)
def test_what_is_rounded_may_come_to_one_step_more(head: str, slack: str) -> None:
    found = worth(head, grouped("trung bình"))
    assert found is not None
    assert found[1] == slack


@pytest.mark.parametrize(
    ("head", "items"),
    [
        ("  Tổng = nhóm I + nhóm II\n", ITEMS),
        ("", grouped("trung bình nhân, làm tròn đến 2 chữ số thập phân, nửa lên")),
        ("  Chỉ số không áp dụng: loại khỏi điểm tối đa, quy đổi về thang 20 điểm\n", ITEMS),
    ],
)
def test_no_such_bound_is_known_of_a_formula_a_geometric_mean_or_a_scale_without_maximum(head: str, items: str) -> None:
    assert worth(head, items) is None


@pytest.mark.parametrize(
    ("grading", "edge"),
    [
        ("\n    Loại tốt: từ 8 điểm trở lên\n    Loại yếu: dưới 8 điểm\n", 8),
        (" theo tỷ lệ điểm\n    Loại tốt: từ 80% trở lên\n    Loại yếu: dưới 80%\n", 16),
        (" theo nhóm I\n    Loại tốt: từ 8 trở lên\n    Loại yếu: dưới 8\n", None),
        ("\n    Loại tốt khi chỉ số 1 từ 3 điểm trở lên\n    Loại yếu: còn lại\n", None),
        (
            "\n    Loại tốt: chỉ theo điều kiện riêng\n    Loại yếu: còn lại\n"
            "    Xếp loại tốt khi chỉ số 1 trên 3 điểm\n",
            None,
        ),
        ("\n    Loại tốt: chỉ theo điều kiện riêng\n    Loại yếu: còn lại\n", None),
        (
            "\n    Loại tốt: từ 8 điểm trở lên\n    Loại yếu: dưới 8 điểm\n"
            "    Xếp ít nhất loại tốt khi chỉ số 1 trên 3 điểm\n",
            None,
        ),
    ],
)
def test_the_total_from_which_a_grade_is_given(grading: str, edge: int | None) -> None:
    book, findings = read(f'Bộ tiêu chí "Thử"\n\nThang điểm a "Thử": 30 điểm\n{ITEMS}  Xếp loại{grading}')
    assert book is not None, findings
    assert threshold(book.scales[0].gradings[0], "tốt", Fraction(20)) == edge
