"""``thangdiem impact``: two versions named by files or by dates, one table of units, every form of the result."""

from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from thangdiem.app import impacts
from thangdiem.app.rule_sets import Chosen
from thangdiem.dsl.library import ScaleRules
from thangdiem.engine.impact import Stage

Run = Callable[..., Any]

CHANGES = (
    ("Quyết định 7", "Quyết định 9"),
    ("từ 01/02/2023", "từ 01/01/2024"),
    ("Ngày ban hành: 01/02/2023", "Ngày ban hành: 01/12/2023"),
    ("kỳ đánh giá năm 2023", "kỳ đánh giá năm 2024"),
    ("từ 100 trở lên", "từ 150 trở lên"),
    ("từ 50 đến dưới 100", "từ 50 đến dưới 150"),
    ("[Số hồ sơ] = 100", "[Số hồ sơ] = 150"),
)


@pytest.fixture
def newer(rules: Path) -> Path:
    text = rules.read_text("utf-8")
    for old, new in CHANGES:
        assert old in text
        text = text.replace(old, new)
    path = rules.with_name("mới.rubric")
    path.write_text(text, "utf-8")
    return path


def test_the_terminal_tells_who_changes(run: Run, rules: Path, newer: Path, data: Path) -> None:
    ended = run("impact", rules, newer, data)
    assert (ended.code, ended.err) == (0, "")
    assert "Sau: Quyết định 9/QĐ-UBND (hiệu lực từ 01/01/2024)" in ended.out
    row = next(line for line in ended.out.splitlines() if line.startswith("Phòng Tư pháp"))
    assert row.split("  ")[-1].strip() == "1"
    assert row.split()[3:6] == ["10", "7", "−3"]
    assert "Phòng Y tế" not in ended.out


def test_one_rule_set_and_two_dates_or_two_periods(run: Run, rules: Path, newer: Path, data: Path) -> None:
    rules.write_text(rules.read_text("utf-8").replace("từ 01/02/2023", "từ 01/02/2023 đến hết 31/12/2023"), "utf-8")
    by_files = run("impact", rules, newer, data, "--format", "json")
    by_dates = run("impact", rules.parent, data, "--before", "31/12/2023", "--after", "2024-01-01", "--format", "json")
    by_periods = run(
        "impact", rules.parent, data, "--before-period", "2023", "--after-period", "2024", "--format", "json"
    )
    assert by_files.code == 0
    assert by_files.out == by_dates.out == by_periods.out
    unit = json.loads(by_files.out)["scales"][0]["units"][0]
    assert (unit["unit"], unit["points"], unit["changes"]) == ("Phòng Tư pháp", "-3", ["total", "grade"])


def test_the_forms_there_are(run: Run, rules: Path, newer: Path, data: Path, tmp_path: Path) -> None:
    for name, opening in (("a.html", "<!DOCTYPE html>"), ("a.md", "# Tác động"), ("a.json", "{"), ("a.txt", "Trước:")):
        assert run("impact", rules, newer, data, "-o", tmp_path / name).code == 0
        assert (tmp_path / name).read_text("utf-8").strip().startswith(opening)
    assert "Impact of the change" in run("--lang", "en", "impact", rules, newer, data, "--format", "md").out


def test_a_unit_that_lacks_data_is_listed_and_the_run_ends_in_1(run: Run, rules: Path, newer: Path, data: Path) -> None:
    data.write_text("Đơn vị;[Số hồ sơ];2\nPhòng Tư pháp;120;4\nPhòng Y tế;;2\n", "utf-8")
    ended = run("impact", rules, newer, data)
    assert ended.code == 1
    assert "Phòng Y tế: [Số hồ sơ]: chưa có số liệu" in ended.out
    assert "Phòng Tư pháp" in ended.out


