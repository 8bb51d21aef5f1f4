"""Mistakes clerks make in spreadsheets: each ends in one clear Vietnamese message that names the cell."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

MISTAKES = {
    "a mistyped column": ("[Số hô sơ];2\nPhòng A;1;2", 65, "ô B1: không biết cột “[Số hô sơ]”"),
    "a unit twice": ("[Số hồ sơ];2\nPhòng A;1;2\nphòng  a;1;2\nPhòng B;1;2", 1, "ở hàng 3 đã có ở hàng 2"),
    "a thousand or one and a quarter": ("[Số hồ sơ];2\nPhòng A;1.250;2", 1, "“1.250” có thể là 1250 hoặc 1,25"),
    "a number in words": ("[Số hồ sơ];2\nPhòng A;mười;2", 1, "cần một số, nhưng gặp “mười”"),
    "a decimal point": ("[Số hồ sơ];2\nPhòng A;10;3.5", 1, "Có phải là 3,5?"),
    "half a file": ("[Số hồ sơ];2\nPhòng A;10,5;2", 1, "cần số nguyên, nhưng gặp “10,5”"),
    "a number below nought": ("[Số hồ sơ];2\nPhòng A;-1;2", 1, "“-1” nằm ngoài miền cho phép (≥ 0)"),
    "a dash for nothing": ("[Số hồ sơ];2\nPhòng A;-;2", 1, "Hãy ghi 0, để trống, hoặc ghi “không áp dụng”"),
    "more points than there are": ("[Số hồ sơ];2\nPhòng A;10;5", 1, "2 được 5 điểm, ngoài khoảng từ 0 đến 4"),
    "a row of sums without a name": ("[Số hồ sơ];2\nPhòng A;1;2\n;1;2", 1, "ô A3: hàng có số liệu ở ô B3 nhưng"),
    "points for what is computed": ("1;2\nPhòng A;6;2", 65, "điểm của 1 do quy tắc tính ra"),
    "not applicable where nothing allows it": ("[Số hồ sơ];2\nPhòng A;1;n/a", 1, "văn bản không cho phép"),
    "a comma that splits a number": ("[Số hồ sơ];2\nPhòng A;10;2;5", 65, "ô D2: “5” nằm ngoài các cột có tên"),
    "a row of sums": ("[Số hồ sơ];2\nPhòng A;1;2\nTổng cộng;1;2", 1, "ô A3: “Tổng cộng” là dòng tổng hoặc chữ ký"),
    "a signature": ("[Số hồ sơ];2\nPhòng A;1;2\nNgười lập biểu:;;", 1, "“Người lập biểu:” là dòng tổng hoặc chữ ký"),
    "a column that is lacking": ("2\nPhòng A;2\nPhòng B;3", 1, "thiếu cột [Số hồ sơ] mà thang điểm"),
    "only a header": ("[Số hồ sơ];2", 65, "không có hàng dữ liệu nào"),
}


@pytest.mark.parametrize(("rows", "code", "said"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_is_told_with_its_place(run: Run, rules: Path, data: Path, rows: str, code: int, said: str) -> None:
    data.write_text(f"Đơn vị;{rows}\n", "utf-8")
    ended = run("score", rules, data)
    assert ended.code == code
    assert said in ended.err
    assert "gợi ý:" in ended.err


def test_a_file_of_another_kind_is_named(run: Run, rules: Path, data: Path) -> None:
    data.write_bytes(b"%PDF-1.4 x")
    ended = run("score", rules, data)
    assert ended.code == 65
    assert "là tệp PDF, không phải bảng số liệu" in ended.err


@pytest.mark.parametrize("row", ["Phòng B;1;2\nPhòng b;9;3", "Tổng cộng;9;4", "Người lập biểu;;", ";9;4"])
def test_a_row_that_is_no_unit_of_its_own_leaves_the_others_their_results(
    run: Run, rules: Path, data: Path, row: str
) -> None:
    data.write_text(f"Đơn vị;[Số hồ sơ];2\nPhòng A;1;2\n{row}\n", "utf-8")
    ended = run("score", "--format", "json", rules, data)
    assert ended.code == 1
    assert [unit["unit"] for unit in json.loads(ended.out)["units"]] == ["Phòng A"]


def test_a_wrong_kind_of_unit_refuses_its_row_only(run: Run, tmp_path: Path, data: Path) -> None:
    scale = 'Thang điểm {0} "{0}": 4 điểm\n  Áp dụng cho: "{1}"\n  Chỉ số 1 "Một": 4 điểm\n    Chấm trực tiếp\n\n'
    rules = tmp_path / "hai.rubric"
    head = 'Quyết định 8/QĐ-UBND\n  Trích yếu: "Hai"\n  Hiệu lực: từ 01/01/2024\n\n'
    rules.write_text(head + scale.format("tỉnh", "sở") + scale.format("huyện", "huyện"), "utf-8")
    data.write_text("Đơn vị;Loại đơn vị;1\nSở A;sở;3\nXã B;xã;2\n", "utf-8")
    ended = run("score", "--format", "json", rules, data)
    assert ended.code == 1
    assert [unit["unit"] for unit in json.loads(ended.out)["units"]] == ["Sở A"]
    assert "nếu là dòng tổng hoặc chữ ký, hãy xóa" in ended.err


def test_the_same_fault_in_many_cells_of_a_column_is_told_once_with_their_number(
    run: Run, rules: Path, data: Path
) -> None:
    rows = "".join(f"Phòng {number};1.250;2\n" for number in range(1, 7))
    data.write_text(f"Đơn vị;[Số hồ sơ];2\n{rows}", "utf-8")
    ended = run("score", rules, data)
    assert ended.err.count("TD461") == 1
    assert "ô B2 (và 5 ô khác của cột này có cùng lỗi)" in ended.err


def test_a_column_that_is_lacking_is_told_once(run: Run, rules: Path, data: Path) -> None:
    data.write_text("Đơn vị;2\nPhòng A;2\nPhòng B;3\n", "utf-8")
    assert run("score", rules, data).err.count("TD484") == 1
