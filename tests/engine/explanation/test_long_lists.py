"""Where many units, items or gaps stand behind a figure, the first are named and the others are counted."""

from __future__ import annotations

import pytest

from running import errors, read, results
from thangdiem.engine.explanation import explain
from thangdiem.engine.explanation.arithmetic import MOST_LISTED
from thangdiem.engine.explanation.standings import reasons
from thangdiem.engine.result import Results

MANY = MOST_LISTED + 5


def scored(text: str) -> Results:
    book, findings = read(text)
    assert book is not None
    assert not errors(findings)
    ((_, found),) = results(book)
    return found


def head(points: int) -> str:
    return f'Bộ tiêu chí "Thử"\n\nThang điểm a "Thử": {points} điểm\n'


@pytest.fixture(scope="module")
def units() -> Results:
    rows = "".join(f'  - "Đơn vị {at}": [x] = {at}; kết quả: loại tốt\n' for at in range(1, MANY + 1))
    return scored(f"""{head(10)}  Chỉ số 1 "Một": 10 điểm
    Điểm = [x] / cao nhất [x] của các đơn vị * điểm tối đa
  Xếp loại
    Loại tốt: từ 0 điểm trở lên
    Loại khác: các trường hợp còn lại
    Loại tốt không quá 100% số đơn vị, làm tròn lên, đồng hạng ở ranh giới thì cùng đạt; số còn lại xếp loại khác

Ví dụ "nhiều" theo a, các đơn vị:
{rows}""")


def test_the_values_of_other_units(units: Results) -> None:
    (item,) = explain(units, "Đơn vị 1").items
    said = next(said.text for said in item.statements if said.text.startswith("Đơn vị 1: 1; "))
    assert said.startswith("Đơn vị 1: 1; Đơn vị 2: 2; ")
    assert said.endswith(f"; Đơn vị {MOST_LISTED}: {MOST_LISTED}; và 5 đơn vị khác")


def test_who_holds_the_places_of_a_quota(units: Results) -> None:
    said = [said.text for said in explain(units, "Đơn vị 1").grading if "các đơn vị được xếp" in said.text]
    assert said
    assert all(text.endswith("; và 5 đơn vị khác") for text in said)


@pytest.fixture(scope="module")
def items() -> Results:
    rows = "".join(f'    Chỉ số {at} "C": 1 điểm\n' for at in range(1, MANY + 1))
    given = "".join(f"  {at} = 1\n" for at in range(1, MANY + 1))
    return scored(f"""{head(10)}  Nhóm A "Xét": không tính điểm
{rows}  Nhóm B "Chấm": 10 điểm
    Chỉ số {MANY + 1} "Nhỏ nhất": 4 điểm
      Điểm = thấp nhất các chỉ số của nhóm A * 4
    Chỉ số {MANY + 2} "Mọi": 6 điểm
      Cộng các ý đạt:
        a) khi mọi chỉ số của nhóm A từ 0 điểm trở lên: 6 điểm

Ví dụ "nhiều"
{given}  Kết quả: tổng 10 điểm
""")


def test_the_items_a_rule_gathers(items: Results) -> None:
    item = next(item for item in explain(items, items.units[0]).items if item.code == str(MANY + 1))
    (said,) = [said.text for said in item.statements if said.role == "equation"]
    assert "; và 5 mục khác)" in said


def test_the_items_a_condition_looks_at(items: Results) -> None:
    item = next(item for item in explain(items, items.units[0]).items if item.code == str(MANY + 2))
    (note,) = [said.note for said in item.statements if said.role == "met"]
    assert note.endswith("; và 5 mục khác")


def test_the_gaps_of_a_unit_in_a_table() -> None:
    rows = "".join(f'  Chỉ số {at} "C": 1 điểm\n' for at in range(1, 26))
    found = scored(f'{head(25)}{rows}\nVí dụ "thiếu"\n  1 = 1\n  Kết quả: từ chối\n')
    told = reasons(found.units[0], found, "vi")
    assert told[0].startswith("2: ")
    assert (len(told), told[20]) == (21, "…")
