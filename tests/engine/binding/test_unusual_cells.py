"""Cells, headings and domains that are seldom met: each has its meaning, or its finding."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction

import pytest
from attrs import evolve

from binding_rubrics import book
from thangdiem.dsl.diagnostic import Diagnostic
from thangdiem.dsl.rulebook import Rulebook
from thangdiem.engine.binding import bind
from thangdiem.engine.binding.mapping import Given, facts_from_mapping
from thangdiem.engine.facts import UnitFacts
from thangdiem.engine.tables import Table, read_table

HEAD = 'Quyết định 1/QĐ-UBND\n\nThang điểm tỉnh "Cấp tỉnh": 10 điểm\n'


def table_of(text: str) -> Table:
    table, found = read_table("a.csv", text.encode())
    assert table is not None, found
    return table


def read(rules: Rulebook, text: str) -> tuple[UnitFacts, tuple[Diagnostic, ...]]:
    units, told = bind(table_of(text), rules, None)
    return units["tỉnh"][0], tuple(found for found in told if found.code != "TD484")


def given(rules: Rulebook, data: dict[str, Given]) -> tuple[UnitFacts, list[str]]:
    facts, told = facts_from_mapping(rules.scales[0], data)
    return facts, [found.code for found in told]


def domain(stated: str) -> Rulebook:
    return book(f'{HEAD}  Số liệu [x]: {stated}\n  Chỉ số 1 "Một": 10 điểm\n    Thay bằng 1 điểm khi có số liệu [x]\n')


@pytest.mark.parametrize(
    ("stated", "good", "bad", "shown"),
    [
        ("ngày, từ 01/01/2024 đến 31/12/2024", "31/12/2024", "01/01/2025", "≥ 01/01/2024, ≤ 31/12/2024"),
        ("số, khác 0", "1", "0", "≠ 0"),
        ("số, trên 0", "1", "0", "> 0"),
    ],
)
def test_a_value_outside_its_domain_is_told_with_the_domain(stated: str, good: str, bad: str, shown: str) -> None:
    rules = domain(stated)
    assert read(rules, f"Đơn vị;x;Ghi chú\nSở A;{good};\n")[1] == ()
    (found,) = read(rules, f"Đơn vị;x;Ghi chú\nSở A;{bad};\n")[1]
    assert shown in found.message("vi")


def test_a_domain_that_goes_by_the_year_assessed_is_left_to_the_rules() -> None:
    assert read(domain("ngày, đến hết 31/05 năm đánh giá"), "Đơn vị;x;Ghi chú\nSở A;01/06/2030;\n")[1] == ()


def test_a_number_too_long_for_a_cell_is_refused_from_a_program_too() -> None:
    assert given(domain("số"), {"x": 10**300})[1] == ["TD475"]


def test_a_cell_of_a_workbook_is_named_with_its_sheet() -> None:
    table = evolve(table_of("Đơn vị;x;Ghi chú\nSở A;sai;\n"), sheet="Nhập")
    units, told = bind(table, domain("số"), None)
    origin = units["tỉnh"][0].data["x"].origin
    assert origin is not None
    assert origin.sheet == "Nhập"
    assert "trang “Nhập”, ô B2" in next(found for found in told if found.code == "TD460").message("vi")


@pytest.mark.parametrize(("found", "shown"), [("z" * 60, "z" * 60), ("z" * 61, "z" * 59 + "…")])
def test_a_long_text_is_quoted_by_its_beginning(found: str, shown: str) -> None:
    _, told = read(domain("số"), f"Đơn vị;x\nSở A;{found}\n")
    assert [each.arguments["found"] for each in told] == [shown]


def test_of_many_kinds_of_units_eight_are_named() -> None:
    kinds = ", ".join(f'"{kind}"' for kind in "abcdefghi")
    rules = book(f'{HEAD}  Áp dụng cho: {kinds}\n  Chỉ số 1 "Một": 10 điểm\n')
    _, told = bind(table_of("Đơn vị;Loại đơn vị;1\nSở A;huyện;1\n"), rules, None)
    nearest = next(each.arguments["nearest"] for each in told if each.code == "TD457")
    assert nearest == ", ".join(f"“{kind}”" for kind in "abcdefgh")


def test_two_columns_of_one_item_are_told() -> None:
    rules = book(f'{HEAD}  Chỉ số 1 "Một": 10 điểm\n')
    facts, told = given(rules, {"1": "4", "Một": "5"})
    assert told == ["TD454"]
    assert facts.scores["1"].value == 4


@pytest.mark.parametrize("data", [{1: "4"}, {"x": datetime(2024, 1, 1, 8)}])
def test_what_is_no_column_and_no_value_of_one_is_a_mistake_of_the_program(data: dict[str, Given]) -> None:
    with pytest.raises(TypeError):
        given(domain("ngày"), data)


def test_a_column_of_what_is_computed_is_refused_by_its_title_and_by_its_letter() -> None:
    rules = book(f"""{HEAD}  Chỉ số 1 "Một": 5 điểm
    Điểm = [x] * 1 điểm
  Chỉ số 2 "Hai": 5 điểm
    Cộng các ý đạt:
      a) khi [x] trên 1: 5 điểm
