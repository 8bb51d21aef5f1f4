"""Tables of units as a Markdown file has them: quoted or not, up to the end of the file."""

from __future__ import annotations

from running import read
from thangdiem.dsl.source import source_of
from thangdiem.engine.cases import blocks_of, books_with
from thangdiem.engine.examples import run_examples

RULES = """\
Bộ tiêu chí "Thử"

Thang điểm a "Thử": 20 điểm
  Số liệu [Loại]: văn bản
  Chỉ số 1 "Một": 10 điểm
    Chọn một:
      - Tốt: 10 điểm
      - Kém: 0 điểm
  Chỉ số 2 "Hai": 10 điểm
    Theo [Loại]:
      - "x": 10 điểm
      - còn lại: 0 điểm
"""
CASES = """\
# Hai đơn vị

Theo: a

| Đơn vị | 1 | Loại | Kết quả |
|---|---|---|---|
| A | "Tốt" | x | tổng 20 điểm |
| B | Kém | "x" | tổng 10 điểm |"""


def test_a_table_at_the_end_of_a_file_has_labels_with_and_without_quotation_marks() -> None:
    book, _ = read(RULES)
    assert book is not None
    (block,) = blocks_of(CASES)
    (made,), faults = books_with(book, [(book.scales[0], block)], source_of(CASES))
    assert faults == ()
    (report,) = run_examples(made)
    assert report.passed
    assert [unit.total for unit in report.units] == [20, 10]
