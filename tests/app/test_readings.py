"""``thangdiem score --reading``: another reading of the text, and the units whose result depends on it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

RULES = """\
Quyết định 5/QĐ-UBND
  Hiệu lực: từ 01/01/2024
  Áp dụng: kỳ đánh giá từ năm 2024

Thang điểm xã "Xã": 30 điểm
  Chỉ số 1 "Họp": 10 điểm
    Theo [Số lần]:
      - từ 4 trở lên: 10 điểm
      - còn lại: 0 điểm
    Cách hiểu CH1: "Trên 4 lần được tính như 4 lần" (01/02/2024); cách khác "Đúng từng chữ"
  Chỉ số 2 "Hồ sơ": 20 điểm
    Chấm trực tiếp

  Xếp loại
    Loại tốt: từ 15 điểm trở lên.
    Loại khá: dưới 15 điểm.

Cách khác CH1b của CH1 "Đúng từng chữ: trên 4 lần không có điểm"
  Sửa đổi, bổ sung bậc "từ 4" của chỉ số 1
    - 4: 10 điểm
"""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    (tmp_path / "xa.rubric").write_text(RULES, encoding="utf-8")
    return tmp_path


def score(run: Run, desk: Path, data: str, *options: str) -> Any:
    (desk / "xa.csv").write_text(data, encoding="utf-8")
    return run("score", desk / "xa.rubric", desk / "xa.csv", *options)


def test_the_units_whose_grade_depends_on_the_reading_are_told(run: Run, desk: Path) -> None:
    ended = score(run, desk, "Đơn vị;[Số lần];2\nA;5;6\nB;4;20\n", "--reading", "ch1b")
    assert ended.code == 0
    assert "TD523" in ended.err
    assert "“A”: xếp loại phụ thuộc cách hiểu: theo ch1b là “khá” (6 điểm), theo cách đã chọn là “tốt”" in ended.err
    assert "“B”" not in ended.err


def test_a_total_that_depends_on_it_is_told_too(run: Run, desk: Path) -> None:
    assert "TD525" in score(run, desk, "Đơn vị;[Số lần];2\nA;5;20\n", "--reading", "CH1b").err


def test_where_nothing_depends_on_it_that_is_said(run: Run, desk: Path) -> None:
    assert "TD524" in score(run, desk, "Đơn vị;[Số lần];2\nA;4;20\n", "--reading", "CH1b").err


def test_the_results_name_the_reading(run: Run, desk: Path) -> None:
    data = "Đơn vị;[Số lần];2\nA;5;6\n"
    by_reading = json.loads(score(run, desk, data, "--reading", "CH1b", "--format", "json").out)
    assert by_reading["rules"]["reading"] == "CH1b"
    assert by_reading["units"][0]["total"] == "6"
    taken = json.loads(score(run, desk, data, "--format", "json").out)
    assert (taken["rules"]["reading"], taken["units"][0]["total"]) == (None, "16")


def test_a_reading_that_is_not_there_is_wrong_use(run: Run, desk: Path) -> None:
    ended = score(run, desk, "Đơn vị;[Số lần];2\nA;5;6\n", "--reading", "CH9")
    assert ended.code == 2
    assert "CH1b" in ended.err
