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

HEAD = 'Bộ tiêu chí "Thử"\n\nThang điểm a "Thử": '
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
    fixed: tuple[str, ...] = ()
    given: Mapping[str, Fraction] = {}
    """Of the first unit, where no file of data can hold it."""
    points: int = 10

    @property
    def rules(self) -> ScaleRules:
        book, findings = read(f"{HEAD}{self.points} điểm\n{self.body}{self.grades}")
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
        return seek(self.rules, self.units, 0, Wish("tốt", self.fixed, self.free, most), 2024)

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


def levels(items: Mapping[str, tuple[int, ...]]) -> str:
    """A rule file of items with so many levels each, one for each value of a datum."""
    lines = []
    for code, points in items.items():
        rows = "".join(f"      - {at}: {each} điểm\n" for at, each in enumerate(points))
        lines.append(f'  Chỉ số {code} "Mục {code}": {points[-1]} điểm\n    Theo [x{code}]:\n{rows}')
    declared = (f"  Số liệu [x{code}]: số nguyên, từ 0 đến {len(points) - 1}\n" for code, points in items.items())
    return "".join((*declared, *lines))


LEVELS = """\
  Số liệu [x]: số nguyên, từ 0 đến 4
  Tổng = chỉ số 1 + chỉ số 2, không quá 10 điểm
  Chỉ số 1 "Một": 1 điểm
  Chỉ số 2 "Hai": 9 điểm
    Theo [x]:
      - 0: 0 điểm
      - 1: 1 điểm
      - 2: 2 điểm
      - 3: 3 điểm
      - 4: 9 điểm
"""
OPENED = """\
  Chỉ số không áp dụng: giữ nguyên điểm tối đa
  Số liệu [k]: một trong "A", "B", "C"
  Số liệu [x]: số nguyên, từ 0 đến 9
  Số liệu [z]: số nguyên, từ 0 đến 5
  Chỉ số 1 "Một": 9 điểm
    Không áp dụng khi [k] = "C"
    Khi [k] = "B", điểm = [x] * 1 điểm
    Còn lại, điểm = 0 điểm
  Chỉ số 2 "Hai": 1 điểm
    Theo [k]:
      - "A": 0 điểm
      - còn lại: 1 điểm
"""

