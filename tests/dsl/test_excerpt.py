"""Of many findings of one code the first are shown, and the others are counted."""

from __future__ import annotations

from thangdiem.dsl.diagnostic import MOST_QUOTED, Diagnostic, Place, Position
from thangdiem.dsl.excerpt import MOST_CHARACTERS, MOST_OF_A_CODE, excerpt


def found(code: str, line: int) -> Diagnostic:
    return Diagnostic(code, {}, Place("a.rubric", Position(line, 0, 0)))


def test_as_many_as_may_be_shown_are_shown_in_their_order() -> None:
    findings = tuple(found(code, line) for line in range(MOST_OF_A_CODE) for code in ("TD111", "TD023"))
    assert excerpt(findings) == findings


def test_one_more_is_counted_after_the_others_where_it_stands() -> None:
    findings = [found("TD111", line) for line in range(MOST_OF_A_CODE + 3)] + [found("TD023", 90)]
    *shown, last = excerpt(findings)
    assert shown == [*findings[:MOST_OF_A_CODE], findings[-1]]
    assert last.place == findings[MOST_OF_A_CODE].place
    assert last.message("en").startswith("There are 3 more findings TD111")


def test_each_code_is_counted_by_itself() -> None:
    findings = [found(code, line) for code in ("TD111", "TD023") for line in range(MOST_OF_A_CODE + 1)]
    assert [each.arguments["told"] for each in excerpt(findings) if each.code == "TD918"] == ["TD111", "TD023"]


def quoting(count: int, code: str = "TD111") -> Diagnostic:
    return Diagnostic(code, {"code": "x" * count})


def test_findings_that_quote_long_texts_are_shown_up_to_a_bound_and_then_counted() -> None:
    findings = [quoting(MOST_QUOTED, f"TD11{digit}") for digit in "123456789" for _ in range(MOST_OF_A_CODE)]
    shown = excerpt(findings)
    assert sum(len(found.message("vi")) for found in shown) < 2 * MOST_CHARACTERS
    left_out = [found.arguments["count"] for found in shown if found.code == "TD918"]
    assert len(left_out) == 9
    assert len(shown) - 9 + sum(map(int, left_out)) == len(findings)


def test_the_first_is_shown_whatever_it_says_and_cut() -> None:
    (shown,) = excerpt([quoting(10 * MOST_CHARACTERS)])
    assert len(shown.message("en")) < MOST_QUOTED + 200
