"""``thangdiem goal``: what ships, asked for what to change, and what is said where there is nothing to seek."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from pages import DOCS, fences

Run = Callable[..., Any]
RULES = DOCS.parent / "rules" / "minh-hoa"
DATA = RULES / "so-lieu-so-nganh.csv"
SCHEMA = json.loads(files("thangdiem.engine").joinpath("schemas", "goal-1.json").read_text(encoding="utf-8"))
RESULT = json.loads(files("thangdiem.engine").joinpath("schemas", "result-1.json").read_text(encoding="utf-8"))


def goal(run: Run, unit: str, *more: object) -> Any:
    return run("goal", RULES, DATA, "--period", "2022", "--unit", unit, *more)


def test_the_run_of_the_guide(run: Run) -> None:
    ended = goal(run, "so g (minh hoa)", "--most", "2", "--scale", "cap-tinh")
    assert ended.code == 0
    shown = next(fence.text for fence in fences(DOCS / "huong-dan" / "muc-tieu.md", "text"))
    said = {line.strip() for line in ended.out.splitlines()}
    assert [line for line in shown.splitlines() if line.strip() not in said] == []


@pytest.mark.parametrize("unit", ["so a (minh hoa)", "chi cuc r (minh hoa)"])
def test_what_programs_read_is_as_the_schema_says(run: Run, unit: str) -> None:
    found = json.loads(goal(run, unit, "--format", "json").out)
    jsonschema.Draft202012Validator(SCHEMA).validate(found)
    assert found["before"]["unit"].lower().endswith("(minh họa)")


def test_units_are_described_as_in_results() -> None:
    assert {name: SCHEMA["$defs"][name] for name in RESULT["$defs"]} == RESULT["$defs"]


def test_every_way_is_what_score_says_of_the_data_it_names(run: Run, tmp_path: Path) -> None:
    found = json.loads(goal(run, "so k (minh hoa)", "--most", "1", "--format", "json").out)
    jsonschema.Draft202012Validator(SCHEMA).validate(found)
    way = found["ways"][0]
    head, *rows = DATA.read_text(encoding="utf-8-sig").splitlines()
    columns = head.split(";")
    cells = next(row for row in rows if row.startswith("Sở K")).split(";")
    for change in way["data"]:
        percent = change["column"].startswith("[Tỷ lệ")
        numerator, _, decimals = change["after"]["value"].partition(".")
        assert percent
        assert numerator == "0"
        cells[columns.index(change["column"])] = f"{decimals[:2]},{decimals[2:]}%"
    changed = [";".join(cells) if row.startswith("Sở K") else row for row in rows]
    (tmp_path / "d.csv").write_text("\n".join((head, *changed)), encoding="utf-8")
    told = run("score", RULES, tmp_path / "d.csv", "--scale", "cap-tinh", "--period", "2022", "--format", "json")
    scored = json.loads(told.out)
    after = next(unit for unit in scored["units"] if unit["unit"] == found["before"]["unit"])
    assert (after["total"], after["grade"], after["rank"]) == (
        way["after"]["total"], way["after"]["grade"], way["after"]["rank"],
    )  # fmt: skip


def test_a_discipline_that_no_points_outweigh(run: Run) -> None:
    ended = goal(run, "chi cuc s (minh hoa)")
    assert ended.code == 1
    assert "[Bị xử lý kỷ luật] = có" in ended.out
    assert "245 điểm" in ended.out


def test_what_is_kept_is_not_changed(run: Run) -> None:
    kept = goal(run, "so k (minh hoa)", "--fixed", "3", "--fixed", "[Số hồ sơ nộp trực tuyến]", "--format", "json")
    found = json.loads(kept.out)
    assert {"3", "3.2", "3.4", "[Số hồ sơ nộp trực tuyến]"} <= set(found["kept"])
    changed = {item for way in found["ways"] for item in way["items"]}
    assert changed.isdisjoint({"3.1", "3.2", "3.3", "3.4", "5.1"})


def test_the_bound_of_the_search_is_told(run: Run) -> None:
    ended = goal(run, "so g (minh hoa)", "--trials", "5")
    assert ended.code == 1
    assert "Đã dừng ở 5 tổ hợp; có thể còn cách khác" in ended.out


@pytest.mark.parametrize(
    ("unit", "more", "code", "told"),
    [
        ("chi cuc v (minh hoa)", (), 1, "TD540"),
        ("so k (minh hoa)", ("--grade", "giỏi"), 2, "TD542"),
        ("so k (minh hoa)", ("--fixed", "9.9"), 2, "TD543"),
        ("so k (minh hoa)", ("--free", "[Tổng hồ sơ]"), 2, "TD543"),
        ("khong co", (), 2, "TD907"),
    ],
)
def test_what_cannot_be_asked(run: Run, unit: str, more: tuple[str, ...], code: int, told: str) -> None:
    ended = goal(run, unit, *more)
    assert (ended.code, told in ended.err) == (code, True)


def test_a_scale_without_grades_has_no_goal(run: Run, tmp_path: Path) -> None:
    (tmp_path / "r.rubric").write_text(
        'Bộ tiêu chí "A"\nThang điểm a "A": 10 điểm\n  Chỉ số 1 "Một": 10 điểm\n', "utf-8"
    )
    (tmp_path / "d.csv").write_text("Đơn vị;1\nSở A;5\n", encoding="utf-8")
    ended = run("goal", tmp_path / "r.rubric", tmp_path / "d.csv", "--unit", "so a")
    assert (ended.code, "TD541" in ended.err) == (2, True)


@pytest.mark.parametrize(("form", "mark"), [("md", "# Goal: grade xuất sắc"), ("html", '<html lang="en">')])
def test_other_forms_and_the_other_language(run: Run, form: str, mark: str) -> None:
    assert mark in goal(run, "so a (minh hoa)", "--format", form, "--lang", "en").out
