"""What ``check`` tells of small files, of every severity, with the line: a rule each, named by what it holds."""

from __future__ import annotations

import pytest

from thangdiem.dsl.checker import check_text

HEAD = 'Bộ tiêu chí "t"\n\nThang điểm s "t": 10 điểm\n'
ITEM = HEAD + '  Chỉ số 1 "i": 10 điểm\n'
FREE = HEAD.replace("10 điểm", "không giới hạn điểm") + '  Chỉ số 1 "i": không giới hạn điểm\n'
GRADES = "  Xếp loại\n    Loại A: từ 5 điểm trở lên.\n    Loại B: dưới 5 điểm.\n"
EXAMPLE = '\nVí dụ "v" theo s, kỳ 2024\n'
CIRCLES = "".join(f'  Chỉ số {n} "{n}": 1 điểm\n    Điểm = chỉ số {n}\n' for n in range(1, 40))
TOLD = {
    "an edge that is computed cannot be placed": (
        ITEM + "  Xếp loại\n    Loại A: từ [mức] * 1 điểm trở lên.\n    Loại B: dưới [mức] * 1 điểm.\n",
        [],
    ),
    "a share of points without end cannot be computed": (
        FREE + "  Xếp loại theo tỷ lệ điểm\n    Loại A: từ 50% trở lên.\n    Loại B: dưới 50%.\n",
        ["TD251 5"],
    ),
    "a total that is a plain value may be graded by shares": (
        HEAD.replace("10 điểm", "giá trị từ 0 đến 1")
        + '  Chỉ số 1 "i": giá trị từ 0 đến 1\n'
        + "  Xếp loại\n    Loại A: từ 50% trở lên.\n    Loại B: dưới 50%.\n",
        [],
    ),
    "0, 1 and 100 need no quotation": (
        FREE
        + '    Nguyên văn: "Có họp: 10 điểm."\n'
        + "    Theo [Số cuộc họp]:\n      - từ 1 đến 100: 10 điểm\n      - còn lại: 0 điểm\n",
        [],
    ),
    "a case that holds of whatever a datum may be": (
        HEAD
        + "  Số liệu [a]: số nguyên, từ 0 đến 10\n"
        + '  Chỉ số 1 "i": 10 điểm\n    Theo trường hợp:\n      - [a] khác 20: 5 điểm\n',
        ["TD220 6"],
    ),
    "a deduction that never has a value takes nothing away": (
        ITEM + '  Điểm trừ "d"\n    Điểm = [a] / 0 * 1 điểm\n',
        ["TD231 6"],
    ),
    "a circle through a bonus names it": (
        ITEM + '    Điểm = điểm thưởng "Khen"\n  Điểm thưởng "Khen": 10 điểm\n    Điểm = chỉ số 1\n',
        ["TD312 4"],
    ),
    "a circle through the grades names them": (
        ITEM + "    Điểm = tỷ lệ các đơn vị xếp loại A * 10 điểm\n" + GRADES,
        ["TD312 4"],
    ),
    "of many circles the first are told": (
        FREE.replace('"i"', '"i"').split("  Chỉ số 1")[0] + CIRCLES,
        ["TD312 4", "TD312 6", "TD312 8", "TD312 10", "TD312 12"],
    ),
    "points that may leave without a policy": (ITEM + "    Không áp dụng khi [a] = có\n" + GRADES, ["TD305 4"]),
    "grades under a condition ask for the rest": (ITEM + GRADES.replace("  Xếp", "  Khi [a] = có, xếp"), ["TD260 5"]),
    "a condition and its opposite leave no rest": (
        ITEM + "    Khi [a] = có, điểm = 5 điểm\n    Khi không phải [a] = có, điểm = 1 điểm\n",
        ["TD220 5"],
    ),
    "a datum and its opposite leave no rest": (
        ITEM.replace("  Chỉ", "  Số liệu [a]: có/không\n  Chỉ")
        + "    Khi [a], điểm = 5 điểm\n    Khi không phải [a], điểm = 1 điểm\n",
        ["TD220 6"],
    ),
    "a datum that is denied and one that is yes leave no rest": (
        ITEM.replace("  Chỉ", "  Số liệu [a]: có/không\n  Chỉ")
        + "    Khi không phải [a], điểm = 10 điểm\n    Khi [a] = có, điểm = 1 điểm\n",
        [],
    ),
    "a root that two items and the total reach is told once": (
        HEAD
        + "  Đặt r = căn([a]; 2)\n  Tổng = r + chỉ số 1 + chỉ số 2\n"
        + '  Chỉ số 1 "i": 5 điểm\n    Điểm = r\n  Chỉ số 2 "j": 5 điểm\n    Điểm = r\n',
        ["TD240 4", "TD223 7"],
    ),
    "a fault in what something equals is told once": (
        ITEM + '    Theo trường hợp:\n      - [a] = "x" + 1: 10 điểm\n      - còn lại: 0 điểm\n',
        ["TD323 6"],
    ),
    "a formula over a name that is chosen may leave its range": (
        ITEM.replace("  Chỉ", "  Số liệu [a]: số, từ 0 đến 4\n  Chỉ")
        + "    Đặt t theo [a]:\n      - từ 2 trở lên: 3\n      - còn lại: 0\n    Điểm = t * 5 điểm\n",
        ["TD222 9"],
    ),
    "a formula with a fixed divisor leaves its range": (
        ITEM.replace("  Chỉ", "  Số liệu [a]: số, từ 0 đến 4\n  Chỉ") + "    Điểm = [a] / 2 * 10 điểm\n",
        ["TD221 6"],
    ),
    "a day less a datum makes it a day": (ITEM + "    Điểm = (31/05/2024 - [a]) * 1 điểm\n", ["TD223 5"]),
    "points as a difference and a product": (
        HEAD + '  Chỉ số 1 "i": 9 điểm - 4 điểm\n  Chỉ số 2 "j": 5 * 1 điểm\n',
        [],
    ),
    "a sum over what lies deeper down": (
        HEAD
        + '  Nhóm 1 "a": 5 điểm\n    Chỉ số 1.1 "b": 5 điểm\n      Tiêu chí 1.1.1 "c": 5 điểm\n'
        + '  Nhóm 2 "d": 5 điểm\n    Điểm = tổng các tiêu chí của nhóm 1\n',
        [],
    ),
    "a total that is no exact number": (ITEM.replace("  Chỉ", "  Tổng = căn(chỉ số 1; 2)\n  Chỉ"), ["TD240 4"]),
    "a root that two formulas reach is told once": (
        ITEM.replace("  Chỉ", "  Đặt r = căn([a]; 2)\n  Chỉ") + "    Điểm = r + r\n",
        ["TD240 4", "TD223 6"],
    ),
    "a share of a share is compared with percent": (
        ITEM.replace("  Chỉ", "  Số liệu [p]: phần trăm\n  Chỉ")
        + "    Theo [p] * 50%:\n      - từ 30 trở lên: 10 điểm\n      - còn lại: 0 điểm\n",
        ["TD325 7"],
    ),
    "a half of a share is compared with percent": (
        ITEM.replace("  Chỉ", "  Số liệu [p]: phần trăm\n  Chỉ")
        + "    Theo [p] / 2:\n      - từ 30 trở lên: 10 điểm\n      - còn lại: 0 điểm\n",
        ["TD325 7"],
    ),
    "yes or no is not added": (
        ITEM.replace("  Chỉ", "  Số liệu [a]: có/không\n  Chỉ") + "    Điểm = [a] + 1\n",
        ["TD133 6", "TD324 6"],
    ),
    "a date is not compared with a number": (
        ITEM.replace("  Chỉ", "  Số liệu [a]: ngày\n  Đặt d = [a]\n  Chỉ")
        + "    Theo trường hợp:\n      - d từ 5 trở lên: 10 điểm\n      - còn lại: 0 điểm\n",
        ["TD322 8"],
    ),
    "yes or no is not compared with a number": (
        ITEM.replace("  Chỉ", "  Số liệu [a]: có/không\n  Đặt d = [a]\n  Chỉ")
        + "    Theo trường hợp:\n      - d từ 5 trở lên: 10 điểm\n      - còn lại: 0 điểm\n",
        ["TD324 8"],
    ),
    "a fault in a name is told once": (
        ITEM.replace("  Chỉ", '  Đặt r = "x" + 1\n  Chỉ') + "    Điểm = r + r\n",
        ["TD323 4", "TD222 6"],
    ),
    "of many look-alikes the first are told": (HEAD.replace('"t": 10', f'"{"а" * 60}": 10'), ["TD311 3"] * 20),
    "a fraction and a figure of a quotation are looked for in the rule": (
        ITEM + '    Nguyên văn: "được 1/2 điểm tối đa, không quá 7 điểm; mã 1.2.3 và 1.25"\n    Điểm = 1/2 * [a]\n',
        ["TD313 4", "TD314 4", "TD223 6"],
    ),
    "a letter that never has a value": (
        ITEM + "    Cộng các ý đạt:\n      a) Lãnh đạo: 1 / 0 * 1 điểm\n",
        ["TD220 5", "TD231 6"],
    ),
    "a part of a maximum, by steps of a share": (
        ITEM + "    t = [a] / 2\n    Theo t:\n      - từ 4 trở lên: 9 điểm\n      - còn lại: 0 điểm\n",
        ["TD220 6"],
    ),
    "a formula that cannot reach its points": (
        ITEM.replace("  Chỉ", "  Số liệu [a]: số, từ 0 đến 4\n  Chỉ") + "    Điểm = [a] / 2 * 1 điểm\n",
        ["TD220 6"],
    ),
    "a formula over a name that is chosen": (
        ITEM.replace("  Chỉ", "  Số liệu [a]: số, từ 0 đến 4\n  Chỉ")
        + "    Đặt t theo [a]:\n      - từ 2 trở lên: 3\n      - còn lại: 0\n    Điểm = t * 1 điểm\n",
        ["TD220 9"],
    ),
    "texts and figures do not mix in steps": (
        ITEM.replace("  Chỉ", "  Đặt d = [a]\n  Chỉ")
        + '    Theo d:\n      - "A": 10 điểm\n      - 5: 1 điểm\n      - còn lại: 0 điểm\n',
        ["TD323 8"],
    ),
    "a step that is computed cannot be placed": (
        ITEM + "    Theo [a]:\n      - từ [b] trở lên: 10 điểm\n      - dưới [b]: 1 điểm\n",
        [],
    ),
    "days between two steps are named as days": (
        ITEM + "    Theo [a]:\n      - đến hết 31/05/2024: 10 điểm\n      - từ 10/06/2024 trở lên: 1 điểm\n",
        ["TD211 5"],
    ),
    "a scale of nothing": (HEAD, []),
    "values do not add up to points": (ITEM + '    Tiêu chí 1.1 "v": giá trị từ 0 đến 1\n', []),
    "a limit for the rest has no condition before it": (ITEM + "    Còn lại, không quá 5 điểm\n", ["TD118 5"]),
    "a summary stands in the document": (ITEM + '    Trích yếu: "x"\n', []),
    "what a day is taken from is a day": (ITEM + "    Điểm = ([a] - 31/05/2024) * 1 điểm\n", ["TD223 5"]),
    "a bonus of an item that is not there": (ITEM + '  Điểm thưởng "K" của chỉ số 9: 2 điểm\n', ["TD115 5"]),
    "an example divides by zero": (ITEM + EXAMPLE + "  1 = 1/0\n  Kết quả: tổng 5 điểm\n", ["TD127 7"]),
    "an exponent is a figure": (ITEM + "    Điểm = [a]^[b]\n", ["TD127 5"]),
    "nothing is rounded to multiples of zero": (ITEM + "    Điểm = làm tròn([a]; bội của 0; nửa lên)\n", ["TD127 5"]),
    "a former label in a branch": (
        ITEM
        + "    Khi [a] = có, chọn một:\n      - Tốt: 10 điểm\n      - Kém: 0 điểm\n    Còn lại, điểm = 1 điểm\n"
        + '    Tên cũ "Giỏi" nay là "Tốt"\n',
        [],
    ),
    "a share in the form of the other language": (
        ITEM + "    Theo [a]:\n      - từ 1.2% trở lên: 10 điểm\n      - còn lại: 0 điểm\n",
        ["TD067 6"],
    ),
    "a day that no year has": (
        ITEM + "    Theo [a]:\n      - đến hết 31/02 năm đánh giá: 10 điểm\n      - còn lại: 0 điểm\n",
        ["TD073 6"],
    ),
    "points from a computed figure": (HEAD + '  Chỉ số 1 "i": từ [a] đến 10 điểm\n', ["TD126 4"]),
    "points that are no figure": (HEAD + '  Chỉ số 1 "i": khác 5 điểm\n', ["TD126 4"]),
    "points added up": (HEAD + '  Chỉ số 1 "i": 4 điểm + 6 điểm\n', []),
    "points as a sum without the word": (HEAD + '  Chỉ số 1 "i": 4 + 6\n', ["TD126 4"]),
    "points that are a datum": (HEAD + '  Chỉ số 1 "i": [a]\n', ["TD126 4"]),
    "points below zero": (HEAD + '  Chỉ số 1 "i": -5 điểm\n', ["TD300 3"]),
    "a total beside which grades look at a bonus, points that are given, and what may leave": (
        ITEM
        + "    Điểm = điểm chấm / 2\n    Có thể không áp dụng\n"
        + "  Chỉ số không áp dụng: loại khỏi điểm tối đa\n"
        + '  Điểm thưởng "K": 2 điểm\n  Xếp loại theo tỷ lệ điểm\n    Loại A: từ 50% trở lên.\n    Loại B: dưới 50%.\n'
        + '    Không xếp loại A khi điểm thưởng "K" trên 1 điểm\n    Không xếp loại A khi chỉ số 1 dưới 1 điểm\n'
        + "    Không xếp loại A khi chỉ số 1 dưới 2 điểm\n"
        + EXAMPLE
        + "  Tổng điểm = 8\n  1 = 4\n  Kết quả: loại A, điểm tối đa 10 điểm\n",
        ["TD220 5"],
    ),
}


def told(text: str) -> list[str]:
    found = check_text(text).diagnostics
    return [f"{each.code} {each.place.start.line + 1 if each.place and each.place.start else '-'}" for each in found]


@pytest.mark.parametrize("name", TOLD)
def test_of_a_file_is_told(name: str) -> None:
    text, findings = TOLD[name]
    assert told(text) == findings
