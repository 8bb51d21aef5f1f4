"""Tables of unit data become facts, or findings that name the cell."""

from fractions import Fraction

import pytest

from binding_rubrics import FORMS, LAYERED, TWO_SCALES, book
from thangdiem.dsl.diagnostic import Diagnostic, has_errors
from thangdiem.dsl.rulebook import Rulebook, State
from thangdiem.engine.binding import bind
from thangdiem.engine.facts import Fact, UnitFacts
from thangdiem.engine.tables import read_table

BOOK = book(FORMS)
SOLVED = book(TWO_SCALES)


def read(
    text: str, rules: Rulebook = BOOK, scale: str | None = None
) -> tuple[dict[str, UnitFacts], tuple[Diagnostic, ...]]:
    table, found = read_table("a.csv", text.encode())
    assert table is not None, found
    units, told = bind(table, rules, scale)
    wrong = tuple(one for one in told if one.code != "TD484")  # the tables here hold the columns in question only
    for one in wrong:
        for language in ("vi", "en"):
            assert one.message(language)
            assert one.hint(language)
    return {unit.unit: unit for each in units.values() for unit in each}, wrong


def cell(heading: str, text: str) -> tuple[Fact, list[str]]:
    units, wrong = read(f"Đơn vị;{heading};Ghi chú\nSở A;{text};x\n")
    unit = units["Sở A"]
    return next(iter({**unit.data, **unit.scores, **unit.columns}.values())), [one.code for one in wrong]


@pytest.mark.parametrize("other", ["Sở A(cũ)", "Sở  A - cũ", "S\u1edf \u0410 (c\u0169)", "sở a “cũ”."])
def test_two_names_that_look_alike_are_told_and_both_scored(other: str) -> None:
    units, wrong = read(f"Đơn vị;Số hồ sơ\nSở A (cũ);1\n{other};2\nSở B (cũ);3\n")
    assert len(units) == 3
    assert [(one.code, one.place and one.place.cell) for one in wrong] == [("TD485", "A3")]


def test_names_that_show_their_difference_are_not_told() -> None:
    assert read("Đơn vị;Số hồ sơ\nPhòng 1.1;1\nPhòng 11;2\nPhòng 1/1;3\nPhong 11;4\n")[1] == ()


@pytest.mark.parametrize(
    "name", ["Tổng số 20 đơn vị", "TRUNG BÌNH", "Trung bình toàn tỉnh", "Toàn tỉnh", "Bình quân:", "Average"]
)
def test_a_row_of_sums_or_means_is_no_unit(name: str) -> None:
    units, wrong = read(f"Đơn vị;Số hồ sơ\nSở A;1\n{name};2\nTổng cục B;3\n")
    assert list(units) == ["Sở A", "Tổng cục B"]
    assert [one.code for one in wrong] == ["TD483"]


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (("0,96", "80%", "1,5%"), "B2"),
        (("80%", "0", "1"), "B4"),
        (("80%", "0", "0%"), None),
        (("0,96", "1", "0"), None),
        (("80%", "", "không áp dụng"), None),
    ],
)
def test_a_column_of_percentages_of_which_some_lack_the_sign_is_told(cells: tuple[str, ...], told: str | None) -> None:
    rows = "".join(f"Sở {number};{cell}\n" for number, cell in enumerate(cells))
    found = [one for one in read(f"Đơn vị;Tỷ lệ số hóa\n{rows}")[1] if one.code == "TD486"]
    assert [one.place and one.place.cell for one in found] == ([told] if told else [])