def test_a_row_that_is_no_unit_ends_in_1_and_is_told_once(run: Run, rules: Path, newer: Path, data: Path) -> None:
    newer.write_text(newer.read_text("utf-8").replace("từ 0 trở lên", "từ 0 đến 1000"), "utf-8")
    data.write_text("Đơn vị;[Số hồ sơ];2\nPhòng Tư pháp;120;4\n;50;2\n", "utf-8")
    ended = run("impact", rules, newer, data)
    assert ended.code == 1
    assert ended.err.count("TD459") == 1


def test_columns_of_either_version_are_fine_those_of_neither_are_told(
    run: Run, rules: Path, newer: Path, data: Path
) -> None:
    newer.write_text(newer.read_text("utf-8").replace("Số hồ sơ", "Số vụ việc"), "utf-8")
    data.write_text("Đơn vị;[Số hồ sơ];[Số vụ việc];2\nPhòng Tư pháp;120;160;4\n", "utf-8")
    ended = run("impact", rules, newer, data, "--format", "json")
    assert (ended.code, ended.err) == (0, "")
    assert json.loads(ended.out)["scales"][0]["units"][0]["points"] == "0"
    data.write_text("Đơn vị;[Số hồ sơ];[Số vụ việt];2\nPhòng Tư pháp;120;160;4\n", "utf-8")
    wrong = run("impact", rules, newer, data)
    assert (wrong.code, wrong.out) == (65, "")
    assert "TD450" in wrong.err


