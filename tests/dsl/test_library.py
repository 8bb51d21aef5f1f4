"""Rule files and folders, and the version that holds on a day or in a period."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import thangdiem.dsl
from thangdiem.dsl import RuleSetError, load
from thangdiem.dsl.choosing import choice
from thangdiem.dsl.official import official_differences
from thangdiem.dsl.rule_files import shipped_folder

ROOT = Path(__file__).parents[2]
RULE = """Quyết định {number}/QĐ-UBND
  Hiệu lực: từ {start}
  Áp dụng: kỳ đánh giá từ năm {period}

Thang điểm {scale} "Chuyển đổi số": 10 điểm
  Chỉ số 1 "Một": 10 điểm
    Chấm trực tiếp
"""


def write(folder: Path, name: str, start: str, period: str, scale: str = "cấp-tỉnh", number: str = "") -> Path:
    text = RULE.format(number=number or name, start=start, period=period, scale=scale)
    path = folder / f"{name}.rubric"
    path.write_text(text, encoding="utf-8")
    return path


def codes(error: pytest.ExceptionInfo[RuleSetError]) -> list[str]:
    return [found.code for found in error.value.diagnostics]


@pytest.fixture
def two(tmp_path: Path) -> Path:
    write(tmp_path, "12", "01/01/2022 đến hết 31/12/2023", "2021 đến năm 2023")
    write(tmp_path, "34", "01/03/2024", "2024")
    return tmp_path


@pytest.mark.parametrize(
    ("day", "number"),
    [("2022-01-01", "12/QĐ-UBND"), ("31/12/2023", "12/QĐ-UBND"), (date(2030, 1, 1), "34/QĐ-UBND")],
)
def test_a_day_takes_what_is_in_force(two: Path, day: str | date, number: str) -> None:
    version = load(two).on(day)
    assert version.book.document.number == number
    assert number in version.why.message("vi")


def test_a_day_says_which_year_is_assessed(two: Path) -> None:
    assert load(two).on("2022-05-01").period == 2022


@pytest.mark.parametrize(
    ("day", "before", "after"),
    [("2021-12-31", "–", "12/QĐ-UBND"), ("2024-02-01", "12/QĐ-UBND", "34/QĐ-UBND")],
)
def test_a_day_without_a_document_names_both_neighbours(two: Path, day: str, before: str, after: str) -> None:
    with pytest.raises(RuleSetError) as error:
        load(two).on(day)
    assert codes(error) == ["TD603"]
    arguments = error.value.diagnostics[0].arguments
    assert str(arguments["before"]).endswith(before)
    assert str(arguments["after"]).endswith(after)


def test_after_the_end_nothing_is_in_force(tmp_path: Path) -> None:
    write(tmp_path, "12", "01/01/2022 đến hết 31/12/2023", "2022")
    rules = load(tmp_path)
    with pytest.raises(RuleSetError):
        rules.on("2024-01-01")
    with pytest.raises(RuleSetError) as error:
        rules.for_period(2024)
    assert codes(error) == ["TD604"]


def test_a_period_is_another_thing_than_the_day_in_force(two: Path) -> None:
    assert load(two).for_period(2021).book.document.number == "12/QĐ-UBND"
    assert load(two).for_period(2024).book.document.number == "34/QĐ-UBND"


def test_two_versions_for_one_period_are_an_error(tmp_path: Path) -> None:
    write(tmp_path, "12", "01/01/2022 đến hết 31/12/2024", "2022")
    write(tmp_path, "34", "01/01/2025", "2024")
    with pytest.raises(RuleSetError) as error:
        load(tmp_path).for_period(2024)
    assert codes(error) == ["TD608"]


def test_two_versions_of_a_scale_in_force_at_once_ask_to_close_the_earlier(tmp_path: Path) -> None:
    write(tmp_path, "12", "01/01/2022", "2022")
    write(tmp_path, "34", "01/01/2025", "2025")
    rules = load(tmp_path)
    assert [found.code for found in rules.diagnostics if found.severity.value == "error"] == ["TD602"]
    with pytest.raises(RuleSetError) as error:
        rules.on("2026-01-01")
    assert codes(error) == ["TD602"]


def test_two_files_of_one_number_are_an_error(tmp_path: Path) -> None:
    write(tmp_path, "a", "01/01/2022 đến hết 31/12/2022", "2022", number="12")
    write(tmp_path, "b", "01/01/2023", "2023", number="12")
    assert "TD601" in {found.code for found in load(tmp_path).diagnostics}


def test_two_amending_files_of_one_number_are_an_error(tmp_path: Path) -> None:
    write(tmp_path, "12", "01/01/2022", "2022")
    for name, year in (("a", 2023), ("b", 2024)):
        text = f"""Quyết định 34/QĐ-UBND sửa đổi, bổ sung Quyết định 12/QĐ-UBND
  Hiệu lực: từ 01/01/{year}

