"""Around every kind of threshold examples are proposed that the rules confirm; what cannot be placed stays open."""

from __future__ import annotations

import pytest

from running import errors, read
from thangdiem.engine.boundaries import Side, example_text, propose
from thangdiem.engine.examples import run_examples

HEAD = 'Bộ tiêu chí "Ngưỡng"\n\nThang điểm xã "Xã": 10 điểm\n'
STEPS = "      - trên 5: 10 điểm\n      - còn lại: 0 điểm\n"
INDEX = "    Theo [x]:\n      - trên 5: 4 điểm\n      - còn lại: 0 điểm\n"
SHARES = "  Xếp loại theo tỷ lệ điểm\n    Loại tốt: từ 50% trở lên\n    Loại khác: dưới 50%\n"
EXAMPLE = '\nVí dụ "một" theo xã, kỳ 2023\n'

RULES: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "a datum without a declaration": (f'  Chỉ số 1 "Một": 10 điểm\n    Theo [x]:\n{STEPS}', "", ("[x] = 5,01",)),
    "a datum whose domain has one end": (
        f'  Số liệu [x]: số nguyên, từ 3 trở lên\n  Chỉ số 1 "Một": 10 điểm\n    Theo [x]:\n{STEPS}',
        "",
        ("[x] = 4", "[x] = 5", "[x] = 6"),
    ),
    "points given to another item": (
        '  Chỉ số 1 "Một": 4 điểm\n  Chỉ số 2 "Hai": 6 điểm\n    Theo chỉ số 1:\n'
        "      - từ 3 trở lên: 6 điểm\n      - còn lại: 0 điểm\n",
        "",
        ("1 = 2,75", "1 = 3\n", "1 = 3,25"),
    ),
    "points given to the item itself": (
        '  Chỉ số 1 "Một": 10 điểm\n    Theo điểm chấm:\n      - từ 3 trở lên: 6 điểm\n      - còn lại: 0 điểm\n',
        f"{EXAMPLE}  1 = 5\n  Kết quả: 1 = 6\n",
        ("1 = 2,75", "1 = 3\n", "1 = 3,25"),
    ),
    "a share of the maximum of an item": (
        '  Chỉ số 1 "Một": 4 điểm\n  Chỉ số 2 "Hai": 6 điểm\n    Theo trường hợp:\n'
        "      - chỉ số 1 từ 50% điểm tối đa trở lên: 6 điểm\n      - còn lại: 0 điểm\n",
        "",
        ("1 = 1,75", "1 = 2\n", "1 = 2,25"),
    ),
    "a threshold below nought": (
        '  Số liệu [x]: số nguyên, từ -9 đến 9\n  Chỉ số 1 "Một": 10 điểm\n    Theo [x]:\n'
        "      - từ -2 trở lên: 10 điểm\n      - còn lại: 0 điểm\n",
        "",
        ("[x] = -3", "[x] = -2", "[x] = -1"),
    ),
    "a value whose name a bonus has": (
        '  Số liệu [x]: số nguyên, từ 0 đến 9\n  Chỉ số 1 "Một": 10 điểm\n  Điểm thưởng "Giải": không quá 2 điểm\n'
        "    g = [x] * 2\n    Theo g:\n      - từ 8 trở lên: 2 điểm\n      - còn lại: 0 điểm\n",
        "",
        ("[x] = 3", "[x] = 4", "[x] = 5"),
    ),
    "a total by cases": (
        "  Số liệu [x]: số nguyên, từ 0 đến 9\n  Tổng theo trường hợp:\n    - [x] từ 3 trở lên: chỉ số 1\n"
        '    - còn lại: 0 điểm\n  Chỉ số 1 "Một": 10 điểm\n',
        "",
        ("[x] = 2", "[x] = 3", "[x] = 4"),
    ),
    "a share of points": (
        f'  Chỉ số 1 "Một": 10 điểm\n{SHARES}',
        "",
        ("Tổng điểm = 5\n", "loại tốt", "loại khác"),
    ),
    "beside yes and no, texts, options, letters and an exemption": (
        "  Số liệu [x]: số nguyên, từ 0 đến 9\n  Số liệu [đủ]: có/không\n  Số liệu [tên]: văn bản\n"
        '  Số liệu [loại]: một trong "A", "B"\n  Chỉ số không áp dụng: giữ nguyên điểm tối đa\n'
        f'  Chỉ số 1 "Một": 4 điểm\n{INDEX}    Không áp dụng khi [đủ] = có\n'
        '  Chỉ số 2 "Hai": 6 điểm\n    Cộng các ý đạt:\n      a) Một: 3 điểm\n      b) khi [tên] = "x": 1 điểm\n'
        '      c) khi [loại] = "A": 2 điểm\n',
        "",
        ("[đủ] = không", '[tên] = "x"', '[loại] = "A"', "2 = a"),
    ),
    "beside what an example gives": (
        "  Số liệu [x]: số nguyên, từ 0 đến 9\n  Chỉ số không áp dụng: loại khỏi điểm tối đa\n"
        f'  Chỉ số 1 "Một": 4 điểm\n{INDEX}  Chỉ số 2 "Hai": 4 điểm\n    Cộng các ý đạt:\n      a) Một: 4 điểm\n'
        '  Chỉ số 3 "Ba": 2 điểm\n    Có thể không áp dụng\n',
        f"{EXAMPLE}  [x] = 7\n  2 = không ý nào\n  3 = không áp dụng\n  Kết quả: tổng 4 điểm\n",
        ("2 = không ý nào", "3 = không áp dụng", "[x] = 6"),
    ),
    "a step that does not apply": (
        "  Số liệu [x]: số nguyên, từ 0 đến 9\n  Chỉ số không áp dụng: loại khỏi điểm tối đa\n"
        '  Chỉ số 1 "Một": 4 điểm\n    Có thể không áp dụng\n    Theo [x]:\n      - dưới 3: không áp dụng\n'
        '      - còn lại: 4 điểm\n  Chỉ số 2 "Hai": 6 điểm\n',
        "",
        ("1 = không áp dụng", "[x] = 2", "[x] = 3", "điểm tối đa 6"),
    ),
    "a threshold between two values": (
        '  Số liệu [x]: số nguyên, từ 0 đến 9\n  Chỉ số 1 "Một": 10 điểm\n    g = [x]\n    Theo g + g:\n'
        "      - từ 5 trở lên: 10 điểm\n      - còn lại: 0 điểm\n",
        "",
        ("[x] = 2", "[x] = 3"),
    ),
    "a value whose name a bonus of an item has": (
        '  Số liệu [x]: số nguyên, từ 0 đến 9\n  Chỉ số 1 "Một": 10 điểm\n'
        '  Điểm thưởng "Giải" của chỉ số 1: không quá 2 điểm\n'
        "    g = [x] * 2\n    Theo g:\n      - từ 8 trở lên: 2 điểm\n      - còn lại: 0 điểm\n",
        "",
        ("[x] = 3", "[x] = 4", "[x] = 5"),
    ),
    "a scale without a total": (
        '  Chỉ số 1 "Một": 10 điểm\n  Xếp loại\n    Loại tốt khi chỉ số 1 từ 5 điểm trở lên\n    Loại khác: còn lại\n',
        "",
        ("1 = 4,75", "1 = 5\n", "loại tốt", "loại khác"),
    ),
    "a scale of no known maximum": (
        f'  Số liệu [x]: số nguyên, từ 0 đến 9\n  Chỉ số 1 "Một": không giới hạn điểm\n{INDEX}',
        "",
        ("[x] = 5", "tổng 4"),
    ),
}


