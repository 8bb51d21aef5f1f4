"""Ways to a grade through rules of every kind: what is found, what cannot be done, what takes too long."""

from __future__ import annotations

import pytest
from attrs import evolve, frozen

from running import errors, read
from thangdiem.dsl.library import ScaleRules
from thangdiem.dsl.rulebook import State
from thangdiem.engine.binding import bind
from thangdiem.engine.facts import Fact, UnitFacts
from thangdiem.engine.goal import Goal, Wish, seek
from thangdiem.engine.goal.telling import render_goal
from thangdiem.engine.tables import read_table

HEAD = 'Bộ tiêu chí "Thử"\n\nThang điểm a "Thử": '

BANDS = "  Xếp loại\n    Loại tốt: từ 8 điểm trở lên\n    Loại yếu: dưới 8 điểm\n"


@frozen
class Case:
    """A rule file, the data of units, and what the first of them needs for the grade tốt."""

    body: str
    data: str
    status: str
    keys: tuple[tuple[str, ...], ...] = ()
    period: int | None = 2024
    trials: int = 20_000
    free: tuple[str, ...] = ()
    fixed: tuple[str, ...] = ()
    points: str = "10 điểm"


CASES = {
    "one item that is enough, where more points may lose the grade": Case(
        """\
  Chỉ số 1 "Một": 5 điểm
    Chọn một:
      - Tốt: 5 điểm
      - Kém: 0 điểm
  Chỉ số 2 "Hai": 5 điểm
    Chọn một:
      - Tốt: 5 điểm
      - Kém: 0 điểm
  Xếp loại
    Loại tốt: từ 5 điểm trở lên và chỉ số 1 dưới 5 điểm
    Loại yếu: còn lại
""",
        "Đơn vị;1;2;\nP;Kém;Kém;",
        "found",
        (("2",),),
    ),
    "a text that is compared": Case(
        """\
  Số liệu [t]: văn bản
  Chỉ số 1 "Một": 10 điểm
    Theo [t]:
      - "A": 10 điểm
      - còn lại: 0 điểm
  Xếp loại
    Loại tốt: từ 8 điểm trở lên
    Loại yếu: dưới 8 điểm
""",
        "Đơn vị;t;\nP;B;",
        "found",
        (("1",),),
    ),
    "a day": Case(
        """\
  Số liệu [t]: ngày
  Chỉ số 1 "Một": 10 điểm
    Theo [t]:
      - đến hết 31/05 năm đánh giá: 10 điểm
      - còn lại: 0 điểm
  Xếp loại
    Loại tốt: từ 8 điểm trở lên
    Loại yếu: dưới 8 điểm
""",
        "Đơn vị;t;\nP;05/06/2024;",
        "found",
        (("1",),),
    ),
    "a day whose domain goes by a year nobody knows": Case(
        """\
  Số liệu [t]: ngày, đến hết 31/12 năm đánh giá
  Chỉ số 1 "Một": 10 điểm
    Theo [t]:
      - đến hết 31/05/2024: 10 điểm
      - còn lại: 0 điểm
  Xếp loại
    Loại tốt: từ 8 điểm trở lên
    Loại yếu: dưới 8 điểm
""",
        "Đơn vị;t;\nP;05/06/2024;",
        "found",
        (("1",),),
        period=None,
    ),
    "a number that is not nought": Case(
        """\
  Số liệu [x]: số nguyên, khác 0
  Chỉ số 1 "Một": 10 điểm
    Theo [x]:
      - trên 5: 10 điểm
      - còn lại: 0 điểm
  Xếp loại
    Loại tốt: từ 8 điểm trở lên
    Loại yếu: dưới 8 điểm
""",
        "Đơn vị;x;\nP;3;",
        "found",
        (("1",),),
    ),
    "a number with a highest value only": Case(
        """\
  Số liệu [x]: số nguyên, từ 9 trở xuống
  Chỉ số 1 "Một": 10 điểm
    Theo [x]:
      - trên 5: 10 điểm
      - còn lại: 0 điểm
  Xếp loại
    Loại tốt: từ 8 điểm trở lên
    Loại yếu: dưới 8 điểm
""",
        "Đơn vị;x;\nP;3;",
        "found",
        (("1",),),
    ),
    "a percentage without a domain": Case(
        """\
  Số liệu [x]: phần trăm
  Chỉ số 1 "Một": 10 điểm
    Theo [x]:
      - từ 80% trở lên: 10 điểm
      - còn lại: 0 điểm
  Xếp loại
    Loại tốt: từ 8 điểm trở lên
    Loại yếu: dưới 8 điểm
""",
        "Đơn vị;x;\nP;30%;",
        "found",
        (("1",),),
    ),
    "a total by formula": Case(
        """\
  Tổng = chỉ số 1 + chỉ số 2, không quá 10 điểm
  Chỉ số 1 "Một": 6 điểm
  Chỉ số 2 "Hai": 4 điểm
  Xếp loại
    Loại tốt: từ 8 điểm trở lên
    Loại yếu: dưới 8 điểm
""",
        "Đơn vị;1;2\nP;3;3",
        "found",
        (("1",),),
    ),
    "grades by an item": Case(
        """\
  Chỉ số 1 "Một": 6 điểm
  Chỉ số 2 "Hai": 4 điểm
  Xếp loại theo chỉ số 1
    Loại tốt: từ 5 trở lên
    Loại yếu: dưới 5
""",
        "Đơn vị;1;2\nP;3;3",
        "found",
        (("1",),),
    ),
    "a place that others hold": Case(
        """\
  Chỉ số 1 "Một": 6 điểm
  Chỉ số 2 "Hai": 4 điểm
  Xếp loại
    Loại tốt: từ 8 điểm trở lên
    Loại yếu: dưới 8 điểm
    Loại tốt không quá 50% số đơn vị, làm tròn xuống, đồng hạng ở ranh giới thì cùng không đạt; số còn lại xếp loại yếu
""",
        "Đơn vị;1;2\nP;3;3\nQ;6;4",
        "unreachable",
    ),
    "a band that asks for a datum": Case(
        """\
  Chỉ số 1 "Một": 6 điểm
  Chỉ số 2 "Hai": 4 điểm
  Xếp loại
    Loại tốt: từ 5 điểm trở lên và [x] = có
    Loại yếu: các trường hợp còn lại
""",
        "Đơn vị;1;2;x\nP;3;3;không",
        "unreachable",
    ),
    "a rank by scores": Case(
        """\
  Chỉ số 1 "Một": 6 điểm
  Chỉ số 2 "Hai": 4 điểm
    Theo hạng theo chỉ số 1 của các đơn vị:
      - 1: 4 điểm
      - còn lại: 0 điểm
  Xếp loại
    Loại tốt: từ 8 điểm trở lên
    Loại yếu: dưới 8 điểm
""",
        "Đơn vị;1\nP;3\nQ;5",
        "open",
    ),
    "a rank by a datum, under a quota": Case(
        """\
  Số liệu [x]: số nguyên, từ 0 đến 9
  Chỉ số 1 "Một": 6 điểm
  Chỉ số 2 "Hai": 4 điểm
    Theo hạng theo [x] của các đơn vị:
      - 1: 4 điểm
      - còn lại: 0 điểm
  Xếp loại
    Loại tốt: từ 8 điểm trở lên
    Loại yếu: dưới 8 điểm
    Loại tốt không quá 50% số đơn vị, làm tròn xuống, đồng hạng ở ranh giới thì cùng không đạt; số còn lại xếp loại yếu
""",
        "Đơn vị;1;x\nP;5;3\nQ;6;5",
        "open",
    ),
    "a mean of all units": Case(
        """\
  Số liệu [x]: số nguyên, từ 0 đến 20
  Chỉ số 1 "Một": 6 điểm
  Chỉ số 2 "Hai": 4 điểm
    Theo trường hợp:
      - [x] trên trung bình [x] của các đơn vị: 4 điểm
      - còn lại: 0 điểm
  Xếp loại
    Loại tốt: từ 8 điểm trở lên
    Loại yếu: dưới 8 điểm
""",
        "Đơn vị;1;x\nP;5;3\nQ;6;5",
        "found",
        (("2",),),
    ),
    "the layer that counts": Case(
        """\
  Lớp điểm: tự chấm, thẩm định; lấy lớp cuối cùng có điểm
  Chỉ số 1 "Một": 6 điểm
  Chỉ số 2 "Hai": 4 điểm
  Xếp loại
    Loại tốt: từ 8 điểm trở lên
    Loại yếu: dưới 8 điểm
""",
        "Đơn vị;1 (tự chấm);1 (thẩm định);2 (tự chấm);2 (thẩm định)\nP;6;3;4;3",
        "found",
        (("1",),),
    ),
    "a total that is given": Case(
        """\
  Chỉ số 1 "Một": 6 điểm
  Chỉ số 2 "Hai": 4 điểm
  Xếp loại
    Loại tốt: từ 8 điểm trở lên
    Loại yếu: dưới 8 điểm
""",
        "Đơn vị;Tổng điểm\nP;5",
        "unreachable",
    ),
    "too few trials": Case(
        """\
  Chỉ số 1 "Một": 6 điểm
  Chỉ số 2 "Hai": 4 điểm
  Xếp loại
    Loại tốt: từ 8 điểm trở lên và có chỉ số bằng 2 điểm
    Loại yếu: các trường hợp còn lại
""",
        "Đơn vị;1;2\nP;3;3",
        "stopped",
        trials=1,
    ),
    "items that need opposite values of one datum": Case(
        """\
  Số liệu [x]: có/không
  Số liệu [y]: có/không
  Chỉ số 1 "Một": 5 điểm
    Theo trường hợp:
      - [x] = có: 5 điểm
      - còn lại: 0 điểm
  Chỉ số 2 "Hai": 5 điểm
    Theo trường hợp:
      - [x] = không và [y] = có: 5 điểm
      - còn lại: 0 điểm
  Xếp loại
    Loại tốt: từ 8 điểm trở lên
    Loại yếu: dưới 8 điểm và có chỉ số bằng 5 điểm
    Loại kém: các trường hợp còn lại
""",
        "Đơn vị;x;y\nP;có;không",
        "unreachable",
    ),
    "measured by the sum of all units": Case(
        """\
  Số liệu [x]: số nguyên, từ 1 đến 20
  Chỉ số 1 "Một": 10 điểm
    Điểm = nhỏ nhất([x] / tổng [x] của các đơn vị; 1) * 10 điểm
  Xếp loại
    Loại tốt: từ 5 điểm trở lên
    Loại yếu: dưới 5 điểm
""",
        "Đơn vị;x;\nP;1;\nQ;3;",
        "found",
        (("1",),),
        free=("x",),
    ),
    "measured by the mean of all units": Case(
        """\
  Số liệu [x]: số nguyên, từ 1 đến 20
  Chỉ số 1 "Một": 10 điểm
    Điểm = nhỏ nhất([x] / trung bình [x] của các đơn vị; 1) * 10 điểm
  Xếp loại
    Loại tốt: từ 5 điểm trở lên
    Loại yếu: dưới 5 điểm
""",
        "Đơn vị;x;\nP;1;\nQ;3;",
        "reached",
        free=("x",),
    ),
    "measured by the lowest of all units": Case(
        """\
  Số liệu [x]: số nguyên, từ 1 đến 20
  Chỉ số 1 "Một": 10 điểm
    Điểm = nhỏ nhất([x] / thấp nhất [x] của các đơn vị; 1) * 10 điểm
  Xếp loại
    Loại tốt: từ 5 điểm trở lên
    Loại yếu: dưới 5 điểm
""",
        "Đơn vị;x;\nP;4;\nQ;3;",
        "reached",
        free=("x",),
    ),
    "measured by the highest of all units": Case(
        """\
  Số liệu [x]: số nguyên, từ 1 đến 20
  Chỉ số 1 "Một": 10 điểm
    Điểm = nhỏ nhất([x] / cao nhất [x] của các đơn vị; 1) * 10 điểm
  Xếp loại
    Loại tốt: từ 5 điểm trở lên
    Loại yếu: dưới 5 điểm
""",
        "Đơn vị;x;\nP;1;\nQ;3;",
        "found",
        (("1",),),
        free=("x",),
    ),
    "a datum nobody declared": Case(
        """\
  Chỉ số 1 "Một": 10 điểm
    Theo [x]:
      - từ 5 trở lên: 10 điểm
      - còn lại: 0 điểm
  Xếp loại
    Loại tốt: từ 5 điểm trở lên
    Loại yếu: dưới 5 điểm
""",
        "Đơn vị;x;\nP;1;",
        "found",
    ),
    "levels or a formula": Case(
        """\
  Số liệu [x]: số nguyên, từ 0 đến 9
  Số liệu [y]: có/không
  Chỉ số 1 "Một": 10 điểm
    Khi [y] = có, điểm = [x] * 1 điểm, không quá 10 điểm
    Còn lại, chọn một:
      - Tốt: 10 điểm
      - Kém: 0 điểm
  Xếp loại
    Loại tốt: từ 5 điểm trở lên
    Loại yếu: dưới 5 điểm
""",
        "Đơn vị;x;y;1\nP;3;có;Kém",
        "found",
        (("1",),),
    ),
    "bonuses of the scale and of an item": Case(
        """\
  Số liệu [x]: số nguyên, từ 0 đến 9
  Chỉ số 1 "Một": 6 điểm
  Chỉ số 2 "Hai": 4 điểm
  Điểm thưởng "Khen" của chỉ số 2: không quá 2 điểm
    Điểm = [x] * 1 điểm
  Điểm thưởng "Sáng kiến": không quá 1 điểm
    Điểm = [x] * 1 điểm
  Xếp loại
    Loại tốt: từ 5 điểm trở lên
    Loại yếu: dưới 5 điểm
""",
        "Đơn vị;1;2;x\nP;3;1;0",
        "found",
        (("1",),),
    ),
    "a grade that only a lower one is granted beside": Case(
        """\
  Chỉ số 1 "Một": 6 điểm
  Chỉ số 2 "Hai": 4 điểm
  Xếp loại
    Loại xuất sắc: từ 9 điểm trở lên
    Loại tốt: từ 5 điểm đến dưới 9 điểm
    Loại khá: từ 3 điểm đến dưới 5 điểm
    Loại yếu: dưới 3 điểm
    Xếp ít nhất loại khá khi chỉ số 1 từ 1 điểm trở lên
""",
        "Đơn vị;1;2\nP;3;1",
        "found",
        (("1",),),
    ),
    "the best grade already": Case(
        """\
  Chỉ số 1 "Một": 6 điểm
  Chỉ số 2 "Hai": 4 điểm
  Xếp loại
    Loại xuất sắc: từ 9 điểm trở lên
    Loại tốt: từ 5 điểm đến dưới 9 điểm
    Loại yếu: dưới 5 điểm
""",
        "Đơn vị;1;2\nP;6;4",
        "reached",
    ),
    "a good grade already": Case(
        """\
  Chỉ số 1 "Một": 6 điểm
  Chỉ số 2 "Hai": 4 điểm
  Xếp loại
    Loại xuất sắc: từ 9 điểm trở lên
    Loại tốt: từ 5 điểm đến dưới 9 điểm
    Loại yếu: dưới 5 điểm
""",
        "Đơn vị;1;2\nP;3;3",
        "reached",
    ),
    "grades by an item that has too few points": Case(
        """\
  Chỉ số 1 "Một": 6 điểm
  Chỉ số 2 "Hai": 4 điểm
  Xếp loại theo chỉ số 1
    Loại tốt: từ 7 trở lên
    Loại yếu: dưới 7
""",
        "Đơn vị;1;2\nP;3;3",
        "unreachable",
    ),
}