Khoản 1 Điều 1
  Thay cụm từ "Một" bằng cụm từ "Hai" tại chỉ số 1 (1 lần)
"""
        (tmp_path / f"{name}.rubric").write_text(text, encoding="utf-8")
    (found,) = (found for found in load(tmp_path).diagnostics if found.code == "TD601")
    assert found.arguments["number"] == "34/QĐ-UBND"
    assert found.place is not None
    assert Path(found.place.file).name == "b.rubric"


def test_documents_with_other_scales_hold_side_by_side(tmp_path: Path) -> None:
    write(tmp_path, "12", "01/01/2022", "2022")
    write(tmp_path, "34", "01/01/2022", "2022", scale="cấp-huyện")
    version = load(tmp_path).on("2023-01-01")
    assert version.scale("cap-huyen").book.document.number == "34/QĐ-UBND"
    with pytest.raises(RuleSetError) as error:
        _ = version.book
    assert codes(error) == ["TD611"]


def test_what_replaces_a_document_ends_all_its_scales(tmp_path: Path) -> None:
    """Also one that the later document has not: nothing is in force for it, rather than what was replaced."""
    write(tmp_path, "12", "01/01/2022", "2022", scale="cấp-huyện")
    write(tmp_path, "34", "01/01/2025", "2025", number="34/QĐ-UBND thay thế Quyết định 12")
    rules = load(tmp_path)
    assert choice(rules, "cấp-huyện", None, "2024-12-31").book.document.number == "12/QĐ-UBND"
    for period, day in ((None, "2025-01-01"), (2025, None)):
        with pytest.raises(RuleSetError) as error:
            choice(rules, "cấp-huyện", period, day)
        assert codes(error) == ["TD604" if period else "TD603"]


def test_what_ended_a_document_first_ended_it(tmp_path: Path) -> None:
    write(tmp_path, "12", "01/01/2022", "2022")
    for year in (2025, 2026):
        ended = f"Quyết định {year}/QĐ-UBND bãi bỏ Quyết định 12/QĐ-UBND\n  Hiệu lực: từ 01/01/{year}\n"
        (tmp_path / f"{year}.rubric").write_text(ended, encoding="utf-8")
    (standing,) = load(tmp_path).standings
    assert (standing.until, standing.last_period) == (date(2024, 12, 31), 2024)
    assert standing.ended_by is not None
    assert standing.ended_by.number == "2025/QĐ-UBND"


def test_a_fault_of_an_official_text_stops_no_version(tmp_path: Path) -> None:
    write(tmp_path, "12", "01/01/2022", "2022")
    official = RULE.format(number="", start="01/06/2022", period="2022", scale="cấp-tỉnh")
    official = official.replace("Quyết định /QĐ-UBND", "Văn bản hợp nhất 1/VBHN hợp nhất Quyết định 12/QĐ-UBND")
    wrong = official.replace('cấp-tỉnh "Chuyển đổi số": 10 điểm', 'cấp-tỉnh "Chuyển đổi số": 11 điểm')
    (tmp_path / "hop-nhat.rubric").write_text(wrong, encoding="utf-8")
    rules = load(tmp_path)
    assert rules.has_errors
    assert rules.on("2023-01-01").book.document.number == "12/QĐ-UBND"


def test_an_official_text_in_the_place_of_an_earlier_one_is_compared_with_what_it_consolidates(tmp_path: Path) -> None:
    write(tmp_path, "12", "01/01/2022", "2022")
    official = RULE.format(number="", start="01/06/2022", period="2022", scale="cấp-tỉnh").replace('"Một"', '"Hai"')
    head = "Văn bản hợp nhất 2/VBHN thay thế Văn bản hợp nhất 1/VBHN hợp nhất Quyết định 12/QĐ-UBND"
    (tmp_path / "hop-nhat.rubric").write_text(official.replace("Quyết định /QĐ-UBND", head), encoding="utf-8")
    (found,) = official_differences(load(tmp_path))
    assert (found.code, found.arguments["stated_vi"], found.arguments["found_vi"]) == ("TD640", "“Hai”", "“Một”")


def test_a_scale_is_found_without_tone_marks_and_an_unknown_one_lists_them() -> None:
    version = load(ROOT / "rules" / "hau-giang-1949").on("2023-01-01")
    assert version.scale("cap-tinh").scale.id == "cấp-tỉnh"
    assert version.scale("cấp-huyện").scale.id == "cấp-huyện"
    with pytest.raises(RuleSetError) as error:
        version.scale("cap-xa")
    assert codes(error) == ["TD606"]
    assert "cấp-tỉnh" in error.value.diagnostics[0].hint("vi")
    with pytest.raises(RuleSetError) as unnamed:
        version.scale()
    assert codes(unnamed) == ["TD607"]


def test_a_shipped_document_is_found_by_its_number_or_its_folder() -> None:
    shipped = (ROOT / "rules",)
    for wanted in ("1949/QĐ-UBND", "1949/qđ-ubnd", "hau-giang-1949"):
        assert load(wanted, shipped=shipped).only().book.document.number == "1949/QĐ-UBND"


def test_the_only_document_is_asked_for_where_there_are_two(two: Path) -> None:
    with pytest.raises(RuleSetError) as error:
        load(two).only()
    assert codes(error) == ["TD611"]


def test_the_only_document_is_asked_for_where_it_was_amended(tmp_path: Path) -> None:
    """Which of its versions is meant, nobody said."""
    write(tmp_path, "12", "01/01/2022", "2022", number="12")
    amending = "Quyết định 34/QĐ-UBND sửa đổi Quyết định 12/QĐ-UBND\n  Hiệu lực: từ 01/01/2024\n\nĐiều 1\n"
    amending += '  Bổ sung vào cuối chỉ số 1\n    Ghi chú: "sửa"\n'
    (tmp_path / "34.rubric").write_text(amending, encoding="utf-8")
    rules = load(tmp_path)
    assert not rules.has_errors, [found.message("vi") for found in rules.diagnostics]
    with pytest.raises(RuleSetError) as error:
        rules.only()
    assert codes(error) == ["TD611"]


def test_what_is_no_date_is_told(two: Path) -> None:
    with pytest.raises(RuleSetError) as error:
        load(two).on("31/02/2023")
    assert codes(error) == ["TD605"]


def test_rules_with_errors_give_no_version(tmp_path: Path) -> None:
    (tmp_path / "a.rubric").write_text('Quyết định 1/QĐ-UBND\n\nThang điểm a "A": mười\n', encoding="utf-8")
    rules = load(tmp_path)
    assert rules.has_errors
    with pytest.raises(RuleSetError):
        rules.only()


def test_without_checks_only_reading_finds_something(tmp_path: Path) -> None:
    write(tmp_path, "12", "01/01/2022", "2022")
    assert {found.code for found in load(tmp_path).diagnostics} == {"TD316"}
    assert load(tmp_path, checks=False).diagnostics == ()


@pytest.mark.parametrize("wanted", ["không-có", "a\0b", "x" * 5000])
def test_a_path_that_cannot_be_is_told(wanted: str) -> None:
    with pytest.raises(RuleSetError) as error:
        load(wanted)
    assert codes(error)[0] in ("TD900", "TD901")


def test_a_folder_without_rule_files_is_told(tmp_path: Path) -> None:
    (tmp_path / "readme.txt").write_text("…", encoding="utf-8")
    with pytest.raises(RuleSetError) as error:
        load(tmp_path)
    assert codes(error) == ["TD904"]


@pytest.mark.skipif(os.name == "nt", reason="pipes and links of POSIX")
def test_pipes_loops_and_folders_named_like_rule_files_are_told_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.rubric")
    (tmp_path / "b.rubric").symlink_to(tmp_path / "b.rubric")
    (tmp_path / "c.rubric").mkdir()
    with pytest.raises(RuleSetError) as error:
        load(tmp_path)
    assert codes(error) == ["TD901", "TD901", "TD901"]


def test_a_file_is_read_up_to_its_limit_only(tmp_path: Path) -> None:
    with (tmp_path / "a.rubric").open("wb") as file:
        file.truncate(5_000_000_000)
    assert {found.code for found in load(tmp_path).diagnostics} == {"TD001"}


def test_a_folder_of_shipped_rules_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    assert shipped_folder("minh-hoa", (tmp_path / "none",)) is None


def test_the_package_lists_what_it_offers_before_it_is_loaded() -> None:
    assert set(thangdiem.dsl.__all__) <= set(dir(thangdiem.dsl))


def test_importing_the_package_does_not_load_the_parser() -> None:
    program = "import sys, thangdiem.dsl; sys.exit('lark' in sys.modules)"
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "dsl")}
    assert subprocess.run([sys.executable, "-c", program], env=environment, check=False).returncode == 0
