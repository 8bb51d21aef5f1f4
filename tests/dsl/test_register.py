"""The register of readings: wherever a text was open; versions that cannot be had are passed over, or told."""

from __future__ import annotations

import pytest

from rule_folders import folder
from thangdiem.dsl.all_versions import all_versions
from thangdiem.dsl.interpretations import every_version, interpretations
from thangdiem.dsl.library import RuleSetError

BASE = """Quyết định 1/QĐ "Bộ chỉ số"
  Hiệu lực: từ 01/01/2024
  Áp dụng: kỳ đánh giá từ năm 2024

Thang điểm xã "Xã": 10 điểm
  Cách hiểu CH1: "theo năm dương lịch"
  Chỉ số 1 "Một": 10 điểm
    Cách hiểu CH2: "tính cả bản giấy"
  Điểm thưởng "Khen": 2 điểm
    Cách hiểu CH3: "kể cả khen cấp xã"
  Điểm trừ "Chậm" của chỉ số 1: không quá 2 điểm
    Cách hiểu CH4: "tính từ ngày thứ hai"
"""
WRONG = """Quyết định 2/QĐ sửa đổi, bổ sung Quyết định 1/QĐ
  Hiệu lực: từ 01/01/2025
  Áp dụng: kỳ đánh giá từ năm 2025

Khoản 1 Điều 1
  Sửa đổi điểm tối đa chỉ số 1 từ 9 điểm thành 8 điểm
"""


def test_readings_of_a_scale_its_items_and_its_bonuses_are_registered() -> None:
    rules = folder({"1.rubric": BASE})
    found = interpretations(rules, every_version(rules))
    assert [each.reading.id for each in found] == ["CH1", "CH2", "CH4", "CH3"]
    again = interpretations(rules, (*every_version(rules), *every_version(rules)))
    assert again == found


def test_a_document_without_days_has_one_version() -> None:
    rules = folder({"1.rubric": BASE.replace("  Hiệu lực: từ 01/01/2024\n", "")})
    assert len(list(every_version(rules))) == 1


def test_a_version_that_cannot_be_had_is_told_by_the_register_and_passed_over_by_the_checks() -> None:
    rules = folder({"1.rubric": BASE, "2.rubric": WRONG})
    assert len(list(all_versions(rules))) == 1
    with pytest.raises(RuleSetError) as refused:
        list(every_version(rules))
    assert [each.code for each in refused.value.diagnostics] == ["TD623"]


def test_days_between_two_documents_have_no_version() -> None:
    ended = BASE.replace("từ 01/01/2024", "từ 01/01/2024 đến hết 30/06/2024")
    other = BASE.replace("1/QĐ", "3/QĐ").replace("01/01/2024", "01/01/2026").replace("từ năm 2024", "từ năm 2026")
    order = 'Sửa đổi tên chỉ số 1 thành "Một năm"'
    late = WRONG.replace("Sửa đổi điểm tối đa chỉ số 1 từ 9 điểm thành 8 điểm", order).replace(
        "01/01/2025", "01/03/2024"
    )
    until = late.replace("Khoản 1 Điều 1", "Khoản 1 Điều 1 (hiệu lực từ 01/03/2024 đến hết 31/12/2024)")
    rules = folder({"1.rubric": ended, "2.rubric": until, "3.rubric": other})
    found = list(every_version(rules))
    assert 0 < len(found) < len(rules.days())
