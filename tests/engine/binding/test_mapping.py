"""Python values and examples follow the rules that hold for files."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from binding_rubrics import FORMS, book
from thangdiem.dsl.rulebook import State
from thangdiem.engine.binding import bind, facts_from_example, facts_from_mapping
from thangdiem.engine.tables import read_table

EXAMPLE = """
Ví dụ "một sở" theo tỉnh
  1.1 = "Chưa có"
  1.4 = a, b
  2 = 38,5
  [Số hồ sơ] = 12
  [Tỷ lệ số hóa] = 80%
  [Có cổng] = có
  [Ngày gửi] = 31/12/2024
  [Loại hình] = thiếu
  Khối = "K1"
  Kết quả: tổng 50 điểm
"""
BOOK = book(FORMS + EXAMPLE)
SCALE = BOOK.scales[0]


def test_a_mapping_an_example_and_a_file_give_the_same_facts() -> None:
    given = {
        "1.1": "Chưa có",
        "1.4": ("a", "b"),
        "2": Decimal("38.5"),
        "[Số hồ sơ]": 12,
        "Tỷ lệ số hóa": "80%",
        "Có cổng": True,
        "Ngày gửi": date(2024, 12, 31),
        "Loại hình": None,
        "Khối": "K1",
    }
    known, wrong = facts_from_mapping(SCALE, given, "một sở")
    assert wrong == ()
    example, wrong = facts_from_example(BOOK.examples[0].units[0], SCALE, source=BOOK.source)
    assert wrong == ()
    text = (
        "Đơn vị;1.1;1.4;2;Số hồ sơ;Tỷ lệ số hóa;Có cổng;Ngày gửi;Loại hình;Khối\n"
        "một sở;Chưa có;a, b;38,5;12;80%;có;31/12/2024;;K1\n"
    )
    table, _ = read_table("a.csv", text.encode())
    assert table is not None
    units, wrong = bind(table, BOOK)
    assert wrong == ()
    assert example == units["tỉnh"][0]
    assert known == units["tỉnh"][0]


def test_a_float_is_misuse() -> None:
    with pytest.raises(TypeError, match="float"):
        facts_from_mapping(SCALE, {"2": 38.5})  # type: ignore[dict-item]


@pytest.mark.parametrize("value", [object(), Decimal("NaN"), Decimal("1e999999999"), b"x", {"a": 1}])
def test_what_no_cell_holds_is_misuse(value: object) -> None:
    with pytest.raises(TypeError):
        facts_from_mapping(SCALE, {"2": value})  # type: ignore[dict-item]


def test_wrong_values_are_findings() -> None:
    unit, wrong = facts_from_mapping(SCALE, {"2": True, "[Số hồ sơ]": Fraction(1, 2), "3": 1, "Chi phí": ("a",)})
    assert [one.code for one in wrong] == ["TD460", "TD465", "TD450", "TD476"]
    assert unit.scores["2"].state is State.INVALID


@pytest.mark.parametrize(
    ("given", "faults"),
    [("0,5%", []), ("0,005", []), (Fraction(1, 200), []), ("0,55%", ["TD466"]), (Fraction(11, 2000), ["TD466"])],
)
def test_decimals_of_a_percentage_are_those_of_its_percent(given: str | Fraction, faults: list[str]) -> None:
    declared = "  Số liệu [Tỷ lệ]: phần trăm, 1 chữ số thập phân\n"
    item = '  Chỉ số 1 "M": 1 điểm\n    Điểm = [Tỷ lệ] * điểm tối đa\n'
    text = f'Bộ tiêu chí "t"\nThang điểm a "A": 1 điểm\n{declared}{item}'
    _, wrong = facts_from_mapping(book(text).scales[0], {"[Tỷ lệ]": given})
    assert [found.code for found in wrong] == faults
