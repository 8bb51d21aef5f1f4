"""Two documents of one day: refused only where the text says something else when the other goes first."""

from __future__ import annotations

import pytest

from dsl.amendments.amended import amendment_of
from thangdiem.dsl.amendments.clauses import Amendment
from thangdiem.dsl.checker import check_text
from thangdiem.dsl.library import RuleSet
from thangdiem.dsl.rulebook import Rulebook
from thangdiem.dsl.versions import RuleSetError

BASE = """\
Quyết định 12/QĐ-UBND
  Hiệu lực: từ 01/01/2024

Thang điểm phòng "Đánh giá các phòng": không giới hạn điểm
  Chỉ số 1 "Hồ sơ": 6 điểm, hệ số 2
  Chỉ số 2 "Kỷ luật": 4 điểm
  Chỉ số 3 "Sáng kiến": 4 điểm
"""
TITLE = 'Thay cụm từ "Hồ sơ" bằng "Hồ sơ số" tại chỉ số 1 (1 lần)'
WEIGHT = "Sửa đổi hệ số chỉ số 1 từ 2 thành 3"
AFTER_2 = 'Bổ sung vào sau chỉ số 2\n  Chỉ số {} "Mới": 1 điểm\n    Chấm trực tiếp'


def codes(*orders: str) -> list[str]:
    found = RuleSet((_book(),), (), tuple(_read(20 + place, order) for place, order in enumerate(orders)))
    try:
        found.on("2025-01-01")
    except RuleSetError as refused:
        return [each.code for each in refused.diagnostics]
    return []


def _book() -> Rulebook:
    book = check_text(BASE).book
    assert book is not None
    return book


def _read(number: int, order: str) -> Amendment:
    head = f"Quyết định {number}/QĐ-UBND sửa đổi, bổ sung Quyết định 12/QĐ-UBND\n  Hiệu lực: từ 01/07/2024\n"
    return amendment_of(BASE, f"{head}\nKhoản 1 Điều 1\n{order}\n", f"{number}.rubric")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (TITLE, WEIGHT),
        ("Bãi bỏ chỉ số 1", "Bãi bỏ chỉ số 2"),
        ("Bãi bỏ chỉ số 2", AFTER_2.format("2a").replace("sau chỉ số 2", "sau chỉ số 1")),
        (TITLE, "Đánh số lại 2 thành 4"),
    ],
)
def test_what_comes_to_the_same_needs_no_order(one: str, other: str) -> None:
    assert codes(one, other) == codes(other, one) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (AFTER_2.format("2a"), AFTER_2.format("2b")),
        ("Sửa đổi điểm tối đa chỉ số 2 từ 4 điểm thành 5 điểm", 'Sửa đổi, bổ sung Chỉ số 2 "Kỷ luật": 4 điểm'),
        (WEIGHT, 'Sửa đổi, bổ sung Chỉ số 1 "Hồ sơ": 6 điểm, hệ số 2'),
    ],
)
def test_what_comes_to_something_else_is_refused(one: str, other: str) -> None:
    assert codes(one, other)[:1] == codes(other, one)[:1] == ["TD633"]
