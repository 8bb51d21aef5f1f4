"""``thangdiem test`` beyond the examples: cases beside the rules, coverage, proposals, slips, JSON and JUnit."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from jsonschema import Draft202012Validator

Run = Callable[..., Any]
SCHEMA = json.loads(files("thangdiem.engine").joinpath("schemas", "test-1.json").read_text(encoding="utf-8"))
CASES = """\
# Hai phòng

Lời văn, không phải dữ liệu.

Theo: phòng, kỳ 2023

| Đơn vị | Số hồ sơ | 2 | Kết quả |
|---|---|---|---|
| Phòng A | 60 | 3,5 | 1 = 3 điểm, tổng 6,5 điểm, loại khá, hạng 1 |
| Phòng B | 10 | 2 | tổng 2 điểm |

```kết-quả
```

## Một phòng

```rubric
Ví dụ "một phòng" theo phòng
  [Số hồ sơ] = 49
  2 = 1
  Kết quả: 1 = 0 điểm
```
"""
RECORDED = """\
```kết-quả
Phòng A: tổng 6,5, loại khá, hạng 1, 1 = 3, 2 = 3,5
Phòng B: tổng 2, loại khá, hạng 2, 1 = 0, 2 = 2
```
"""


@pytest.fixture
def cases(rules: Path) -> Path:
    path = rules.parent / "cases" / "phòng.md"
    path.parent.mkdir()
    path.write_text(CASES, encoding="utf-8")
    return path


def test_cases_beside_the_rules_are_run(run: Run, rules: Path, cases: Path) -> None:
    ended = run("test", rules, "--accept")
    assert ended.code == 0
    assert ended.out.splitlines()[2:] == [
        f"{cases}: Hai phòng",
        "  đạt  Hai phòng (5 kết quả mong đợi)",
        f"{cases}: Một phòng",
        "  đạt  một phòng (1 kết quả mong đợi)",
        "4 ví dụ đạt, 0 không đạt.",
    ]


def test_recordings_are_written_only_when_asked_for_and_then_held(run: Run, rules: Path, cases: Path) -> None:
    assert run("test", rules).code == 1
    assert cases.read_text("utf-8") == CASES
    assert run("test", rules, "--accept").code == 0
    assert RECORDED in cases.read_text("utf-8")
    assert cases.read_text("utf-8").replace(RECORDED, "```kết-quả\n```\n") == CASES
    assert run("test", rules).code == 0
    cases.write_text(cases.read_text("utf-8").replace("2 = 3,5\n", "2 = 3,6\n"), "utf-8")
    ended = run("test", rules)
    assert ended.code == 1
    assert "kết quả ghi lại khác kết quả tính ra" in ended.out
    assert "mong đợi: Phòng A: tổng 6,5, loại khá, hạng 1, 1 = 3, 2 = 3,6" in ended.out


LIKE = """\
# Ít hồ sơ hơn

Theo: phòng, kỳ 2023, như "đủ điểm"

