"""What an item may come to by its formula and the domains of its data: from least to most, or never anything."""

from __future__ import annotations

from fractions import Fraction

import pytest

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.bounds.known import Facts
from thangdiem.dsl.bounds.totals import of_bonus, of_item, of_total
from thangdiem.dsl.bounds.world import world_of
from thangdiem.dsl.parser import parse
from thangdiem.dsl.resolver import resolve
from thangdiem.dsl.source import source_of

ITEMS = """Bộ tiêu chí "Giá trị"

Thang điểm xã "Xã": không giới hạn điểm
  Số liệu [n]: số nguyên, từ 0 đến 10
  Số liệu [x]: số, từ -2 đến 4
  Số liệu [p]: số, từ 1 đến 8
  Số liệu [loại]: một trong "A", "B"
  Số liệu [mới]: có/không
  Nhóm 2 "Hai": không giới hạn điểm
    Chỉ số 2.1 "Ba điểm": 3 điểm
    Chỉ số 2.2 "Năm điểm": 5 điểm
  Nhóm 3 "Không bao giờ": không giới hạn điểm
    Chỉ số 3.1 "Chia cho không": không giới hạn điểm
      Điểm = [x] / 0 * 1 điểm
    Chỉ số 3.2 "Ba điểm": 3 điểm
  Nhóm 4 "Có thể miễn": không giới hạn điểm
    Chỉ số 4.1 "Không giới hạn": không giới hạn điểm
      Có thể không áp dụng
    Chỉ số 4.2 "Ba điểm": 3 điểm
      Có thể không áp dụng
  Nhóm 5 "Không áp dụng": không giới hạn điểm
    Chỉ số 5.1 "Luôn miễn": 3 điểm
      Không áp dụng khi 1 = 1
  Nhóm 6 "Nhân": không giới hạn điểm
    Tổng hợp: trung bình nhân, làm tròn đến 2 chữ số thập phân, nửa lên
    Chỉ số 6.1 "Có âm": từ -1 đến 3 điểm
      Có thể không áp dụng
    Chỉ số 6.2 "Ba điểm": 3 điểm
  Điểm thưởng "Sáng kiến": không quá 2 điểm
    Điểm = [n] * 1 điểm
"""
MANY = "\n".join(f"Đặt m{at} = m{at + 1}" for at in range(400))
"""Names, of which each stands for the next."""
LOWEST = "thấp nhất [x] của các đơn vị"
SHARE = "m0 / cao nhất [x] của các đơn vị"
NEVER = "never"
ANY = "any"


def book_of(text: str) -> rb.Rulebook:
    syntax, told = parse(source_of(text))
    assert not told, [each.message("vi") for each in told]
    book, told = resolve(syntax)
    assert book is not None
    assert not told, [each.message("vi") for each in told]
    return book


def span(lines: str) -> str:
    """The least and the most of an item of these lines."""
    own = "".join(f"    {line}\n" for line in lines.splitlines())
    scale = book_of(f'{ITEMS}  Chỉ số 1 "Một": không giới hạn điểm\n{own}').scales[0]
    found = of_item("1", world_of(scale)).value
    if found is None:
        return NEVER
    if found.low is None and found.high is None:
        return ANY
    return f"{'' if found.low is None else found.low} .. {'' if found.high is None else found.high}"


