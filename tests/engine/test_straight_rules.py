"""Rules one by one: whether straight code is written for them, and that it says what the plain interpreter says."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from straightened import assert_equal_to_plain, scorer_of
from thangdiem.engine.straight import Values

HEAD = 'Bộ tiêu chí "Thử"\nThang điểm a "A": 10 điểm\n'
DATA = (
    "Số liệu [a]: số\nSố liệu [b]: số\nSố liệu [n]: số nguyên\nSố liệu [từ ngày]: ngày\n"
    "Số liệu [đến ngày]: ngày\nSố liệu [đủ]: có/không\nSố liệu [loại]: văn bản\n"
)
ITEM = f'{HEAD}{DATA}Chỉ số 1 "Một": 10 điểm\n'
GRADED = f"{ITEM}Chấm trực tiếp\nXếp loại\nLoại tốt: từ 8 trở lên\nLoại khá: từ 5 đến dưới 8\nLoại yếu: dưới 5\n"
GROUP = (
    'Bộ tiêu chí "Thử"\nThang điểm a "A": 20 điểm\nNhóm A "Xét": 10 điểm\nChỉ số 1 "Một": 4 điểm\n'
    'Chỉ số 2 "Hai": 6 điểm\nNhóm B "Chấm": 10 điểm\nChỉ số 3 "Ba": 10 điểm\n'
)
FIRST, LAST = date(2024, 3, 1), date(2024, 3, 4)
A, B = Fraction(3), Fraction(2)

STRAIGHT: dict[str, tuple[str, Values]] = {
    "the days between two dates": (
        f"{ITEM}Điểm = ([đến ngày] - [từ ngày]) * 1 điểm\n",
        {"từ ngày": FIRST, "đến ngày": LAST},
    ),
    "the sum of the items of a group": (f"{GROUP}Điểm = tổng các chỉ số của nhóm A\n", {"@1": A, "@2": B}),
    "the mean of the items of a group": (f"{GROUP}Điểm = trung bình các chỉ số của nhóm A\n", {"@1": A, "@2": B}),
    "the lowest item of a group": (f"{GROUP}Điểm = thấp nhất các chỉ số của nhóm A\n", {"@1": A, "@2": B}),
    "the highest item of a group": (f"{GROUP}Điểm = cao nhất các chỉ số của nhóm A\n", {"@1": A, "@2": B}),
    "the positive points of a group": (f"{GROUP}Điểm = tổng các điểm dương của nhóm A\n", {"@1": A, "@2": B}),
    "points given to a bonus without a range": (
        f'{ITEM}Chấm trực tiếp\nĐiểm thưởng "Khen"\nĐiểm = điểm chấm * 2\n',
        {"@1": A, "@+Khen": B},
    ),
    "the points of a bonus inside the total": (
        f'{HEAD}Tổng = chỉ số 1 + điểm thưởng "Khen" * 0\nChỉ số 1 "Một": 8 điểm\n'
        'Điểm thưởng "Khen": không quá 5 điểm\nChấm trực tiếp\n',
        {"@1": A, "@+Khen": B},
    ),
    "one level chosen by either of two methods": (
        f"{ITEM}Khi [a] = 3, chọn một:\n- Tốt: 5 điểm\n- Kém: 0 điểm\n"
        "Còn lại, chọn một:\n- Tốt: 3 điểm\n- Kém: 1 điểm\n",
        {"a": A, "@1": "Tốt"},
    ),
    "a yes as a condition": (f"{ITEM}Chấm trực tiếp\nChỉ tính khi [đủ]\n", {"@1": A, "đủ": True}),
    "a condition that always holds": (f"{ITEM}Chấm trực tiếp\nChỉ tính khi (có)\n", {"@1": A}),
    "nothing added": (f"{ITEM}Điểm = ([a] + 0) * 1 điểm\n", {"a": A}),
    "quotients of one divisor added": (f"{ITEM}c = 1/[b]\nĐiểm = (c + c) * 1 điểm\n", {"a": A, "b": B}),
    "quotients of one divisor compared": (
        f"{ITEM}c = 1/[b]\nTheo trường hợp:\n- c + c trên c: 1 điểm\n- còn lại: 2 điểm\n",
        {"a": A, "b": B},
    ),
    "grades by a value": (
        f"{ITEM}Chấm trực tiếp\nXếp loại theo [a]\nLoại tốt: từ 3 trở lên\nLoại khác: dưới 3\n",
        {"@1": A, "a": B},
    ),
    "a number of many digits": (f"{ITEM}Điểm = [a] / 100000000000 * 1 điểm\n", {"a": Fraction(10**11)}),
    "a grade that is raised": (f"{GRADED}Xếp ít nhất loại khá khi [đủ] = có\n", {"@1": A, "đủ": True}),
    "a grade that was better than what it is raised to": (
        f"{GRADED}Xếp ít nhất loại khá khi [đủ] = có\n",
        {"@1": A + 5, "đủ": True},
    ),
    "a grade that is capped": (f"{GRADED}Không xếp quá loại khá khi [đủ] = có\n", {"@1": A + 5, "đủ": True}),
    "a grade below its cap": (f"{GRADED}Không xếp quá loại khá khi [đủ] = có\n", {"@1": A, "đủ": True}),
    "a grade that is not to be": (f"{GRADED}Không xếp loại khá khi [đủ] = có\n", {"@1": A + 3, "đủ": True}),
    "another grade than the one not to be": (
        f"{GRADED}Không xếp loại khá khi [đủ] = có\n",
        {"@1": A + 5, "đủ": True},
    ),
    "a grade that a condition decides": (f"{GRADED}Xếp loại tốt khi [đủ] = có\n", {"@1": A, "đủ": True}),
}


@pytest.mark.parametrize("rule", STRAIGHT)
def test_straight_code_says_what_the_plain_interpreter_says(rule: str) -> None:
    text, values = STRAIGHT[rule]
    scorer = scorer_of(text)
    assert scorer.straight
    assert scorer.record(values).tape is not None
    assert_equal_to_plain(scorer, values)


LEFT: dict[str, tuple[str, Values]] = {
    "a division by zero": (f"{ITEM}Điểm = [a] / 0 * 1 điểm\n", {"a": A}),
    "a number held against a yes": (f"{ITEM}Chấm trực tiếp\nChỉ tính khi [a] = [đủ]\n", {"@1": A, "a": A, "đủ": True}),
    "a text held against a text of the data": (
        f"{ITEM}Số liệu [tên]: văn bản\nChấm trực tiếp\nChỉ tính khi [loại] = [tên]\n",
        {"@1": A, "loại": "A", "tên": "A"},
    ),
    "texts in an order": (f'{ITEM}Chấm trực tiếp\nChỉ tính khi [loại] trên "A"\n', {"@1": A, "loại": "B"}),
    "a number as a condition": (f"{ITEM}Chấm trực tiếp\nChỉ tính khi [a] * 1\n", {"@1": A, "a": A}),
    "the best of cases that must be computed": (
        f"{ITEM}Tính trường hợp có điểm cao nhất:\n- [a] trên 0: [b] * 1 điểm\n- còn lại: 0 điểm\n",
        {"a": A, "b": B},
    ),
    "grades none of which is a band": (
        f"{ITEM}Chấm trực tiếp\nXếp loại\nLoại tốt: chỉ theo điều kiện riêng\nXếp loại tốt khi [đủ] = có\n",
        {"@1": A, "đủ": True},
    ),
    "shares of no maximum": (
        f"{ITEM}Chấm trực tiếp\nXếp loại theo tỷ lệ điểm\nLoại tốt: từ 50% trở lên\nLoại khác: dưới 50%\n".replace(
            '"A": 10 điểm', '"A": không giới hạn điểm'
        ),
        {"@1": A},
    ),
    "an item that needs the total": (f"{ITEM}Điểm = tổng điểm\n", {}),
    "items in a circle": (
        f'{HEAD}Chỉ số 1 "Một": 5 điểm\nĐiểm = chỉ số 2\nChỉ số 2 "Hai": 5 điểm\nĐiểm = chỉ số 1\n',
        {},
    ),
}


@pytest.mark.parametrize("rule", LEFT)
def test_what_has_no_straight_code_is_left_to_the_plain_interpreter(rule: str) -> None:
    text, values = LEFT[rule]
    scorer = scorer_of(text)
    assert not scorer.straight
    assert scorer.entries == ()
    assert_equal_to_plain(scorer, values)


CHOICE = f"{ITEM}Chọn một:\n- Tốt: 5 điểm\n- Kém: 0 điểm\n"


@pytest.mark.parametrize(
    ("method", "key", "usual", "odd"),
    [
        (f"{ITEM}Điểm = [n] * 1 điểm\n", "n", 3, Fraction(1, 2)),
        (f"{ITEM}Điểm = [n] * 1 điểm\n", "n", 3, "ba"),
        (f"{ITEM}Theo [từ ngày]:\n- đến hết 01/03/2024: 5 điểm\n- còn lại: 0 điểm\n", "từ ngày", FIRST, "A"),
        (f"{ITEM}Theo [đủ]:\n- có: 5 điểm\n- không: 0 điểm\n", "đủ", True, "có"),
        (f'{ITEM}Theo [loại]:\n- "A": 5 điểm\n- còn lại: 0 điểm\n', "loại", "A", Fraction(3)),
        (f"{ITEM}Cộng các ý đạt:\na) Một: 5 điểm\nb) Hai: 1 điểm\n", "@1", ("a",), "a"),
        (CHOICE, "@1", "TỐT", "Vừa"),
        (CHOICE, "@1", "Kém", Fraction(5)),
    ],
)
def test_a_value_of_another_type_is_left_to_the_plain_interpreter(
    method: str, key: str, usual: object, odd: object
) -> None:
    scorer = scorer_of(method)
    assert scorer.record({key: usual}).tape is not None  # type: ignore[dict-item]
    assert scorer.record({key: odd}).tape is None  # type: ignore[dict-item]
    for value in (usual, odd):
        assert_equal_to_plain(scorer, {key: value})  # type: ignore[dict-item]