@pytest.mark.parametrize(
    ("heading", "text", "value"),
    [
        ("Số hồ sơ", "12", Fraction(12)),
        ("[Số hồ sơ]", "1250", Fraction(1250)),
        ("số hồ sơ", "1.250.000", Fraction(1250000)),
        ("Chi phí", "0,12", Fraction(12, 100)),
        ("Tỷ lệ số hoá", "80%", Fraction(4, 5)),
        ("Tỷ lệ số hóa", "0,8", Fraction(4, 5)),
        ("Có cổng", "CÓ", True),
        ("Có cổng", "no", False),
        ("Loại hình", "b", "B"),
        ("1.1", "trưởng ban là chủ tịch", "Trưởng ban là Chủ tịch"),
        ("Chỉ số thành phần 1.1", "Chưa có", "Chưa có"),
        ("1.1 Chỉ đạo", "Chưa có", "Chưa có"),
        ("Chỉ đạo", "Chưa có", "Chưa có"),
        ("1.4", "b a", ("a", "b")),
        ("1.4", "không ý nào", ()),
        ("2", "38,5", Fraction(77, 2)),
        ("Điểm thưởng Giải thưởng", "3", Fraction(3)),
        ("Quyết định của Chủ tịch", "2", Fraction(2)),
    ],
)
def test_a_cell_is_read_as_its_column_says(heading: str, text: str, value: object) -> None:
    fact, wrong = cell(heading, text)
    assert (fact.state, fact.value, wrong) == (State.VALUE, value, [])
    assert fact.written == text
    assert fact.origin is not None
    assert fact.origin.cell == "B2"


@pytest.mark.parametrize(
    ("heading", "text", "code"),
    [
        ("Số hồ sơ", "mười", "TD460"),
        ("Số hồ sơ", "1.250", "TD461"),
        ("Chi phí", "1,250", "TD461"),
        ("Chi phí", "1250.5", "TD462"),
        ("Tỷ lệ số hóa", "80", "TD463"),
        ("Số hồ sơ", "80%", "TD464"),
        ("2", "80%", "TD464"),
        ("Số hồ sơ", "1,5", "TD465"),
        ("Chi phí", "0,1234", "TD466"),
        ("Số hồ sơ", "-1", "TD467"),
        ("Tỷ lệ số hóa", "100,5%", "TD467"),
        ("Loại hình", "C", "TD468"),
        ("Có cổng", "1", "TD469"),
        ("Có cổng", "x", "TD469"),
        ("Ngày gửi", "31/02/2024", "TD470"),
        ("1.1", "Trưởng ban", "TD471"),
        ("1.4", "a, c", "TD472"),
        ("2", "-", "TD474"),
        ("2", "1" * 16, "TD475"),
    ],
)
def test_a_wrong_cell_is_invalid_and_told_with_its_place(heading: str, text: str, code: str) -> None:
    units, wrong = read(f"Đơn vị;{heading}\nSở A;{text}\nSở B;\n")
    assert [one.code for one in wrong] == [code]
    assert wrong[0].place is not None
    assert (wrong[0].place.file, wrong[0].place.cell) == ("a.csv", "B2")
    assert "Sở A" in wrong[0].message("vi")
    assert cell(heading, text)[0].state is State.INVALID
    assert set(units) == {"Sở A", "Sở B"}


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("", State.MISSING),
        ("không áp dụng", State.NOT_APPLICABLE),
        ("N/A", State.NOT_APPLICABLE),
        ("chưa đánh giá", State.NOT_ASSESSED),
    ],
)
@pytest.mark.parametrize("heading", ["Số hồ sơ", "Có cổng", "Ngày gửi", "Tên miền", "1.1", "1.4", "2"])
def test_states_are_said_in_words_and_zero_is_a_value(heading: str, text: str, state: State) -> None:
    fact, wrong = cell(heading, text)
    assert (fact.state, fact.value, wrong) == (state, None, [])
    assert cell("2", "0")[0].value == 0


