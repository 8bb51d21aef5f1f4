"""What a step says besides its value: which limit took hold, which items were counted, what left a maximum."""

from __future__ import annotations

from fractions import Fraction

import pytest

from running import errors, read
from thangdiem.dsl.library import ScaleRules
from thangdiem.dsl.rulebook import State
from thangdiem.engine import evaluate
from thangdiem.engine.evaluator import evaluate_all
from thangdiem.engine.facts import UnitFacts
from thangdiem.engine.trace import Step

HEAD = 'Bộ tiêu chí "Thử"\n\nThang điểm a "Thử": {points}\n'
ITEM = HEAD.format(points="10 điểm") + '  Chỉ số 1 "Một": 10 điểm\n'


def steps(rules: str, given: dict[str, str], kind: str, code: str = "1") -> list[Step]:
    book, findings = read(rules)
    assert book is not None
    assert not errors(findings)
    trace = evaluate(ScaleRules(book, book.scales[0]), {"Đơn vị": "A", **given}, period=2024).trace
    assert trace is not None
    whole = trace.items.get(code, trace.total)
    return [step for step in whole.walk() if step.kind == kind]


@pytest.mark.parametrize(
    ("limit", "given", "applied"),
    [
        ("Không quá 8 điểm", "9", True),
        ("Không quá 8 điểm", "8", False),
        ("Không quá 8 điểm", "7", False),
        ("Không dưới 2 điểm", "1", True),
        ("Không dưới 2 điểm", "2", False),
        ("Không dưới 2 điểm", "3", False),
        ("Không quá 8 điểm khi [x] = 1", "9", True),
        ("Không quá 8 điểm khi [x] = 2", "9", False),
    ],
)
def test_a_limit_takes_hold_only_of_what_lies_beyond_it(limit: str, given: str, applied: bool) -> None:
    (step,) = steps(f"{ITEM}    {limit}\n", {"x": "1", "1": given} if "x" in limit else {"1": given}, "limit")
    assert step.detail["applied"] is applied
    assert step.detail["before"] == Fraction(given)


def test_a_limit_that_cannot_be_told_took_no_hold() -> None:
    (step,) = steps(f"{ITEM}    Không quá 8 điểm khi [x] = 1\n", {"1": "9"}, "limit")
    assert step.detail["applied"] is False
    assert step.value is None


GROUP = '  Nhóm A "A": {points}\n    Chỉ số 1 "Một": 5 điểm\n      Có thể không áp dụng\n    Chỉ số 2 "Hai": 5 điểm\n'
LEFT = "  Chỉ số không áp dụng: loại khỏi điểm tối đa\n"


def test_a_group_says_what_left_its_maximum_and_an_item_that_nothing_did() -> None:
    rules = HEAD.format(points="10 điểm") + LEFT + GROUP.format(points="10 điểm")
    group, gone, kept = (steps(rules, {"1": "không áp dụng", "2": "4"}, "item", code)[0] for code in ("A", "1", "2"))
    assert group.detail["left_out"] == (("1", Fraction(1), Fraction(5)),)
    assert group.detail["maximum"] == 5
    assert (gone.detail["left_out"], kept.detail["left_out"]) == ((), ())


def test_a_group_by_a_formula_says_so_too_whatever_the_formula_asks_for() -> None:
    group = GROUP.format(points="10 điểm").replace("    Chỉ số 1", "    Tổng = chỉ số 2\n    Chỉ số 1")
    rules = HEAD.format(points="10 điểm") + LEFT + group
    (step, *_) = steps(rules, {"1": "không áp dụng", "2": "4"}, "item", "A")
    assert (step.value, step.detail["maximum"]) == (4, 5)


def test_some_item_says_which_it_was() -> None:
    rules = HEAD.format(points="10 điểm") + GROUP.format(points="10 điểm").replace("      Có thể không áp dụng\n", "")
    total = "  Tổng theo trường hợp:\n    - có chỉ số từ 4 điểm trở lên: 1 điểm\n    - còn lại: 0 điểm\n"
    rules = rules.replace(GROUP[:9], total + GROUP[:9])
    (step,) = steps(rules, {"1": "1", "2": "4"}, "some_item", "")
    assert step.detail["matches"] == ("2",)


def test_points_of_one_sign_say_which_they_left_out() -> None:
    items = "".join(f'    Chỉ số {code} "{code}": từ -5 đến 5 điểm\n' for code in "1234")
    total = '  Tổng = tổng các điểm dương của nhóm A\n  Nhóm A "A": từ -20 đến 20 điểm\n'
    rules = HEAD.format(points="20 điểm") + total + items
    (step,) = steps(rules, {"1": "0,5", "2": "-0,5", "3": "0", "4": "3"}, "gather", "")
    assert (step.value, step.detail["left_out"]) == (Fraction("3.5"), ("2", "3"))


@pytest.mark.parametrize(("rule", "kind"), [("cao nhất", "over_units"), ("hạng theo", "rank_among")])
def test_what_units_lack_is_lacked_by_the_rule_that_asks_for_them(rule: str, kind: str) -> None:
    (step,) = steps(f"{ITEM}    Điểm = {rule} [x] của các đơn vị * 1 điểm\n", {}, kind)
    assert (step.state, step.gaps) == (State.MISSING, ("[x] (A)",))


def test_a_count_of_grades_says_who_has_which() -> None:
    rules = f"{ITEM}    Điểm = số các đơn vị trực thuộc xếp loại tốt * 1 điểm\n  Xếp loại\n    Loại tốt: còn lại\n"
    book, findings = read(rules)
    assert book is not None
    assert not errors(findings)
    units = [UnitFacts("A", "a"), UnitFacts("B", "a", superior="A")]
    trace = evaluate_all(ScaleRules(book, book.scales[0]), units).units[0].trace
    assert trace is not None
    (step,) = (step for step in trace.items["1"].walk() if step.kind == "units_graded")
    assert (step.value, step.detail["grades"]) == (1, (("B", "tốt"),))


def test_a_method_under_conditions_shows_those_that_did_not_hold() -> None:
    rules = f"{ITEM}    Khi [x] = 1, điểm = 1 điểm\n    Còn lại, điểm = 2 điểm\n"
    assert [step.detail["met"] for step in steps(rules, {"x": "2"}, "row")] == [False, True]


@pytest.mark.parametrize(("head", "best"), [("Theo trường hợp", False), ("Tính trường hợp có điểm cao nhất", True)])
def test_cases_say_whether_the_first_or_the_best_counts(head: str, best: bool) -> None:
    (step,) = steps(f"{ITEM}    {head}:\n      - [x] = 1: 1 điểm\n      - còn lại: 0 điểm\n", {"x": "1"}, "cases")
    assert step.detail["best"] is best


@pytest.mark.parametrize(("order", "ascending"), [("", False), (" giảm dần", False), (" tăng dần", True)])
def test_a_key_goes_the_way_that_is_written(order: str, ascending: bool) -> None:
    book, findings = read(f"{ITEM}  Xếp hạng theo chỉ số 1{order}\n")
    assert book is not None
    assert not errors(findings)
    ranking = book.scales[0].ranking
    assert ranking is not None
    assert [key.ascending for key in ranking.keys] == [ascending]
