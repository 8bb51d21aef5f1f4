"""What is printed in the place of a file says the same, or the line where it does not is told."""

from __future__ import annotations

import pytest

from thangdiem.dsl.fidelity import first_difference
from thangdiem.dsl.parser import parse
from thangdiem.dsl.printer import print_file
from thangdiem.dsl.source import source_of
from thangdiem.dsl.syntax import SyntaxFile

_TEXT = """# trước
Bộ tiêu chí "Ví dụ"

Thang điểm a "A": 10 điểm
  Khi [Ngày gửi] đến hết 31/05 năm đánh giá, điểm = 1.234,5
  Chỉ số 1 "Một": 10 điểm  # cùng dòng
    Theo [Số hồ sơ]:
    - 5: 10 điểm
    - còn lại: 0 điểm
"""


def syntax_of(text: str) -> SyntaxFile:
    syntax, slips = parse(source_of(text))
    assert syntax is not None
    assert [slip.code for slip in slips] == []
    return syntax


def line_of(text: str, printed: str) -> str | None:
    found = first_difference(syntax_of(text), printed)
    return found.line_text.strip() if found is not None else None


@pytest.mark.parametrize("to", ["vi", "en"])
def test_another_layout_and_another_dialect_say_the_same(to: str) -> None:
    syntax = syntax_of(_TEXT.replace("    - ", "•").replace("\n", "\r\n"))
    assert first_difference(syntax, print_file(syntax, to)) is None


@pytest.mark.parametrize(
    ("written", "altered", "told"),
    [
        ("1.234,5", "1.234,6", "Khi [Ngày gửi] đến hết 31/05 năm đánh giá, điểm = 1.234,5"),
        ("31/05", "30/05", "Khi [Ngày gửi] đến hết 31/05 năm đánh giá, điểm = 1.234,5"),
        ("- 5:", "- từ 5:", "- 5: 10 điểm"),
        ('"Một"', '"một"', 'Chỉ số 1 "Một": 10 điểm  # cùng dòng'),
        ("  # cùng dòng", "", 'Chỉ số 1 "Một": 10 điểm  # cùng dòng'),
        ("# trước\n", "", "# trước"),
        ("    - còn lại: 0 điểm\n", "", "- còn lại: 0 điểm"),
        ("    - 5: 10 điểm\n", "    - 5 10\n", "- 5: 10 điểm"),
        ("    - còn lại: 0 điểm\n", "    - còn lại: 0 điểm\n    nếu 5\n", "- còn lại: 0 điểm"),
    ],
)
def test_what_says_something_else_is_told_by_its_line(written: str, altered: str, told: str) -> None:
    assert line_of(_TEXT, _TEXT.replace(written, altered)) == told


def test_a_keyword_of_another_meaning_is_told_by_its_line() -> None:
    assert line_of(_TEXT, _TEXT.replace("Chỉ số 1", "Tiêu chí 1")) == 'Chỉ số 1 "Một": 10 điểm  # cùng dòng'


def test_a_number_that_is_none_is_told_by_its_line() -> None:
    told = "Khi [Ngày gửi] đến hết 31/05 năm đánh giá, điểm = 1.234,5"
    assert line_of(_TEXT, _TEXT.replace("1.234,5", "1.234,5.6")) == told


def test_letters_are_the_same_however_they_are_spaced() -> None:
    text = """Bộ tiêu chí "Ví dụ"

Thang điểm a "A": 10 điểm
  Chỉ số 1 "Một": 10 điểm
    Cộng các ý đạt:
      a) Ý một: 6 điểm
      b) Ý hai: 4 điểm

Ví dụ "một"
  1 = a,b
"""
    assert line_of(text, text.replace("a,b", "a, b")) is None
    assert line_of(text, text.replace("a,b", "a")) == "1 = a,b"


def test_a_text_that_cannot_be_read_at_all_is_told_by_the_first_line() -> None:
    assert line_of(_TEXT, _TEXT + "x" * 20_000) == "# trước"