def test_every_letter_of_a_checklist_needs_its_answer() -> None:
    units, wrong = read("Đơn vị;1.4.a;1.4.b\nA;x;không\nB;✓;\nC;n/a;n/a\nD;n/a;có\nE;1;có\n")
    assert {name: (unit.scores["1.4"].state.value, unit.scores["1.4"].value) for name, unit in units.items()} == {
        "A": ("value", ("a",)),
        "B": ("missing", None),
        "C": ("not_applicable", None),
        "D": ("invalid", None),
        "E": ("invalid", None),
    }
    assert sorted(one.code for one in wrong) == ["TD473", "TD479"]


@pytest.mark.parametrize(
    ("heading", "code"),
    [("Số hồ sớ", "TD450"), ("[2]", "TD450"), ("1.4a", "TD450"), ("1.2", "TD451"), ("1", "TD452")],
)
def test_a_column_nobody_reads_is_an_error(heading: str, code: str) -> None:
    _, wrong = read(f"Đơn vị;{heading}\nA;1\n")
    assert [(one.code, one.place and one.place.cell) for one in wrong] == [(code, "B1")]


def test_an_unknown_column_suggests_the_nearest() -> None:
    assert "Số hồ sơ" in read("Đơn vị;Số hồ sớ\nA;1\n")[1][0].hint("vi")
    assert "1.4.a" in read("Đơn vị;1.4a\nA;x\n")[1][0].hint("vi")


def test_two_columns_for_one_thing_are_an_error() -> None:
    assert [one.code for one in read("Đơn vị;2;Sáng kiến\nA;1;2\n")[1]] == ["TD454"]


def test_running_numbers_and_remarks_are_not_looked_at() -> None:
    units, wrong = read("STT;Tên đơn vị;Ghi chú;Khối;Trực thuộc\n1;Sở A;gì đó;K1;Tỉnh\n")
    assert (units["Sở A"].block, units["Sở A"].superior, wrong) == ("K1", "Tỉnh", ())


def test_a_unit_twice_and_a_row_without_a_unit_are_errors() -> None:
    units, wrong = read("Đơn vị;2\nSở Hòa;1\nSỞ HOÀ;2\n;3\n")
    assert [one.code for one in wrong] == ["TD458", "TD459"]
    assert "hàng 3" in wrong[0].message("vi")
    assert "hàng 2" in wrong[0].message("vi")
    assert units == {}


def test_of_a_unit_that_stands_twice_no_row_is_taken_and_the_others_are() -> None:
    units, _ = read("Đơn vị;2\nSở Hòa;1\nSở B;3\nSỞ HOÀ;2\n")
    assert list(units) == ["Sở B"]


@pytest.mark.parametrize("name", ["Tổng cộng", "CỘNG", "Người lập biểu:", "Total"])
def test_sums_and_signatures_are_no_units(name: str) -> None:
    units, wrong = read(f"Đơn vị;2\nSở B;3\n{name};3\n")
    assert list(units) == ["Sở B"]
    assert [one.code for one in wrong] == ["TD483"]


def test_a_column_the_rules_read_is_missed_once_for_the_file() -> None:
    table, _ = read_table("a.csv", "Đơn vị;2\nSở A;1\nSở B;2\n".encode())
    assert table is not None
    (found,) = bind(table, BOOK)[1]
    assert found.code == "TD484"
    assert "[Số hồ sơ]" in found.message("vi")


@pytest.mark.parametrize(
    ("count", "named"),
    [(12, "[x1], [x2], [x3], [x4], [x5], [x6], [x7], [x8], [x9], [x10], [x11], [x12]"), (13, "[x12], …")],
)
def test_of_many_columns_that_are_lacking_twelve_are_named(count: int, named: str) -> None:
    points = " + ".join(f"[x{number}]" for number in range(1, count + 1))
    rules = book(
        f'Quyết định 1/QĐ\n\nThang điểm a "A": 10 điểm\n  Chỉ số 1 "Một": 10 điểm\n    Điểm = ({points}) * 1 điểm\n'
    )
    table, _ = read_table("a.csv", "Đơn vị;Ghi chú\nSở A;x\n".encode())
    assert table is not None
    found = next(one for one in bind(table, rules)[1] if one.code == "TD484")
    assert str(found.arguments["columns"]).endswith(named)


