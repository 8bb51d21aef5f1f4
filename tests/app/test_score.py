"""``thangdiem score``: every form of the results, and what becomes of units and files that are wrong."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

GAP = "Đơn vị;[Số hồ sơ];2\nPhòng Tư pháp;120;4\nPhòng Y tế;;2\n"


def test_the_table_has_the_ranking(run: Run, rules: Path, data: Path) -> None:
    ended = run("score", rules, data)
    assert (ended.code, ended.err) == (0, "")
    rows = [line.split() for line in ended.out.splitlines()[2:]]
    assert [(" ".join(row[:-5]), row[-5], row[-2], row[-1]) for row in rows] == [
        ("Phòng Tư pháp", "10", "tốt", "1"),
        ("Phòng Nội vụ", "6,5", "khá", "2"),
        ("Phòng Y tế", "2", "khá", "3"),
    ]


def test_a_refused_unit_ends_in_1_and_the_others_have_results(run: Run, rules: Path, data: Path) -> None:
    data.write_text(GAP, "utf-8")
    ended = run("score", rules, data)
    assert ended.code == 1
    assert "Phòng Tư pháp" in ended.out
    assert "[Số hồ sơ]: chưa có số liệu" in ended.out
    assert "B3" in ended.out


def test_a_draft_gives_a_range(run: Run, rules: Path, data: Path) -> None:
    data.write_text(GAP, "utf-8")
    ended = run("score", rules, data, "--draft", "--format", "json")
    unit = json.loads(ended.out)["units"][1]
    assert ended.code == 0
    assert unit["status"] == "undetermined"
    assert (unit["range"]["low"], unit["range"]["high"]) == ("2", "8")
    assert unit["grades"] == ["tốt", "khá"]


def test_json_and_json_lines(run: Run, rules: Path, data: Path) -> None:
    document = json.loads(run("score", rules, data, "--format", "json").out)
    assert document["schema"] == "thangdiem/result/1"
    assert document["period"] == 2023
    lines = run("score", rules, data, "--format", "jsonl").out.splitlines()
    assert [json.loads(line)["unit"] for line in lines] == [unit["unit"] for unit in document["units"]]


def test_csv_opens_in_excel(run: Run, rules: Path, data: Path, tmp_path: Path) -> None:
    out = tmp_path / "kết quả.csv"
    assert run("score", rules, data, "-o", out).code == 0
    text = out.read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert [row["Tổng điểm"] for row in rows] == ["10", "6,5", "2"]


def test_the_form_follows_the_name_of_the_output(run: Run, rules: Path, data: Path, tmp_path: Path) -> None:
    for name, opening in (("a.html", "<!doctype html>"), ("a.json", "{"), ("a.md", ""), ("a.txt", "Đơn vị")):
        assert run("score", rules, data, "-o", tmp_path / name).code == 0
        assert (tmp_path / name).read_text("utf-8").lower().startswith(opening.lower())


def test_excel_has_texts_that_are_never_formulas(run: Run, rules: Path, data: Path, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    data.write_text('Đơn vị;[Số hồ sơ];2\n"=HYPERLINK(""x"")";120;4\nPhòng Y tế;10;3,25\n', "utf-8")
    out = tmp_path / "a.xlsx"
    assert run("score", rules, data, "-o", out).code == 0
    sheet = openpyxl.load_workbook(out)["phòng"]
    assert (sheet["A2"].value, sheet["A2"].data_type, sheet["A2"].quotePrefix) == ('=HYPERLINK("x")', "s", True)
    assert (sheet["D3"].value, sheet["D3"].data_type) == (3.25, "n")


def test_data_come_from_standard_input(run: Run, rules: Path, data: Path) -> None:
    assert run("score", rules, "-", given=data.read_bytes()).out == run("score", rules, data).out


def test_two_scales_in_one_file_by_a_column(run: Run, rules: Path, data: Path) -> None:
    text = rules.read_text("utf-8")
    second = text[text.index("Thang điểm") : text.index("Ví dụ")]
    second = second.replace('Thang điểm phòng "', 'Thang điểm xã "').replace('cho: "phòng"', 'cho: "xã"')
    rules.write_text(text.replace("Ví dụ", second + "Ví dụ", 1), "utf-8")
    data.write_text("Đơn vị;Loại đơn vị;[Số hồ sơ];2\nPhòng Y tế;phòng;10;2\nXã A;xã;120;4\nXã B;xã;60;4\n", "utf-8")
    units = json.loads(run("score", rules, data, "--format", "json").out)["units"]
    assert [(unit["unit"], unit["scale"], unit["rank"]) for unit in units] == [
        ("Phòng Y tế", "phòng", 1),
        ("Xã A", "xã", 1),
        ("Xã B", "xã", 2),
    ]
    only = run("score", rules, data, "--scale", "XA", "--format", "json")
    assert [unit["unit"] for unit in json.loads(only.out)["units"]] == ["Xã A", "Xã B"]


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (("--scale", "huyen"), 2, "Không có thang điểm “huyen”."),
        (("--on", "hôm qua"), 2, "“hôm qua” không phải là một ngày."),
        (("--on", "2020-01-01"), 65, "không văn bản nào có hiệu lực"),
        (("--period", "2020"), 65, "không có văn bản nào áp dụng"),
        (("-o", "/no/such/folder/x.csv"), 73, "thư mục chứa tệp không tồn tại"),
        (("--sheet", "S"), 65, "S"),
    ],
)
def test_what_cannot_be_had_is_said(
    run: Run, rules: Path, data: Path, options: tuple[str, ...], code: int, said: str
) -> None:
    ended = run("score", rules, data, *options)
    assert ended.code == code
    assert said in ended.err
    assert ended.out == ""


def test_the_result_never_overwrites_its_input(run: Run, rules: Path, data: Path) -> None:
    before = data.read_bytes()
    assert run("score", rules, data, "-o", data).code == 2
    assert data.read_bytes() == before


def test_rules_with_errors_end_in_65(run: Run, rules: Path, data: Path) -> None:
    rules.write_text(rules.read_text("utf-8").replace("dưới 8", "dưới 7"), "utf-8")
    ended = run("score", rules, data)
    assert (ended.code, ended.out) == (65, "")


def test_the_year_is_asked_for_only_where_the_rules_need_it(run: Run, rules: Path, data: Path) -> None:
    text = rules.read_text("utf-8").replace("kỳ đánh giá năm 2023", "kỳ đánh giá từ năm 2023")
    rules.write_text(text, "utf-8")
    assert run("score", rules, data).code == 0
    dated = text.replace(
        "    Chấm trực tiếp",
        "    Theo [Ngày gửi]:\n      - đến hết 31/05 năm đánh giá: 4 điểm\n      - còn lại: 0 điểm",
    )
    rules.write_text(dated, "utf-8")
    data.write_text("Đơn vị;[Số hồ sơ];[Ngày gửi]\nPhòng Y tế;100;30/05/2024\n", "utf-8")
    without, given = run("score", rules, data), run("score", rules, data, "--period", "2024")
    assert without.code == 2
    assert "--period" in without.err
    assert given.code == 0
    assert run("score", rules, data, "--on", "01/12/2024").out == given.out


def test_half_a_character_in_a_name_does_not_stop_the_run(run: Run, rules: Path, tmp_path: Path) -> None:
    odd = tmp_path / "\udce9.csv"
    odd.write_text("Đơn vị;[Số hồ sơ];2\nPhòng Y tế;;2\n", "utf-8")
    for form in ("table", "json", "html"):
        assert run("score", rules, odd, "--format", form).code == 1


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="needs the devices of Unix")
def test_a_device_is_written_to_and_not_replaced(run: Run, rules: Path, data: Path) -> None:
    assert run("score", rules, data, "-o", "/dev/null").code == 0
    assert not Path("/dev/null").is_file()


def test_findings_of_many_units_are_shown_up_to_a_limit(run: Run, rules: Path, data: Path) -> None:
    rows = "".join(f"Phòng {number};;4\n" for number in range(60))
    data.write_text(f"Đơn vị;[Số hồ sơ];2\n{rows}", "utf-8")
    ended = run("score", rules, data, "--format", "json")
    assert ended.err.count("lỗi TD500") == 20
    assert "Còn 40 phát hiện TD500 nữa" in ended.err
    assert ended.err.splitlines()[-1] == "60 lỗi"
    assert [[each["code"] for each in unit["diagnostics"]] for unit in json.loads(ended.out)["units"]] == [
        ["TD500"]
    ] * 60
