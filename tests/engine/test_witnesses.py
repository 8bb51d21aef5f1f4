"""What bounds leave open is decided by units that are evaluated: one that shows it, or none found."""

from __future__ import annotations

from fractions import Fraction

import pytest

from running import read
from thangdiem.dsl.comparison import Comparison
from thangdiem.dsl.proofs import Claim, Outcome, Proof, Reason, equality
from thangdiem.engine.witnesses import ladder, proofs_of, proofs_of_sameness
from thangdiem.engine.witnesses.inputs import Unit
from thangdiem.engine.witnesses.seeking import Extremes

HEAD = 'Bộ tiêu chí "Thử"\n\nThang điểm a "Thử": 10 điểm\n'


def proved(text: str, claim: Claim, subject: str = "") -> Proof:
    book, findings = read(text)
    assert book is not None, findings
    return next(each for each in proofs_of(book) if each.claim is claim and subject in ("", each.subject))


BETTER = HEAD + '  Càng cao càng tốt\n  Chỉ số 1 "Một": 6 điểm\n  Chỉ số 2 "Hai": 4 điểm\n  Xếp loại\n'


def test_a_better_unit_with_a_worse_grade_refutes_that_more_points_never_lower_it() -> None:
    text = f"{BETTER}    Loại tốt: từ 5 điểm trở lên\n    Loại yếu: dưới 5 điểm\n"
    found = proved(f"{text}    Không xếp quá loại yếu khi chỉ số 2 từ 4 điểm trở lên\n", Claim.MONOTONE_GRADE)
    assert found.outcome is Outcome.REFUTED
    fewer, more = found.witness
    assert (fewer.value, fewer.grade, more.value, more.grade) == (6, "tốt", 10, "yếu")


def test_an_item_that_is_never_scored_does_not_matter() -> None:
    never = '  Chỉ số 3 "Ba": không tính điểm\n    Điểm = [y] / ([y] - [y])\n  Xếp loại\n'
    bands = "    Loại tốt: từ 5 điểm trở lên\n    Loại yếu: dưới 5 điểm\n"
    text = f"{BETTER}{bands}    Không xếp quá loại yếu khi chỉ số 2 từ 4 điểm trở lên\n".replace("  Xếp loại\n", never)
    assert proved(text, Claim.MONOTONE_GRADE).outcome is Outcome.REFUTED


def test_without_a_total_units_are_compared_item_by_item() -> None:
    text = BETTER.replace("10 điểm", "không có tổng điểm") + "    Loại tốt khi chỉ số 1 từ 3 điểm trở lên\n"
    text = f"{text}    Loại yếu: các trường hợp còn lại\n"
    assert proved(text, Claim.MONOTONE_GRADE).outcome is Outcome.PROVED
    text = f"{text}    Không xếp quá loại yếu khi chỉ số 2 từ 4 điểm trở lên\n"
    found = proved(text, Claim.MONOTONE_GRADE)
    assert (found.outcome, [unit.grade for unit in found.witness]) == (Outcome.REFUTED, ["tốt", "yếu"])


def test_a_unit_without_a_grade_refutes_nothing() -> None:
    text = f"{BETTER}    Loại tốt: từ 5 điểm trở lên và [x] = 1\n    Loại yếu: dưới 5 điểm\n"
    found = proved(f"{text}    Không xếp quá loại yếu khi chỉ số 2 từ 4 điểm trở lên\n", Claim.MONOTONE_GRADE)
    assert found.outcome is not Outcome.PROVED


def test_where_no_unit_shows_it_that_more_points_never_lower_a_grade_stays_open() -> None:
    text = f"{BETTER}    Loại tốt: từ 5 điểm trở lên\n    Loại yếu: dưới 5 điểm\n"
    found = proved(f"{text}    Xếp ít nhất loại tốt khi chỉ số 1 khác 7 điểm\n", Claim.MONOTONE_GRADE)
    assert found.outcome is Outcome.OPEN


