"""The life of a node and the text in force as a reader is told of them: what is later, what has no day."""

from __future__ import annotations

import pytest

from rule_folders import folder
from thangdiem.dsl.amendments.timeline import Moment
from thangdiem.dsl.history import lives
from thangdiem.engine.documents.consolidated import consolidated_report
from thangdiem.engine.documents.lives import history_report

BASE = """Quyết định 1/QĐ
  Hiệu lực: từ 01/01/2020
  Áp dụng: kỳ đánh giá từ năm 2020

Thang điểm xã "Xã": 10 điểm
  Chỉ số 1 "Họp": 10 điểm
    Chấm trực tiếp
"""
FOR_A_YEAR = """Quyết định 2/QĐ sửa đổi, bổ sung Quyết định 1/QĐ
  Hiệu lực: từ 01/01/2021 đến hết 31/12/2021
  Áp dụng: kỳ đánh giá từ năm 2021

Khoản 1 Điều 1
  Thay cụm từ "Họp" bằng cụm từ "Họp báo" tại chỉ số 1 (1 lần)
"""


@pytest.mark.parametrize(
    ("period", "later"),
    [(2020, ["born"]), (2021, ["born", "amended"]), (2022, ["born", "amended", "lapsed"])],
)
def test_what_happens_only_after_the_period_shown_is_told_to_be_later(period: int, later: list[str]) -> None:
    found = lives(folder({"1.rubric": BASE, "2.rubric": FOR_A_YEAR}), "1")
    (life,) = history_report(found, "1", Moment(period=period)).lives
    assert [event.kind for event in life.events] == ["born", "amended", "lapsed"]
    assert [event.kind for event in life.events if not event.later] == later


def test_a_document_without_a_day_is_told_to_have_none() -> None:
    rules = folder({"1.rubric": BASE.replace("từ 01/01/2020", "chưa xác định")})
    (life,) = history_report(lives(rules, "1"), "1", Moment(period=2020)).lives
    assert [event.when for event in life.events] == ["chưa xác định ngày có hiệu lực; áp dụng kỳ đánh giá từ năm 2020"]


def test_only_the_documents_asked_for_are_shown() -> None:
    other = BASE.replace("1/QĐ", "3/QĐ").replace('xã "Xã"', 'sở "Sở"')
    rules = folder({"1.rubric": BASE, "3.rubric": other})
    version = rules.on("2020-06-01")
    asked = [book for book in version.books if book.document.number == "3/QĐ"]
    (report,) = consolidated_report(version, asked, rules.amendments).documents
    assert report.title == "Quyết định 3/QĐ"
