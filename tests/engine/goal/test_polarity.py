"""Whether more points of any item can only help the grade: the quick search rests on it, and proofs of it."""

from __future__ import annotations

import pytest

from running import errors, read
from thangdiem.engine.evaluation.unit import Plan
from thangdiem.engine.goal.polarity import lower_is_better, rises

ITEMS = '  Chỉ số 1 "Một": 6 điểm\n  Chỉ số 2 "Hai": 4 điểm\n'
NAMES = "  Số liệu [x]: số\n  Đặt cả hai = chỉ số 1 + chỉ số 2\n  Đặt riêng = [x] * 2\n"
BANDS = "    Loại tốt: từ 5 điểm trở lên\n    Loại khá: từ 3 điểm đến dưới 5 điểm\n    Loại yếu: dưới 3 điểm\n"


def judged(items: str, grading: str, head: str = "", points: str = "10 điểm") -> tuple[bool, bool | None]:
    """Whether better scores never lower the grade, and whether lower totals are better."""
    book, findings = read(f'Bộ tiêu chí "Thử"\n\nThang điểm a "Thử": {points}\n{head}{items}  {grading}')
    assert book is not None
    assert not errors(findings)
    (block,) = book.scales[0].gradings
    return rises(Plan(book, book.scales[0], 2024), block), lower_is_better(block)


RULES = {
    "Xếp ít nhất loại khá khi chỉ số 1 từ 3 điểm trở lên": True,
    "Xếp ít nhất loại khá khi chỉ số 1 dưới 3 điểm": False,
    "Xếp ít nhất loại khá khi chỉ số 1 từ 2 đến 3 điểm": False,
    "Xếp ít nhất loại khá khi chỉ số 1 khác 3 điểm": False,
    "Xếp ít nhất loại khá khi chỉ số 1 từ chỉ số 2 trở lên": False,
    "Xếp ít nhất loại khá khi có chỉ số từ 3 điểm trở lên": True,
    "Xếp ít nhất loại khá khi [x] dưới 3": True,
    "Xếp ít nhất loại khá khi riêng dưới 3": True,
    "Xếp ít nhất loại khá khi cả hai từ 3 trở lên": True,
    "Xếp ít nhất loại khá khi tổng các chỉ số từ 3 điểm trở lên": True,
    "Xếp ít nhất loại khá khi chỉ số 1 + chỉ số 2 từ 3 điểm trở lên": True,
    "Xếp ít nhất loại khá khi chỉ số 1 - chỉ số 2 từ 3 điểm trở lên": False,
    "Xếp ít nhất loại khá khi 3 điểm - chỉ số 2 dưới 3 điểm": True,
    "Xếp ít nhất loại khá khi -(chỉ số 2) dưới 3 điểm": True,
    "Xếp ít nhất loại khá khi chỉ số 1 * 2 từ 3 điểm trở lên": True,
    "Xếp ít nhất loại khá khi 2 * chỉ số 1 từ 3 điểm trở lên": True,
    "Xếp ít nhất loại khá khi chỉ số 1 / 2 từ 3 điểm trở lên": True,
    "Xếp ít nhất loại khá khi chỉ số 1 * -2 từ 3 điểm trở xuống": True,
    "Xếp ít nhất loại khá khi -2 * chỉ số 1 từ 3 điểm trở xuống": True,
    "Xếp ít nhất loại khá khi [x] * 2 từ 3 trở xuống": True,
    "Xếp ít nhất loại khá khi chỉ số 1 / điểm tối đa từ 30% trở lên": True,
    "Xếp ít nhất loại khá khi chỉ số 1 * chỉ số 2 từ 3 trở lên": False,
    "Xếp ít nhất loại khá khi làm tròn(chỉ số 1; 0; lên) từ 3 điểm trở lên": True,
    "Xếp ít nhất loại khá khi lớn nhất(chỉ số 1; chỉ số 2) từ 3 điểm trở lên": True,
    "Xếp ít nhất loại khá khi chỉ số 1 từ 3 điểm trở lên và chỉ số 2 từ 1 điểm trở lên": True,
    "Xếp ít nhất loại khá khi chỉ số 1 từ 3 điểm trở lên và chỉ số 2 dưới 1 điểm": False,
    "Xếp ít nhất loại khá khi không phải (chỉ số 1 dưới 3 điểm)": True,
    "Xếp ít nhất loại khá khi trị tuyệt đối(tổng điểm) từ 3 trở lên": False,
    "Xếp ít nhất loại khá khi trị tuyệt đối(cả hai) từ 3 trở lên": False,
    "Xếp ít nhất loại khá khi trị tuyệt đối(riêng) từ 3 trở lên": True,
    "Không xếp quá loại khá khi chỉ số 1 dưới 3 điểm": True,
    "Không xếp quá loại khá khi chỉ số 1 từ 3 điểm trở lên": False,
    "Không xếp loại tốt khi chỉ số 1 dưới 3 điểm": True,
    "Xếp loại tốt khi chỉ số 1 từ 3 điểm trở lên": True,
    "Xếp loại yếu khi chỉ số 1 dưới 3 điểm": True,
    "Xếp loại yếu khi chỉ số 1 từ 3 điểm trở lên": False,
    "Xếp loại khá khi chỉ số 1 từ 3 điểm trở lên": False,
}