HEADS = {"a scale of no known maximum": "không giới hạn điểm", "a scale without a total": "không có tổng điểm"}


@pytest.mark.parametrize("rule", RULES)
def test_what_is_proposed_is_confirmed_by_the_rules(rule: str) -> None:
    body, example, written = RULES[rule]
    head = HEAD.replace("10 điểm", HEADS.get(rule, "10 điểm"))
    book, findings = read(head + body + example)
    assert book is not None, findings
    assert errors(findings) == []
    texts = [example_text(each, f"số {number}", "vi") for number, each in enumerate(propose(book).found)]
    assert [text for text in written if not any(text in each for each in texts)] == []
    again, findings = read(head + body + "\n" + "\n".join(texts))
    assert again is not None
    assert errors(findings) == []
    assert [each.example.title for each in run_examples(again) if not each.passed] == []


OPEN = {
    "a product of data both of which are nought in the example": (
        "  Số liệu [a]: số nguyên, từ 0 đến 9\n  Số liệu [b]: số nguyên, từ 0 đến 9\n"
        '  Chỉ số 1 "Một": 10 điểm\n    Theo [a] * [b]:\n      - từ 6 trở lên: 10 điểm\n      - còn lại: 0 điểm\n'
        f"{EXAMPLE}  [a] = 0\n  [b] = 0\n  Kết quả: tổng 0 điểm\n"
    ),
    "no data grade the unit": (
        '  Chỉ số 1 "Một": 10 điểm\n    Theo [x]:\n      - trên 3: 10 điểm\n      - còn lại: 0 điểm\n'
        "  Xếp loại theo 1 / ([x] - [x])\n    Loại tốt: từ 5 trở lên\n    Loại khác: dưới 5\n"
    ),
    "no data score the unit": (
        '  Chỉ số 1 "Một": 10 điểm\n    Điểm = 1 / ([x] - [x])\n    Không quá 5 điểm khi [x] trên 3\n'
    ),
    "a day under another name": (
        '  Số liệu [a]: ngày\n  Đặt hạn = [a]\n  Chỉ số 1 "Một": 10 điểm\n    Theo hạn:\n'
        "      - đến hết 31/03/2024: 10 điểm\n      - còn lại: 0 điểm\n"
    ),
    "a day of a datum that is computed": (
        "  Số liệu [a]: ngày\n  Số liệu [b]: ngày\n"
        '  Chỉ số 1 "Một": 10 điểm\n    Theo trường hợp:\n      - [a] trên [b]: 10 điểm\n      - còn lại: 0 điểm\n'
    ),
    "the last day of February": (
        '  Số liệu [a]: ngày\n  Chỉ số 1 "Một": 10 điểm\n    Theo [a]:\n'
        "      - đến hết 29/02 năm sau năm đánh giá: 10 điểm\n      - còn lại: 0 điểm\n"
    ),
}


@pytest.mark.parametrize("rule", OPEN)
def test_where_nothing_can_be_placed_nothing_is_proposed(rule: str) -> None:
    book, _ = read(HEAD + OPEN[rule])
    assert book is not None
    assert propose(book).found == ()


def test_a_threshold_of_shares_of_no_maximum_stays_open() -> None:
    body = f"""  Số liệu [x]: một trong "A", "B"
  Chỉ số 1 "Một": 10 điểm
  Khi [x] = "A", xếp loại
    Loại tốt: từ 5 điểm trở lên
    Loại khác: dưới 5 điểm
{SHARES.replace("  Xếp loại", "  Còn lại, xếp loại")}"""
    book, findings = read(HEAD.replace("10 điểm", "không giới hạn điểm") + body)
    assert book is not None, findings
    shares = body.count("\n", 0, body.index("từ 50%"))
    assert {each.side for each in propose(book).open if each.line >= shares} == set(Side)
