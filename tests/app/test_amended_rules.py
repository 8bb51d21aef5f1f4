"""Commands on a folder with a decision and what amends it: check, score, explain."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from thangdiem.app import rule_folders
from thangdiem.dsl.diagnostic import Diagnostic, Place

Run = Callable[..., Any]

AMENDMENT = """\
Quyết định 12/QĐ-UBND sửa đổi, bổ sung Quyết định 7/QĐ-UBND
  Ngày ban hành: 20/12/2023
  Hiệu lực: từ 01/01/2024
  Áp dụng: kỳ đánh giá từ năm 2024

Khoản 1 Điều 1
  Sửa đổi điểm tối đa chỉ số 2 từ 4 điểm thành 5 điểm

Khoản 2 Điều 1
  Sửa đổi, bổ sung Chỉ số 1 "Hồ sơ": 5 điểm
    Theo [Số hồ sơ]:
      - từ 120 trở lên: 5 điểm
      - còn lại: 0 điểm
"""
OFFICIAL = """\
Văn bản hợp nhất 5/VBHN-UBND hợp nhất Quyết định 7/QĐ-UBND
  Hiệu lực: từ 01/01/2024

Thang điểm phòng "Đánh giá các phòng": 10 điểm
  Áp dụng cho: "phòng"
  Số liệu [Số hồ sơ]: số nguyên, từ 0 trở lên, "hồ sơ"
  Chỉ số 1 "Hồ sơ": 5 điểm
    Theo [Số hồ sơ]:
      - từ 110 trở lên: 5 điểm
      - còn lại: 0 điểm
  Chỉ số 2 "Kỷ luật": 5 điểm
    Chấm trực tiếp
  Xếp loại
    Loại tốt: có tổng số điểm từ 8 điểm trở lên.
    Loại khá: có tổng số điểm dưới 8 điểm.
  Xếp hạng theo tổng điểm
