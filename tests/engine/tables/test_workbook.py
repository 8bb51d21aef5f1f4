import io
import random
import sys
import time
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from datetime import time as clock
from fractions import Fraction
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thangdiem.dsl.diagnostic import Diagnostic, has_errors
from thangdiem.engine.tables import Table, read_table

openpyxl = pytest.importorskip("openpyxl")

HEADER = ["Đơn vị", "1.1", "1.2"]
CONTENT = "xl/worksheets/sheet1.xml"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def workbook(*rows: list[Any], change: Callable[[Any, Any], None] = lambda book, sheet: None) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Số liệu"
    for row in rows:
        sheet.append(row)
    change(book, sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def repacked(data: bytes, changes: dict[str, bytes | None], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The workbook with some parts put in, replaced, or (None) left out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", compression) as packed:
        for name in old.namelist():
            if name not in changes:
                packed.writestr(name, old.read(name))
        for name, content in changes.items():
            if content is not None:
                packed.writestr(name, content)
    return out.getvalue()


def with_sheet(content: str | bytes) -> bytes:
    return repacked(workbook(HEADER), {CONTENT: content.encode() if isinstance(content, str) else content})


def sheet_of(rows: str) -> bytes:
    return with_sheet(f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>")


def read(data: bytes, **choice: Any) -> tuple[Table, tuple[Diagnostic, ...]]:
    table, found = read_table("a.xlsx", data, **choice)
    assert table is not None, [one.message("en") for one in found]
    return table, found


def values(table: Table) -> list[list[object]]:
    return [[cell.value for cell in row] for row in table.rows]


def codes(data: bytes, name: str = "a.xlsx", **choice: Any) -> list[str]:
    table, found = read_table(name, data, **choice)
    assert (table is None) == has_errors(found)
    for one in found:
        assert one.place is not None
        for language in ("vi", "en"):
            assert name in one.message(language)
            assert one.hint(language)
    return [one.code for one in found]


def places(data: bytes) -> list[tuple[str, str | None, str | None]]:
    _, found = read_table("a.xlsx", data)
    return [(one.code, one.place and one.place.sheet, one.place and one.place.cell) for one in found]


def test_numbers_are_the_shortest_decimals_stored_alike() -> None:
    table, found = read(workbook(HEADER, ["Sở A", 0.8, 38.5], ["Sở B", 236.06, 1e-7], ["Sở C", 40, -3]))
    assert values(table) == [
        ["Sở A", Fraction(4, 5), Fraction(77, 2)],
        ["Sở B", Fraction(23606, 100), Fraction(1, 10**7)],
        ["Sở C", Fraction(40), Fraction(-3)],
    ]
    assert [cell.text for cell in table.rows[0]] == ["Sở A", "0,8", "38,5"]
    assert not found


def test_the_seventeen_digits_excel_writes_come_back_as_typed() -> None:
    cells = '<c r="A2"><v>0.80000000000000004</v></c><c r="B2"><v>2.3605999999999998</v></c>'
    table, found = read(sheet_of(f'<row r="1">{header_cells()}</row><row r="2">{cells}</row>'))
    assert values(table) == [[Fraction(4, 5), Fraction(23606, 10000)]]
    assert not found


def header_cells() -> str:
    return "".join(
        f'<c r="{letter}1" t="inlineStr"><is><t>{title}</t></is></c>' for letter, title in (("A", "x"), ("B", "y"))
    )


@given(st.floats(min_value=-1e9, max_value=1e9, allow_nan=False).map(lambda number: round(number, 4)))
@settings(max_examples=15, deadline=None)
def test_any_typed_number_is_read_as_typed(number: float) -> None:
    table, _ = read(workbook(HEADER, ["Sở A", number, 1]))
    value = table.rows[0][1].value
    assert isinstance(value, Fraction)
    assert value == Fraction(repr(number)) or abs(value) < Fraction(1, 10**9)


def test_numbers_shown_otherwise_than_kept_are_remarked_once() -> None:
    kept = ("195.99999999999997", "0.30000000000000004", "0.33333333333333331", "0.10000000000000001")
    cells = [f"<c><v>{number}</v></c>" for number in kept]
    rows = f'<row r="2">{cells[0]}{cells[1]}</row><row r="3">{cells[2]}{cells[3]}</row>'
    table, found = read(sheet_of(f'<row r="1">{header_cells()}</row>{rows}'))
    assert values(table)[0] == [Fraction("195.99999999999997"), Fraction("0.30000000000000004")]
    assert values(table)[1] == [Fraction("0.3333333333333333"), Fraction(1, 10)]
    assert [(one.code, one.place and one.place.cell) for one in found] == [("TD433", "A2")]
    assert "196" in found[0].message("vi")
    assert found[0].arguments["count"] == 2


def test_a_number_of_more_than_twelve_digits_is_no_noise() -> None:
    cells = "".join(f"<c><v>{number}</v></c>" for number in ("1.0000000000100002", "1.0000000000010003"))
    _, found = read(sheet_of(f'<row r="1">{header_cells()}</row><row r="2">{cells}</row>'))
    assert [(one.code, one.arguments["shown"], one.arguments["count"]) for one in found] == [
        ("TD433", "1.00000000001", 1)
    ]


def test_percent_cells_are_ratios_shown_as_percent() -> None:
    def change(book: Any, sheet: Any) -> None:
        sheet["B2"].number_format = "0.0%"
        sheet["C2"].number_format = '0" %"'

    row = read(workbook(HEADER, ["Sở A", 0.805, 80], ["Sở B", "80%", 1], change=change))[0].rows
    assert (row[0][1].value, row[0][1].text, row[0][1].percent) == (Fraction(161, 200), "80,5%", True)
    assert (row[0][2].value, row[0][2].percent) == ("80%", True)
    assert (row[1][1].value, row[1][1].percent) == ("80%", True)


def test_dates_and_yes_no_keep_their_kind() -> None:
    moments = [
        "Sở A",
        datetime(2022, 11, 23),
        datetime(2022, 11, 23, 14, 30),
        date(2022, 1, 2),
        clock(14, 30),
        True,
    ]
    table, _ = read(workbook([*HEADER, "1.3", "1.4", "1.5"], moments))
    cells = table.rows[0][1:]
    assert [cell.value for cell in cells] == [
        date(2022, 11, 23), date(2022, 11, 23), date(2022, 1, 2), "14:30:00", True,
    ]  # fmt: skip
    assert [cell.text for cell in cells[:3]] == ["23/11/2022", "23/11/2022 14:30:00", "02/01/2022"]
    english, _ = read(workbook(HEADER, ["A", date(2022, 1, 2), 0.5]), dialect="en")
    assert [cell.text for cell in english.rows[0][1:]] == ["2022-01-02", "0.5"]


def test_codes_that_became_numbers_keep_their_dot_and_shown_digits() -> None:
    def change(book: Any, sheet: Any) -> None:
        sheet["C1"].number_format = "0.00"

    table, _ = read(workbook(["Đơn vị", 1.1, 1.1], ["Sở A", 1, 2], change=change))
    assert [cell.text for cell in table.header] == ["Đơn vị", "1.1", "1.10"]


def test_a_code_that_became_a_date_is_refused() -> None:
    assert places(workbook(["Đơn vị", date(2022, 2, 1)], ["Sở A", 1])) == [("TD416", "Số liệu", "B1")]


def test_a_merged_title_and_an_empty_row_stand_above_the_header() -> None:
    def change(book: Any, sheet: Any) -> None:
        sheet.merge_cells("A1:C1")

    table, found = read(workbook(["BẢNG TỔNG HỢP"], [], HEADER, ["Sở A", 1, 2], change=change))
    assert table.titles == ("BẢNG TỔNG HỢP",)
    assert table.rows[0][0].name == "A4"
    assert table.place(table.rows[0][0]).sheet == "Số liệu"
    assert not found


def test_merged_cells_inside_the_table_are_remarked() -> None:
    def change(book: Any, sheet: Any) -> None:
        sheet.merge_cells("A2:A3")

    table, found = read(workbook(HEADER, ["Sở A", 1, 2], [None, 3, 4], change=change))
    assert values(table)[1] == [None, Fraction(3), Fraction(4)]
    assert [(one.code, one.place and one.place.cell) for one in found] == [("TD432", "A2")]


def test_hidden_rows_are_data_and_hidden_sheets_are_passed_over() -> None:
    def change(book: Any, sheet: Any) -> None:
        sheet.row_dimensions[2].hidden = True
        cover = book.create_sheet("Bìa", 0)
        cover["A1"] = "Báo cáo"
        book.create_sheet("Ẩn", 0).append(["Tên", "Số"])
        book["Ẩn"].sheet_state = "hidden"
        book.create_sheet("Trống")

    data = workbook(HEADER, ["Sở A", 1, 2], ["Sở B", 3, 4], change=change)
    table, found = read(data)
    assert (table.sheet, len(table.rows)) == ("Số liệu", 2)
    assert [one.code for one in found] == ["TD436", "TD428"]
    assert found[1].arguments["others"] == "Ẩn, Bìa"
    assert read(data, sheet="SỐ LIỆU") == (table, found[:1])
    assert codes(data, sheet="Ẩn") == ["TD400"]
    assert codes(data, sheet="Bìa") == ["TD413"]
    assert codes(data, sheet="Số liệu 2") == ["TD427"]


def test_hidden_rows_and_columns_of_the_table_are_told_once_and_those_beside_it_are_not() -> None:
    def change(book: Any, sheet: Any) -> None:
        sheet.row_dimensions[4].hidden = sheet.row_dimensions[9].hidden = True
        sheet.column_dimensions["C"].hidden = sheet.column_dimensions["Z"].hidden = True

    table, found = read(workbook(HEADER, ["Sở A", 1, 2], ["Sở B", 3, 4], ["Sở C", 5, 6], change=change))
    assert [row[0].value for row in table.rows] == ["Sở A", "Sở B", "Sở C"]
    assert [(one.code, one.place and one.place.cell, one.arguments["count"]) for one in found] == [("TD436", "C1", 2)]


@pytest.mark.parametrize("ends", ['min="2" max="1000000000"', 'min="2"'])
def test_hidden_columns_that_are_no_columns_are_not_looked_for(ends: str) -> None:
    rows = f'<sheetData><row r="1">{header_cells()}</row><row r="2"><c><v>1</v></c><c><v>2</v></c></row></sheetData>'
    data = with_sheet(f'<worksheet {MAIN}><cols><col {ends} hidden="1"/></cols>{rows}</worksheet>')
    table, found = read(data)
    assert values(table) == [[1, 2]]
    assert [one.code for one in found] == []


def test_formulas_without_a_stored_value_are_refused_by_name() -> None:
    assert places(workbook(HEADER, ["Sở A", "=1+1", 2])) == [("TD430", "Số liệu", "B2")]


def test_formulas_count_by_their_stored_value() -> None:
    cells = '<c r="A2"><f>1+1</f><v>2</v></c><c r="B2" t="str"><f>IF(1,"","")</f><v></v></c>'
    table, found = read(sheet_of(f'<row r="1">{header_cells()}</row><row r="2">{cells}</row>'))
    assert (values(table), found) == ([[Fraction(2), None]], ())


@pytest.mark.parametrize("error", ["#N/A", "#DIV/0!", "#REF!"])
def test_error_cells_are_refused_by_name(error: str) -> None:
    assert places(workbook(HEADER, ["Sở A", 1, error])) == [("TD431", "Số liệu", "C2")]


@pytest.mark.parametrize("number", ["1e999", "-1e999", "1e300", "1e-300", "9" * 100])
def test_numbers_beyond_reason_are_refused_by_name(number: str) -> None:
    row = f'<row r="2"><c r="A2"><v>1</v></c><c r="B2"><v>{number}</v></c></row>'
    assert places(sheet_of(f'<row r="1">{header_cells()}</row>{row}')) == [("TD434", "Số liệu", "B2")]


def test_without_openpyxl_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    _, found = read_table("a.xlsx", workbook_bytes)
    assert [one.code for one in found] == ["TD420"]
    assert "thangdiem[xlsx]" in found[0].hint("vi")


workbook_bytes = workbook(HEADER, ["Sở A", 1, 2])


def test_macros_are_carried_along_and_never_looked_at() -> None:
    data = repacked(workbook_bytes, {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 macro"})
    assert codes(data, "a.xlsm") == []


def test_what_is_no_open_workbook_is_told_as_such() -> None:
    ole2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    assert codes(ole2, "a.xls") == ["TD429"]
    assert codes(ole2 + "EncryptedPackage".encode("utf-16-le")) == ["TD421"]
    assert codes(b"no archive at all") == ["TD422"]
    assert codes(repacked(workbook_bytes, {"_rels/.rels": None})) == ["TD426"]
    assert codes(repacked(workbook_bytes, {"xl/workbook.xml": None})) == ["TD422"]
    assert codes(repacked(workbook_bytes, {CONTENT: None})) == ["TD422"]
    assert codes(workbook()) == ["TD413"]


@pytest.mark.parametrize("name", ["../up.xml", "/etc/x.xml", "C:/x.xml", "xl\\x.xml", "xl/../../x", "XL/Workbook.XML"])
def test_names_that_lead_elsewhere_or_stand_twice_are_refused(name: str) -> None:
    if "\\" in name:  # zipfile would mend it
        data = repacked(workbook_bytes, {name.replace("\\", "|"): b"<a/>"}).replace(b"xl|x.xml", b"xl\\x.xml")
    else:
        data = repacked(workbook_bytes, {name: b"<a/>"})
    assert codes(data) == ["TD424"]


@pytest.mark.parametrize("part", [CONTENT, "xl/styles.xml", "xl/theme/theme1.xml", "xl/media/picture.png", "x"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_document_types_are_refused_in_any_part(part: str, encoding: str) -> None:
    content = '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'.encode(encoding)
    assert codes(repacked(workbook_bytes, {part: content})) == ["TD425"]


def test_encrypted_members_and_odd_compression_are_refused() -> None:
    assert codes(repacked(workbook_bytes, {}, zipfile.ZIP_LZMA)) == ["TD424"]
    flagged = bytearray(workbook_bytes)
    at = flagged.find(b"PK\x01\x02")
    flagged[at + 8] |= 1
    assert codes(bytes(flagged)) == ["TD421"]


def test_too_many_members_are_refused() -> None:
    assert codes(repacked(workbook_bytes, {f"x{number}": b"" for number in range(2001)})) == ["TD424"]


@cache
def bomb(megabytes: int, head: bytes = b"", unit: bytes = b" ") -> bytes:
    out = io.BytesIO()
    block = unit * (1024 * 1024 // len(unit))
    with (
        zipfile.ZipFile(io.BytesIO(workbook_bytes)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed,
    ):
        for name in old.namelist():
            if name != CONTENT:
                packed.writestr(name, old.read(name))
        with packed.open(CONTENT, "w") as stream:
            stream.write(head)
            for _ in range(megabytes):
                stream.write(block)
    return out.getvalue()


def refused_soon(data: bytes) -> list[str]:
    start = time.perf_counter()
    found = codes(data)
    assert time.perf_counter() - start < 60  # a bound on hostile input, no measure of speed
    return found


def test_a_bomb_is_refused_before_it_unpacks() -> None:
    data = bomb(256)
    assert len(data) < 1_250_000
    assert refused_soon(data) == ["TD423"]


def test_a_bomb_that_lies_about_its_size_is_refused_soon() -> None:
    data = bytearray(bomb(256))
    at = data.rfind(b"PK\x01\x02")
    assert data[at + 46 : at + 46 + len(CONTENT)] == CONTENT.encode()
    data[at + 24 : at + 28] = (100_000).to_bytes(4, "little")
    assert refused_soon(bytes(data)) == ["TD422"]


def noise(length: int) -> str:
    return "".join(random.Random(7).choices("abcdefghijklmnopqrstuvwxyz0123456789", k=length))


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ("".join(f'<row r="{n}"><c><v>1</v></c></row>' for n in range(1, 200_003)), "TD403"),
        ('<row r="1048576"><c r="A1048576"><v>1</v></c></row>', "TD403"),
        ('<row r="1"><c r="XFD1"><v>1</v></c></row>', "TD404"),
        ('<row r="1">' + "<x/>" * 200_001 + "</row>", "TD424"),
        ('<row r="2"/><row r="1"/>', "TD422"),
        ('<row r="1"><c r="A1"/><c r="A1"/></row>', "TD422"),
        ('<row r="1"><c r="A1"><v>1</v></c></row>' + "<row>" * 100_000, "TD422"),
    ],
    ids=["rows", "far row", "far column", "elements", "backwards", "twice", "nested"],
)
def test_sheets_beyond_the_limits_are_refused_soon(rows: str, code: str) -> None:
    assert refused_soon(with_sheet(f"<worksheet {MAIN}>{noise(70_000)}<sheetData>{rows}</sheetData></worksheet>")) == [
        code
    ]


SHARED = f"<sst {MAIN}><si><t>a</t></si><si><t>b</t></si></sst>".encode()


@pytest.mark.parametrize(
    ("limit", "code"),
    [("MAX_SHARED_TEXTS", "TD405"), ("_MOST_TEXT_ELEMENTS", "TD424"), ("_MOST_ROW_ELEMENTS", "TD403")],
)
def test_more_texts_formats_or_rows_than_any_office_has_are_refused(
    limit: str, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = repacked(workbook(HEADER, ["A", 1, 2]), {"xl/sharedStrings.xml": SHARED})
    assert codes(data) == []
    monkeypatch.setattr(f"thangdiem.engine.tables.part.{limit}", 1)
    assert codes(data) == [code]


def test_a_sheet_of_a_chart_is_left_out() -> None:
    from openpyxl.chart import BarChart

    def with_chart(book: Any, sheet: Any) -> None:
        book.create_chartsheet("Biểu đồ", 0).add_chart(BarChart())

    assert values(read(workbook(HEADER, ["A", 1, 2], change=with_chart))[0]) == [["A", 1, 2]]


def test_an_office_file_that_is_no_workbook_is_told_as_such() -> None:
    data = workbook(HEADER)
    rels = zipfile.ZipFile(io.BytesIO(data)).read("_rels/.rels")
    assert codes(repacked(data, {"_rels/.rels": rels.replace(b"xl/workbook.xml", b"word/document.xml")})) == ["TD426"]


def test_a_day_without_a_time_is_a_date() -> None:
    unit = '<c r="A2" t="inlineStr"><is><t>A</t></is></c><c r="B2" t="d"><v>2024-05-06</v></c>'
    table, _ = read(sheet_of(f'<row r="1">{header_cells()}</row><row r="2">{unit}</row>'))
    assert values(table)[0][:2] == ["A", date(2024, 5, 6)]


def test_marks_piled_on_one_letter_are_refused_by_cell() -> None:
    assert places(workbook(HEADER, ["A" + "\u0301" * 60, 1, 2])) == [("TD419", "Số liệu", "A2")]


def test_a_sheet_that_is_mostly_holes_is_refused_soon() -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(2, 20_000))
    far = '<row r="1"><c r="A1"><v>1</v></c><c r="BXX1"><v>2</v></c></row>'
    assert refused_soon(sheet_of(far + rows)) == ["TD405"]


def test_an_error_where_the_header_should_stand_is_named() -> None:
    assert places(workbook(["Đơn vị", "#REF!"], ["Sở A", None])) == [("TD431", "Số liệu", "B1")]


def test_links_to_other_workbooks_are_never_followed() -> None:
    rels = zipfile.ZipFile(io.BytesIO(workbook_bytes)).read("xl/_rels/workbook.xml.rels").decode()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLinkPath"
    link = f'<Relationship Id="x9" Type="{kind}" Target="file:///x.xlsx" TargetMode="External"/></Relationships>'
    data = repacked(workbook_bytes, {"xl/_rels/workbook.xml.rels": rels.replace("</Relationships>", link).encode()})
    assert codes(data) == []


def test_cells_beyond_the_limit_are_refused_soon() -> None:
    row = "<row>" + "<c/>" * 1000 + "</row>"
    text = f"<worksheet {MAIN}>{noise(120_000)}<sheetData>{row * 2001}</sheetData></worksheet>"
    assert refused_soon(with_sheet(text)) == ["TD405"]


def test_one_endless_tag_is_refused_soon() -> None:
    text = f'<worksheet {MAIN} a="{noise(4_000_000)}"><sheetData/></worksheet>'
    assert refused_soon(with_sheet(text)) == ["TD422"]


def test_formatted_rows_without_content_do_no_harm() -> None:
    rows = f'<row r="1">{header_cells()}</row><row r="2"><c r="A2"><v>1</v></c></row><row r="1048576" ht="15"/>'
    table, _ = read(sheet_of(rows))
    assert values(table) == [[Fraction(1), None]]


@given(st.integers(0, len(workbook_bytes) - 1))
@settings(max_examples=60, deadline=None)
def test_a_truncated_workbook_is_told_as_such(length: int) -> None:
    table, found = read_table("a.xlsx", workbook_bytes[:length])
    assert table is None
    assert has_errors(found)


@given(st.lists(st.tuples(st.integers(0, len(workbook_bytes) - 1), st.integers(0, 255)), min_size=1, max_size=6))
@settings(max_examples=80, deadline=None)
def test_a_damaged_workbook_never_ends_in_a_traceback(changes: list[tuple[int, int]]) -> None:
    data = bytearray(workbook_bytes)
    for at, byte in changes:
        data[at] = byte
    table, found = read_table("a.xlsx", bytes(data))
    assert (table is None) == has_errors(found)


@given(st.text(alphabet='<>/"= rowcvsfti0123456789ABZ&;#-.', max_size=200))
@settings(max_examples=60, deadline=None)
def test_any_sheet_text_is_read_or_refused(text: str) -> None:
    table, found = read_table("a.xlsx", with_sheet(f"<worksheet {MAIN}><sheetData>{text}</sheetData></worksheet>"))
    assert (table is None) == has_errors(found)


ATTRIBUTES = st.sampled_from(
    ['t="s"', 't="b"', 't="d"', 't="e"', 't="str"', 't="n"', 's="1"', 's="99"', 's="x"', 'r="?"']
)
CELLS = st.builds(
    lambda marks, value: f"<c {' '.join(dict.fromkeys(marks))}><v>{value}</v></c>",
    st.lists(ATTRIBUTES, max_size=1),
    st.sampled_from(["", "1", "-1", "99", "x", "1e5", "2022-01-01", "NaN", "inf", "1" * 5000, "0.5"]),
)


@given(st.lists(CELLS, min_size=1, max_size=5))
@settings(max_examples=80, deadline=None)
def test_any_cells_are_read_or_refused(cells: list[str]) -> None:
    table, found = read_table("a.xlsx", sheet_of(f'<row r="1">{header_cells()}</row><row r="2">{"".join(cells)}</row>'))
    assert (table is None) == has_errors(found)
