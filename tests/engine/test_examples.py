"""Examples of a rule file are run, and everything they state is held against what comes out."""

from __future__ import annotations

from fractions import Fraction

import pytest

from running import read
from thangdiem.dsl import rulebook as rb
from thangdiem.engine.examples import Comparison, ExampleReport, run_examples
from thangdiem.engine.result import Status

HEAD = """\
Bộ tiêu chí "Thử"

Thang điểm thử "Thử": 10 điểm
  Chỉ số không áp dụng: loại khỏi điểm tối đa
  Chỉ số 1 "Một": 6 điểm
    Chấm trực tiếp
  Chỉ số 2 "Hai": 4 điểm
    Có thể không áp dụng
    Chấm trực tiếp
"""
GRADES = """\
  Xếp loại theo tỷ lệ điểm
    Loại tốt: có tỷ lệ điểm từ 80% trở lên.
    Loại khá: có tỷ lệ điểm dưới 80%.
  Xếp hạng theo tổng điểm

"""
RULES = HEAD + GRADES


def report(example: str) -> ExampleReport:
    book, findings = read(RULES + example)
    assert book is not None, findings
    (found,) = run_examples(book)
    return found


def compared(expectation: str, given: str = "1 = 5\n  2 = 4") -> Comparison:
    (found,) = report(f'Ví dụ "x" theo thử\n  {given}\n  Kết quả: {expectation}\n').comparisons
    return found


@pytest.mark.parametrize(
    ("expectation", "got", "met"),
    [
        ("tổng 9 điểm", Fraction(9), True),
        ("tổng 8,99 điểm", Fraction(9), False),
        ("1 = 5 điểm", Fraction(5), True),
        ("1 = 4 điểm", Fraction(5), False),
        ("1 = không áp dụng", Fraction(5), False),
        ("loại tốt", "tốt", True),
        ("loại khá", "tốt", False),
        ("hạng 1", 1, True),
        ("hạng 2", 1, False),
        ("từ chối", Status.GRADED, False),
        ("không xếp loại", Status.GRADED, False),
    ],
)
def test_each_thing_that_can_be_stated(expectation: str, got: object, met: bool) -> None:
    found = compared(expectation)
    assert (found.got, found.met) == (got, met)


def test_a_state_can_be_stated() -> None:
    found = compared("2 = không áp dụng", "1 = 5\n  2 = không áp dụng")
    assert (found.got, found.met) == (rb.State.NOT_APPLICABLE, True)


def test_a_gap_can_be_stated_and_is_told() -> None:
    found = report('Ví dụ "x" theo thử\n  1 = 5\n  Kết quả: từ chối\n')
    assert found.passed
    assert {each.code for each in found.findings} >= {"TD500"}


def test_a_tolerance_allows_a_difference_up_to_it() -> None:
    for difference, met in (("9,01", True), ("9,02", False)):
        text = f'Ví dụ "x" theo thử, (sai số 0,01)\n  1 = 5\n  2 = 4\n  Kết quả: tổng {difference} điểm\n'
        assert report(text).passed is met


def test_units_of_one_example_are_ranked_together() -> None:
    units = '  - "A": 1 = 5; 2 = 4; kết quả: hạng 2\n  - "B": 1 = 6; 2 = 4; kết quả: hạng 1\n'
    found = report(f'Ví dụ "x" theo thử, các đơn vị:\n{units}')
    assert [each.got for each in found.comparisons] == [2, 1]
    assert found.passed


def test_a_comparison_knows_its_words_and_its_place() -> None:
    found = compared("tổng 8 điểm")
    assert found.written == "tổng 8 điểm"
    assert found.place.start is not None
    assert found.place.line_text.strip() == "Kết quả: tổng 8 điểm"


def test_a_bonus_is_not_known_of_a_unit_whose_total_is_given() -> None:
    bonus = '  Điểm thưởng "Giải": không quá 2 điểm\n    Điểm = [x] * 1 điểm\n'
    book, findings = read(
        f'{HEAD}{bonus}{GRADES}Ví dụ "x" theo thử\n  Tổng điểm = 9\n  Kết quả: điểm thưởng "Giải" = 2\n'
    )
    assert book is not None, findings
    ((found,),) = (each.comparisons for each in run_examples(book))
    assert (found.got, found.met) == (None, False)