"""


@pytest.fixture
def folder(rules: Path, data: Path) -> Path:
    """The decision and its data of every test of commands, and an amending decision beside it."""
    folder = rules.parent
    add(folder, "sua-doi.rubric", AMENDMENT)
    return folder


def score(run: Run, folder: Path, *options: str) -> Any:
    return json.loads(run("score", folder, folder / "số liệu.csv", "--format", "json", *options).out)


def explained(run: Run, folder: Path, form: str) -> str:
    return str(
        run(
            "explain", folder, folder / "số liệu.csv", "--on", "01/01/2024", "--unit", "Phòng Tư pháp", "--format", form
        ).out
    )


def add(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text, encoding="utf-8")


def test_check_says_what_an_amending_document_holds(run: Run, folder: Path) -> None:
    ended = run("check", folder)
    assert ended.code == 0
    assert "sửa đổi 7/QĐ-UBND: 2 điều, khoản" in ended.out


def test_check_finds_what_is_wrong_only_with_a_version_and_says_of_which(run: Run, folder: Path) -> None:
    add(folder, "sua-doi.rubric", AMENDMENT.replace("từ 4 điểm thành 5", "từ 4 điểm thành 6"))
    ended = run("--lang", "en", "check", folder)
    assert ended.code == 65
    assert ended.err.count("TD300") == 1
    assert "Quyết định 7/QĐ-UBND + Quyết định 12/QĐ-UBND" in ended.err


def test_check_refuses_a_clause_that_states_a_wrong_figure(run: Run, folder: Path) -> None:
    add(folder, "sua-doi.rubric", AMENDMENT.replace("từ 4 điểm thành", "từ 3 điểm thành"))
    assert "TD623" in run("check", folder).err


def test_check_compares_an_official_text_and_names_the_first_difference(run: Run, folder: Path) -> None:
    add(folder, "hop-nhat.rubric", OFFICIAL)
    ended = run("check", folder)
    assert ended.code == 65
    assert "ở chỉ số 1: văn bản này ghi “110”, theo các văn bản sửa đổi là “120”" in ended.err
    assert "hop-nhat.rubric:9:" in ended.err


def test_an_official_text_that_says_the_same_is_fine(run: Run, folder: Path) -> None:
    add(folder, "hop-nhat.rubric", OFFICIAL.replace("110", "120"))
    ended = run("check", folder)
    assert (ended.code, "TD640" in ended.err) == (0, False)


def test_what_is_missing_from_an_official_text_is_told_at_its_scale(run: Run, folder: Path) -> None:
    add(folder, "hop-nhat.rubric", OFFICIAL.replace("110", "120").replace("  Xếp hạng theo tổng điểm\n", ""))
    ended = run("check", folder)
    assert "văn bản này ghi không có" in ended.err
    assert "hop-nhat.rubric:4:" in ended.err


def test_an_official_text_that_does_not_add_up_is_compared_all_the_same(run: Run, folder: Path) -> None:
    wrong = OFFICIAL.replace("110", "120").replace('"Kỷ luật": 5 điểm', '"Kỷ luật": 4 điểm')
    add(folder, "hop-nhat.rubric", wrong)
    ended = run("check", folder)
    assert "TD300" in ended.err
    assert "ở chỉ số 2: văn bản này ghi “4 điểm”, theo các văn bản sửa đổi là “5 điểm”" in ended.err


def test_an_official_text_names_a_bonus_and_a_datum_that_differ(run: Run, folder: Path) -> None:
    bonus = '  Điểm thưởng "Khen": không quá 1 điểm\n    Chấm trực tiếp\n  Xếp loại\n'
    add(folder, "hop-nhat.rubric", OFFICIAL.replace("110", "120").replace("  Xếp loại\n", bonus))
    assert "ở “Khen”: văn bản này ghi" in run("check", folder).err
    add(
        folder,
        "hop-nhat.rubric",
        OFFICIAL.replace("110", "120").replace('từ 0 trở lên, "hồ sơ"', 'từ 1 trở lên, "hồ sơ"'),
    )
    assert "ở [Số hồ sơ]: văn bản này ghi" in run("check", folder).err


def test_an_official_text_of_a_day_without_rules_is_compared_with_nothing(run: Run, folder: Path) -> None:
    add(folder, "hop-nhat.rubric", OFFICIAL)
    assert "TD640" in run("check", folder).err
    add(folder, "hop-nhat.rubric", OFFICIAL.replace("từ 01/01/2024", "từ 01/01/1990"))
    assert "TD640" not in run("check", folder).err


def test_an_official_text_of_a_document_that_is_not_there_is_refused(run: Run, folder: Path) -> None:
    add(folder, "hop-nhat.rubric", OFFICIAL.replace("hợp nhất Quyết định 7/", "hợp nhất Quyết định 8/"))
    assert "TD632" in run("check", folder).err


def test_the_version_of_a_day_is_scored_and_its_json_names_what_amended_it(run: Run, folder: Path) -> None:
    found = {}
    for day in ("31/12/2023", "01/01/2024"):
        document = score(run, folder, "--on", day)
        found[day] = (document["rules"]["amended_by"], document["units"][1]["total"])
    assert found == {"31/12/2023": ([], "6.5"), "01/01/2024": (["12/QĐ-UBND"], "3.5")}


def test_without_a_day_the_amended_rules_of_today_are_taken(run: Run, folder: Path) -> None:
    assert score(run, folder)["rules"]["amended_by"] == ["12/QĐ-UBND"]


@pytest.mark.parametrize("form", ["text", "md", "html"])
def test_an_explanation_names_the_clauses_that_amended_an_item(run: Run, folder: Path, form: str) -> None:
    out = explained(run, folder, form)
    assert "được sửa đổi bởi khoản 2 Điều 1 Quyết định 12/QĐ-UBND" in out


def test_the_trace_names_the_clauses_that_amended_an_item(run: Run, folder: Path) -> None:
    steps = json.loads(explained(run, folder, "json"))["steps"]
    item = next(step for step in steps if step["id"] == "item:1")
    assert item["provision"]["amendments"] == ["được sửa đổi bởi khoản 2 Điều 1 Quyết định 12/QĐ-UBND"]


def test_what_is_wrong_with_a_line_no_file_holds_is_told_with_the_first_file(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    composed = Diagnostic("TD316", {"count": 1, "codes": "1"}, Place("…"))
    monkeypatch.setattr(rule_folders, "with_versions", lambda rules: evolve(rules, diagnostics=(composed,)))
    first, second = json.loads(run("check", folder, "--format", "json").out)
    assert [each["code"] for each in first["diagnostics"]] == ["TD316"]
    assert second["diagnostics"] == []