| Đơn vị | Số hồ sơ | Kết quả |
|---|---|---|
| sát dưới ngưỡng | 99 | 1 = 3 điểm, 2 = 4 điểm, tổng 7 điểm |
| không có số liệu | | từ chối |
"""


def test_units_of_a_table_are_like_an_example_but_for_its_columns(run: Run, rules: Path, cases: Path) -> None:
    cases.write_text(LIKE, "utf-8")
    ended = run("test", rules)
    assert (ended.code, "  đạt  Ít hồ sơ hơn (4 kết quả mong đợi)" in ended.out.splitlines()) == (0, True)


def test_a_table_like_an_example_that_is_not_there_is_refused_at_its_line(run: Run, rules: Path, cases: Path) -> None:
    cases.write_text(LIKE.replace("đủ điểm", "dư điểm"), "utf-8")
    ended = run("test", rules)
    assert ended.code == 65
    assert "TD554" in ended.err
    assert f"{cases}:3:" in ended.err
    assert "đủ điểm" in ended.err


def test_line_ends_of_a_case_file_stay(run: Run, rules: Path, cases: Path) -> None:
    cases.write_bytes(CASES.replace("\n", "\r\n").encode())
    assert run("test", rules, "--accept").code == 0
    assert cases.read_bytes().count(b"\n") == cases.read_bytes().count(b"\r\n") == CASES.count("\n") + 2


def test_a_case_that_differs_or_cannot_be_read_is_shown_at_its_line(run: Run, rules: Path, cases: Path) -> None:
    cases.write_text(CASES.replace("tổng 2 điểm", "tổng 3 điểm"), "utf-8")
    assert f"    {cases}:10:22: Phòng B" in run("test", rules, "--accept").out
    cases.write_text(CASES.replace("| 10 |", "| mười |"), "utf-8")
    ended = run("test", rules)
    assert ended.code == 65
    assert f"{cases}:10:13" in ended.err


def test_a_case_of_an_unknown_scale_is_refused_and_other_tables_are_prose(run: Run, rules: Path, cases: Path) -> None:
    cases.write_text(CASES.replace("Theo: phòng", "Theo: phòn"), "utf-8")
    ended = run("test", rules)
    assert ended.code == 65
    assert f"{cases}:7:" in ended.err
    cases.write_text("| Tên | Số |\n|---|---|\n| một | hai |\n", "utf-8")
    assert run("test", rules).code == 0


def test_coverage_in_the_margin_and_what_is_required(run: Run, rules: Path) -> None:
    ended = run("test", rules, "--coverage")
    assert ended.code == 0
    assert "    ✓ 1 │   15        - từ 100 trở lên: 6 điểm" in ended.out
    assert "      ✗ │   16        - từ 50 đến dưới 100: 3 điểm" in ended.out
    assert "  dòng 16: chưa có ví dụ nào rơi vào dòng này: “- từ 50 đến dưới 100: 3 điểm”" in ended.out
    assert ended.out.splitlines()[-1] == "Ví dụ bao phủ 2/8 chỗ của quy tắc (25%)."
    assert run("test", rules, "--require", "25%").code == 0
    assert run("test", rules, "--require", "26").code == 1
    assert run("test", rules, "--require", "101").code == 2


def test_coverage_as_a_page(run: Run, rules: Path, tmp_path: Path) -> None:
    text = rules.read_text("utf-8").replace("Đánh giá các phòng", "Đánh giá <b>các phòng</b>")
    rules.write_text(text, "utf-8")
    page = tmp_path / "bao-phu.html"
    assert run("test", rules, "-o", page).code == 0
    shown = page.read_text("utf-8")
    assert 'class="none"' in shown
    assert "chưa có ví dụ nào rơi vào dòng này" in shown
    assert "<b>" not in shown
    assert "<script" not in shown


def test_cases_count_for_the_coverage(run: Run, rules: Path, cases: Path) -> None:
    shown = run("test", rules, "--accept", "--coverage").out
    assert "    ✓ 1 │   16        - từ 50 đến dưới 100: 3 điểm" in shown
    assert "    ✓ 2 │   17        - còn lại: 0 điểm" in shown


def test_proposals_are_printed_and_only_those_confirmed_are_written(run: Run, rules: Path) -> None:
    before = rules.read_bytes()
    shown = run("test", rules, "--boundaries").out
    assert '"ngưỡng 100 của 1, dòng 15: sát dưới" theo phòng, kỳ 2023\n  [Số hồ sơ] = 99\n' in shown
    assert rules.read_bytes() == before
    run("test", rules, "--boundaries", "--write", given="c\nk\nq\n")
    after = rules.read_bytes()
    assert after.startswith(before)
    assert after.decode().count("Ví dụ ") == 3
    assert "đã được người rà soát xác nhận" in after.decode()
    assert run("test", rules).out.splitlines()[-1] == "2 ví dụ đạt, 0 không đạt."


def test_all_proposals_may_be_written_once_and_then_notice_more(run: Run, rules: Path) -> None:
    assert run("test", rules, "--boundaries", "--write", "--yes").code == 0
    once = rules.read_bytes()
    assert run("test", rules).out.splitlines()[-1] == "10 ví dụ đạt, 0 không đạt."
    assert run("test", rules, "--boundaries", "--write", "--yes").code == 0
    assert rules.read_bytes() == once
    assert run("test", rules, "--require", "100%").code == 0


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_what_is_written_is_in_the_encoding_and_line_ends_of_the_file(run: Run, rules: Path, encoding: str) -> None:
    before = rules.read_text("utf-8").replace("\n", "\r\n").encode(encoding)
    rules.write_bytes(before)
    assert run("test", rules, "--boundaries", "--write", "--yes").code == 0
    after = rules.read_bytes()
    assert after.startswith(before)
    assert after.decode(encoding).count("\n") == after.decode(encoding).count("\r\n")
    assert run("test", rules).out.splitlines()[-1] == "10 ví dụ đạt, 0 không đạt."


def test_nothing_is_written_where_a_file_has_errors(run: Run, rules: Path) -> None:
    before = rules.read_text("utf-8").replace("dưới 8", "dưới 7").encode()
    rules.write_bytes(before)
    assert run("test", rules, "--boundaries", "--write", "--yes").code == 65
    assert rules.read_bytes() == before


def test_options_that_need_others_are_refused(run: Run, rules: Path) -> None:
    assert run("test", rules, "--write").code == 2
    assert run("test", rules, "--boundaries", "--yes").code == 2
    assert run("test", rules, "--boundaries", "--write", "--format", "json").code == 2


def test_slips_that_no_example_notices_are_told_with_one_that_would(run: Run, rules: Path) -> None:
    shown = run("test", rules, "--mutate").out
    assert "  dòng 16: ngưỡng: “50” → “51”: không ví dụ nào phát hiện\n    ví dụ phát hiện được:\n" in shown
    assert "chỗ sửa bị phát hiện" in shown
    bounded = run("test", rules, "--mutate", "--most", "3").out
    assert "Đã thử 3 trong" in bounded


def test_json_is_as_its_schema_says(run: Run, rules: Path, cases: Path) -> None:
    ended = run("test", rules, "--format", "json", "--coverage", "--boundaries", "--mutate", "--most", "9")
    document = json.loads(ended.out)
    Draft202012Validator.check_schema(SCHEMA)
    assert list(Draft202012Validator(SCHEMA).iter_errors(document)) == []
    assert (document["passed"], document["failed"]) == (3, 1)
    assert [each["cases"] for each in document["texts"]] == [False, True, True]
    assert document["coverage"]["every"] == 8
    assert len(document["boundaries"][0]["examples"]) == 9
    plain = json.loads(run("test", rules, "--format", "json").out)
    assert list(Draft202012Validator(SCHEMA).iter_errors(plain)) == []
    assert (plain["coverage"], plain["boundaries"], plain["mutation"]) == (None, None, None)


def test_junit_names_every_example(run: Run, rules: Path, tmp_path: Path) -> None:
    rules.write_text(rules.read_text("utf-8").replace("2 = 4\n", "2 = 1,5\n"), "utf-8")
    report = tmp_path / "ket-qua.xml"
    assert run("test", rules, "-o", report).code == 1
    root = ElementTree.parse(report).getroot()
    assert root.attrib == {"tests": "1", "failures": "1"}
    (case,) = root.iter("testcase")
    assert case.attrib == {"classname": str(rules), "name": "đủ điểm"}
    (failure,) = case
    assert "mong đợi: tổng 10 điểm" in (failure.text or "")
