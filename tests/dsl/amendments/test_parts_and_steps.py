"""What a clause did, as parts of a text; and the clauses between two versions, each by itself."""

from __future__ import annotations

from rule_folders import folder
from thangdiem.dsl.steps import steps_between

ENGLISH = """\
# language: en
Decision 1/QD
  In force: from 2023-01-01
  Applies to: assessment periods from year 2023

Scale A "A": unlimited points
  Indicator 1 "One": 10 points
    Given directly
"""
AMENDING = """\
# language: en
Decision 2/QD amends Decision 1/QD
  In force: from 2024-01-01
  Applies to: assessment periods from year 2024

Article 1
  Amend maximum points of indicator 1 from 10 points to be 10.5 points
"""
BASE = """\
Quyết định 1/QĐ
  Hiệu lực: từ 01/01/2023
  Áp dụng: kỳ đánh giá từ năm 2023

Thang điểm A "A": 20 điểm
  Chỉ số 1 "Một": 10 điểm
    Theo [Số lần]:
      - từ 3 trở lên: 10 điểm
      - còn lại: 0 điểm
  Chỉ số 2 "Hai": 10 điểm
    Theo [Số buổi]:
      - từ 3 trở lên: 10 điểm
      - còn lại: 0 điểm
"""
CLAUSES = """\
Quyết định 2/QĐ sửa đổi Quyết định 1/QĐ
  Hiệu lực: từ 01/01/2024
  Áp dụng: kỳ đánh giá từ năm 2024

Điều 1
  Sửa đổi ngưỡng chỉ số 1 từ 3 thành 5
Điều 2 (hiệu lực từ 01/01/2024 đến hết 31/12/2024)
  Sửa đổi ngưỡng chỉ số 1 từ 5 thành 7
Điều 3 (hiệu lực từ 01/01/2025)
  Sửa đổi ngưỡng chỉ số 2 từ 3 thành 4
"""


def test_a_part_of_an_english_text_is_no_file_with_a_language() -> None:
    (text,) = folder({"1.rubric": ENGLISH, "2.rubric": AMENDING}).on("2024-01-01").consolidated
    (change,) = text.changes
    assert change.after.splitlines()[0].strip() == 'Indicator 1 "One": 10.5 points'


def test_a_clause_by_itself_leaves_the_former_ones_in_their_order() -> None:
    rules = folder({"1.rubric": BASE, "2.rubric": CLAUSES})
    old, new = (rules.on(day).consolidated[0].clauses for day in ("2024-06-01", "2025-01-01"))
    ending, coming = steps_between(rules.documents[0], old, new)
    assert ending.ends
    assert [clause.code for clause in (*ending.clauses, *coming.clauses)] == ["2", "3"]
    assert coming.alone is not None
    lines = coming.alone.source.text.splitlines()
    assert [line.split("  #")[0].strip() for line in lines if "trở lên" in line] == [
        "- từ 7 trở lên: 10 điểm",
        "- từ 4 trở lên: 10 điểm",
    ]


ONE_AFTER_THE_OTHER = """\
Quyết định 2/QĐ sửa đổi Quyết định 1/QĐ
  Hiệu lực: từ 01/01/2024 đến hết 31/12/2024
  Áp dụng: kỳ đánh giá từ năm 2024

Điều 1
  Sửa đổi ngưỡng chỉ số 1 từ 3 thành 5
Điều 2
  Sửa đổi ngưỡng chỉ số 1 từ 5 thành 7
"""


def test_clauses_that_make_no_sense_without_each_other_go_together_and_leave_the_text_as_it_was() -> None:
    rules = folder({"1.rubric": BASE, "2.rubric": ONE_AFTER_THE_OTHER})
    (step,) = steps_between(rules.documents[0], rules.on("2024-06-01").consolidated[0].clauses, ())
    assert [clause.code for clause in step.clauses] == ["1", "2"]
    assert (step.ends, step.book, step.alone) == (True, rules.documents[0], rules.documents[0])
