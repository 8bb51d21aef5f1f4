"""``thangdiem check --proofs``: planted faults are refuted with a unit, sound files are proved."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from thangdiem.dsl.checker import check_text
from thangdiem.dsl.comparison import Comparison
from thangdiem.dsl.proofs import Outcome, equality
from thangdiem.engine.witnesses import proofs_of_sameness

Run = Callable[..., Any]
SCHEMA = json.loads(files("thangdiem.engine").joinpath("schemas", "proofs-1.json").read_text(encoding="utf-8"))
SOUND = """\
Bộ tiêu chí "Thử"

Thang điểm thử "Thử": 20 điểm
  Càng cao càng tốt
  Số liệu [Số lần]: số nguyên, từ 0 đến 4, "lần"
  Số liệu [Tỷ lệ]: phần trăm, từ 0% đến 100%
  Chỉ số 1 "Số lần": 10 điểm
    Điểm = [Số lần] * 2 điểm + 2 điểm
  Chỉ số 2 "Tỷ lệ": 10 điểm
    Theo [Tỷ lệ]:
      - từ 80% trở lên: 10 điểm
      - từ 50% đến dưới 80%: 5 điểm
      - còn lại: 0 điểm
  Xếp loại
    Loại tốt: có tổng số điểm từ 15 điểm trở lên.
    Loại khá: có tổng số điểm từ 8 đến dưới 15 điểm.
    Loại yếu: có tổng số điểm dưới 8 điểm.
"""
FAULTS = {
    "range": ("từ 0 đến 4", "từ 0 đến 6", "điểm của chỉ số 1 luôn từ 0 đến 10; đơn vị ví dụ: [Số lần] = 5 cho 12 điểm"),
    "maximum": ("lên: 10 điểm", "lên: 9 điểm", "chỉ số 2 có thể đạt tối đa 10 điểm; cao nhất chỉ là 9 điểm"),
    "gap": ("đến dưới 15", "đến dưới 14", "mọi kết quả có thể có đều thuộc một loại; đơn vị ví dụ:"),
    "overlap": ("dưới 8 điểm", "dưới 9 điểm", "không kết quả nào thuộc hai loại; đơn vị ví dụ:"),
    "never": ("dưới 8 điểm", "dưới 2 điểm", "có thể được xếp loại yếu; không kết quả nào thuộc loại này"),
    "falls": ("dưới 80%: 5 điểm", "dưới 80%: 11 điểm", "điểm của chỉ số 2 luôn từ 0 đến 10"),
    "turns": ("còn lại: 0 điểm", "còn lại: 7 điểm", "khi [Tỷ lệ] tăng, điểm của chỉ số 2 chỉ đổi theo một chiều"),
}  # fmt: skip


def proofs(run: Run, path: Path, text: str) -> Any:
    path.write_text(text, encoding="utf-8")
    return run("check", "--proofs", path)


def test_a_sound_file_has_every_claim_proved(run: Run, tmp_path: Path) -> None:
    ended = proofs(run, tmp_path / "tot.rubric", SOUND)
    assert (ended.code, ended.err) == (0, "")
    assert "Đã chứng minh 13 điều; bị bác bỏ 0 điều; chưa xét được 0 điều." in ended.out
    assert "Đã chứng minh: điểm của chỉ số 1 luôn từ 0 đến 10." in ended.out


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_refuted(name: str, run: Run, tmp_path: Path) -> None:
    right, wrong, told = FAULTS[name]
    assert right in SOUND
    ended = proofs(run, tmp_path / "sai.rubric", SOUND.replace(right, wrong))
    assert ended.code in (1, 65)
    assert f"Bị bác bỏ: {told}" in ended.out


def test_without_a_total_only_the_grade_of_a_unit_is_told(run: Run, tmp_path: Path) -> None:
    items = '  Chỉ số 1 "Một": 6 điểm\n  Chỉ số 2 "Hai": 4 điểm\n'
    bands = "    Loại tốt khi chỉ số 1 từ 3 điểm trở lên\n    Loại yếu: các trường hợp còn lại\n"
    rule = "    Không xếp quá loại yếu khi chỉ số 2 từ 4 điểm trở lên\n"
    head = 'Bộ tiêu chí "Thử"\n\nThang điểm thử "Thử": không có tổng điểm\n  Càng cao càng tốt\n'
    ended = proofs(run, tmp_path / "khong.rubric", f"{head}{items}  Xếp loại\n{bands}{rule}")
    assert "; đơn vị ví dụ: 1 = 6; 2 = 0, loại tốt; đơn vị ví dụ: 1 = 6; 2 = 4, loại yếu." in ended.out


def test_undeclared_data_are_named_as_the_reason(run: Run, tmp_path: Path) -> None:
    text = SOUND.replace('  Số liệu [Số lần]: số nguyên, từ 0 đến 4, "lần"\n', "")
    ended = proofs(run, tmp_path / "thieu.rubric", text)
    assert "Chưa xét: điểm của chỉ số 1 luôn từ 0 đến 10 vì chưa khai báo miền giá trị của [Số lần]." in ended.out


def test_a_file_that_cannot_be_read_is_not_attempted(run: Run, tmp_path: Path) -> None:
    ended = proofs(run, tmp_path / "hong.rubric", SOUND.replace("Theo [Tỷ lệ]:", "Theo Theo:"))
    assert ended.code == 65
    assert "Chưa xét: tệp còn lỗi phải sửa trước." in ended.out


def test_json_is_as_the_schema_says(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "sai.rubric"
    path.write_text(SOUND.replace("từ 0 đến 4", "từ 0 đến 6"), encoding="utf-8")
    ended = run("check", "--proofs", "--format", "json", path)
    found = json.loads(ended.out)
    jsonschema.validate(found, SCHEMA)
    (rules,) = found["rules"]
    (refuted,) = (each for each in rules["proofs"] if each["outcome"] == "refuted")
    assert (refuted["claim"], refuted["subject"], refuted["line"]) == ("range", "1", 7)
    assert refuted["witness"] == [{"data": [{"column": "[Số lần]", "value": "5"}], "value": "12", "grade": None}]


AMENDED = """\
Quyết định 1/QĐ-UBND
  Trích yếu: "Chấm điểm"
  Ngày ban hành: 01/01/2023
  Hiệu lực: từ 01/01/2023