def test_units_that_are_not_comparable_refute_nothing() -> None:
    text = f"""{HEAD}  Càng cao càng tốt
  Chỉ số không áp dụng: loại khỏi điểm tối đa
  Số liệu [x]: số nguyên, từ 0 đến 2
  Chỉ số 1 "Một": 6 điểm
    Không áp dụng khi [x] = 1
  Chỉ số 2 "Hai": 4 điểm
    Theo [x]:
      - 0: 4 điểm
      - còn lại: 0 điểm
  Khi [x] từ 1 trở xuống, xếp loại theo tỷ lệ điểm
    Loại tốt: từ 50% trở lên
    Loại yếu: dưới 50%
    Không xếp quá loại yếu khi chỉ số 1 khác 3 điểm
  Còn lại, xếp loại theo tỷ lệ điểm
    Loại tốt: từ 60% trở lên
    Loại yếu: dưới 60%
    Không xếp quá loại yếu khi chỉ số 1 khác 3 điểm
"""
    found = proved(text, Claim.MONOTONE_GRADE)
    assert found.outcome in (Outcome.OPEN, Outcome.REFUTED)
    assert len(found.witness) == 2 * (found.outcome is Outcome.REFUTED)


def test_a_scale_known_only_by_its_total_is_decided_by_totals() -> None:
    text = f"{HEAD}  Xếp loại\n    Loại tốt: từ 5 điểm trở lên và [x] = 1\n    Loại yếu: dưới 5 điểm\n"
    assert proved(text, Claim.COVER).outcome is not Outcome.PROVED
    assert proved(text, Claim.GRADE, "yếu").outcome is Outcome.PROVED


def test_a_total_outside_the_points_of_the_scale_is_shown_by_a_unit() -> None:
    text = (
        'Bộ tiêu chí "Thử"\n\nThang điểm a "Thử": 6 điểm\n  Số liệu [x]: số nguyên, từ 0 đến 9\n'
        '  Tổng = chỉ số 1 * [x]\n  Chỉ số 1 "Một": 6 điểm\n'
    )
    found = proved(text, Claim.TOTAL)
    assert (found.outcome, *(unit.value for unit in found.witness)) == (Outcome.REFUTED, 12)
    undeclared = proved(text.replace("  Số liệu [x]: số nguyên, từ 0 đến 9\n", ""), Claim.TOTAL)
    assert (undeclared.outcome, undeclared.why) == (Outcome.OPEN, Reason.UNDECLARED)


def test_a_maximum_nobody_is_scored_by_stays_as_bounds_leave_it() -> None:
    item = '  Chỉ số 1 "Một": 10 điểm\n    Điểm = [x] / ([x] - [x]) * 1 điểm\n'
    text = f"{HEAD}  Số liệu [x]: số nguyên, từ 1 đến 9\n{item}"
    assert proved(text, Claim.MAXIMUM, "1").witness == ()


def test_a_group_of_which_one_part_is_never_scored_has_no_greatest_score() -> None:
    text = f"""{HEAD}  Số liệu [x]: số nguyên, từ 1 đến 9
  Nhóm I "Nhóm": 10 điểm
    Chỉ số 1 "Một": 6 điểm
    Chỉ số 2 "Hai": 4 điểm
      Điểm = [x] / ([x] - [x]) * 1 điểm
"""
    found = proved(text, Claim.MAXIMUM, "I")
    assert (found.outcome, found.witness) == (Outcome.OPEN, ())


def test_bands_whose_ends_are_data_are_not_said_to_overlap() -> None:
    text = f"""{HEAD}  Số liệu [x]: số nguyên, từ 0 đến 9
  Chỉ số 1 "Một": 10 điểm
  Xếp loại
    Loại tốt: từ 2 * [x] trở lên
    Loại yếu: dưới 2 * [x]
"""
    found = proved(text, Claim.DISJOINT)
    assert (found.outcome, found.why, found.witness) == (Outcome.OPEN, Reason.NOT_CONSTANT, ())


