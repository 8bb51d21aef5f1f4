"""A unit with gaps, in a draft: the range its total can still take, and the grades that are still possible."""

from __future__ import annotations

from fractions import Fraction

import pytest

from running import read
from thangdiem.dsl.library import ScaleRules
from thangdiem.engine.binding.mapping import facts_from_mapping
from thangdiem.engine.evaluator import evaluate_all
from thangdiem.engine.result import Mode, Status, UnitResult

ITEMS = """Bộ tiêu chí "Thử"

Thang điểm a "Thử": 10 điểm
  Chỉ số không áp dụng: loại khỏi điểm tối đa
  Chỉ số 1 "Một": 6 điểm
  Chỉ số 2 "Hai": 4 điểm
    Có thể không áp dụng
"""


def drafted(rules: str, **given: str) -> UnitResult:
    book, _ = read(rules)
    assert book is not None
    named = {key if key.isdigit() else f"[{key}]": value for key, value in given.items()}
    facts, wrong = facts_from_mapping(book.scales[0], named)
    assert not wrong
    (found,) = evaluate_all(ScaleRules(book, book.scales[0]), [facts], Mode.DRAFT).units
    return found


def graded(*lines: str, by: str = "") -> str:
    return f"{ITEMS}  Xếp loại{by}\n" + "".join(f"    {line}\n" for line in lines)


SHARES = graded(
    "Loại tốt: từ 80% trở lên", "Loại khá: từ 50% đến dưới 80%", "Loại yếu: dưới 50%", by=" theo tỷ lệ điểm"
)


def test_what_does_not_apply_is_no_gap() -> None:
    assert drafted(SHARES, **{"1": "3"}).range == (Fraction(3), Fraction(7))
    assert drafted(SHARES, **{"2": "không áp dụng"}).range == (Fraction(0), Fraction(6))


def test_a_share_is_open_as_long_as_an_item_may_turn_out_not_to_apply() -> None:
    assert drafted(SHARES, **{"1": "3"}).grades == ("tốt", "khá", "yếu")
    assert drafted(SHARES, **{"2": "4"}).grades == ("tốt", "khá", "yếu")
    assert drafted(SHARES, **{"2": "không áp dụng"}).grades == ("tốt", "khá", "yếu")


def test_grades_by_a_value_follow_the_value_not_the_total() -> None:
    rules = graded("Loại tốt: từ 4 trở lên", "Loại khá: từ 2 đến dưới 4", "Loại yếu: dưới 2", by=" theo [mức]")
    assert drafted(rules, mức="5").grades == ("tốt",)
    assert drafted(rules).grades == ("tốt", "khá", "yếu")


FULL = ITEMS.replace("loại khỏi điểm tối đa", "tính điểm tối đa")
RULED = """Loại tốt: từ 8 điểm trở lên
    Loại khá: từ 5 điểm đến dưới 8 điểm
    Loại trung bình: từ 3 điểm đến dưới 5 điểm
    Loại yếu: dưới 3 điểm"""
FORCED = graded(RULED, "Xếp loại trung bình khi [a] = có", "Xếp loại khá khi [b] = có")


def test_an_item_with_points_does_apply() -> None:
    found = drafted(FULL, **{"2": "1"})
    assert found.range == (Fraction(1), Fraction(7))
    one, two = found.items
    assert (one.low, one.high, two.low, two.high) == (Fraction(0), Fraction(6), None, None)


def test_an_item_whose_cell_says_something_does_apply_whatever_else_it_needs() -> None:
    rules = FULL.replace("    Có thể", "    Điểm = điểm chấm * [x], không quá 2 điểm\n    Có thể")
    assert drafted(rules, **{"1": "1", "2": "1"}).range == (Fraction(1), Fraction(3))
    assert drafted(rules, **{"1": "1"}).range == (Fraction(1), Fraction(5))


def test_what_the_other_units_say_is_known() -> None:
    rules = ITEMS.replace("  Chỉ số 2", "    Điểm = cao nhất [x] của các đơn vị * 1 điểm\n  Chỉ số 2")
    assert drafted(rules, x="2").range == (Fraction(2), Fraction(6))
    assert drafted(rules).range == (Fraction(0), Fraction(10))


def test_the_grades_of_every_block_are_possible_while_none_is_chosen() -> None:
    blocks = "  Khi [a] = có, xếp loại\n    Loại đạt: còn lại\n  Còn lại, xếp loại\n    Loại tốt: còn lại\n"
    assert drafted(ITEMS + blocks, **{"1": "1"}).grades == ("đạt", "tốt")
    assert drafted(ITEMS + blocks, **{"1": "1"}, a="không").grades == ("tốt",)


