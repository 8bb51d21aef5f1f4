"""Another reading of a text is had only where its orders can be carried out and come to rules without errors."""

from __future__ import annotations

import pytest

from rule_folders import folder
from thangdiem.dsl.checker import check_text
from thangdiem.dsl.consolidating import with_reading
from thangdiem.dsl.diagnostic import Severity
from thangdiem.dsl.library import RuleSet, RuleSetError

BASE = """Quyết định 1/QĐ "Bộ chỉ số"
  Hiệu lực: từ 01/01/2024
  Áp dụng: kỳ đánh giá từ năm 2024

Thang điểm xã "Xã": 10 điểm
  Chỉ số 1 "Họp": 10 điểm
    Theo [Số lần họp]:
      - từ 4 trở lên: 10 điểm
      - còn lại: 0 điểm
    Cách hiểu CH1: "họp trực tuyến có tính"

Cách khác CH1b của CH1 "chỉ tính họp trực tiếp"
  Sửa đổi ngưỡng chỉ số 1 từ 4 thành 3
"""
OTHER = BASE[: BASE.index("Cách khác")].replace("1/QĐ", "2/QĐ").replace("xã", "sở").replace("CH1", "CH2")
AMENDED = """Quyết định 3/QĐ sửa đổi, bổ sung Quyết định 1/QĐ
  Hiệu lực: từ 01/01/2025
  Áp dụng: kỳ đánh giá từ năm 2025

Khoản 1 Điều 1
  Sửa đổi ngưỡng chỉ số 1 từ 4 thành 5
"""


@pytest.fixture(scope="module")
def rules() -> RuleSet:
    return folder({"1.rubric": BASE, "2.rubric": OTHER})


def read(rules: RuleSet, wanted: str) -> list[str]:
    return [book.source.text for book in with_reading(rules.on("2024-06-01"), rules.alternatives, wanted).books]


def test_the_document_that_has_the_reading_is_read_otherwise_and_no_other(rules: RuleSet) -> None:
    one, other = read(rules, "CH1b")
    assert "từ 3 trở lên" in one
    assert "từ 4 trở lên" in other


def test_a_reading_that_is_not_there_is_refused(rules: RuleSet) -> None:
    with pytest.raises(RuleSetError) as refused:
        read(rules, "CH9")
    assert [each.code for each in refused.value.diagnostics] == ["TD645"]


def test_a_reading_of_what_was_amended_meanwhile_is_refused() -> None:
    rules = folder({"1.rubric": BASE, "3.rubric": AMENDED})
    with pytest.raises(RuleSetError) as refused:
        with_reading(rules.on("2025-06-01"), rules.alternatives, "CH1b")
    assert [each.code for each in refused.value.diagnostics] == ["TD623"]


def test_a_reading_that_comes_to_wrong_rules_once_they_were_amended_is_refused() -> None:
    words = 'Sửa đổi bậc "từ 4 trở lên" của chỉ số 1:\n      - "đủ": 10 điểm'
    number = "Bổ sung vào cuối thang điểm xã\n    Số liệu [Số lần họp]: số nguyên, từ 0 trở lên"
    base = BASE.replace("Sửa đổi ngưỡng chỉ số 1 từ 4 thành 3", words)
    amended = AMENDED.replace("Sửa đổi ngưỡng chỉ số 1 từ 4 thành 5", number)
    rules = folder({"1.rubric": base, "3.rubric": amended})
    assert '- "đủ": 10 điểm' in with_reading(rules.on("2024-06-01"), rules.alternatives, "CH1b").book.source.text
    with pytest.raises(RuleSetError) as refused:
        with_reading(rules.on("2025-06-01"), rules.alternatives, "CH1b")
    assert [each.code for each in refused.value.diagnostics] == ["TD133", "TD323"]


def test_a_reading_whose_order_does_not_fit_is_told_and_nothing_that_would_follow_from_it() -> None:
    orders = "Sửa đổi điểm tối đa chỉ số 1 từ 10 điểm thành 9 điểm\n  Sửa đổi ngưỡng chỉ số 1 từ 5 thành 3"
    told = check_text(BASE.replace("Sửa đổi ngưỡng chỉ số 1 từ 4 thành 3", orders)).diagnostics
    assert [each.code for each in told if each.severity is Severity.ERROR] == ["TD623"]