TOLD = {
    "a total that is too low, with a lower grade whose places others hold": Case(
        """\
  Không quá 7 điểm
  Chỉ số 1 "Một": 6 điểm
  Chỉ số 2 "Hai": 4 điểm
  Xếp loại
    Loại tốt: từ 8 điểm trở lên
    Loại khá: từ 5 điểm đến dưới 8 điểm
    Loại yếu: dưới 5 điểm
    Loại khá không quá 50% số đơn vị, làm tròn xuống, đồng hạng ở ranh giới thì cùng không đạt; số còn lại xếp loại yếu
""",
        "Đơn vị;1;2\nP;3;1\nQ;6;4",
        "unreachable",
    ),
    "a total that is too low, and a datum by which other grades would hold": Case(
        """\
  Số liệu [x]: số nguyên, từ 0 đến 9
  Chỉ số 1 "Một": 6 điểm
    Theo [x]:
      - từ 5 trở lên: 6 điểm
      - còn lại: 3 điểm
  Chỉ số 2 "Hai": 4 điểm
  Khi [x] dưới 5, xếp loại
    Loại tốt: từ 8 điểm trở lên
    Loại yếu: dưới 8 điểm
  Còn lại, xếp loại
    Loại A: từ 8 điểm trở lên
    Loại B: dưới 8 điểm
""",
        "Đơn vị;x;2\nP;3;1",
        "unreachable",
    ),
    "a condition that always holds": Case(
        """\
  Chỉ số 1 "Một": 6 điểm
  Chỉ số 2 "Hai": 4 điểm
  Xếp loại
    Loại tốt: từ 8 điểm trở lên
    Loại yếu: dưới 8 điểm
    Không xếp loại tốt khi chỉ số 1 dưới 7 điểm
""",
        "Đơn vị;1;2\nP;3;1",
        "unreachable",
    ),
    "no total": Case(
        """\
  Chỉ số 1 "Một": 6 điểm
  Xếp loại
    Loại tốt khi chỉ số 1 từ 5 điểm trở lên
    Loại yếu: các trường hợp còn lại
""",
        "Đơn vị;1\nP;3",
        "found",
        points="không có tổng điểm",
    ),
    "an item of which nothing is known": Case(
        """\
  Số liệu [x]: số nguyên, từ 0 đến 9
  Số liệu [k]: có/không
  Tổng = chỉ số 1
  Chỉ số 1 "Một": 10 điểm
    Khi [k] = có, cộng các ý đạt:
      a) Lưu: 6 điểm
      b) Đăng: 4 điểm
    Còn lại, điểm = 0 điểm
  Chỉ số 2 "Hai": 3 điểm
    Khi [k] = có, điểm = 3 điểm
    Còn lại, điểm = [x] * 0,1 điểm
  Xếp loại
    Loại tốt: từ 6 điểm trở lên
    Loại yếu: dưới 6 điểm
""",
        "Đơn vị;k;x;1\nP;không;;",
        "found",
    ),
}


