"""Mistakes clerks make in spreadsheets: each ends in one clear Vietnamese message that names the cell."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

MISTAKES = {
    "a mistyped column": ("[Số hô sơ];2\nPhòng A;1;2", 65, "ô B1: không biết cột “[Số hô sơ]”"),
    "a unit twice": ("[Số hồ sơ];2\nPhòng A;1;2\nphòng  a;1;2", 65, "ở hàng 3 đã có ở hàng 2"),
    "a thousand or one and a quarter": ("[Số hồ sơ];2\nPhòng A;1.250;2", 1, "“1.250” có thể là 1250 hoặc 1,25"),
    "a number in words": ("[Số hồ sơ];2\nPhòng A;mười;2", 1, "cần một số, nhưng gặp “mười”"),
    "a decimal point": ("[Số hồ sơ];2\nPhòng A;10;3.5", 1, "Có phải là 3,5?"),
    "half a file": ("[Số hồ sơ];2\nPhòng A;10,5;2", 1, "cần số nguyên, nhưng gặp “10,5”"),
    "a number below nought": ("[Số hồ sơ];2\nPhòng A;-1;2", 1, "“-1” nằm ngoài miền cho phép (≥ 0)"),
    "a dash for nothing": ("[Số hồ sơ];2\nPhòng A;-;2", 1, "Hãy ghi 0, để trống, hoặc ghi “không áp dụng”"),
    "more points than there are": ("[Số hồ sơ];2\nPhòng A;10;5", 1, "2 được 5 điểm, ngoài khoảng từ 0 đến 4"),
    "a row of sums without a name": ("[Số hồ sơ];2\nPhòng A;1;2\n;1;2", 65, "ô A3: hàng có số liệu ở ô B3 nhưng"),
    "points for what is computed": ("1;2\nPhòng A;6;2", 65, "điểm của 1 do quy tắc tính ra"),
    "not applicable where nothing allows it": ("[Số hồ sơ];2\nPhòng A;1;n/a", 1, "văn bản không cho phép"),
    "a comma that splits a number": ("[Số hồ sơ];2\nPhòng A;10;2;5", 65, "ô D2: “5” nằm ngoài các cột có tên"),
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