def test_the_clauses_between_are_asked_for_and_shown(
    run: Run, rules: Path, newer: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def one_clause(_before: Chosen, after: Chosen, scale: str) -> tuple[Stage, ...]:
        amended = ScaleRules(after.book, next(each for each in after.book.scales if each.id == scale))
        return (Stage("khoản 1 Điều 1 Quyết định 9/QĐ-UBND", amended, amended),)

    monkeypatch.setattr(impacts, "stages_between", one_clause)
    ended = run("impact", rules, newer, data)
    assert "(1) khoản 1 Điều 1 Quyết định 9/QĐ-UBND: đổi điểm 1 đơn vị, đổi loại 1, đổi hạng 0" in ended.out
    document = json.loads(run("impact", rules, newer, data, "--format", "json").out)
    moved = document["scales"][0]["units"][0]
    assert ([part["points"] for part in moved["parts"]], moved["rest"]["points"]) == (["-3"], "0")


AMENDMENT = """\
Quyết định 12/QĐ-UBND sửa đổi, bổ sung Quyết định 7/QĐ-UBND
  Ngày ban hành: 20/12/2023
  Hiệu lực: từ 01/01/2024

Khoản 1 Điều 1
  Sửa đổi, bổ sung Chỉ số 1 "Hồ sơ": 6 điểm
    Theo [Số hồ sơ]:
      - từ 150 trở lên: 6 điểm
      - từ 50 đến dưới 150: 3 điểm
      - còn lại: 0 điểm

Khoản 2 Điều 1
  Sửa đổi, bổ sung Chỉ số 2 "Kỷ luật": 4 điểm
    Điểm = điểm chấm * 1/2
{transition}"""
TRANSITION = """
Khoản 3 Điều 1
  Chuyển tiếp: các đơn vị {who} áp dụng quy định trước khi sửa đổi
"""
OFFICES = "Đơn vị;[Số hồ sơ];2\nPhòng A;120;4\nPhòng B;160;3\nPhòng C;60;4\nPhòng D;;4\nPhòng E;140;2\n"


@pytest.mark.parametrize("who", ["", '"Phòng A", "Phòng E"', "có [Số hồ sơ] từ 130 đến dưới 150"])
def test_an_amending_decision_is_told_clause_by_clause_as_scoring_on_both_days_says(
    run: Run, rules: Path, data: Path, who: str
) -> None:
    transition = TRANSITION.format(who=who) if who else ""
    rules.write_text(rules.read_text("utf-8").replace("kỳ đánh giá năm 2023", "kỳ đánh giá từ năm 2023"), "utf-8")
    rules.with_name("12.rubric").write_text(AMENDMENT.format(transition=transition), "utf-8")
    data.write_text(OFFICES, "utf-8")
    days = ("31/12/2023", "01/01/2024")
    ended = run("impact", rules.parent, data, "--before", days[0], "--after", days[1], "--format", "json")
    assert ended.code == 1
    document = json.loads(ended.out)
    scale = document["scales"][0]
    assert document["after"]["amended_by"] == ["12/QĐ-UBND"]
    assert [each["clause"].split(" Điều")[0] for each in scale["clauses"]] == [
        *(["khoản 3"] if who else []),
        "khoản 1",
        "khoản 2",
    ]
    compared = {unit["unit"]: unit for unit in scale["units"]}
    assert [each["unit"] for each in scale["undecided"]] == ["Phòng D"]
    for day, version in zip(days, ("before", "after"), strict=True):
        scored = json.loads(run("score", rules.parent, data, "--on", day, "--format", "json").out)["units"]
        for unit in (each for each in scored if each["unit"] in compared):
            told = compared[unit["unit"]][version]
            assert told == {key: unit[key] for key in told}
            assert version == "before" or compared[unit["unit"]]["former_rules"] == unit["former_rules"]
    for unit in compared.values():
        parts = [Fraction(part["points"]) for part in (*unit["parts"], unit["rest"])]
        assert sum(parts) == Fraction(unit["points"])
        assert unit["rest"] == {
            "points": "0",
            **{key: unit["after"][key] for key in ("grade", "rank")},
            "decided": True,
        }


def test_both_versions_are_scored_for_one_year(run: Run, rules: Path, newer: Path, data: Path) -> None:
    for path in (rules, newer):
        text = path.read_text("utf-8").replace(
            "    Chấm trực tiếp",
            "    Theo [Ngày gửi]:\n      - đến hết 31/05 năm đánh giá: 4 điểm\n      - còn lại: 0 điểm",
        )
        path.write_text(text.replace("  2 = 4\n", "  [Ngày gửi] = 01/01/2023\n"), "utf-8")
    data.write_text("Đơn vị;[Số hồ sơ];[Ngày gửi]\nPhòng Y tế;200;30/05/2023\n", "utf-8")
    document = json.loads(run("impact", rules, newer, data, "--format", "json").out)
    assert document["period"] == 2023
    assert document["scales"][0]["units"][0]["points"] == "0"
    for path in (rules, newer):
        path.write_text(path.read_text("utf-8").replace("kỳ đánh giá năm", "kỳ đánh giá từ năm"), "utf-8")
    asked = run("impact", rules, newer, data)
    assert asked.code == 2
    assert "TD912" in asked.err
    assert run("impact", rules, newer, data, "--period", "2023").code == 0


def test_data_come_from_standard_input(run: Run, rules: Path, newer: Path, data: Path) -> None:
    assert run("impact", rules, newer, "-", given=data.read_bytes()).out == run("impact", rules, newer, data).out


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("{rules}", "{data}"), 2, "TD550"),
        (("{rules}",), 2, "TD550"),
        (("{rules}", "{rules}", "{rules}", "{data}"), 2, "TD550"),
        (("{rules}", "{newer}", "{data}", "--scale", "xa"), 2, "TD606"),
        (("{rules}", "{newer}", "{data}", "--before", "hôm qua"), 2, "TD605"),
        (("{rules}", "{newer}", "{data}", "--before-period", "20"), 2, "không phải là một năm"),
        (("{rules}", "{newer}", "{data}", "-o", "{newer}"), 2, "TD915"),
        (("{rules}", "no.rubric", "{data}"), 66, "TD90"),
    ],
)
def test_what_cannot_be_had_is_said(
    run: Run, rules: Path, newer: Path, data: Path, arguments: tuple[str, ...], code: int, said: str
) -> None:
    ended = run("impact", *(each.format(rules=rules, newer=newer, data=data) for each in arguments))
    assert (ended.code, ended.out) == (code, "")
    assert said in ended.err