def test_units_one_of_which_has_no_total_refute_nothing() -> None:
    text = f"""{HEAD}  Càng cao càng tốt
  Số liệu [x]: số nguyên, từ 0 đến 3
  Chỉ số 1 "Một": 6 điểm
    Điểm = 6 điểm / [x]
  Chỉ số 2 "Hai": 4 điểm
    Theo [x]:
      - 0: 4 điểm
      - còn lại: 0 điểm
  Xếp loại theo chỉ số 2
    Loại tốt: dưới 3
    Loại yếu: từ 3 trở lên
"""
    found = proved(text, Claim.MONOTONE_GRADE)
    assert (found.outcome, found.witness) == (Outcome.OPEN, ())


def test_a_unit_that_lost_points_elsewhere_refutes_nothing() -> None:
    text = f"""{HEAD}  Càng cao càng tốt
  Số liệu [x]: số nguyên, từ 0 đến 3
  Chỉ số 1 "Một": 6 điểm
    Điểm = [x] * 2 điểm
  Chỉ số 2 "Hai": 4 điểm
    Theo [x]:
      - 0: 4 điểm
      - còn lại: 0 điểm
  Xếp loại theo chỉ số 2
    Loại tốt: dưới 3
    Loại yếu: từ 3 trở lên
"""
    found = proved(text, Claim.MONOTONE_GRADE)
    assert (found.outcome, found.witness) == (Outcome.OPEN, ())


def unit_of(code: str, value: int) -> Unit:
    return {("score", code): Fraction(value)}


def rising(code: str) -> Extremes:
    return Extremes({Fraction(0): unit_of(code, 0), Fraction(1): unit_of(code, 1)})


def test_a_long_ladder_keeps_its_ends_and_few_rungs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ladder, "MOST_RUNGS", 2)
    levers = {code: rising(code) for code in "1234"} | {"never scored": Extremes()}
    steps = ladder.Ladder(levers, {}, frozenset("4"))
    shown = [["".join(str(value) for value in unit.values())] for unit in steps.rungs()]
    assert shown == [["1110"], ["0001"], ["1001"], ["1111"]]
    assert len(list(steps.finer([{}, {}]))) == 4


def test_an_item_that_may_not_apply_is_tried_without_its_score() -> None:
    text = f"""{HEAD}  Chỉ số không áp dụng: giữ nguyên điểm tối đa
  Chỉ số 1 "Một": 10 điểm
    Có thể không áp dụng
    Chọn một:
      - Tốt: 10 điểm
      - Kém: 0 điểm
"""
    assert proved(text, Claim.MAXIMUM, "1").outcome is Outcome.PROVED


ONE = f'{HEAD}  Số liệu [x]: số nguyên, từ 0 đến 9\n  Chỉ số 1 "Một": 10 điểm\n    Điểm = nhỏ nhất([x]; 5) * 1 điểm\n'


@pytest.mark.parametrize(
    ("written", "becomes", "outcome", "values"),
    [
        ("nhỏ nhất([x]; 5)", "nhỏ nhất(5; [x])", Outcome.OPEN, set()),
        ("nhỏ nhất([x]; 5)", "nhỏ nhất([x]; 6)", Outcome.REFUTED, {5, 6}),
        ('1 "Một"', '2 "Một"', Outcome.PROVED, set()),
        ('1 "Một": 10 điểm\n    Điểm = nhỏ nhất', '2 "Một": 10 điểm\n    Điểm = lớn nhất', Outcome.REFUTED, {0, 5}),
    ],
)
def test_what_a_comparison_overlooks_is_shown_by_a_unit(
    written: str, becomes: str, outcome: Outcome, values: set[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(equality, "compare", lambda one, other: Comparison(one, other, ()))
    (old, _), (new, _) = read(ONE), read(ONE.replace(written, becomes))
    assert old is not None
    assert new is not None
    (found,) = proofs_of_sameness(old, new)
    assert found.outcome is outcome
    assert {shown.value for shown in found.witness} == values
