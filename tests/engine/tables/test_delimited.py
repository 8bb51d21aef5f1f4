import time
from datetime import date
from unicodedata import normalize

import pytest

from thangdiem.dsl.diagnostic import has_errors
from thangdiem.engine.tables import Table, cell_name, read_table

PLAIN = "Đơn vị;1.1;Tỷ lệ\nSở Nội vụ;12,5;80%\nSở Tư pháp;;không áp dụng\n"


def read(text: str | bytes, name: str = "số liệu.csv") -> Table:
    table, found = read_table(name, text.encode() if isinstance(text, str) else text)
    assert not found, [one.message("en") for one in found]
    assert table is not None
    return table


def codes(text: str | bytes, name: str = "số liệu.csv") -> list[str]:
    table, found = read_table(name, text.encode() if isinstance(text, str) else text)
    assert (table is None) == has_errors(found)
    for one in found:
        assert one.place is not None
        assert one.place.file == name
        for language in ("vi", "en"):
            assert name in one.message(language)
            assert one.hint(language)
    return [one.code for one in found]


def values(table: Table) -> list[list[object]]:
    return [[cell.value for cell in row] for row in table.rows]


def test_numbers_stay_text_and_empty_cells_are_none() -> None:
    table = read(PLAIN)
    assert [cell.text for cell in table.header] == ["Đơn vị", "1.1", "Tỷ lệ"]
    assert values(table) == [["Sở Nội vụ", "12,5", "80%"], ["Sở Tư pháp", None, "không áp dụng"]]
    assert [cell.percent for cell in table.rows[0]] == [False, False, True]


def test_each_cell_knows_its_place() -> None:
    table = read(PLAIN)
    cell = table.rows[1][2]
    assert (cell.row, cell.column, cell.name) == (3, 3, "C3")
    assert (table.place(cell).file, table.place(cell).cell) == ("số liệu.csv", "C3")


@pytest.mark.parametrize(("column", "name"), [(1, "A7"), (26, "Z7"), (27, "AA7"), (702, "ZZ7"), (703, "AAA7")])
def test_columns_are_named_as_in_a_spreadsheet(column: int, name: str) -> None:
    assert cell_name(7, column) == name


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_read_with_and_without_its_mark(encoding: str) -> None:
    assert values(read(PLAIN.encode(encoding))) == values(read(PLAIN))


def test_decomposed_letters_are_composed_and_unseen_ones_dropped() -> None:
    assert values(read(normalize("NFD", PLAIN).replace("Nội", "Nội\u200b\ufeff"))) == values(read(PLAIN))


def test_spaces_around_a_cell_do_not_count() -> None:
    assert values(read("Đơn vị;1.1\n\u00a0 Sở A ; \u00a0\n")) == [["Sở A", None]]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_is_read(end: str) -> None:
    assert values(read(PLAIN.replace("\n", end))) == values(read(PLAIN))


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_the_delimiter_is_found_although_decimals_have_commas(delimiter: str) -> None:
    assert values(read(PLAIN.replace(";", delimiter))) == values(read(PLAIN))


def test_commas_are_a_delimiter_too() -> None:
    assert values(read('Đơn vị,1.1\nSở A,"12,5"\n')) == [["Sở A", "12,5"]]


def test_a_comma_in_a_title_or_a_short_row_does_not_mislead() -> None:
    table = read("Bảng tổng hợp, năm 2023\nĐơn vị;1.1;1.2\nSở A;1,5;2\nSở B;2,5\n")
    assert values(table) == [["Sở A", "1,5", "2"], ["Sở B", "2,5", None]]
    assert table.titles == ("Bảng tổng hợp, năm 2023",)


def test_a_header_that_two_delimiters_split_alike_is_refused() -> None:
    assert codes("Đơn vị;Tỷ lệ, phần trăm\nSở A;1,5\nSở B;2,5\n") == ["TD410"]


def test_a_first_line_may_name_the_delimiter() -> None:
    table = read("sep=;\nĐơn vị;Tỷ lệ, phần trăm\nSở A;1,5\n")
    assert values(table) == [["Sở A", "1,5"]]
    assert table.rows[0][0].row == 2


def test_quotes_may_hold_delimiters_quotes_and_line_ends() -> None:
    table = read('Đơn vị;Ghi chú\n"Sở ""A"";\nB";x\nSở C;y\n')
    assert values(table) == [['Sở "A";\nB', "x"], ["Sở C", "y"]]
    assert table.rows[1][0].name == "A3"


def test_an_unclosed_quote_is_told_with_the_row_it_opens_in() -> None:
    _, found = read_table("a.csv", 'Đơn vị;1.1\nSở A;1\n"Sở B;2\nSở C;3\n'.encode())
    assert [(one.code, one.place and one.place.cell) for one in found] == [("TD411", "A3")]


def test_a_text_that_names_its_delimiter_and_has_no_header_holds_no_table() -> None:
    assert codes("sep=;\nmột\n") == ["TD413"]


def test_text_behind_a_closing_quote_is_refused() -> None:
    assert codes('Đơn vị;1.1\n"Sở A" B;2\n') == ["TD412"]


def test_titles_above_the_header_are_kept() -> None:
    table = read("BẢNG TỔNG HỢP;;\n;;\nĐơn vị;1.1;1.2\nSở A;1;2\n")
    assert table.titles == ("BẢNG TỔNG HỢP",)
    assert table.header[0].row == 3


