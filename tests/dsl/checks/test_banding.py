"""Bands over values that begin within one of them: the band is reached, and what it lacks is seen."""

from __future__ import annotations

import pytest

from thangdiem.dsl.checker import check_text

TEXT = """\
Bộ tiêu chí "Thử"

Thang điểm thử "Thử": 10 điểm
  Số liệu [x]: {x}
  Chỉ số 1 "Một": 10 điểm
    Điểm = [x] * 1 điểm
  Xếp loại
    Loại tốt: từ 8 điểm trở lên
    Loại khá: {second}
"""


def codes(x: str, second: str) -> set[str]:
    return {found.code for found in check_text(TEXT.format(x=x, second=second)).diagnostics}


@pytest.mark.parametrize("x", ["số nguyên, từ 5 đến 10", "số, từ 5 đến 10"])
def test_totals_that_begin_inside_a_band_reach_it(x: str) -> None:
    assert codes(x, "từ 0 đến dưới 8 điểm") == set()


def test_a_gap_between_two_bands_is_seen_where_totals_begin_inside_it() -> None:
    assert "TD200" in codes("số nguyên, từ 5 đến 10", "từ 0 đến dưới 4 điểm")