Thang điểm thử "Thử": 20 điểm
  Chỉ số 1 "Một": 10 điểm
    Chấm trực tiếp
  Chỉ số 2 "Hai": 10 điểm
    Theo [Số lần]:
      - từ 5 trở lên: 10 điểm
      - còn lại: 0 điểm
"""
AMENDING = """\
Quyết định 2/QĐ-UBND sửa đổi, bổ sung Quyết định 1/QĐ-UBND
  Ngày ban hành: 01/01/2024
  Hiệu lực: từ 01/01/2024

Khoản 1 Điều 1
  Sửa đổi, bổ sung chỉ số 2 của thử:
    Chỉ số 2 "Hai": 10 điểm
      Theo [Số lần]:
        - từ 6 trở lên: 10 điểm
        - còn lại: 0 điểm
"""


def test_what_no_change_names_is_proved_the_same_in_both_versions(run: Run, tmp_path: Path) -> None:
    (tmp_path / "1.rubric").write_text(AMENDED, encoding="utf-8")
    (tmp_path / "2.rubric").write_text(AMENDING, encoding="utf-8")
    ended = run("check", "--proofs", tmp_path)
    same = [line.strip() for line in ended.out.splitlines() if "giữa hai bản quy tắc" in line]
    assert same == ["Đã chứng minh: điểm của chỉ số 1 giữ nguyên giữa hai bản quy tắc."]


def test_a_change_that_a_comparison_forgets_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = (check_text(text).book for text in (AMENDED, AMENDED.replace("từ 5", "từ 6")))
    assert old is not None
    assert new is not None
    monkeypatch.setattr(equality, "compare", lambda one, other: Comparison(one, other, ()))
    one, two = proofs_of_sameness(old, new)
    assert (one.outcome, two.outcome) == (Outcome.PROVED, Outcome.REFUTED)
    assert {shown.value for shown in two.witness} == {0, 10}
