"""Slips a drafter might make: each operator edits one place, and the text can be put back."""

from __future__ import annotations

import pytest

from running import read
from thangdiem.dsl.mutations import Operator, mutations_of, without_examples
from thangdiem.dsl.parser import parse
from thangdiem.dsl.source import source_of
from thangdiem.dsl.syntax import SyntaxFile

HEAD = """\
Bộ tiêu chí "Sửa nhỏ"

Thang điểm xã "Xã": 10 điểm
"""
QUOTA = """\
    Loại A không quá 20% số đơn vị, làm tròn lên, đồng hạng ở ranh giới thì cùng đạt; số còn lại xếp loại B
"""


def parsed(text: str) -> SyntaxFile:
    syntax, findings = parse(source_of(text))
    assert syntax is not None, findings
    return syntax


def slips(lines: str) -> set[tuple[Operator, str, str]]:
    return {(each.operator, each.before, each.after) for each in mutations_of(parsed(HEAD + lines)) if each.line > 3}


@pytest.mark.parametrize(
    ("line", "slip"),
    [
        ('  Chỉ số 1 "A": 10 điểm\n', (Operator.MAXIMUM, "10", "11")),
        ('  Chỉ số 1 "A": 10 điểm, hệ số 2\n', (Operator.WEIGHT, "2", "3")),
        ("  Theo [a]:\n    - từ 5 trở lên: 7,5 điểm\n", (Operator.POINTS, "7,5", "7,6")),
        ("  Theo [a]:\n    - từ 5 trở lên: 7 điểm\n", (Operator.THRESHOLD, "5", "4")),
        ("  Theo [a]:\n    - từ 1 trở lên: 7 điểm\n", (Operator.THRESHOLD, "1", "0")),
        ("  Theo [a]:\n    - từ 5 trở lên: 7 điểm\n", (Operator.EDGE, "từ 5 trở lên", "trên 5")),
        ("  Theo [a]:\n    - trên 5: 7 điểm\n", (Operator.EDGE, "trên 5", "từ 5 trở lên")),
        ("  Theo [a]:\n    - trên 5 đến 8: 7 điểm\n", (Operator.EDGE, "trên", "từ")),
        ("  Điểm = [a] + 2 điểm\n", (Operator.WORD, "+", "-")),
        (f"  Xếp loại\n    Loại A: từ 5 điểm trở lên.\n{QUOTA}", (Operator.QUOTA, "20%", "21%")),
        (
            "  Theo trường hợp:\n    - [a] từ 5 trở lên: 7 điểm\n",
            (Operator.NEGATED, "[a] từ 5 trở lên", "không phải ([a] từ 5 trở lên)"),
        ),
        ("  Theo [a]:\n    - dưới 5: 7 điểm\n", (Operator.EDGE, "dưới 5", "từ 5 trở xuống")),
        ("  Theo [a]:\n    - từ 5 trở xuống: 7 điểm\n", (Operator.EDGE, "từ 5 trở xuống", "dưới 5")),
        ("  Theo [a]:\n    - từ 1 đến dưới 5: 7 điểm\n", (Operator.EDGE, "đến dưới", "đến")),
        ("  Theo [a]:\n    - từ 1 đến 5: 7 điểm\n", (Operator.EDGE, "đến", "đến dưới")),
        ("  Theo [a]:\n    - ≥ 5: 7 điểm\n", (Operator.EDGE, "≥", ">")),
        ("  Theo [a]:\n    - từ 50% trở lên: 7 điểm\n", (Operator.THRESHOLD, "50%", "51%")),
        ("  Theo [a]:\n    - từ 31/12/2023 trở lên: 7 điểm\n", (Operator.THRESHOLD, "31/12/2023", "01/01/2024")),
        ("  Chọn một:\n    - Tốt: 7 điểm\n", (Operator.LEVEL_DROPPED, "- Tốt: 7 điểm", "")),
        ("  Không áp dụng khi [a] = 0\n", (Operator.NEGATED, "[a] = 0", "không phải ([a] = 0)")),
        ("  Không quá 5 điểm\n", (Operator.LIMIT_REMOVED, "Không quá 5 điểm", "")),
        ("  Điểm = [a], không quá 5 điểm\n", (Operator.LIMIT_REMOVED, ", không quá 5 điểm", "")),
        ("  Điểm = [a], không quá 5 điểm\n", (Operator.LIMIT, "5", "6")),
        ("  Làm tròn: tổng điểm đến 2 chữ số thập phân, nửa lên\n", (Operator.ROUNDING, "nửa lên", "xuống")),
        ("  Làm tròn: tổng điểm đến 2 chữ số thập phân, nửa lên\n", (Operator.ROUNDING, "2", "1")),
        ("  Tổng hợp: thấp nhất\n", (Operator.WORD, "thấp nhất", "cao nhất")),
        (
            "  Xếp loại\n    Loại cao: từ 5 điểm trở lên.\n    Loại thấp: dưới 5 điểm.\n",
            (
                Operator.BANDS_SWAPPED,
                "cao: từ 5 điểm trở lên.\n    Loại thấp",
                "thấp: từ 5 điểm trở lên.\n    Loại cao",
            ),
        ),
    ],
)
def test_each_operator_finds_its_place(line: str, slip: tuple[Operator, str, str]) -> None:
    assert slip in slips(line)


def test_a_slip_changes_only_its_place_and_examples_are_not_rules() -> None:
    text = HEAD + '  Chỉ số 1 "A": 10 điểm\n\nVí dụ "x" theo xã\n  1 = 10\n  Kết quả: tổng 10 điểm\n'
    every = mutations_of(parsed(text))
    assert {each.line for each in every} == {3, 4}
    for each in every:
        changed = each.applied(text)
        assert changed != text
        assert changed[: each.start] + each.before + changed[each.start + len(each.after) :] == text


def test_the_text_without_examples_keeps_its_lines() -> None:
    text = HEAD + 'Ví dụ "x" theo xã\n  1 = 10\n  Kết quả: tổng 10 điểm\n# sau\n  Chỉ số 1 "A": 10 điểm\n'
    bare = without_examples(parsed(text))
    assert "Ví dụ" not in bare
    assert bare.splitlines()[6:] == text.splitlines()[6:]
    assert read(bare)[0] is not None


def test_a_figure_that_cannot_be_read_is_left_alone() -> None:
    found = slips("  Theo [a]:\n    - từ 1.25 trở lên: 7 điểm\n")
    assert {operator for operator, _, _ in found} == {Operator.EDGE, Operator.POINTS, Operator.LEVEL_DROPPED}
