"""``thangdiem score`` under transitional clauses: one run, two versions, said of each unit."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

RULES = """\
Quyết định 1/QĐ-UBND
  Hiệu lực: từ 01/01/2023
  Áp dụng: kỳ đánh giá từ năm 2023

Thang điểm xã "Xã": 20 điểm
  Số liệu [Ngày đăng ký]: ngày
  Chỉ số 1 "Họp": 10 điểm
    Theo [Số lần]:
      - từ 3 trở lên: 10 điểm
      - còn lại: 0 điểm
  Chỉ số 2 "Hồ sơ": 10 điểm
    Chấm trực tiếp
    Không áp dụng khi [Ngày đăng ký] trước 01/01/2000
    Chỉ số không áp dụng: giữ nguyên điểm tối đa

  Xếp hạng theo tổng điểm
"""
AMENDMENT = """\
Quyết định 2/QĐ-UBND sửa đổi, bổ sung Quyết định 1/QĐ-UBND
  Ngày ban hành: 01/12/2023
  Hiệu lực: từ 01/01/2024
  Áp dụng: kỳ đánh giá từ năm 2024

Điều 1
  Sửa đổi ngưỡng chỉ số 1 từ 3 thành 5

Điều 2
  Chuyển tiếp: các đơn vị có [Ngày đăng ký] trước 01/07/2023 áp dụng quy định trước khi sửa đổi đến hết năm 2024
  Chuyển tiếp: các đơn vị "Xã D" áp dụng quy định trước khi sửa đổi
"""
DATA = """\
Đơn vị;[Ngày đăng ký];[Số lần];2
Xã A;01/06/2023;4;5
Xã B;01/08/2023;4;5
Xã C;01/08/2023;6;8
Xã D;01/08/2023;4;1
"""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    (tmp_path / "xa").mkdir()
    (tmp_path / "xa" / "1.rubric").write_text(RULES, encoding="utf-8")
    (tmp_path / "xa" / "2.rubric").write_text(AMENDMENT, encoding="utf-8")
    (tmp_path / "xa.csv").write_text(DATA, encoding="utf-8")
    return tmp_path


def units(run: Run, desk: Path, year: int) -> dict[str, tuple[str, int, str | None]]:
    ended = run("score", desk / "xa", desk / "xa.csv", "--period", year, "--format", "json")
    assert ended.code == 0, ended.err
    found = json.loads(ended.out)["units"]
    return {unit["unit"]: (unit["total"], unit["rank"], unit["former_rules"]) for unit in found}


def test_each_unit_is_judged_by_the_rules_it_falls_under_and_ranked_among_those(run: Run, desk: Path) -> None:
    kept = "điều 2 Quyết định 2/QĐ-UBND"
    assert units(run, desk, 2024) == {
        "Xã B": ("5", 2, None),
        "Xã C": ("18", 1, None),
        "Xã A": ("15", 1, kept),
        "Xã D": ("11", 1, kept),
    }


def test_a_transition_ends_with_the_period_it_names(run: Run, desk: Path) -> None:
    found = units(run, desk, 2025)
    assert found["Xã A"] == ("5", 2, None)
    assert found["Xã D"][2] == "điều 2 Quyết định 2/QĐ-UBND"


def test_before_the_amendment_nobody_keeps_anything(run: Run, desk: Path) -> None:
    assert {kept for _, _, kept in units(run, desk, 2023).values()} == {None}


def test_the_table_and_the_explanation_say_so(run: Run, desk: Path) -> None:
    table = run("score", desk / "xa", desk / "xa.csv", "--period", 2024)
    assert "Áp dụng quy định trước khi sửa đổi, theo điều 2 Quyết định 2/QĐ-UBND; xếp hạng riêng." in table.out
    told = run("explain", desk / "xa", desk / "xa.csv", "--period", 2024, "--unit", "Xã A")
    assert "Áp dụng quy định trước khi sửa đổi theo: điều 2 Quyết định 2/QĐ-UBND" in told.out
    assert "từ 3 trở lên" in told.out


def test_a_unit_without_the_datum_that_decides_has_no_result(run: Run, desk: Path) -> None:
    (desk / "xa.csv").write_text("Đơn vị;[Ngày đăng ký];[Số lần];2\nXã E;;4;5\nXã C;01/08/2023;6;8\n", encoding="utf-8")
    ended = run("score", desk / "xa", desk / "xa.csv", "--period", 2024)
    assert ended.code == 1
    assert "TD519" in ended.err
    assert "[Ngày đăng ký]" in ended.err


ADDED = """\
Quyết định 2/QĐ-UBND sửa đổi, bổ sung Quyết định 1/QĐ-UBND
  Ngày ban hành: 01/12/2023
  Hiệu lực: từ 01/01/2024
  Áp dụng: kỳ đánh giá từ năm 2024

Điều 1
  Bổ sung vào cuối văn bản
Thang điểm sở "Sở": 10 điểm
  Chỉ số 1 "Họp": 10 điểm
    Chấm trực tiếp

Điều 2
  Chuyển tiếp: các đơn vị "Sở A" áp dụng quy định trước khi sửa đổi
"""


def test_nobody_keeps_rules_of_a_scale_that_were_not_there(run: Run, desk: Path) -> None:
    (desk / "xa" / "2.rubric").write_text(ADDED, encoding="utf-8")
    (desk / "so.csv").write_text("Đơn vị;1\nSở A;4\nSở B;6\n", encoding="utf-8")
    printed = run("score", desk / "xa", desk / "so.csv", "--scale", "sở", "--period", 2024, "--format", "json")
    results = json.loads(printed.out)
    assert [(unit["unit"], unit["total"]) for unit in results["units"]] == [("Sở A", "4"), ("Sở B", "6")]
