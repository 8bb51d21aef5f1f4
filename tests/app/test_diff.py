"""``thangdiem diff``: two versions of the rules, by path or by day, in every form."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

Run = Callable[..., Any]


@pytest.fixture
def later(rules: Path, tmp_path: Path) -> Path:
    """The rules with a threshold moved and a title reworded."""
    text = rules.read_text("utf-8")
    for old, new in (
        ("từ 100 trở lên", "từ 120 trở lên"),
        ("dưới 100", "dưới 120"),
        ('"Kỷ luật"', '"Kỷ luật lao động"'),
    ):
        assert old in text
        text = text.replace(old, new)
    text = text.replace("[Số hồ sơ] = 100", "[Số hồ sơ] = 120")
    path = tmp_path / "sau.rubric"
    path.write_text(text, "utf-8")
    return path


def test_text_says_what_moved_and_whom_it_touches(run: Run, rules: Path, later: Path) -> None:
    ended = run("diff", rules, later)
    assert ended.code == 0
    assert "− 100\n    + 120" in ended.out
    assert "Chỉ đơn vị có [Số hồ sơ] từ 100 đến dưới 120 có thể thay đổi. Ví dụ: 100." in ended.out
    assert "Không đơn vị nào thay đổi." in ended.out


def test_equal_rules_do_not_differ(run: Run, rules: Path) -> None:
    ended = run("--lang", "en", "diff", rules, rules, "--before", "2023-03-01", "--after", "2023-04-01")
    assert ended.code == 0
    assert "There is no difference." in ended.out


def test_a_page_has_two_columns_with_the_changed_words_marked_and_no_script(
    run: Run, rules: Path, later: Path, tmp_path: Path
) -> None:
    later.write_text(later.read_text("utf-8").replace("Kỷ luật lao động", "<b>Kỷ & luật</b>"), "utf-8")
    assert run("diff", rules, later, "-o", tmp_path / "a.html").code == 0
    page = (tmp_path / "a.html").read_text("utf-8")
    assert "<del>100</del>" in page
    assert "<ins>120</ins>" in page
    assert "&lt;" in page
    assert "&amp;" in page
    assert "<b>Kỷ" not in page
    assert "<script" not in page
    assert "http:" not in page
    assert "https:" not in page


def test_markdown_shows_both_sides(run: Run, rules: Path, later: Path) -> None:
    ended = run("--lang", "en", "diff", rules, later, "--format", "md")
    assert "- **Title changed**\n  - Before: Kỷ luật\n  - After: Kỷ luật lao động\n" in ended.out


def test_json_is_as_the_shipped_schema_says(run: Run, rules: Path, later: Path) -> None:
    shown = json.loads(run("diff", rules, later, "--format", "json").out)
    schema = json.loads(files("thangdiem.engine").joinpath("schemas/diff-1.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(shown)
    moved = next(change for change in shown["changes"] if change["kind"] == "threshold")
    assert (moved["old"]["value"], moved["new"]["value"]) == ("100", "120")
    assert moved["old"]["span"]["line"] == 14
    assert moved["consequence"]["example"] == {"text": "100", "column": "[Số hồ sơ]"}


def test_one_scale_of_several(run: Run, later: Path, rules: Path) -> None:
    for path in (rules, later):
        other = path.read_text("utf-8").replace(
            "Ví dụ", 'Thang điểm xã "Xã": 5 điểm\n  Chỉ số 1 "Một": 5 điểm\n\nVí dụ'
        )
        path.write_text(other.replace('"Một"', '"Hai"') if path == later else other, "utf-8")
    assert "XÃ" in run("diff", rules, later).out
    ended = run("diff", rules, later, "--scale", "phong")
    assert "120" in ended.out
    assert "XÃ" not in ended.out


def test_one_rule_set_needs_two_points_of_time(run: Run, rules: Path) -> None:
    assert run("diff", rules).code == 2
    assert run("diff", rules, rules, rules).code == 2


def test_two_versions_of_a_folder(run: Run, rules: Path, later: Path, tmp_path: Path) -> None:
    folder = tmp_path / "phòng"
    folder.mkdir()
    ended_2023 = rules.read_text("utf-8").replace("từ 01/02/2023\n", "từ 01/02/2023 đến hết 31/12/2023\n")
    (folder / "2023.rubric").write_text(ended_2023, "utf-8")
    begun = later.read_text("utf-8").replace("Hiệu lực: từ 01/02/2023", "Hiệu lực: từ 01/01/2024")
    (folder / "2024.rubric").write_text(
        begun.replace("7/QĐ", "9/QĐ").replace("kỳ đánh giá năm 2023", "kỳ đánh giá năm 2024"), "utf-8"
    )
    by_day = run("diff", folder, "--before", "31/12/2023", "--after", "01/01/2024")
    by_period = run("diff", folder, "--before-period", "2023", "--after-period", "2024")
    assert by_day.code == by_period.code == 0
    assert by_day.out == by_period.out
    assert "+ 120" in by_day.out


def test_rules_with_errors_end_in_65(run: Run, rules: Path, later: Path) -> None:
    later.write_text(later.read_text("utf-8") + "\nThang điểm\n", "utf-8")
    assert run("diff", rules, later).code == 65
