"""Values that are computed: the least gain found is the least that trying every value of the data finds."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import product

import pytest
from attrs import evolve, frozen

from running import errors, read
from thangdiem.dsl.library import ScaleRules
from thangdiem.dsl.rulebook import State
from thangdiem.engine.binding import bind
from thangdiem.engine.evaluator import evaluate_all
from thangdiem.engine.facts import Fact, FactValue, UnitFacts
from thangdiem.engine.goal import Goal, Wish, seek
from thangdiem.engine.result import UnitResult
from thangdiem.engine.tables import read_table

HEAD = 'Bộ tiêu chí "Thử"\n\nThang điểm a "Thử": 10 điểm\n'
WHOLE = tuple(map(Fraction, range(10)))
NO_YES = (False, True)
BANDS = "  Xếp loại\n    Loại tốt: từ 5 điểm trở lên\n    Loại yếu: dưới 5 điểm\n"


@frozen
class Case:
    """A rule file, units of which the first is to become tốt, what its data may be; and the least gain, by hand."""

    body: str
    data: str
    values: Mapping[str, tuple[FactValue, ...]]
    gain: str
    grades: str = BANDS
    free: tuple[str, ...] = ()
    given: Mapping[str, Fraction] = {}
    """Of the first unit, where no file of data can hold it."""

    @property
    def rules(self) -> ScaleRules:
        book, findings = read(HEAD + self.body + self.grades)
        assert book is not None, findings
        assert not errors(findings)
        return ScaleRules(book, book.scales[0])

    @property
    def units(self) -> list[UnitFacts]:
        table, told = read_table("a.csv", self.data.encode())
        assert table is not None, told
        first, *others = bind(table, self.rules.book, None)[0]["a"]
        return [changed(first, self.given), *others]

    def sought(self, most: int = 5) -> Goal:
        return seek(self.rules, self.units, 0, Wish("tốt", free=self.free, most=most), 2024)

    def least(self) -> Fraction:
        """The least gain with which the grade is reached, by trying every combination."""
        first, *others = self.units
        before = self._scored(first, others)
        found = []
        for values in product(*self.values.values()):
            after = self._scored(changed(first, dict(zip(self.values, values, strict=True))), others)
            if after.grade == "tốt" and _exempt(after) == _exempt(before):
                found.append(_total(after) - _total(before))
        return min(found, key=abs)

    def _scored(self, first: UnitFacts, others: list[UnitFacts]) -> UnitResult:
        return evaluate_all(self.rules, [first, *others], period=2024).units[0]


def changed(facts: UnitFacts, values: Mapping[str, FactValue]) -> UnitFacts:
    return evolve(facts, data={**facts.data, **{name: Fact(State.VALUE, each) for name, each in values.items()}})


def _total(unit: UnitResult) -> Fraction:
    assert unit.total is not None
    return unit.total


def _exempt(unit: UnitResult) -> list[str]:
    return [item.code for item in unit.items if item.state is State.NOT_APPLICABLE]


EXEMPT = "  Chỉ số không áp dụng: giữ nguyên điểm tối đa\n"


def one(method: str, head: str = "", high: int | None = 9) -> str:
    """A rule file of one item that reads a whole number."""
    declared = "  Số liệu [x]: số nguyên" + ("" if high is None else f", từ 0 đến {high}")
    return f'{declared}\n{head}  Chỉ số 1 "Một": 10 điểm\n{method}'


CASES = {
    "of units each of which looks at all": Case(
        one(
            "    Điểm = [x] * 0,1 điểm + tổng (chung) của các đơn vị * 0,1 điểm\n",
            "  Đặt chung = trung bình [x] của các đơn vị\n",
            99,
        ),
        "Đơn vị;x;\nP;0;\nQ;9;",
        {"x": tuple(map(Fraction, range(30)))},
        "4.2",
    ),
    "only where the datum is there": Case(
        one("    Khi có số liệu [x], điểm = [x] * 0,7 điểm\n    Còn lại, điểm = 0 điểm\n"),
        "Đơn vị;x;\nP;2;",
        {"x": WHOLE},
        "4.2",
    ),
    "times the units below that are graded": Case(
        one("    Điểm = [x] * (1 + số các đơn vị trực thuộc xếp loại tốt), không quá 10 điểm\n"),
        "Đơn vị;Trực thuộc;x;\nP;;1;\nQ;P;9;\nR;P;1;",
        {"x": WHOLE},
        "4",
    ),
    "of the subordinate units, where the unit itself is none": Case(
        one("    Điểm = [x] * 0,5 điểm + trung bình [x] của các đơn vị trực thuộc * 0,5 điểm\n"),
        "Đơn vị;Trực thuộc;x;\nP;;0;\nQ;P;9;\nR;P;9;",
        {"x": WHOLE},
        "0.5",
    ),
    "ranked among the subordinate units": Case(
        one("    Điểm = [x] * 0,5 điểm + hạng theo [x] của các đơn vị trực thuộc * 1 điểm\n"),
        "Đơn vị;Trực thuộc;x;\nP;;2;\nQ;P;5;\nR;P;3;",
        {"x": WHOLE},
        "1",
    ),
    "a share of the sum of all": Case(
        one("    Điểm = nhỏ nhất([x] / tổng [x] của các đơn vị; 1) * 10 điểm\n"),
        "Đơn vị;x;\nP;1;\nQ;3;\nR;1;",
        {"x": WHOLE},
        "3",
        free=("x",),
    ),
    "a mean that leaves out who lacks the datum, as this one does": Case(
        one(
            "    Khi [y] = có, điểm = [x] * (trung bình [x] của các đơn vị không kể đơn vị thiếu số liệu) / 10\n"
            "    Còn lại, điểm = 0 điểm\n",
            "  Số liệu [y]: có/không\n",
        ),
        "Đơn vị;x;y;\nP;;không;\nQ;8;có;\nR;4;không;",
        {"x": WHOLE, "y": NO_YES},
        "16/3",
    ),
    "a mean of all, of which this one lacks the datum": Case(
        one(
            "    Khi [y] = có, điểm = [x] * trung bình [x] của các đơn vị / 10\n    Còn lại, điểm = 0 điểm\n",
            "  Số liệu [y]: có/không\n",
        ),
        "Đơn vị;x;y;\nP;;không;\nQ;8;có;\nR;4;không;",
        {"x": WHOLE, "y": NO_YES},
        "16/3",
    ),
    "a mean in which this unit has no value": Case(
        one(
            "    Điểm = [x] * trung bình ([x] / [z]) của các đơn vị không kể đơn vị thiếu số liệu\n",
            "  Số liệu [z]: số nguyên, từ 0 đến 9\n",
        ),
        "Đơn vị;x;z;\nP;2;0;\nQ;3;4;",
        {"x": WHOLE},
        "15/4",
    ),
    "a mean in which this unit may have no value": Case(
        one(
            "    Điểm = 10 - [x] - trung bình (8 / [x]) của các đơn vị không kể đơn vị thiếu số liệu,"
            " không quá 10 điểm\n"
        ).replace("từ 0", "từ -4"),
        "Đơn vị;x;\nP;1;\nQ;8;",
        {"x": tuple(map(Fraction, range(-4, 10)))},
        "4.5",
        BANDS.replace("5", "6"),
        free=("x",),
    ),
    "where it applies": Case(
        one("    Không áp dụng khi [x] từ 8 trở lên\n    Điểm = [x] * 0,9 điểm\n", EXEMPT, None),
        "Đơn vị;x;\nP;2;",
        {"x": WHOLE},
        "3.6",
    ),
    "where it applies only from some value on": Case(
        one("    Không áp dụng khi [x] dưới 3\n    Điểm = [x] * 0,9 điểm\n", EXEMPT, None),
        "Đơn vị;x;\nP;4;",
        {"x": WHOLE},
        "1.8",
    ),
    "points of the assessor that are computed with": Case(
        one("    Điểm = điểm chấm * [x] / 4\n", "  Làm tròn: điểm chỉ số đến hàng đơn vị, nửa lên\n"),
        "Đơn vị;1;x;\nP;4;2;",
        {"x": WHOLE},
        "3",
    ),
    "far beyond what anybody named": Case(
        one("    Điểm = nhỏ nhất([x] / 1000; 10) * 1 điểm\n", "", None),
        "Đơn vị;x;\nP;2;",
        {"x": (Fraction(4999), Fraction(5000), Fraction(5001))},
        "4.998",
    ),
    "a number beside its grid": Case(
        one("    Điểm = [x] * 3 điểm, không quá 10 điểm\n"),
        "Đơn vị;x;\nP;;",
        {"x": WHOLE},
        "5",
        given={"x": Fraction(1, 3)},
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_least_gain_is_that_of_trying_every_value(name: str) -> None:
    case = CASES[name]
    gain = Fraction(case.gain)
    assert case.least() == gain
    assert [way.gain for way in case.sought(1).ways] == [gain]
