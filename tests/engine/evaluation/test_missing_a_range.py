"""By how much a value misses a range."""

from __future__ import annotations

from fractions import Fraction

import pytest

from running import errors, read, results
from thangdiem.engine.trace import Trace

RULES = """Bộ tiêu chí "Thử"

Thang điểm a "Thử": 10 điểm
  Chỉ số 1 "Một": 10 điểm
    Theo [a]:
      - từ 2 đến 3: 1 điểm
      - còn lại: 3,5 điểm
  Xếp loại
    Loại tốt: từ 8 điểm trở lên
    Loại khá: từ 3 đến dưới 4 điểm
    Loại yếu: còn lại

"""


def trace(value: int) -> Trace:
    book, findings = read(f'{RULES}Ví dụ "một" theo a, các đơn vị:\n  - "x": [a] = {value}; kết quả: tổng 1 điểm\n')
    assert book is not None
    assert not errors(findings)
    found = next(results(book))[1].units[0].trace
    assert found is not None
    return found


@pytest.mark.parametrize(("value", "missed"), [(0, 2), (2, 0), (3, 0), (7, 4)])
def test_a_row_is_missed_by_the_distance_to_its_nearer_end(value: int, missed: int) -> None:
    steps = list(trace(value).items["1"].walk())
    assert [step.detail["missed_by"] for step in steps if step.kind == "range"] == [missed]


def test_a_band_is_missed_by_the_distance_to_its_nearer_end() -> None:
    missed, met = trace(2).grading, trace(7).grading
    assert missed is not None
    assert met is not None
    assert [(band.missed_by, band.met) for band in missed.bands] == [(7, False), (2, False), (None, True)]
    assert [(band.missed_by, band.met) for band in met.bands] == [(Fraction("4.5"), False), (0, True), (None, False)]