def sought(case: Case) -> Goal:
    book, findings = read(f"{HEAD}{case.points}\n{case.body}")
    assert book is not None, findings
    assert not errors(findings)
    table, told = read_table("a.csv", case.data.encode())
    assert table is not None, told
    units, _ = bind(table, book, None)
    wish = Wish("tốt", case.fixed, case.free, trials=case.trials)
    return seek(ScaleRules(book, book.scales[0]), units["a"], 0, wish, case.period)


@pytest.mark.parametrize("name", CASES)
def test_the_ways_to_a_grade(name: str) -> None:
    case = CASES[name]
    found = sought(case)
    assert ("stopped" if found.stopped else found.status) == case.status
    assert {way.keys for way in found.ways} >= {*case.keys}


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        (
            "a total that is too low, with a lower grade whose places others hold",
            ["  Tổng điểm: cần 8 điểm, cao nhất chỉ đạt 7 điểm"],
        ),
        (
            "a total that is too low, and a datum by which other grades would hold",
            ["  Tổng điểm: cần 8 điểm, cao nhất chỉ đạt 7 điểm"],
        ),
        (
            "a total that is given",
            [
                "  Không có gì để thay đổi: mọi nội dung đều được giữ nguyên, không áp dụng, hoặc chỉ biết tổng",
                "    điểm",
            ],
        ),
        (
            "a condition that always holds",
            [
                "  Điều kiện xếp loại: Không xếp loại tốt khi chỉ số 1 dưới 7 điểm — vẫn vướng ngay cả khi mọi",
                "    nội dung đạt điểm tốt nhất (dòng 9)",
            ],
        ),
        (
            "no total",
            [
                "  chỉ số 1: từ 3 điểm thành 5 điểm (ô B2)",
                "    Chỉ số 1 “Một”: 3 → 5 (+2)",
                "  Xếp loại: từ yếu thành tốt",
            ],
        ),
        (
            "an item of which nothing is known",
            [
                "  chỉ số 1: từ chưa có số liệu thành a (ô D2)",
                "  [k]: từ không thành có (ô B2)",
                "    Chỉ số 1 “Một”: 0 → 6 (+6)",
                "    Chỉ số 2 “Hai”: – → 3, thay đổi theo",
                "  Tổng điểm: từ 0 thành 6 (+6)",
                "  Xếp loại: từ yếu thành tốt",
            ],
        ),
    ],
)
def test_the_ways_and_what_stands_in_the_way_are_told(name: str, lines: list[str]) -> None:
    case = {**CASES, **TOLD}[name]
    found = sought(case)
    assert found.status == case.status
    told = [line for line in render_goal(found).splitlines() if line]
    first = next(at for at, line in enumerate(told) if line.startswith(("VÌ SAO", "Cách 1")))
    last = next((at for at, line in enumerate(told) if line.startswith("CÒN ĐƯỢC")), len(told))
    assert told[first + 1 : last] == lines


