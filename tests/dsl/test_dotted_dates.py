"""A date written with dots is told how to be written, wherever it stands."""

from __future__ import annotations

import pytest

from thangdiem.dsl.checker import check_text

_VI = """Quyết định 1/QĐ
  Ngày ban hành: {issued}
Thang điểm a "A": 10 điểm
  Chỉ số 1 "Một": 10 điểm
    Theo [Ngày gửi]:
      - đến hết {day}: 10 điểm
      - còn lại: 0 điểm
"""
_EN = """Decision 1/QĐ
  Issued on: {issued}
Scale a "A": 10 points
  Indicator 1 "One": 10 points
    By [Day sent]:
      - until {day}: 10 points
      - otherwise: 0 points
"""


def told(text: str, **days: str) -> list[tuple[str, object]]:
    usual = (
        {"issued": "2024-12-31", "day": "2024-12-31"} if text is _EN else {"issued": "31/12/2024", "day": "31/12/2024"}
    )
    found = check_text(text.format(**{**usual, **days})).diagnostics
    return [(each.code, each.arguments.get("suggestion")) for each in found if each.severity.value == "error"]


@pytest.mark.parametrize("place", ["issued", "day"])
@pytest.mark.parametrize(("text", "written"), [(_VI, "05/06/2024"), (_EN, "2024-06-05")])
def test_a_date_with_dots_is_told_how_to_be_written(text: str, written: str, place: str) -> None:
    assert told(text, **{place: "5.6.2024"}) == [("TD087", written)]


@pytest.mark.parametrize(("place", "code"), [("issued", "TD066"), ("day", "TD071")])
def test_what_is_no_day_with_dots_is_no_date(place: str, code: str) -> None:
    assert [found for found, _ in told(_VI, **{place: "31.13.2024"})] == [code]
