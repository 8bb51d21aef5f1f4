"""A bonus of an item may be written behind the other items: orders about that item find their place all the same."""

from __future__ import annotations

from dsl.amendments.amended import amendment_of
from thangdiem.dsl.amendments.consolidation import Consolidated, consolidate
from thangdiem.dsl.checker import check, check_text
from thangdiem.dsl.consolidating import syntax_of
from thangdiem.dsl.rulebook import Scale

BASE = """\
Quyết định 12/QĐ-UBND
  Hiệu lực: từ 01/01/2024

Thang điểm phòng "Đánh giá": không giới hạn điểm
  Số liệu [n]: số nguyên, từ 0 trở lên
  Chỉ số 1 "Hồ sơ": 6 điểm
    Chỉ số thành phần 1.1 "A": 3 điểm
    Chỉ số thành phần 1.2 "B": 3 điểm
  Chỉ số 2 "Kỷ luật": 4 điểm
  Điểm thưởng "Giải" của chỉ số 1: không quá 2 điểm
    Điểm = [n] * 1 điểm
"""
FRESH = 'Sửa đổi, bổ sung Điểm thưởng "Giải"{}: không quá 3 điểm\n  Điểm = [n] * 2 điểm'
HEAD = "Quyết định 20/QĐ-UBND sửa đổi, bổ sung Quyết định 12/QĐ-UBND\n  Hiệu lực: từ 01/07/2024\n\nKhoản 1 Điều 1\n"


def consolidated(order: str) -> Consolidated:
    book = check_text(BASE).book
    assert book is not None
    clauses = amendment_of(BASE, f"{HEAD}{order}\n").clauses
    return consolidate(syntax_of(book.source), book.document, clauses)


def amended(order: str) -> Scale:
    text = consolidated(order)
    assert text.diagnostics == ()
    book = check(text.source).book
    assert book is not None
    return book.scales[0]


def test_what_comes_after_the_item_does_not_come_after_its_bonus() -> None:
    scale = amended('Bổ sung vào sau chỉ số 1\n  Chỉ số 1a "Mới": 1 điểm')
    assert [item.code for item in scale.items] == ["1", "1a", "2"]


def test_what_comes_to_its_end_stands_with_its_components() -> None:
    text = consolidated('Bổ sung vào cuối chỉ số 1\n  Chỉ số thành phần 1.3 "Mới": 1 điểm').source.text
    assert text.index("1.2") < text.index("1.3") < text.index("Kỷ luật")


def test_a_bonus_stated_anew_stays_that_of_its_item() -> None:
    for order in (FRESH.format(""), FRESH.format(" của chỉ số 1")):
        scale = amended(order)
        assert [bonus.title for bonus in scale.items[0].bonuses] == ["Giải"]
        assert scale.bonuses == ()


def test_a_bonus_of_another_item_is_not_there() -> None:
    assert [each.code for each in consolidated(FRESH.format(" của chỉ số 2")).diagnostics] == ["TD620"]