@pytest.mark.parametrize(
    ("lines", "by", "given", "grades"),
    [
        pytest.param(
            ("Loại tốt khi [a] = có", "Loại khá khi [b] = có", "Loại yếu: còn lại"), "", {"1": "1", "a": "có"},
            "tốt", id="after-a-band-that-holds-no-other-is-tried",
        ),
        pytest.param(
            ("Loại tốt khi [a] = có", "Loại khá khi [b] = có", "Loại yếu: còn lại"), "", {"1": "1", "a": "không"},
            "khá yếu", id="the-condition-of-a-band",
        ),
        pytest.param(
            ("Loại tốt: từ 40% trở lên", "Loại yếu: dưới 40%"), " theo tỷ lệ điểm", {"2": "4"},
            "tốt", id="the-share-of-an-item-that-applies",
        ),
        pytest.param(
            ('Loại tốt khi [a] = "đỏ"', "Loại yếu: còn lại"), "", {"1": "1", "a": "Đỏ"}, "tốt", id="a-text",
        ),
        pytest.param(
            ('Loại tốt khi [a] = "đỏ"', "Loại yếu: còn lại"), "", {"1": "1", "a": "xanh"}, "yếu", id="another-text",
        ),
        pytest.param(
            (
                "Loại tốt khi 12 = chỉ số 1", "Loại khá khi chỉ số 1 = 12", "Loại vừa khi 5 = chỉ số 1",
                "Loại yếu: còn lại",
            ),
            "", {"2": "1"}, "vừa yếu", id="a-number-out-of-reach",
        ),
        pytest.param((RULED,), "", {"1": "3"}, "khá trung bình", id="bands"),
        pytest.param(
            (RULED, "Xếp ít nhất loại khá khi [a] = có"), "", {"1": "3", "a": "có"}, "khá", id="raised",
        ),
        pytest.param(
            (RULED, "Xếp ít nhất loại tốt khi [a] = có"), "", {"1": "3"}, "tốt khá trung bình", id="perhaps-raised",
        ),
        pytest.param(
            (RULED, "Không xếp quá loại yếu khi [a] = có", "Xếp ít nhất loại tốt khi [b] = có"), "",
            {"1": "3", "a": "có", "b": "có"}, "yếu", id="raised-then-capped",
        ),
        pytest.param(
            (RULED, "Không xếp loại khá khi [a] = có"), "", {"1": "5", "a": "có"}, "tốt trung bình", id="excluded",
        ),
        pytest.param(
            (RULED, "Không xếp loại yếu khi [a] = có"), "", {"2": "0", "a": "có"}, "khá trung bình yếu",
            id="below-the-last-is-none",
        ),
        pytest.param(
            (
                RULED,
                "Loại khá không quá 20% số đơn vị, làm tròn xuống, đồng hạng ở ranh giới thì cùng không đạt; "
                "số còn lại xếp loại yếu",
            ),
            "", {"1": "3"}, "khá trung bình yếu", id="what-a-quota-may-leave",
        ),
        pytest.param(
            (
                RULED,
                "Loại tốt không quá 20% số đơn vị, làm tròn xuống, đồng hạng ở ranh giới thì cùng không đạt; "
                "số còn lại xếp loại yếu",
            ),
            "", {"1": "3"}, "khá trung bình", id="a-quota-of-a-grade-that-cannot-be",
        ),
    ],
)  # fmt: skip
def test_grades_that_are_still_possible(lines: tuple[str, ...], by: str, given: dict[str, str], grades: str) -> None:
    rules = graded(*lines, by=by)
    assert " ".join(drafted(rules, **given).grades) == grades


def test_a_grade_that_is_open_is_no_finding_of_a_draft() -> None:
    found = drafted(graded(RULED, "Không xếp quá loại yếu khi [a] = có"), **{"1": "3", "2": "4"})
    assert (found.grades, found.diagnostics) == (("khá", "yếu"), ())


def test_what_is_wrong_for_good_is_told_in_a_draft_too() -> None:
    data = {"1": "3", "a": "có", "b": "có"}
    assert drafted(FORCED, **data).grades == ()
    found = drafted(FORCED, **data, **{"2": "4"})
    assert (found.status, [each.code for each in found.diagnostics]) == (Status.REFUSED, ["TD522"])


def test_a_grade_given_only_by_a_rule_is_possible_only_by_that_rule() -> None:
    rules = graded(
        "Loại xuất sắc: chỉ theo điều kiện riêng",
        "Loại tốt: từ 5 điểm trở lên",
        "Loại yếu: dưới 5 điểm",
        "Xếp loại xuất sắc khi [giải] = có",
    )
    assert drafted(rules, **{"1": "6"}, giải="không").grades == ("tốt",)
    assert drafted(rules, **{"1": "6"}).grades == ("xuất sắc", "tốt")
    assert drafted(rules, **{"1": "6"}, giải="có").grades == ("xuất sắc",)
