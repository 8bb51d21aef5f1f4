"""Rule files that are too long, too deep or too tangled are told so, in bounded time, and never overflow the stack."""

from __future__ import annotations

import pytest

from thangdiem.dsl.checker import check_text
from thangdiem.dsl.checks.size import MOST_ROWS
from thangdiem.dsl.diagnostic import has_errors
from thangdiem.dsl.library import ScaleRules
from thangdiem.dsl.resolve.drafts import MOST_LEVELS
from thangdiem.engine.binding import bind
from thangdiem.engine.evaluator import evaluate_all
from thangdiem.engine.explanation import explain
from thangdiem.engine.rendering import Renderer
from thangdiem.engine.result import Results
from thangdiem.engine.tables import read_table

HEAD = 'Quyết định 1/QĐ-UBND\n\nThang điểm a "A": 100 điểm\n'


def with_method(*lines: str) -> str:
    return HEAD + '\n  Chỉ số 1 "Một": 100 điểm\n' + "".join(f"    {line}\n" for line in lines)


def errors(text: str) -> set[str]:
    return {found.code for found in check_text(text).diagnostics if found.severity.value == "error"}


def scored(text: str, data: str) -> Results:
    book = check_text(text).book
    assert book is not None
    table, _ = read_table("data.csv", data.encode(), dialect="vi")
    assert table is not None
    units, _ = bind(table, book, None)
    return evaluate_all(ScaleRules(book, book.scales[0]), units["a"], period=2024)


def names(count: int) -> list[str]:
    return [*(f"a{at} = a{at - 1} * 1" for at in range(count, 0, -1)), "a0 = [x]", f"Điểm = a{count}"]


@pytest.mark.parametrize("count", [100, 5000])
def test_a_chain_of_names_that_is_too_long_is_told(count: int) -> None:
    assert errors(with_method(*names(count))) == {"TD341"}


def test_a_chain_of_items_that_is_too_long_is_told() -> None:
    items = "".join(f'  Chỉ số {at} "M": 1 điểm\n    Điểm = chỉ số {at + 1}\n' for at in range(1, 100))
    assert errors(HEAD + items + '  Chỉ số 100 "M": 1 điểm\n') == {"TD341"}


def test_a_long_circle_is_told() -> None:
    lines = [f"a{at} = a{at + 1}" for at in range(3000)]
    assert "TD341" in errors(with_method(*lines, "a3000 = a0", "Điểm = a0"))


def test_the_longest_chain_of_names_is_scored_and_explained() -> None:
    count = next(count for count in range(60, 0, -1) if not errors(with_method(*names(count))))
    assert count > 30
    results = scored(with_method(*names(count)), "Đơn vị;[x]\nA;1\n")
    assert results.units[0].total == 1
    text, _ = Renderer().explanation(explain(results, results.units[0]), "html")
    assert text is not None


@pytest.mark.parametrize("expression", ["-" * 9000 + "1", "- " * 4500 + "1"])
def test_signs_that_nest_too_deep_are_told(expression: str) -> None:
    assert "TD041" in errors(with_method(f"Điểm = {expression}"))


def test_negations_that_nest_too_deep_are_told() -> None:
    row = f"  - {'không phải ' * 700}[A] = có: 1 điểm"
    assert "TD041" in errors(with_method("Theo trường hợp:", row, "  - còn lại: 0 điểm"))


@pytest.mark.parametrize("operation", ["(1+", "(1+2*-", "(1+2*-2*-3/-", "nhỏ nhất(1; "])
def test_parentheses_as_deep_as_they_may_be_never_overflow(operation: str) -> None:
    text = with_method("Điểm = " + operation * 63 + "[x]" + ")" * 63)
    assert errors(text) <= {"TD041", "TD341"}


def test_conditions_as_deep_as_they_may_be_are_scored() -> None:
    condition = "([x] = 1 và không phải " * 60 + "[x] = 1" + ")" * 60
    text = with_method("Theo trường hợp:", f"  - {condition}: 1 điểm", "  - còn lại: 0 điểm")
    assert not errors(text)
    results = scored(text, "Đơn vị;[x]\nA;1\n")
    assert results.units[0].total in (0, 1)
    assert Renderer().explanation(explain(results, results.units[0]), "txt")[0]


@pytest.mark.parametrize("depth", [MOST_LEVELS + 1, 700])
def test_items_inside_too_many_others_are_told(depth: int) -> None:
    items = "".join(f'  Chỉ số {".".join(["1"] * at)} "M": 100 điểm\n' for at in range(1, depth + 1))
    assert "TD160" in errors(HEAD + items)


def test_items_as_deep_as_they_may_be_are_scored() -> None:
    items = "".join(f'  Chỉ số {".".join(["1"] * at)} "M": 100 điểm\n' for at in range(1, MOST_LEVELS + 1))
    leaf = ".".join(["1"] * MOST_LEVELS)
    assert not errors(HEAD + items)
    assert scored(HEAD + items, f"Đơn vị;{leaf}\nA;7\n").units[0].total == 7


def steps(rows: int) -> str:
    return with_method(
        "Theo [x]:", *(f"  - từ {at} trở lên: {at % 100} điểm" for at in range(rows - 1, 0, -1)), "  - còn lại: 0 điểm"
    )


def test_a_table_with_too_many_rows_is_told() -> None:
    assert errors(steps(MOST_ROWS + 1)) == {"TD340"}


def test_a_table_as_long_as_it_may_be_is_checked() -> None:
    assert not has_errors(check_text(steps(MOST_ROWS)).diagnostics)


def test_cases_that_are_none_are_told() -> None:
    assert errors(with_method("Theo trường hợp:"))
    assert errors(with_method("a theo trường hợp:", "Điểm = a"))
    assert errors(HEAD + '  Đặt a theo trường hợp:\n  Chỉ số 1 "M": 100 điểm\n')