SPANS = {
    "Điểm = tổng các chỉ số của nhóm 2": "0 .. 8",
    "Điểm = trung bình các chỉ số của nhóm 2": "0 .. 4",
    "Điểm = thấp nhất các chỉ số của nhóm 2": "0 .. 3",
    "Điểm = tổng các chỉ số của nhóm 3": "never",
    "Điểm = tổng các điểm âm của nhóm 3": "never",
    "Điểm = trung bình các chỉ số của nhóm 4": "any",
    "Điểm = nhóm 6": "any",
    "Theo trường hợp:\n  - [n] + 1: 5 điểm\n  - còn lại: 1 điểm": "1 .. 5",
    "Theo trường hợp:\n  - có chỉ số của nhóm 3 từ 4 điểm trở lên: 5 điểm\n  - còn lại: 1 điểm": "1 .. 5",
    "Theo trường hợp:\n  - mọi chỉ số của nhóm 5 từ 4 điểm trở lên: 5 điểm\n  - còn lại: 1 điểm": "5 .. 5",
    "Theo trường hợp:\n  - 2,5 = [n]: 5 điểm\n  - còn lại: 1 điểm": "1 .. 1",
    "Theo trường hợp:\n  - 3 = [x]: 5 điểm\n  - còn lại: 1 điểm": "1 .. 5",
    "Theo [n]:\n  - 2,5: 5 điểm\n  - còn lại: 1 điểm": "1 .. 1",
    'Theo [loại]:\n  - "C": 5 điểm\n  - còn lại: 1 điểm': "1 .. 1",
    "Theo [loại]:\n  - [loại]: 5 điểm\n  - còn lại: 1 điểm": "1 .. 5",
    'Theo [n] + 1:\n  - "A": 5 điểm\n  - còn lại: 1 điểm': "1 .. 5",
    f"Điểm = ([x] - {LOWEST}) / (cao nhất [x] của các đơn vị - {LOWEST})": "0 .. 1",
    f"Điểm = ([x] - {LOWEST}) / (cao nhất [x] của các đơn vị - thấp nhất [p] của các đơn vị)": "any",
    "Điểm = nhỏ nhất([x] / 0; 1)": "never",
    "Điểm = ([x] / 0)^2": "never",
    "Điểm = tổng [p] của các đơn vị": "0 .. ",
    "Điểm = tổng [x] của các đơn vị": "any",
    "Điểm = 0 / [p]": "0 .. 0",
    "Điểm = 0 / [x]": "0 .. 0",
    "Điểm = [p]^-1": "1/8 .. 1",
    "Điểm = 0^-1": "never",
    "Điểm = (([p] + 999999999999999)^60)^60": "0 .. ",
    "Điểm = làm tròn(căn([p]; 2); 2; nửa lên)": "1 .. 283/100",
    "Điểm = làm tròn(căn([p]; [n]); 2; nửa lên)": "any",
    "Điểm = làm tròn((0 - [p])^0,5; 2; nửa lên)": "never",
    "Điểm = làm tròn([p]^-0,5; 2; nửa lên)": "7/20 .. 1",
    "Điểm = làm tròn([p]^9999999,5; 2; nửa lên)": "1 .. ",
    "Điểm = [n] * (1/999999999)^400 + [n] * (1/999999998)^400": "0 .. ",
    "Điểm = làm tròn(0^-0,5; 2; nửa lên)": "never",
    "Điểm = làm tròn(ln(0 - [p]); 2; nửa lên)": "never",
    "Điểm = làm tròn(exp([n] * 100000); 2; nửa lên)": "1 .. ",
    "Điểm = [p] * điểm tối đa": "never",
    "Điểm = [n], không quá 5 khi 1 > 2": "0 .. 10",
    "Điểm = [x] / 0, không quá 5": "never",
    "Khi [mới] = có, điểm = [n]\nCòn lại, điểm = [p]": "0 .. 10",
    "Tính trường hợp có điểm cao nhất:\n  - 1 = 1: [x] / 0\n  - [mới] = có: 3 điểm": "3 .. 3",
    "Tính trường hợp có điểm cao nhất:\n  - 1 = 1: 2 điểm\n  - [mới] = có: [x] / 0": "2 .. 2",
    "Theo [n]:\n  - từ 0 đến 10: 5 điểm\n  - còn lại: 1 điểm": "5 .. 5",
    "Theo [x]:\n  - dưới 0: 5 điểm\n  - từ 0 trở lên: 3 điểm\n  - trên 3: 9 điểm\n  - còn lại: 1 điểm": "3 .. 5",
    "Theo [x]:\n  - khác [p]: 5 điểm\n  - còn lại: [x]": "1 .. 5",
    "Theo [x]:\n  - [p]: 5 điểm\n  - còn lại: [x]": "-2 .. 5",
    "t = 3\nTheo t:\n  - khác 3: 5 điểm\n  - còn lại: 1 điểm": "1 .. 1",
    "Đặt m = [mới], không quá 1\nTheo trường hợp:\n  - m: 5 điểm\n  - còn lại: 1 điểm": "1 .. 5",
    "Đặt m = [mới]\nTheo trường hợp:\n  - m: 5 điểm\n  - còn lại: 1 điểm": "1 .. 5",
    f"{MANY}\nĐặt m400 = [mới]\nTheo trường hợp:\n  - m0: 5 điểm\n  - còn lại: 1 điểm": "1 .. 5",
    f'{MANY}\nĐặt m400 = [loại]\nTheo m0:\n  - "A": 5 điểm\n  - còn lại: 1 điểm': "1 .. 5",
    f"{MANY}\nĐặt m400 = [x]\nTheo trường hợp:\n  - {SHARE} trên 2: 5 điểm\n  - còn lại: 1 điểm": "1 .. 5",
    f"{MANY}\nĐặt m400 = [x]\nTheo [x]:\n  - trên 2: m0\n  - còn lại: 1 điểm": "-2 .. 4",
}


@pytest.mark.parametrize("lines", SPANS)
def test_an_item_comes_to_no_less_and_no_more(lines: str) -> None:
    assert span(lines) == SPANS[lines]


def spans(text: str, known: Facts | None = None) -> dict[str, str]:
    """The least and the most of every item, of every bonus and (by ``tổng``) of the total."""
    scale = book_of(f'Bộ tiêu chí "Giá trị"\n\n{text}').scales[0]
    world = world_of(scale) if known is None else world_of(scale, known)
    found = {item.code: of_item(item.code, world) for item in scale.walk()}
    found |= {bonus.key: of_bonus(bonus.key, world) for item in scale.walk() for bonus in item.bonuses}
    found |= {bonus.key: of_bonus(bonus.key, world) for bonus in scale.bonuses} | {"tổng": of_total(world)}
    return {
        name: (NEVER if each.value is None else f"{each.value.low} .. {each.value.high}") + " or exempt" * each.exempt
        for name, each in found.items()
    }


