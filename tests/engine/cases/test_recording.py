"""Units as a case file records them: refused with its reasons, not applicable, without a total, a grade or a rank."""

from __future__ import annotations

from running import read, results
from thangdiem.engine.cases import recorded_text, scale_named

RULES = """\
Bộ tiêu chí "Thử"

Thang điểm a "Thử": 20 điểm
  Chỉ số không áp dụng: không tính tổng điểm
  Chỉ số 1 "Một": 10 điểm
    Có thể không áp dụng
  Chỉ số 2 "Hai": 10 điểm

Ví dụ "ba đơn vị" theo a, các đơn vị:
  - "A": 1 = 7,5; 2 = 3
  - "B": 1 = không áp dụng; 2 = 3
  - "C": 1 = 5
"""


def test_a_recording_says_what_every_unit_comes_to() -> None:
    book, findings = read(RULES)
    assert book is not None, findings
    ((_, found),) = results(book)
    assert recorded_text(found.units, "vi").split("\n") == [
        "A: tổng 10,5, không xếp loại, 1 = 7,5, 2 = 3",
        "B: không xếp loại, 1 = không áp dụng, 2 = 3",
        "C: từ chối, TD500",
    ]


def test_the_only_scale_there_is_needs_no_name() -> None:
    book, _ = read(RULES)
    assert book is not None
    assert scale_named([book], "") == scale_named([book], "A") == (book, book.scales[0])
    assert scale_named([book, book], "") is None
