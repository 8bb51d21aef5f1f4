"""How findings look in a terminal: the place is under the caret whatever letters stand before it."""

from __future__ import annotations

from unicodedata import normalize

import pytest

from thangdiem.app.columns import width
from thangdiem.app.terminal import WIDEST, summary, told
from thangdiem.app.wording import messages
from thangdiem.dsl.diagnostic import Diagnostic, Place, Position, Related


def at(line: str, word: str, number: int = 4) -> Place:
    start = line.index(word)
    end = start + len(word)
    return Place("a.rubric", Position(number, start, start), Position(number, end, end), line)


def shown(line: str, word: str, *related: Related, breadcrumb: tuple[str, ...] = ()) -> list[str]:
    found = Diagnostic("TD123", {"scale": word, "nearest": "x"}, at(line, word), related, breadcrumb)
    return told(found, "vi", messages("vi")).splitlines()


def caret(lines: list[str]) -> tuple[int, int]:
    marked = lines[4].partition("| ")[2]
    return len(marked) - len(marked.lstrip()), marked.count("^")


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_the_caret_stands_under_the_word_in_either_unicode_form(form: str) -> None:
    line, word = normalize(form, "Chỉ số “Nhận thức” điểm"), normalize(form, "thức")
    assert caret(shown(line, word)) == (width("Chỉ số “Nhận "), 4)


def test_tabs_are_shown_as_spaces_and_wide_letters_take_two_columns() -> None:
    assert caret(shown("\tA 表 x", "x")) == (9, 1)
    assert caret(shown("表 x", "表")) == (0, 2)


def test_a_finding_has_its_place_line_breadcrumb_and_advice() -> None:
    lines = shown("  theo cáp-tỉnh", "cáp-tỉnh", breadcrumb=("Thang điểm cấp-tỉnh", "1.2"))
    assert lines[0].startswith("lỗi TD123: ")
    assert lines[1] == " --> a.rubric:5:8"
    assert lines[2:5] == ["  |", "5 |   theo cáp-tỉnh", "  |        ^^^^^^^^"]
    assert lines[5] == "  = Thang điểm cấp-tỉnh › 1.2"
    assert lines[6].startswith("  = gợi ý: ")


def test_every_other_place_is_shown_with_its_label() -> None:
    lines = shown("theo x", "x", Related(at("dòng đầu", "đầu", 11), "first-here"))
    assert lines[5:7] == ["12 | dòng đầu", "   |      ^^^ lần đầu ở đây"]


def test_a_long_line_is_shown_around_the_place() -> None:
    lines = shown("a" * 5_000 + " đây " + "b" * 4_000, "đây")
    assert "đây" in lines[3]
    assert max(map(width, lines[3:5])) <= WIDEST + 10
    start, length = caret(lines)
    assert lines[3].partition("| ")[2][start : start + length] == "đây"


def test_nothing_in_a_file_can_move_the_cursor_or_turn_letters_around() -> None:
    text = "\n".join(shown("a \x1b[2J\u202e x", "x"))
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_a_cell_is_named_with_its_sheet() -> None:
    found = Diagnostic("TD123", {"scale": "x", "nearest": "y"}, Place("a.xlsx", sheet="Sở", cell="C7"))
    assert told(found, "vi", messages("vi")).splitlines()[1] == " --> a.xlsx, trang tính “Sở”, ô C7"


def test_colours_only_where_they_are_wanted() -> None:
    found = Diagnostic("TD123", {"scale": "x", "nearest": "y"}, at("x", "x"))
    assert "\x1b[31;1m^\x1b[0m" in told(found, "vi", messages("vi"), colour=True)
    assert "\x1b" not in told(found, "vi", messages("vi"))


def test_the_summary_counts_each_severity() -> None:
    found = [Diagnostic("TD123"), Diagnostic("TD123"), Diagnostic("TD304")]
    assert summary(found, messages("vi")) == "2 lỗi, 1 cảnh báo"
    assert summary(found[1:], messages("en")) == "1 error, 1 warning"
