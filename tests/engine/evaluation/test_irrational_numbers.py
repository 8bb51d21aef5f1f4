"""Roots, logarithms and exponentials stay unrounded through methods and comparisons until a rule rounds them."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from running import differences, errors, read, results

HEAD = 'Bộ tiêu chí "Thử"\n\nThang điểm a "Thử": 10 điểm\n'
ROUNDED = f'{HEAD}  Làm tròn: điểm chỉ số đến 2 chữ số thập phân, nửa lên\n  Chỉ số 1 "Một": 10 điểm\n'
PLAIN = f'{HEAD}  Chỉ số 1 "Một": 10 điểm\n'


def told(rules: str, examples: Mapping[str, str]) -> list[str]:
    """What of the examples does not come out as stated."""
    rows = "".join(f'  - "{given}": {given}; kết quả: {expected}\n' for given, expected in examples.items())
    book, findings = read(f'{rules}\nVí dụ "số" theo a, các đơn vị:\n{rows}')
    assert book is not None
    assert not errors(findings)
    return differences(book)


@pytest.mark.parametrize(
    ("method", "examples"),
    [
        pytest.param(
            "    Cộng các ý đạt:\n      a) khi [x] trên 0: căn([x]; 2) * 1 điểm\n      b) khi [x] trên 2: 1 điểm\n",
            {"[x] = 2": "1 = 1,41", "[x] = 3": "1 = 2,73", "[x] = 0": "1 = 0"},
            id="the-sum-of-a-checklist",
        ),
        pytest.param(
            "    Tính trường hợp có điểm cao nhất:\n      - [x] trên 0: 1,5 điểm\n"
            "      - [x] trên 0: căn([x]; 2) * 1 điểm\n      - còn lại: 0 điểm\n",
            {"[x] = 2": "1 = 1,5", "[x] = 3": "1 = 1,73", "[x] = 0": "1 = 0"},
            id="the-highest-of-several-cases",
        ),
        pytest.param(
            "    Theo [x]:\n      - mỗi mốc vượt 1; 2: căn([x]; 2) * 1 điểm\n",
            {"[x] = 2": "1 = 1,41", "[x] = 3": "1 = 3,46", "[x] = 1": "1 = 0"},
            id="the-points-of-each-mark",
        ),
        pytest.param(
            "    Điểm = [x] * 1 điểm, không quá căn(5; 2) * 1 điểm\n",
            {"[x] = 2": "1 = 2", "[x] = 3": "1 = 2,24"},
            id="a-limit",
        ),
        pytest.param(
            '    Điểm = căn([x]; 2) * 1 điểm\n  Điểm trừ "Muộn" của chỉ số 1: không quá 1 điểm\n'
            "    Điểm = [x] * 0,1 điểm\n",
            {"[x] = 2": "1 = 1,21", "[x] = 3": "1 = 1,43"},
            id="before-a-deduction",
        ),
    ],
)
def test_every_method_keeps_it_unrounded_until_the_item_is_rounded(method: str, examples: Mapping[str, str]) -> None:
    assert told(ROUNDED + method, examples) == []


def test_as_many_digits_are_taken_as_tell_two_numbers_apart() -> None:
    method = "    gần = căn(10^100 + [x]; 2) - 10^50\n    Theo gần:\n      - trên 0: 9 điểm\n      - dưới 0: 5 điểm\n"
    examples = {"[x] = 1": "1 = 9", "[x] = -1": "1 = 5", "[x] = 0": "1 = 0"}
    assert told(f"{PLAIN}{method}      - còn lại: 0 điểm\n", examples) == []


@pytest.mark.parametrize(
    ("condition", "examples"),
    [
        ("ln(nhỏ) dưới 0", {"[x] = 1": "1 = 5", "[x] = -1": "từ chối, lỗi TD502", "[x] = 0": "từ chối, lỗi TD502"}),
        ("căn(nhỏ; 2) trên 0", {"[x] = 1": "1 = 5", "[x] = -1": "từ chối, lỗi TD502", "[x] = 0": "1 = 0"}),
        ("1 / nhỏ trên 0", {"[x] = 1": "1 = 5", "[x] = -1": "1 = 0", "[x] = 0": "từ chối, lỗi TD501"}),
    ],
)
def test_as_many_digits_are_taken_as_tell_whether_there_is_a_value(condition: str, examples: Mapping[str, str]) -> None:
    method = f"    nhỏ = căn(10^100 + [x]; 2) - 10^50\n    Theo trường hợp:\n      - {condition}: 5 điểm\n"
    assert told(f"{PLAIN}{method}      - còn lại: 0 điểm\n", examples) == []


@pytest.mark.parametrize(
    ("condition", "examples"),
    [
        ("lớn nhất(căn([x]; 2); 3) = 3", {"[x] = 2": "1 = 5", "[x] = 16": "1 = 0"}),
        ("nhỏ nhất(3; căn([x]; 2)) = 3", {"[x] = 11": "1 = 5", "[x] = 4": "1 = 0"}),
        ("làm tròn(trị tuyệt đối(căn([x]; 2) - 2); 1; nửa lên) = 0,6", {"[x] = 2": "1 = 5", "[x] = 9": "1 = 0"}),
        ("làm tròn(trị tuyệt đối(căn([x]; 2) * căn([x]; 2) - 2); 1; nửa lên) = 0", {"[x] = 2": "1 = 5"}),
        ("[x]^0 = 1", {"[x] = 1": "1 = 5", "[x] = -1": "1 = 5", "[x] = 0": "từ chối, lỗi TD502"}),
        ("căn([x]; 1) = [x]", {"[x] = 2": "1 = 5", "[x] = 0": "1 = 5"}),
        ("căn(4; [x]) = 2", {"[x] = 2": "1 = 5", "[x] = 0": "từ chối, lỗi TD502", "[x] = 0,5": "từ chối, lỗi TD502"}),
    ],
)
def test_a_function_of_what_is_exact_is_exact_where_it_can_be(condition: str, examples: Mapping[str, str]) -> None:
    method = f"    Theo trường hợp:\n      - {condition}: 5 điểm\n      - còn lại: 0 điểm\n"
    assert told(PLAIN + method, examples) == []


@pytest.mark.parametrize("condition", ["căn([x]; 2) * 0 = 0", "căn([x]; 2)^0 = 1", "(1 - căn([x]; 2))^0 = 1"])
def test_what_no_longer_depends_on_the_digits_is_exact(condition: str) -> None:
    method = f"    Cộng các ý đạt:\n      a) khi {condition}: 1 điểm\n"
    assert told(PLAIN + method, {"[x] = 2": "1 = 1", "[x] = 3": "1 = 1"}) == []


@pytest.mark.parametrize(
    ("subject", "given", "code", "otherwise"),
    [
        ("căn([x]; 2) * căn([x]; 2) = [x]", "[x] = 2", "TD504", "1 = 5"),
        ("căn([x]; 2) trên (10^5)^100", "[x] = 2", "TD503", "1 = 0"),
        ("ln(căn([x]; 2) * căn([x]; 2) - 2) trên 0", "[x] = 2", "TD504", "1 = 5"),
        ("căn([x]; 2)^0 = 1 và ln([x]) dưới 0", "[x] = -2", "TD502", "1 = 0"),
        ("căn(2; [x]) trên 1", "[x] = 1,5", "TD502", "1 = 5"),
    ],
)
def test_a_comparison_that_nothing_decides_refuses_the_unit(
    subject: str, given: str, code: str, otherwise: str
) -> None:
    method = f"    Theo trường hợp:\n      - {subject}: 5 điểm\n      - còn lại: 0 điểm\n"
    assert told(PLAIN + method, {"[x] = 4": otherwise, given: f"từ chối, lỗi {code}"}) == []


def test_a_limit_that_no_number_of_digits_decides_is_quoted() -> None:
    rules = f'{HEAD}  Đặt g = căn([x]; 2) * căn([x]; 2), không quá [x]\n  Chỉ số 1 "Một": 10 điểm\n'
    rules += "    Điểm = làm tròn(g; 2; nửa lên) * 1 điểm\n"
    assert told(rules, {"[x] = 4": "1 = 4", "[x] = 2": "từ chối, lỗi TD504"}) == []
    book, _ = read(rules + '\nVí dụ "số" theo a\n  [x] = 2\n  Kết quả: từ chối\n')
    assert book is not None
    ((_, found),) = results(book)
    assert found.units[0].gaps == ("“không quá [x]”",)