def test_the_letterhead_of_a_document_is_no_header() -> None:
    letterhead = (
        "UBND TỈNH HẬU GIANG;CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM;\n"
        "SỞ NỘI VỤ;Độc lập - Tự do - Hạnh phúc;\n"
        "Số: 12/BC-SNV;Hậu Giang, ngày 13 tháng 02 năm 2023;\n"
    )
    table = read(letterhead + "Đơn vị;1.1;1.2\nSở A;1;2\n")
    assert [cell.text for cell in table.header] == ["Đơn vị", "1.1", "1.2"]
    assert len(table.titles) == 6


def test_empty_rows_are_skipped_and_a_total_row_is_not_guessed() -> None:
    table = read("Đơn vị;1.1\n;\n\nSở A;1\n;;;\nTổng cộng;1\n")
    assert [(row[0].value, row[0].row) for row in table.rows] == [("Sở A", 4), ("Tổng cộng", 6)]


def test_two_columns_that_differ_only_by_case_and_tone_placement_are_refused() -> None:
    _, found = read_table("a.csv", "Đơn vị;Văn hòa;VĂN HOÀ\nSở A;1;2\n".encode())
    assert [(one.code, one.place and one.place.cell) for one in found] == [("TD414", "C1")]
    assert found[0].related[0].place.cell == "B1"


@pytest.mark.parametrize("text", ["Đơn vị;1.1\nSở A;1;x\n", "Đơn vị;;1.1\nSở A;x;1\n"])
def test_a_value_outside_the_named_columns_is_refused(text: str) -> None:
    assert codes(text) == ["TD415"]


def test_a_column_without_name_and_content_is_left_out() -> None:
    table = read("Đơn vị;;1.1\nSở A;;1\n")
    assert [(cell.text, cell.column) for cell in table.rows[0]] == [("Sở A", 1), ("1", 3)]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "TD400"),
        (b" \r\n ", "TD400"),
        ("Đơn vị;1.1\n".encode(), "TD400"),
        ("Đơn vị\nSở A\n".encode(), "TD413"),
        ("Đơn vị;1.1\nSở\0 A;1\n".encode(), "TD409"),
        (b"a;b\n\xff\xfe\x81\x82;1\n", "TD407"),
        (b"a;b\nx" + "\u0301".encode() * 4000 + b";1\n", "TD418"),
        (b"%PDF-1.7 ...", "TD402"),
        (b"<html><table>", "TD402"),
    ],
)
def test_what_is_no_table_is_told_as_such(data: bytes, code: str) -> None:
    assert codes(data) == [code]


def test_old_encodings_are_named() -> None:
    # Đơn vị;1.1 Sở Nội vụ;1
    tcvn3 = bytes.fromhex("a7 ac 6e 20 76 de 3b 31 2e 31 0a 53 eb 20 4e e9 69 20 76 f4 3b 31 0a")
    _, found = read_table("cũ.csv", tcvn3)
    assert [one.code for one in found] == ["TD408"]
    assert "TCVN3" in found[0].message("vi")
    assert codes(tcvn3.decode("latin-1")) == ["TD408"]


def test_western_letters_are_not_taken_for_an_old_encoding() -> None:
    assert values(read("xã;số\nxã Hà;1\n")) == [["xã Hà", "1"]]


def test_a_letter_no_old_encoding_has_makes_a_text_what_it_says() -> None:
    assert values(read("Đơn vị;1\n§¬n vÞ ®¬n vÞ µ¸¶ ế;2\n")) == [["§¬n vÞ ®¬n vÞ µ¸¶ ế", "2"]]


def test_limits_are_told_instead_of_reached() -> None:
    assert codes("a;b\n" + "1;2\n" * 50_000) == ["TD403"]
    assert codes(";".join(f"c{i}" for i in range(2001)) + "\n") == ["TD404"]
    assert codes("a;b\nx;" + "y" * 32_768 + "\n") == ["TD406"]
    assert codes("a;b\nx;" + "y" * 200_000 + "\n") == ["TD406"]
    assert codes(b"x" * (64 * 1024 * 1024 + 1)) == ["TD401"]


@pytest.mark.parametrize(
    "data",
    [b";" * 30_000_000, b"a;b\n" + b"1;2;3;4;5;6;7;8;9;10;11\n" * 199_000, b'a;b\n"' + b";" * 30_000_000],
    ids=["one row", "many rows", "one cell"],
)
def test_hostile_texts_are_refused_soon(data: bytes) -> None:
    start = time.perf_counter()
    table, found = read_table("a.csv", data)
    assert table is None
    assert len(found) <= 101
    assert time.perf_counter() - start < 60  # a bound on hostile input, no measure of speed


def test_so_many_findings_are_listed_and_the_rest_counted() -> None:
    found = codes("Đơn vị;1.1\n" + "Sở A;1;x\n" * 150)
    assert found == ["TD415"] * 100 + ["TD417"]


def test_text_files_have_no_sheets() -> None:
    _, found = read_table("a.csv", PLAIN.encode(), sheet="Sheet1")
    assert [one.code for one in found] == ["TD435"]


def test_ten_thousand_units_of_sixty_columns_are_read() -> None:
    header = ";".join(["Đơn vị", *(f"1.{i}" for i in range(59))])
    text = "\n".join([header, *(";".join([f"Sở {i}", *["12,5"] * 59]) for i in range(10_000))])
    assert len(read(text).rows) == 10_000


def test_no_date_is_made_of_text() -> None:
    assert not any(isinstance(cell.value, date) for row in read("a;b\nx;23/11/2022\n").rows for cell in row)