@pytest.mark.parametrize("rule", RULES)
def test_a_condition_bends_towards_better_grades_or_not(rule: str) -> None:
    assert judged(ITEMS, f"Xếp loại\n{BANDS}    {rule}\n", NAMES)[0] is RULES[rule]


STEPPED = "  Đặt bậc theo chỉ số 1:\n    - từ 3 điểm trở lên: 1\n    - còn lại: 2\n"


@pytest.mark.parametrize(
    ("head", "rises_"),
    [
        ("  Tổng = chỉ số 1 + chỉ số 2\n", True),
        ("  Tổng = chỉ số 1 - chỉ số 2 + 4 điểm\n", False),
        ("  Tổng = chỉ số 1 + chỉ số 2, không quá 8 điểm\n", True),
        ("  Tổng = chỉ số 1 + chỉ số 2, không quá 10 điểm - chỉ số 1\n", False),
        ("  Tổng theo trường hợp:\n    - chỉ số 1 từ 3 điểm trở lên: 1 điểm\n    - còn lại: 2 điểm\n", False),
    ],
)
def test_a_total_of_its_own_goes_with_its_items_or_not(head: str, rises_: bool) -> None:
    assert judged(ITEMS, f"Xếp loại\n{BANDS}", head)[0] is rises_


@pytest.mark.parametrize(
    ("head", "group", "rises_"),
    [
        ("", "", True),
        ("  Không quá 8 điểm\n", "", True),
        ("  Không quá 10 điểm - chỉ số 1\n", "", False),
        ("", "    Không quá 8 điểm\n", True),
        ("", "    Không quá 10 điểm - chỉ số 1\n", False),
        ("", "    Chỉ tính khi chỉ số 1 dưới 3 điểm\n", False),
        ("", "    Thay bằng 0 điểm khi chỉ số 1 từ 3 điểm trở lên\n", False),
    ],
)
def test_a_sum_of_groups_goes_with_its_items_or_not(head: str, group: str, rises_: bool) -> None:
    items = f'  Nhóm A "A": 10 điểm\n{group}' + ITEMS.replace("  Chỉ", "    Chỉ")
    assert judged(items, f"Xếp loại\n{BANDS}", head)[0] is rises_


def test_a_named_value_of_steps_over_scores_goes_either_way() -> None:
    assert judged(ITEMS, f"Xếp loại\n{BANDS}    Xếp ít nhất loại khá khi bậc từ 2 trở lên\n", STEPPED)[0] is False


@pytest.mark.parametrize(
    ("bands", "rises_", "lower"),
    [
        (" theo chỉ số 1\n    Loại tốt: từ 5 trở lên\n    Loại yếu: dưới 5\n", True, False),
        (" theo 6 - chỉ số 1\n    Loại tốt: từ 5 trở lên\n    Loại yếu: dưới 5\n", False, False),
        ("\n    Loại tốt: từ 5 điểm trở lên\n    Loại yếu: các trường hợp còn lại\n", True, False),
        ("\n    Loại tốt: dưới 5 điểm\n    Loại yếu: các trường hợp còn lại\n", False, None),
        ("\n    Loại tốt khi chỉ số 1 từ 5 điểm trở lên\n    Loại yếu: các trường hợp còn lại\n", True, False),
        ("\n    Loại tốt: từ [x] trở lên\n    Loại yếu: các trường hợp còn lại\n", False, None),
    ],
)
def test_bands_go_one_way_or_not(bands: str, rises_: bool, lower: bool | None) -> None:
    assert judged(ITEMS, f"Xếp loại{bands}") == (rises_, lower)


@pytest.mark.parametrize(("when", "rises_"), [("[x] trên 3", True), ("chỉ số 1 trên 3 điểm", False)])
def test_a_block_that_asks_for_scores_may_be_left_by_a_better_one(when: str, rises_: bool) -> None:
    book, _ = read(
        f'Bộ tiêu chí "Thử"\n\nThang điểm a "Thử": 10 điểm\n  Số liệu [x]: số\n{ITEMS}  Khi {when}, xếp loại\n{BANDS}'
        f"  Còn lại, xếp loại\n{BANDS}"
    )
    assert book is not None
    plan = Plan(book, book.scales[0], 2024)
    assert rises(plan, book.scales[0].gradings[0]) is rises_