def test_what_is_kept_is_named() -> None:
    found = sought(evolve(CASES["a total by formula"], fixed=("1",)))
    assert found.kept == ("1",)
    assert [way.keys for way in found.ways] == []
    assert "Giữ nguyên theo yêu cầu: 1." in render_goal(found)


def test_what_changes_is_the_layer_that_counts() -> None:
    after = sought(CASES["the layer that counts"]).ways[0].after.facts
    assert after.layers["1"]["thẩm định"] == after.scores["1"]
    assert after.layers["1"]["tự chấm"].value == 6


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("the best grade already", "P đã ở loại cao nhất (xuất sắc)"),
        ("a good grade already", "P đang ở loại tốt"),
        ("a place that others hold", "Giới hạn số đơn vị loại tốt"),
        ("a band that asks for a datum", "Điều kiện của loại tốt"),
        ("too few trials", "Chưa xét hết mọi giá trị của: 1"),
        ("grades by an item that has too few points", "P không thể đạt loại tốt"),
        ("items that need opposite values of one datum", "bằng cách thay đổi điểm các nội dung.\n"),
    ],
)
def test_the_answer_is_told_in_words(name: str, words: str) -> None:
    assert words in render_goal(sought(CASES[name]))


@pytest.mark.parametrize(
    ("limit", "most", "name", "status", "rough"),
    [
        ("exhaustive.MOST_VALUES", 1, "items that need opposite values of one datum", "open", ("2",)),
        ("attainable.MOST_COMBINATIONS", 1, "items that need opposite values of one datum", "open", ("2",)),
        ("stretches.MOST_HALVINGS", 0, "grades by an item that has too few points", "open", ("1", "2")),
        ("stretches.MOST_HALVINGS", 0, "a total by formula", "found", ("1", "2")),
    ],
)
def test_a_search_that_is_cut_short_says_of_which_items(
    limit: str, most: int, name: str, status: str, rough: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"thangdiem.engine.goal.{limit}", most)
    found = sought(CASES[name])
    assert (found.status, found.rough) == (status, rough)
    told = render_goal(found)
    assert f"Chưa xét hết mọi giá trị của: {', '.join(rough)}" in told
    assert "Không còn cách nào khác" not in told


def test_a_list_of_marks_of_which_none_is_there_is_told_in_words() -> None:
    marks = "    Cộng các ý đạt:\n      a) Lưu: 6 điểm\n      b) Đăng: 4 điểm\n"
    book, _ = read(f'{HEAD}10 điểm\n  Chỉ số 1 "Một": 10 điểm\n{marks}{BANDS}')
    assert book is not None
    unit = UnitFacts("P", "a", scores={"1": Fact(State.VALUE, ())})
    told = render_goal(seek(ScaleRules(book, book.scales[0]), [unit], 0, Wish("tốt")))
    assert "  chỉ số 1: từ không ý nào thành a, b\n" in told