""")
    assert given(rules, {"Một": "4"})[1] == ["TD451"]
    assert given(rules, {"2.a": "x"})[1] == ["TD451"]


def test_brackets_behind_a_datum_are_no_layer() -> None:
    rules = book(f"""{HEAD}  Lớp điểm: tự chấm, thẩm định; lấy lớp cuối cùng có điểm
  Số liệu [Hồ sơ (tự chấm)]: số
  Chỉ số 1 "Một": 10 điểm
    Điểm = [Hồ sơ (tự chấm)] * 1 điểm
""")
    facts, told = given(rules, {"Hồ sơ (tự chấm)": "4"})
    assert (told, facts.data["Hồ sơ (tự chấm)"].value) == ([], 4)


def test_levels_letters_and_points_of_one_item_are_told_apart_by_their_look() -> None:
    rules = book(f"""{HEAD}  Chỉ số 1 "Một": 10 điểm
    Khi [loại] = 1, chọn một:
      - Tốt: 10 điểm
      - Kém: 0 điểm
    Khi [loại] = 2, cộng các ý đạt:
      a) Một: 6 điểm
      b) Hai: 4 điểm
    Còn lại, chấm trực tiếp
""")
    for text, value in (("tốt", "Tốt"), ("a, b", ("a", "b")), ("7,5", Fraction(15, 2))):
        facts, told = given(rules, {"1": text})
        assert (told, facts.scores["1"].value) == ([], value)


def test_the_names_of_units_stand_in_the_first_column_that_counts_nothing() -> None:
    rules = book(f'{HEAD}  Chỉ số 1 "Một": 10 điểm\n')
    unit, told = read(rules, "TT;Cơ sở giáo dục;1\n1;Trường A;4\n")
    assert (unit.unit, unit.scores["1"].value) == ("Trường A", 4)
    assert not [found for found in told if found.severity.value == "error"]


def test_of_many_wrong_cells_some_are_told_and_the_others_counted() -> None:
    declared = "".join(f"  Số liệu [x{at}]: số\n" for at in range(80))
    used = "".join(f"    Thay bằng 1 điểm khi có số liệu [x{at}]\n" for at in range(80))
    rules = book(f'{HEAD}{declared}  Chỉ số 1 "Một": 10 điểm\n{used}')
    heading, row = (";".join(each) for each in ([f"x{at}" for at in range(80)], ["sai"] * 80))
    _, told = read(rules, f"Đơn vị;{heading}\n" + "".join(f"Sở {at};{row}\n" for at in range(5)))
    assert any(found.code == "TD480" for found in told)
