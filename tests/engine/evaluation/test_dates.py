"""Dates that go by the year assessed."""

from __future__ import annotations

import pytest

from running import differences, errors, read

RULES = """Bộ tiêu chí "Thử"

Thang điểm a "Thử": 5 điểm
  Chỉ số 1 "Báo cáo": 5 điểm
    Theo [Ngày gửi]:
      - đến hết 29/02 năm đánh giá: 5 điểm
      - còn lại: 0 điểm

"""


@pytest.mark.parametrize(
    ("year", "last"), [(2024, "29"), (2025, "28"), (2000, "29"), (1900, "28"), (1, "28"), (9999, "28")]
)
def test_the_29th_of_february_is_the_28th_in_a_year_that_has_none(year: int, last: str) -> None:
    book, findings = read(f"""{RULES}Ví dụ "hạn" theo a, kỳ {year}, các đơn vị:
  - "đúng hạn": [Ngày gửi] = {last}/02/{year:04}; kết quả: tổng 5 điểm
  - "muộn": [Ngày gửi] = 01/03/{year:04}; kết quả: tổng 0 điểm
""")
    assert book is not None
    assert not errors(findings)
    assert differences(book) == []
