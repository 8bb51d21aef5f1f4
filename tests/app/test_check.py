"""``thangdiem check``: what it says of good and of wrong rule files."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., Any]


def test_a_sound_file_is_said_to_be_fine_with_what_it_holds(run: Run, rules: Path) -> None:
    ended = run("check", rules)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.splitlines() == [
        f"{rules}: không có lỗi.",
        "  Quyết định 7/QĐ-UBND “Đánh giá các phòng”",
        "  Thang điểm phòng: tối đa 10 điểm; 2 chỉ số",
        "    Xếp loại: tốt, khá",
        "  1 ví dụ (chạy bằng: thangdiem test)",
        "  Chỉ giữ nguyên văn, không chạy được: Điều 3",
    ]


def test_errors_end_in_65_with_line_and_caret(run: Run, rules: Path) -> None:
    rules.write_text(rules.read_text("utf-8").replace("6 điểm\n    Theo", "5 điểm\n    Theo"), "utf-8")
    ended = run("check", rules)
    assert ended.code == 65
    assert "có lỗi, xem ở trên" in ended.out
    assert '9 | Thang điểm phòng "Đánh giá các phòng": 10 điểm' in ended.err
    assert "^^^" in ended.err
    assert "lỗi" in ended.err.splitlines()[-1]


def test_a_folder_is_a_rule_set_and_standard_input_a_file(run: Run, rules: Path) -> None:
    assert run("check", rules.parent).out == run("check", rules).out
    assert "đầu vào chuẩn: không có lỗi." in run("check", "-", given=rules.read_bytes()).out


def test_a_folder_without_rule_files_ends_in_66(run: Run, tmp_path: Path) -> None:
    ended = run("check", tmp_path)
    assert ended.code == 66
    assert "không có tệp quy tắc nào" in ended.err


def test_one_missing_file_does_not_hide_what_another_holds(run: Run, rules: Path) -> None:
    ended = run("check", rules, rules.with_name("no.rubric"))
    assert ended.code == 66
    assert f"{rules}: không có lỗi." in ended.out


def test_json_has_the_shape_of_the_language_server(run: Run, rules: Path) -> None:
    rules.write_text(rules.read_text("utf-8").replace("6 điểm\n    Theo", "5 điểm\n    Theo"), "utf-8")
    (file,) = json.loads(run("check", "--format", "json", rules).out)
    assert file["file"] == str(rules)
    first = file["diagnostics"][0]
    assert first["severity"] == 1
    assert first["range"]["start"]["line"] == 8
    assert set(first["range"]["end"]) == {"line", "character"}
    assert all(each["message"] for each in first["relatedInformation"])


def test_a_decision_that_ships_is_found_by_its_number_or_folder(run: Run) -> None:
    by_number, by_folder = run("check", "1949/QĐ-UBND"), run("check", "hau-giang-1949")
    assert by_number.code == 0
    assert by_number.out == by_folder.out


def test_findings_of_one_code_are_shown_up_to_a_limit_and_all_are_counted(run: Run, rules: Path) -> None:
    text = rules.read_text("utf-8").replace("  Xếp loại\n", '  Chỉ số 1 "Hồ sơ": 6 điểm\n' * 3000 + "  Xếp loại\n")
    rules.write_text(text, "utf-8")
    ended = run("check", rules)
    assert ended.err.count("lỗi TD111") == 20
    assert "Còn 2.980 phát hiện TD111 nữa" in ended.err
    assert int(ended.err.splitlines()[-1].split()[0].replace(".", "")) >= 3000
    assert len(ended.err) < 20_000
    (file,) = json.loads(run("check", "--format", "json", rules).out)
    codes = [each["code"] for each in file["diagnostics"]]
    assert codes.count("TD111") == 20
    assert codes.count("TD918") == 1
