"""A unit with gaps, in a draft: the range its total can still take, and the grades that are still possible."""

from __future__ import annotations

from fractions import Fraction

from running import read
from thangdiem.dsl.library import ScaleRules
from thangdiem.engine.binding.mapping import facts_from_mapping
from thangdiem.engine.evaluator import evaluate_all
from thangdiem.engine.result import Mode, UnitResult

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