def test_the_maximum_meant_in_a_bonus_is_its_own_or_else_that_of_what_it_is_of() -> None:
    text = """Thang điểm xã "Xã": 20 điểm
  Tổng = chỉ số 1 / 10 * điểm tối đa
  Số liệu [p]: số, từ 1 đến 8
  Chỉ số 1 "Một": 10 điểm
  Điểm thưởng "Riêng": 4 điểm
    Điểm = [p] / 8 * điểm tối đa
  Điểm thưởng "Theo chỉ số" của chỉ số 1
    Điểm = [p] / 8 * điểm tối đa
"""
    assert spans(text) == {
        "1": "5/4 .. 20",
        "+Theo chỉ số": "5/4 .. 10",
        "+Riêng": "1/2 .. 4",
        "tổng": "3 .. 34",
    }


def test_what_surely_does_not_apply_leaves_the_maximum_before_the_total_is_rescaled() -> None:
    text = """Thang điểm xã "Xã": 30 điểm
  Chỉ số không áp dụng: loại khỏi điểm tối đa, quy đổi về thang 30 điểm
  Chỉ số 1 "Một": 10 điểm
    Không áp dụng khi 1 = 1
  Chỉ số 2 "Hai": 10 điểm
    Điểm = 5 điểm
  Chỉ số 3 "Ba": 10 điểm
"""
    assert spans(text)["tổng"] == "15/2 .. 45/2"
    may_leave = text.replace('"Ba": 10 điểm', '"Ba": 10 điểm\n    Có thể không áp dụng')
    assert spans(may_leave)["tổng"] == "15/2 .. 45/2"
    nothing = may_leave + '  Chỉ số 4 "Bốn": từ -2 đến 0 điểm\n    Chấm trực tiếp\n'
    assert spans(nothing)["tổng"] == "9/2 .. 30"
    mean = may_leave.replace("30 điểm\n  Chỉ số không", "10 điểm\n  Tổng hợp: trung bình\n  Chỉ số không")
    assert spans(mean.replace("thang 30", "thang 10"))["tổng"] == "5/2 .. 15/2"


def test_no_total_comes_of_a_bonus_that_never_has_a_value() -> None:
    text = """Thang điểm xã "Xã": 10 điểm
  Số liệu [p]: số, từ 1 đến 8
  Chỉ số 1 "Một": 10 điểm
  Điểm thưởng "Không bao giờ": 4 điểm
    Điểm = [p] / 0 * 1 điểm
"""
    assert spans(text) == {"1": "0 .. 10", "+Không bao giờ": NEVER, "tổng": NEVER}


OPEN = """Thang điểm xã "Xã": không giới hạn điểm
  Số liệu [p]: số, từ 1 đến 8
  Số liệu [mới]: có/không
  Chỉ số 1 "Một": 10 điểm
  Chỉ số 2 "Bằng một": 10 điểm
    Điểm = chỉ số 1
    Có thể không áp dụng
  Chỉ số 3 "Theo điểm thưởng": 10 điểm
    Điểm = điểm thưởng "Khen"
    Có thể không áp dụng
  Chỉ số 4 "Theo điểm chấm": 10 điểm
    Điểm = điểm chấm / 2
    Có thể không áp dụng
  Chỉ số 5 "Theo các chỉ số": 10 điểm
    Theo trường hợp:
      - số chỉ số từ 3 điểm trở lên ≥ 1: 5 điểm
      - còn lại: 1 điểm
    Có thể không áp dụng
  Chỉ số 6 "Theo đơn vị khác": 10 điểm
    Điểm = [p] / (cao nhất [p] của các đơn vị + thấp nhất [p] của các đơn vị)
    Có thể không áp dụng
  Chỉ số 7 "Chấm khi là xã mới": 10 điểm
    Khi [mới] = có, chọn một:
      - Tốt: 10 điểm
      - Kém: 0 điểm
    Còn lại, điểm = [p]
    Có thể không áp dụng
  Chỉ số 8 "Miễn": 10 điểm
    Điểm = [p]
    Có thể không áp dụng
  Điểm thưởng "Khen": 2 điểm
    Điểm = [p] / 4
"""


def test_an_item_may_be_exempt_only_while_something_it_reads_is_open() -> None:
    data = {"p": Fraction(4), "mới": True}
    known = Facts(data, {"1": Fraction(3), "4": Fraction(6), "7": "Tốt"}, {"8": True})
    assert spans(OPEN, known) == {
        "1": "3 .. 3",
        "2": "3 .. 3",
        "3": "1 .. 1",
        "4": "3 .. 3",
        "5": "5 .. 5 or exempt",  # it counts itself
        "6": "1/3 .. 4/5 or exempt",  # of other units nothing is known
        "7": "10 .. 10",
        "8": "never or exempt",
        "+Khen": "1 .. 1",
        "tổng": "21 .. 134/5",
    }
    less = spans(OPEN, Facts(data))
    assert [code for code, shown in less.items() if shown.endswith("or exempt")] == ["2", "4", "5", "6", "7"]
