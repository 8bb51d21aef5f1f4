"""What counts at a moment: suspensions that are over, examples of one period, data only a transition asks for."""

from __future__ import annotations

import pytest

from rule_folders import folder
from thangdiem.dsl.library import RuleSet

BASE = """\
Quyết định 1/QĐ
  Hiệu lực: từ 01/01/2023
  Áp dụng: kỳ đánh giá từ năm 2023

Thang điểm A "A": 20 điểm
  Chỉ số 1 "Một": 10 điểm
    Chấm trực tiếp
  Chỉ số 2 "Hai": 10 điểm
    Chấm trực tiếp
    Ghi chú: "ghi sai"
"""
HEAD = """\
Quyết định 2/QĐ sửa đổi Quyết định 1/QĐ
  Hiệu lực: từ 01/01/2024
  Áp dụng: kỳ đánh giá từ năm 2024

"""


def amended(clauses: str, *others: str) -> RuleSet:
    files = (BASE, HEAD + clauses, *others)
    return folder({f"{number}.rubric": text for number, text in enumerate(files)})


SUSPENDED = "Điều 1\n  Ngưng hiệu lực chỉ số 2 từ 01/01/2024 đến hết 31/12/2025, giữ nguyên điểm tối đa\n"


@pytest.mark.parametrize(
    ("day", "suspended"),
    [("30/06/2024", True), ("01/01/2025", False), ("31/12/2025", False), ("01/01/2026", False)],
)
def test_what_was_resumed_stays_so_when_the_suspension_would_have_ended(day: str, suspended: bool) -> None:
    resumed = "Điều 2 (hiệu lực từ 01/01/2025)\n  Tiếp tục hiệu lực chỉ số 2\n"
    text = amended(SUSPENDED + resumed).on(day).book.source.text
    assert ("Đang ngưng hiệu lực" in text) is suspended


@pytest.mark.parametrize(("day", "suspended"), [("30/06/2025", True), ("01/07/2025", False), ("01/01/2026", False)])
def test_a_resumption_counts_from_the_day_it_names(day: str, suspended: bool) -> None:
    rules = amended(SUSPENDED + "Điều 2\n  Tiếp tục hiệu lực chỉ số 2 từ 01/07/2025\n")
    assert ("Đang ngưng hiệu lực" in rules.on(day).book.source.text) is suspended


EXAMPLES = """\
Điều 1
  Sửa đổi điểm tối đa chỉ số 1 từ 10 điểm thành 10,5 điểm
  Sửa đổi điểm tối đa chỉ số 2 từ 10 điểm thành 9,5 điểm
  Bổ sung vào cuối văn bản
Ví dụ "năm 2024" theo A, kỳ 2024
  1 = 10
  2 = 1
  Kết quả: tổng 11 điểm
Ví dụ "năm 2025" theo A, kỳ 2025
  1 = 10
  2 = 1
  Kết quả: tổng 11 điểm
Ví dụ "mọi năm" theo A
  1 = 1
  2 = 1
  Kết quả: tổng 2 điểm
Điều 2 (áp dụng kỳ đánh giá từ năm 2025; hiệu lực từ 01/01/2025)
  Sửa đổi, bổ sung dòng "Ghi chú" của chỉ số 2
    Ghi chú: "khác"
"""


def test_examples_a_clause_brings_stay_in_the_version_of_their_period() -> None:
    rules = amended(EXAMPLES)
    assert [each.title for each in rules.for_period(2024).book.examples] == ["năm 2024", "mọi năm"]
    assert [each.title for each in rules.for_period(2025).book.examples] == ["năm 2025", "mọi năm"]


def test_data_only_a_transition_asks_for_are_used() -> None:
    rules = amended(
        "Điều 1\n  Bổ sung vào cuối thang điểm A\n    Số liệu [Mới]: có/không\n    Số liệu [Thừa]: có/không\n"
        "  Chuyển tiếp: các đơn vị có [Mới] = có áp dụng quy định trước khi sửa đổi\n"
    )
    unused = [each for each in rules.for_period(2024).diagnostics if each.code == "TD307"]
    assert [each.arguments["name"] for each in unused] == ["Thừa"]


def test_a_line_that_was_corrected_says_corrected() -> None:
    correction = """\
Quyết định 3/QĐ đính chính Quyết định 1/QĐ
  Ngày ban hành: 10/01/2023

Điều 1
  Đính chính dòng "Ghi chú" của chỉ số 2
    Ghi chú: "ghi đúng"
"""
    text = folder({"1.rubric": BASE, "3.rubric": correction}).on("01/02/2023").book.source.text
    assert '"ghi đúng"  # được đính chính bởi điều 1 Quyết định 3/QĐ' in text
