"""Checks of values: a page's wrong file tells its own code, its right file nothing; shipped rules no error."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.checker import check_text
from thangdiem.dsl.checks.values import VALUE_CHECKS
from thangdiem.dsl.diagnostic import Diagnostic, Severity
from thangdiem.dsl.library import load
from thangdiem.dsl.parser import parse
from thangdiem.dsl.resolver import resolve
from thangdiem.dsl.source import source_of

ROOT = Path(__file__).parents[3]
PAGES = sorted((ROOT / "docs" / "diagnostics").glob("TD2??.md"))
FENCE = re.compile(r"```rubric\n(.*?)```", re.DOTALL)
HEAD = 'Bộ tiêu chí "t"\n\nThang điểm s "t": 10 điểm\n'
ITEM = HEAD + '  Chỉ số 1 "i": 10 điểm\n'


def book_of(text: str) -> rb.Rulebook:
    syntax, told = parse(source_of(text))
    assert not told, [each.message("vi") for each in told]
    book, told = resolve(syntax)
    assert book is not None
    assert not told, [each.message("vi") for each in told]
    return book


def findings(text: str) -> list[Diagnostic]:
    book = book_of(text)
    return [found for check in VALUE_CHECKS for found in check(book)]


def codes(text: str) -> set[str]:
    return {found.code for found in findings(text)}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_wrong_file_of_a_page_tells_exactly_its_code(page: Path) -> None:
    wrong, right = FENCE.findall(page.read_text(encoding="utf-8"))
    told = findings(wrong)
    assert {found.code for found in told} == {page.stem}
    assert codes(right) == set()
    for found in told:
        assert found.place is not None
        assert found.breadcrumb[0] == "Thang điểm cấp-xã"
        for language in ("vi", "en"):
            assert found.message(language)  # type: ignore[arg-type]
            assert found.hint(language)  # type: ignore[arg-type]


def test_the_shipped_rules_tell_no_error() -> None:
    folders = sorted(path for path in (ROOT / "rules").iterdir() if path.is_dir())
    assert folders
    for folder in folders:
        errors = [found for found in load(folder).diagnostics if found.severity is Severity.ERROR]
        assert not errors, [found.message("vi") for found in errors]


def test_whole_totals_need_no_band_between_two_whole_numbers() -> None:
    item = "    Chọn một:\n      - tốt: 10 điểm\n      - khá: 7 điểm\n      - kém: 0 điểm\n"
    bands = "  Xếp loại\n    Loại A: từ 8 đến 10 điểm.\n    Loại B: từ 0 đến 7 điểm.\n"
    assert codes(ITEM + item + bands) == set()
    assert codes(ITEM + bands) == {"TD200"}


def test_a_gap_names_a_total_that_falls_into_it() -> None:
    bands = "  Xếp loại\n    Loại A: từ 8 điểm trở lên.\n    Loại B: dưới 7 điểm.\n"
    (found,) = findings(ITEM + bands)
    assert found.message("vi") == "Tổng điểm 7,5 không thuộc loại nào."
    assert len(found.related) == 1


def test_where_low_totals_are_good_the_lowest_band_comes_first() -> None:
    low = "    Loại tốt: dưới 3 điểm.\n    Loại kém: từ 3 điểm trở lên.\n"
    assert codes(ITEM + "  Xếp loại, càng thấp càng tốt\n" + low) == set()
    assert codes(ITEM + "  Xếp loại\n" + low) == {"TD202"}


def test_bands_by_share_are_told_in_percent() -> None:
    bands = "  Xếp loại theo tỷ lệ điểm\n    Loại A: từ 80% trở lên.\n    Loại B: dưới 70%.\n"
    (found,) = findings(ITEM + bands)
    assert found.arguments["example"] == "75%"


def test_rows_of_two_columns_must_cover_every_declared_pair() -> None:
    data = '  Số liệu [x]: một trong "a", "b"\n  Số liệu [y]: một trong "c", "d"\n'
    rows = '    Theo [x] và [y]:\n      - "a" và bất kỳ: 10 điểm\n      - "b" và "c": 5 điểm\n'
    head = HEAD + data + '  Chỉ số 1 "i": 10 điểm\n'
    (found,) = findings(head + rows)
    assert found.code == "TD211"
    assert found.arguments["example"] == "[x] = “b”, [y] = “d”"
    assert codes(head + rows + '      - "b" và "d": 0 điểm\n') == set()
    assert codes(head + rows + '      - "a" và "c": 0 điểm\n      - còn lại: 0 điểm\n') == {"TD210"}


def test_branches_that_tile_a_domain_need_no_rest() -> None:
    data = '  Số liệu [x]: một trong "A", "B"\n  Chỉ số 1 "i": 10 điểm\n'
    branches = '    Khi [x] = "A", điểm = 10 điểm\n    Khi [x] = "B", điểm = 5 điểm\n'
    assert codes(HEAD + data + branches) == set()
    assert codes(ITEM + "    Khi [x] = có, điểm = 10 điểm\n    Khi [x] = không, điểm = 5 điểm\n") == set()
    assert codes(ITEM + "    Khi [x] > 3, điểm = 10 điểm\n    Khi [x] ≤ 3, điểm = 5 điểm\n") == set()
    assert codes(ITEM + "    Khi [x] > 3, điểm = 10 điểm\n    Khi [x] < 3, điểm = 5 điểm\n") == {"TD260"}


def test_a_division_covered_by_a_row_before_it_is_not_told() -> None:
    data = "  Số liệu [a]: số nguyên, từ 0 trở lên\n  Số liệu [b]: số nguyên, từ 0 trở lên\n"
    covered = "    Đặt r theo [b]:\n      - 0: 0%\n      - còn lại: [a]/[b]\n"
    covered += "    Điểm = r * điểm tối đa, không quá 10 điểm\n"
    assert codes(HEAD + data + '  Chỉ số 1 "i": 10 điểm\n' + covered) == set()


def test_a_deadline_table_in_order_is_quiet_and_out_of_order_is_not() -> None:
    first, second = (
        "      - đến hết 31/05 năm đánh giá: 10 điểm\n",
        "      - đến hết 10/06 năm đánh giá: 2 điểm\n",
    )
    rest = "      - còn lại: 0 điểm\n"
    assert codes(ITEM + "    Theo [Ngày gửi]:\n" + first + second + rest) == set()
    assert codes(ITEM + "    Theo [Ngày gửi]:\n" + second + first + rest) == {"TD210", "TD220"}


def test_a_row_that_breaks_the_order_is_told_beside_the_one_before_it() -> None:
    rows = "từ 6 trở lên: 10", "từ 4 đến dưới 6: 3", "từ 2 đến dưới 4: 5", "còn lại: 0"
    (found,) = findings(ITEM + "    Theo [x]:\n" + "".join(f"      - {row} điểm\n" for row in rows))
    places = [found.place, *(each.place for each in found.related)]
    assert [place and place.start.line for place in places] == [5, 6]


def test_a_linear_formula_over_a_declared_domain_is_proved_to_leave_its_range() -> None:
    data = "  Số liệu [n]: số nguyên, từ 0 đến 20\n"
    (found,) = findings(HEAD + data + '  Chỉ số 1 "i": 10 điểm\n    Điểm = [n] * 1 điểm\n')
    assert (found.code, found.arguments["found_vi"]) == ("TD221", "20")


def test_points_without_end_are_told_in_words() -> None:
    data = "  Số liệu [n]: số nguyên, từ 0 trở lên\n"
    (found,) = findings(HEAD + data + '  Chỉ số 1 "i": 10 điểm\n    Điểm = [n] * 1 điểm\n')
    assert "lớn tùy ý" in found.message("vi")
    assert "∞" not in found.message("vi") + found.message("en")


def test_thousand_lines_are_checked_without_many_findings_of_one_kind_of_item() -> None:
    items = "".join(f'  Chỉ số {n} "i": 10 điểm\n    Điểm = [x{n}] * 1 điểm\n' for n in range(1, 50))
    assert [found.code for found in findings('Bộ tiêu chí "t"\n\nThang điểm s "t": 490 điểm\n' + items)] == ["TD223"]


@pytest.mark.parametrize(
    ("bands", "warned"),
    [
        ("Loại tốt: chỉ số 1 từ 8 điểm trở lên.\n    Loại khá: chỉ số 1 dưới 8 điểm.", False),
        ("Loại tốt: [Đạt] = có.\n    Loại khá: [Đạt] = không.", False),
        ("Loại tốt: [Đạt] = có.\n    Loại khá: không phải [Đạt] = có.", False),
        ("Loại tốt: chỉ số 1 từ 8 điểm trở lên.\n    Loại khá: chỉ số 1 dưới 7 điểm.", True),
        ("Loại tốt khi đạt tất cả:\n    a) chỉ số 1 từ 8 điểm trở lên\n    Loại khá: chỉ số 1 dưới 8 điểm.", False),
    ],
)
def test_conditions_that_leave_no_unit_without_a_grade_are_not_warned_of(bands: str, warned: bool) -> None:
    text = ITEM.replace("  Chỉ số", "  Số liệu [Đạt]: có/không\n  Chỉ số") + f"  Xếp loại\n    {bands}\n"
    assert ("TD204" in codes(text)) is warned


@pytest.mark.parametrize(
    ("expression", "told"),
    [("căn(16; 2)", False), ("16^0,5", False), ("căn(2; 2)", True), ("căn([x]; 2)", True), ("[x]^0,5", True)],
)
def test_only_what_is_no_fraction_must_be_rounded(expression: str, told: bool) -> None:
    data = "  Số liệu [x]: số, từ 0 đến 16\n"
    text = ITEM.replace("  Chỉ số", data + "  Chỉ số") + f"    Điểm = {expression}\n"
    assert ("TD240" in codes(text)) is told


def test_a_number_that_cannot_be_read_tells_nothing_but_that() -> None:
    text = ITEM + "    Chọn một:\n      - Có: 2.5 điểm\n      - Không: 0 điểm\n"
    assert [found.code for found in check_text(text).diagnostics] == ["TD067"]


@pytest.mark.parametrize(
    ("line", "meant"),
    [("Không quá 8 điểm", True), ("Không quá 4 điểm", False), ("Không dưới 8 điểm", False)],
)
def test_a_limit_above_the_last_item_was_meant_for_the_scale(line: str, meant: bool) -> None:
    text = HEAD + f'  Chỉ số 1 "i": 6 điểm\n  Chỉ số 2 "k": 4 điểm\n  {line}\n'
    told = [found for found in findings(text) if found.code == "TD272"]
    assert bool(told) is meant
    assert all(found.arguments["holder"] == "chỉ số 2" for found in told)


def test_a_limit_above_the_last_bonus_was_meant_for_the_scale() -> None:
    bonus = '  Điểm thưởng "b": không quá 2 điểm\n    Điểm = [lần] * 1 điểm\n'
    assert "TD272" not in codes(ITEM + bonus)
    assert "TD272" in codes(ITEM + '  Điểm thưởng "b": 2 điểm\n    Điểm = [lần] * 1 điểm\n  Không quá 11 điểm\n')


def test_a_formula_over_a_value_of_cases_may_leave_its_range_but_is_not_proved_to() -> None:
    data = "  Số liệu [n]: số nguyên, từ 0 đến 20\n"
    rows = "    Đặt m theo trường hợp:\n      - [n] từ 5 trở lên: 3\n      - còn lại: 1\n"
    (found,) = findings(HEAD + data + '  Chỉ số 1 "i": 10 điểm\n' + rows + "    Điểm = m * 4 điểm\n")
    assert (found.code, found.arguments["found_vi"]) == ("TD222", "12")


def test_a_checklist_with_points_that_data_give_is_not_proved_to_leave_its_range() -> None:
    marks = "    Cộng các ý đạt:\n      a) Có kế hoạch: 4 điểm\n      b) Có báo cáo: [Số báo cáo] * 1 điểm\n"
    (found,) = findings(ITEM + marks)
    assert (found.code, found.arguments["names"]) == ("TD223", "[Số báo cáo]")
    data = "  Số liệu [Số báo cáo]: số nguyên, từ 0 đến {most}\n"
    (found,) = findings(HEAD + data.format(most=7) + '  Chỉ số 1 "i": 10 điểm\n' + marks)
    assert (found.code, found.arguments["found_vi"]) == ("TD222", "11")
    assert codes(HEAD + data.format(most=6) + '  Chỉ số 1 "i": 10 điểm\n' + marks) == set()
    assert codes(ITEM + marks.replace("[Số báo cáo] * 1", "7")) == {"TD221"}
