"""Values that are drawn: in every spelling that says the same, totals only where they can be."""

from __future__ import annotations

from fractions import Fraction

from running import read
from thangdiem.dsl.library import ScaleRules
from thangdiem.engine.binding.columns import columns_of
from thangdiem.engine.strategies.cells import spellings
from thangdiem.engine.strategies.material import material_of

RULES = """\
Bộ tiêu chí "Cho trước"

Thang điểm a "A": 10 điểm
  Số liệu [p]: phần trăm
  Xếp loại
    Loại giỏi: từ 10 điểm trở lên.
    Loại khá: từ 0 điểm đến dưới 10 điểm.
"""


def test_a_share_that_no_decimal_says_is_handed_over_as_a_fraction_only() -> None:
    book, _ = read(RULES)
    assert book is not None
    column = columns_of(book.scales[0]).data["p"]
    assert set(spellings(Fraction(1, 4), column, "vi")) == {Fraction(1, 4), "0,25", "25%"}
    assert set(spellings(Fraction(1, 3), column, "vi")) == {Fraction(1, 3)}


def test_totals_lie_beside_every_edge_of_a_grade_and_never_outside_the_scale() -> None:
    book, _ = read(RULES)
    assert book is not None
    found = material_of(ScaleRules(book, book.scales[0]), None).totals
    assert found == (10, Fraction(999, 100), 0, Fraction(1, 100), 5)
