"""Examples around thresholds: on the grid of the data, with results that the rules confirm when they are read back."""

from __future__ import annotations

import re

import pytest

from running import errors, read
from thangdiem.engine.boundaries import Side, example_text, propose
from thangdiem.engine.examples import run_examples

RULES = """\
Bộ tiêu chí "Ngưỡng"

Thang điểm xã "Xã": 40 điểm
  Số liệu [a]: số nguyên, từ 0 đến 100
  Số liệu [b]: số nguyên, từ 1 đến 1000
  Số liệu [c]: phần trăm, từ 0% đến 100%, 1 chữ số thập phân
  Số liệu [ngày]: ngày
  Chỉ số 1 "Số nguyên": 10 điểm
    Theo [a]:
      - trên 50: 10 điểm
      - còn lại: 0 điểm
  Chỉ số 2 "Tỷ lệ": 10 điểm
    Tỷ lệ = [a]/[b]
    Theo Tỷ lệ:
      - từ 80% trở lên: 10 điểm
      - còn lại: 0 điểm
  Chỉ số 3 "Phần trăm": 10 điểm
    Theo [c]:
      - từ 30% trở lên: 10 điểm
      - còn lại: 0 điểm
  Chỉ số 4 "Ngày": 10 điểm
    Theo [ngày]:
      - đến hết 31/03 năm đánh giá: 10 điểm
      - còn lại: 0 điểm
  Xếp loại
    Loại cao: có tổng số điểm từ 30 điểm trở lên.
    Loại thấp: có tổng số điểm dưới 30 điểm.
"""


@pytest.mark.parametrize(
    ("line", "written"),
    [
        (10, ("[a] = 49", "[a] = 50", "[a] = 51")),
        (15, ("[a] = 7\n", "[a] = 8\n", "[a] = 9\n")),
        (19, ("[c] = 29,9%", "[c] = 30%", "[c] = 30,1%")),
        (23, ("[ngày] = 30/03/2000", "[ngày] = 31/03/2000", "[ngày] = 01/04/2000")),
        (26, ("Tổng điểm = 20", "Tổng điểm = 30", "Tổng điểm = 40")),
    ],
)
def test_each_side_lies_on_the_grid(line: int, written: tuple[str, str, str]) -> None:
    book, _ = read(RULES)
    assert book is not None
    found = {each.side: example_text(each, "x", "vi") for each in propose(book).found if each.line == line}
    assert {side: text in found[side] for side, text in zip(Side, written, strict=True)} == dict.fromkeys(Side, True)


def test_what_is_proposed_is_what_the_rules_say_of_it() -> None:
    book, _ = read(RULES)
    assert book is not None
    texts = [example_text(each, str(number), "vi") for number, each in enumerate(propose(book).found)]
    again, findings = read(RULES + "\n" + "\n".join(texts))
    assert again is not None
    assert errors(findings) == []
    reports = run_examples(again)
    assert [each.example.title for each in reports if not each.passed] == []
    assert len(reports) == len(texts) == 15


def test_a_side_outside_the_domain_stays_open() -> None:
    book, _ = read(RULES.replace("trên 50", "trên 100"))
    assert book is not None
    assert [(each.line, each.side) for each in propose(book).open] == [(10, Side.ABOVE)]


def test_a_total_that_is_all_there_is_moves_by_a_hundredth_without_a_maximum_too() -> None:
    grades = "    Loại giỏi: từ 10 điểm trở lên.\n    Loại khá: từ 0 điểm đến dưới 10 điểm.\n"
    book, _ = read(f'Bộ tiêu chí "Cho trước"\n\nThang điểm a "A": không giới hạn điểm\n  Xếp loại\n{grades}')
    assert book is not None
    found = [example_text(each, "x", "vi") for each in propose(book).found]
    given = [total for text in found for total in re.findall("Tổng điểm = (.*)", text)]
    assert given == ["9,99", "10", "10,01", "0", "0,01"]


def test_the_other_data_are_those_of_an_example() -> None:
    example = '\nVí dụ "một" theo xã, kỳ 2024\n  [a] = 7\n  [b] = 10\n  [c] = 5%\n  [ngày] = 02/02/2024\n'
    book, _ = read(RULES + example)
    assert book is not None
    below = next(each for each in propose(book).found if each.line == 19)
    assert "kỳ 2024\n  [a] = 7\n  [b] = 10\n  [c] = 29,9%\n  [ngày] = 02/02/2024\n" in example_text(below, "x", "vi")
