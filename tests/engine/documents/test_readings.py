"""The register of readings tells whose each reading is: of the document, the scale, an item, a bonus, a deduction."""

from __future__ import annotations

from rule_folders import folder
from thangdiem.dsl.interpretations import Interpretation, every_version, interpretations
from thangdiem.engine.documents.readings import register_report

RULES = """Quyết định 1/QĐ "Bộ chỉ số"
  Hiệu lực: từ 01/01/2024
  Cách hiểu CH0: "theo năm"

Thang điểm xã "Xã": 10 điểm
  Cách hiểu CH1: "theo năm dương lịch"
  Chỉ số 1 "Một": 10 điểm
    Cách hiểu CH2: "tính cả bản giấy"
  Điểm thưởng "Khen": 2 điểm
    Cách hiểu CH3: "kể cả khen cấp xã"
  Điểm trừ "Chậm": không quá 2 điểm
    Cách hiểu CH4: "tính từ ngày thứ hai"
"""


def _register() -> list[Interpretation]:
    rules = folder({"1.rubric": RULES})
    return list(interpretations(rules, every_version(rules)))


def test_whose_a_reading_is() -> None:
    report = register_report(_register())
    assert [(each.id, each.about) for each in report.readings] == [
        ("CH0", "Quy định chung của văn bản"),
        ("CH1", "Thang điểm xã"),
        ("CH2", "Chỉ số 1 “Một”, Thang điểm xã"),
        ("CH3", "Điểm thưởng “Khen”, Thang điểm xã"),
        ("CH4", "Điểm trừ “Chậm”, Thang điểm xã"),
    ]
