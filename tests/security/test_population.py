"""Many units that look at each other are scored in bounded time, whatever the column of superiors says."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from thangdiem.dsl.checker import check_text
from thangdiem.dsl.library import ScaleRules
from thangdiem.dsl.rulebook import Rulebook, State
from thangdiem.engine.evaluator import evaluate_all
from thangdiem.engine.explanation import explain
from thangdiem.engine.facts import Fact, UnitFacts
from thangdiem.engine.result import Results, Status
from thangdiem.engine.writing import trace_json

HEAD = 'Bộ tiêu chí "Thử"\n\nThang điểm a "A": 100000 điểm\n  Chỉ số 1 "Một": 100000 điểm\n'
ALL = """    m = cao nhất [x] của các đơn vị
    n = thấp nhất [x] của các đơn vị cùng khối
    h = hạng theo [x] của các đơn vị
    Điểm = h + 0 * m + 0 * n
"""
SUBORDINATE = """    n = số các đơn vị trực thuộc xếp loại tốt
    Điểm = ([x] + n) * 1 điểm
  Xếp loại
    Loại tốt: từ 0 điểm trở lên
"""


def book_of(method: str) -> Rulebook:
    checked = check_text(HEAD + method)
    assert checked.book is not None
    return checked.book


def scored(method: str, units: Sequence[UnitFacts]) -> Results:
    book = book_of(method)
    return evaluate_all(ScaleRules(book, book.scales[0]), units)


def unit(name: int, superior: str = "", block: str = "") -> UnitFacts:
    given = Fact(State.VALUE, Fraction(1 + name))
    return UnitFacts(f"U{name}", "a", {"x": given}, superior=superior, block=block)


def test_every_unit_may_look_at_every_other() -> None:
    found = scored(ALL, [unit(at, block=f"K{at}") for at in range(3000)])
    assert [each.total for each in found.units] == list(range(3000, 0, -1))


def test_a_long_chain_of_superiors_is_scored() -> None:
    found = scored(SUBORDINATE, [unit(0), *(unit(at, f"U{at - 1}") for at in range(1, 400))])
    assert found.units[0].total == 1 + 1
    assert found.units[399].total == 400


def test_a_long_chain_of_superiors_without_a_total_is_scored() -> None:
    head = HEAD.replace('"A": 100000 điểm', '"A": không có tổng điểm')
    book = check_text(f"{head}    Điểm = [x] * 1 điểm + tổng chỉ số 1 của các đơn vị trực thuộc\n").book
    assert book is not None
    units = [unit(0), *(unit(at, f"U{at - 1}") for at in range(1, 400))]
    found = evaluate_all(ScaleRules(book, book.scales[0]), units)
    assert found.units[0].item("1").score == sum(range(1, 401))


def test_units_above_each_other_are_refused_and_told_and_the_others_are_scored() -> None:
    found = scored(SUBORDINATE, [unit(0, "U2"), unit(1, "U0"), unit(2, "U1"), unit(3, "U0"), unit(4)])
    assert [each.status is Status.REFUSED for each in found.units] == [True, True, True, False, False]
    assert [diagnostic.code for diagnostic in found.units[0].diagnostics] == ["TD516"]
    assert found.units[0].total is None
    assert explain(found, found.units[0]).unit == "U0"
    assert trace_json(found.units[0], found.book, found.scale)


def test_a_circle_longer_than_the_stack_is_told() -> None:
    found = scored(SUBORDINATE, [unit(3000), *(unit(at, f"U{(at + 1) % 3000}") for at in range(3000))])
    assert found.units[0].status is Status.GRADED
    assert {each.diagnostics[0].code for each in found.units[1:]} == {"TD516"}
