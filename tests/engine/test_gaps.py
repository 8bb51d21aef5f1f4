"""What a unit lacks is told in the rule's own words: days without their year, quotients, a unit without a name."""

from __future__ import annotations

from fractions import Fraction

import pytest

from running import read
from thangdiem.dsl.library import ScaleRules
from thangdiem.dsl.rulebook import State
from thangdiem.engine.evaluator import evaluate_all
from thangdiem.engine.explanation import explain
from thangdiem.engine.facts import Fact, Origin, UnitFacts
from thangdiem.engine.result import Results
from thangdiem.engine.writing import result_json

_RULES = """Bộ tiêu chí "Ví dụ"
Thang điểm a "A": 10 điểm
  Chỉ số 1 "Một": 10 điểm
    Điểm = ([x] + 1) / ([x] - nhỏ nhất([x]; [y])) * 1 điểm
  Không áp dụng: loại khỏi điểm tối đa
  Chỉ số 2 "Đúng hạn": 0 điểm
    Không áp dụng khi 31/05 năm sau năm đánh giá trước 01/01/2020
    Chấm trực tiếp
"""


def scored(period: int | None, unit: UnitFacts) -> Results:
    book, _ = read(_RULES)
    assert book is not None
    return evaluate_all(ScaleRules(book, book.scales[0]), [unit], period=period)


@pytest.mark.parametrize(("period", "code"), [(None, "TD517"), (9999, "TD518")])
def test_a_day_that_cannot_be_told_is_quoted_and_no_name_of_ours_is_shown(period: int | None, code: str) -> None:
    (unit,) = scored(period, UnitFacts("A", "a")).units
    assert code in [found.code for found in unit.diagnostics]
    assert "“31/05 năm sau năm đánh giá”" in unit.gaps
    assert not any("@" in found.message("vi") for found in unit.diagnostics)


def test_a_quotient_is_quoted_with_its_parentheses() -> None:
    one = Fact(State.VALUE, Fraction(1))
    (unit,) = scored(2024, UnitFacts("A", "a", {"x": one, "y": one})).units
    assert "“([x] + 1) / ([x] - nhỏ nhất([x]; [y]))”" in unit.gaps


def test_the_gaps_of_a_unit_of_a_file_name_the_cell_of_its_name() -> None:
    facts = UnitFacts("A", "a", origin=Origin("so-lieu.xlsx", "Sở", 2, 1, "A2"))
    document = result_json([scored(2024, facts)])
    (unit,) = document["units"]
    found = next(each for each in unit["diagnostics"] if each["code"] == "TD500")
    assert (found["file"], found["sheet"], found["cell"]) == ("so-lieu.xlsx", "Sở", "A2")


def test_the_explanation_of_a_unit_without_a_name_has_a_title() -> None:
    results = scored(2024, UnitFacts("", "a"))
    assert explain(results, results.units[0]).to_markdown().splitlines()[0].endswith(": đơn vị chưa ghi tên")
    assert explain(results, results.units[0], "en").unit == "a unit without a name"