CASES = {
    "of units each of which looks at all": Case(
        one(
            "    Điểm = [x] * 0,1 điểm + tổng (chung) của các đơn vị * 0,1 điểm\n",
            "  Đặt chung = trung bình [x] của các đơn vị\n",
            24,
        ),
        "Đơn vị;x;\nP;0;\nQ;9;",
        {"x": tuple(map(Fraction, range(25)))},
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
        one("    Điểm = 5 - [x] * 3 điểm, không quá 10 điểm, tối thiểu 0 điểm\n").replace("từ 0", "từ -4"),
        "Đơn vị;x;\nP;;",
        {"x": tuple(map(Fraction, range(-4, 10)))},
        "1",
        given={"x": Fraction(1, 3)},
    ),
    "two items that read one word, each with more": Case(
        """\
  Số liệu [k]: một trong "A", "B", "C"
  Số liệu [y]: có/không
  Số liệu [z]: có/không
  Chỉ số 1 "Một": 5 điểm
    Theo trường hợp:
      - [k] = "B" và [y] = có: 4 điểm
      - [k] = "C" và [y] = có: 5 điểm
      - còn lại: 0 điểm
  Chỉ số 2 "Hai": 5 điểm
    Theo trường hợp:
      - [k] = "B" và [z] = có: 5 điểm
      - còn lại: 0 điểm
""",
        "Đơn vị;k;y;z\nP;A;không;không",
        {"k": ("A", "B", "C"), "y": NO_YES, "z": NO_YES},
        "9",
        "  Xếp loại\n    Loại tốt: từ 9 điểm trở lên và có chỉ số bằng 5 điểm\n    Loại yếu: các trường hợp còn lại\n",
    ),
    "more points may lose it, and a word opens an item of which nothing is known": Case(
        OPENED,
        "Đơn vị;k;x\nP;A;",
        {"k": ("A", "B", "C"), "x": WHOLE},
        "6",
        "  Xếp loại\n    Loại tốt: từ 6 điểm trở lên và có chỉ số bằng 5 điểm\n    Loại yếu: các trường hợp còn lại\n",
    ),
    "a word opens an item of which nothing is known": Case(
        OPENED,
        "Đơn vị;k;x\nP;A;",
        {"k": ("A", "B", "C"), "x": WHOLE},
        "6",
        BANDS.replace("5", "6"),
    ),
    "a word opens an item of which nothing is known, and another is needed": Case(
        f'{OPENED}  Chỉ số 3 "Ba": 5 điểm\n    Điểm = [z] * 1 điểm\n',
        "Đơn vị;k;x;z\nP;A;;0",
        {"k": ("A", "B", "C"), "x": WHOLE, "z": WHOLE[:6]},
        "12",
        BANDS.replace("5", "12"),
        points=15,
    ),
    "a word that makes a datum count twice": Case(
        """\
  Số liệu [x]: số nguyên, từ 0 đến 9
  Số liệu [y]: có/không
  Chỉ số 1 "Một": 9 điểm
    Khi [y] = có, điểm = [x] * 1 điểm
    Còn lại, điểm = [x] * 0,5 điểm
  Chỉ số 2 "Hai": 1 điểm
    Theo [y]:
      - có: 1 điểm
      - không: 0 điểm
""",
        "Đơn vị;x;y\nP;2;không",
        {"x": WHOLE, "y": NO_YES},
        "5",
        BANDS.replace("5", "6"),
    ),
    "levels that lie far apart, and the least is enough": Case(
        LEVELS, "Đơn vị;x;1\nP;0;0", {"x": WHOLE[:5]}, "2", BANDS.replace("5", "2")
    ),
    "levels that lie far apart, and the greatest is needed": Case(
        LEVELS, "Đơn vị;x;1\nP;0;0", {"x": WHOLE[:5]}, "9", BANDS.replace("5", "4")
    ),
    "an item that is dear by itself": Case(
        levels({"8": (0, 1, 2, 3), "1": (0, 5), "2": (0, 5), "3": (0, 7)}),
        "Đơn vị;x8;x1;x2;x3\nP;0;0;0;0",
        {"x8": WHOLE[:4], "x1": WHOLE[:2], "x2": WHOLE[:2], "x3": WHOLE[:2]},
        "6",
        f"{BANDS}    Không xếp loại tốt khi chỉ số 8 dưới 1 điểm\n",
        points=20,
    ),
    "a second way that turns out dearer": Case(
        levels({"1": (0, 1, 2), "2": (0, 1, 5)}),
        "Đơn vị;x1;x2\nP;0;0",
        {"x1": WHOLE[:3], "x2": WHOLE[:3]},
        "6",
        BANDS.replace("5", "3") + "    Không xếp loại tốt khi chỉ số 1 dưới 1 điểm hoặc chỉ số 2 dưới 5 điểm\n",
        points=7,
    ),
    "an item that counts nothing, but is asked for": Case(
        levels({"9": (0, 1, 2, 3), "1": (0, 4, 6, 10)}).replace('"Mục 9": 3 điểm', '"Mục 9": không tính điểm'),
        "Đơn vị;x9;x1\nP;0;0",
        {"x9": WHOLE[:4], "x1": WHOLE[:4]},
        "6",
        f"{BANDS}    Không xếp loại tốt khi chỉ số 9 dưới 2 điểm\n",
    ),
    "points that choose other grades": Case(
        levels({"1": (0, 2, 6), "2": (0, 4)}),
        "Đơn vị;x1;x2\nP;0;0",
        {"x1": WHOLE[:3], "x2": WHOLE[:2]},
        "6",
        """\
  Khi chỉ số 1 từ 3 điểm trở lên, xếp loại
    Loại A: từ 8 điểm trở lên
    Loại B: dưới 8 điểm
  Còn lại, xếp loại
    Loại tốt: từ 5 điểm trở lên
    Loại yếu: dưới 5 điểm
""",
    ),
    "a datum that chooses easier grades": Case(
        levels({"1": (0, 1), "2": (0, 1, 2, 3, 4, 5, 6)}),
        "Đơn vị;x1;x2\nP;0;0",
        {"x1": WHOLE[:2], "x2": WHOLE[:7]},
        "4",
        """\
  Khi [x1] từ 1 trở lên, xếp loại
    Loại tốt: từ 4 điểm trở lên
    Loại yếu: dưới 4 điểm
  Còn lại, xếp loại
    Loại tốt: từ 6,5 điểm trở lên
    Loại yếu: dưới 6,5 điểm
""",
        points=7,
    ),
    "a place that another unit takes at one value only": Case(
        """\
  Số liệu [x]: số nguyên, từ 0 đến 6
  Số liệu [y]: số nguyên, từ 0 đến 22
  Số liệu [q]: có/không
  Chỉ số 1 "Một": 7 điểm
    Khi [q] = có, theo tổng [x] của các đơn vị:
      - 5: 7 điểm
      - còn lại: 0 điểm
    Còn lại, điểm = [x] * 0,49 điểm
  Chỉ số 2 "Hai": 3 điểm
    Điểm = [y] * 0,1 điểm
""",
        "Đơn vị;x;y;q\nP;0;0;không\nQ;0;0;có",
        {"x": WHOLE[:7], "y": tuple(map(Fraction, range(23)))},
        "3.04",
        BANDS.replace("5", "3") + "    Loại tốt không quá 50% số đơn vị, làm tròn xuống,"
        " đồng hạng ở ranh giới thì cùng không đạt; số còn lại xếp loại yếu\n",
        fixed=("[q]",),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_least_gain_is_that_of_trying_every_value(name: str) -> None:
    case = CASES[name]
    gain = Fraction(case.gain)
    assert case.least() == gain
    assert [way.gain for way in case.sought(1).ways] == [gain]


def test_units_of_another_scale_below_the_unit_are_seen() -> None:
    above = one("    Điểm = [x] * trung bình [z] của các đơn vị trực thuộc, không quá 10 điểm\n")
    below = '  Số liệu [z]: số nguyên, từ 0 đến 9\n  Chỉ số 1 "Một": 10 điểm\n'
    book, _ = read(f'{HEAD}10 điểm\n{above}{BANDS}\nThang điểm b "Dưới": 10 điểm\n{below}')
    assert book is not None
    unit = UnitFacts("P", "a", {"x": Fact(State.VALUE, Fraction(1))})
    other = UnitFacts("Q", "b", {"z": Fact(State.VALUE, Fraction(2))}, superior="P")
    found = seek(ScaleRules(book, book.scales[0]), [unit], 0, Wish("tốt"), others={"b": [other]})
    assert [(way.gain, way.facts.data["x"].value) for way in found.ways] == [(4, 3)]


@pytest.mark.parametrize("points", [(0, 7, 8, 9), (0, 1, 2, 3, 9), (0, 1, 9), (0, 8, 9), (8, 9)])
@pytest.mark.parametrize("edge", [2, 8])
def test_the_least_loss_of_an_item_is_to_the_next_level_below_the_edge(points: tuple[int, ...], edge: int) -> None:
    top = len(points) - 1
    item = levels({"1": points}).replace(f"{points[-1]} điểm", "từ 0 đến 9 điểm", 1)
    found = Case(item, f"Đơn vị;x1;\nP;{top};", {}, "0", BANDS.replace("5", str(edge)), points=9).sought()
    assert found.margin is not None
    below = [each for each in points if each < edge]
    assert [loss.points for loss in found.margin.losses] == [9 - max(below) for _ in below[:1]]
    assert found.margin.safe == (() if below else ("1",))
