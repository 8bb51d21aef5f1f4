"""``thangdiem explain``: one unit, found by its name however it is typed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


@pytest.mark.parametrize("name", ["Phòng Tư pháp", "phòng tư pháp", "PHONG TU PHAP"])
def test_tone_marks_and_case_of_the_name_do_not_matter(run: Run, rules: Path, data: Path, name: str) -> None:
    ended = run("explain", rules, data, "--unit", name)
    assert ended.code == 0
    assert "Phòng Tư pháp" in ended.out
    assert "120" in ended.out


def test_a_wrong_name_is_answered_with_those_it_may_be(run: Run, rules: Path, data: Path) -> None:
    ended = run("explain", rules, data, "--unit", "tu pháp")
    assert ended.code == 2
    assert "Có phải là “Phòng Tư pháp”?" in ended.err


def test_the_forms_there_are(run: Run, rules: Path, data: Path, tmp_path: Path) -> None:
    assert run("explain", rules, data, "--unit", "phong y te", "-o", tmp_path / "a.html").code == 0
    assert "<html" in (tmp_path / "a.html").read_text("utf-8")
    assert "# " in run("explain", rules, data, "--unit", "phong y te", "--format", "md").out
    trace = json.loads(run("explain", rules, data, "--unit", "phong y te", "--format", "json").out)
    assert trace["schema"] == "thangdiem/trace/1"
    assert run("explain", rules, data, "--unit", "x", "--format", "docx").code == 2


def test_english(run: Run, rules: Path, data: Path) -> None:
    assert "Total" in run("--lang", "en", "explain", rules, data, "--unit", "phong y te").out


def test_a_refused_unit_is_explained_and_ends_in_1(run: Run, rules: Path, data: Path) -> None:
    data.write_text("Đơn vị;[Số hồ sơ];2\nPhòng Y tế;;2\n", "utf-8")
    ended = run("explain", rules, data, "--unit", "phong y te")
    assert ended.code == 1
    assert "[Số hồ sơ]" in ended.out


def test_an_office_may_use_its_own_template(run: Run, rules: Path, data: Path, tmp_path: Path) -> None:
    (tmp_path / "explanation.txt").write_text("Kính gửi {{ explanation.unit }}\n", "utf-8")
    ended = run("explain", rules, data, "--unit", "phong y te", "--template", tmp_path)
    assert ended.out == "Kính gửi Phòng Y tế\n"


def test_a_wrong_template_ends_in_65_and_a_missing_folder_in_66(
    run: Run, rules: Path, data: Path, tmp_path: Path
) -> None:
    (tmp_path / "explanation.txt").write_text("{{ explanation.nothing.at.all }}", "utf-8")
    assert run("explain", rules, data, "--unit", "phong y te", "--template", tmp_path).code == 65
    assert run("explain", rules, data, "--unit", "phong y te", "--template", tmp_path / "no").code == 66