def test_a_total_stands_alone() -> None:
    units, wrong = read("Đơn vị;Tổng điểm;2\nA;80,5;\nB;80;5\n")
    assert units["A"].total == Fact(State.VALUE, Fraction(161, 2), "80,5")
    assert units["B"].total is not None
    assert units["B"].total.state is State.INVALID
    assert [one.code for one in wrong] == ["TD477"]


def test_several_scales_need_a_column_or_a_choice() -> None:
    assert [one.code for one in read("Đơn vị;1\nA;1\n", SOLVED)[1]] == ["TD455"]
    units, wrong = read("Đơn vị;1\nA;1\n", SOLVED, "huyen")
    assert (units["A"].scale, wrong) == ("huyện", ())
    assert [one.code for one in read("Đơn vị;1\nA;1\n", SOLVED, "xã")[1]] == ["TD606"]


def test_the_kind_of_unit_chooses_its_scale() -> None:
    units, wrong = read("Đơn vị;Loại đơn vị;1;2\nA;sở;1;\nB;HUYỆN;1;2\nC;tỉnh;1;2\nD;;1;\n", SOLVED)
    assert {name: unit.scale for name, unit in units.items()} == {"A": "tỉnh", "B": "huyện", "C": "tỉnh"}
    assert [(one.code, one.place and one.place.cell) for one in wrong] == [("TD482", "D4"), ("TD457", "B5")]


def test_a_chosen_scale_leaves_other_units_out_and_says_so() -> None:
    units, wrong = read("Đơn vị;Loại đơn vị;1\nA;sở;1\nB;huyện;1\n", SOLVED, "tỉnh")
    assert list(units) == ["A"]
    assert [one.code for one in wrong] == ["TD481"]
    assert not has_errors(wrong)


@pytest.mark.parametrize(
    ("rule", "cells", "state", "layer"),
    [
        ("lấy lớp cuối cùng có điểm", "5;4", State.VALUE, "thẩm định"),
        ("lấy lớp cuối cùng có điểm", "5;", State.VALUE, "tự chấm"),
        ("lấy lớp cuối cùng có điểm", ";", State.MISSING, ""),
        ("bắt buộc có thẩm định", "5;4", State.VALUE, "thẩm định"),
        ("bắt buộc có thẩm định", "5;", State.NOT_ASSESSED, "thẩm định"),
    ],
)
def test_the_layer_that_counts_is_named(rule: str, cells: str, state: State, layer: str) -> None:
    rules = book(LAYERED.format(rule=rule))
    units, wrong = read(f"Đơn vị;1 (tự chấm);1 (thẩm định)\nA;{cells}\n", rules)
    fact = units["A"].scores["1"]
    assert (fact.state, fact.layer, wrong) == (state, layer, ())
    assert set(units["A"].layers["1"]) == {"tự chấm", "thẩm định"}


def test_points_without_a_layer_are_refused_where_there_are_layers() -> None:
    rules = book(LAYERED.format(rule="bắt buộc có thẩm định"))
    assert [one.code for one in read("Đơn vị;1\nA;1\n", rules)[1]] == ["TD478"]
    assert [one.code for one in read("Đơn vị;1 (lớp ba)\nA;1\n", rules)[1]] == ["TD478"]


def test_findings_are_limited_and_every_wrong_cell_stays_invalid() -> None:
    rows = "".join(f"U{number};x\n;1\n" for number in range(500))
    units, wrong = read(f"Đơn vị;2\n{rows}")
    assert wrong[-1].code == "TD480"
    assert wrong[-1].arguments["count"] == 304
    assert "499 ô khác" in wrong[0].message("vi")
    assert {unit.scores["2"].state for unit in units.values()} == {State.INVALID}
