"""Quotation marks, brackets and parentheses that do not come in pairs."""

from __future__ import annotations

from thangdiem.dsl.diagnostic import Diagnostic
from thangdiem.dsl.lexer import NESTING, OPERANDS
from thangdiem.dsl.slips.slip import Slip

_OTHER_QUOTES = "'‘’«»‹›`´"


def unclosed_quote(slip: Slip) -> Diagnostic | None:
    """``Chỉ số 1 "Nhận thức số: 10 điểm``."""
    if slip.reason != "unclosed-quote":
        return None
    return slip.finding("TD035", slip.start, slip.line_end, words=slip.rest.strip('"'))


def other_quotes(slip: Slip) -> Diagnostic | None:
    """``'Nhận thức số'`` or ``«…»``."""
    if slip.found[:1] in _OTHER_QUOTES and slip.found and "TEXT" in slip.wanted:
        return slip.finding("TD076", mark=slip.found[:1])
    return None


def unclosed_bracket(slip: Slip) -> Diagnostic | None:
    """``[Số hồ sơ``."""
    if slip.reason != "unclosed-bracket":
        return None
    return slip.finding("TD036", slip.start, slip.line_end, words=slip.rest)


def stray_bracket(slip: Slip) -> Diagnostic | None:
    """``Số hồ sơ]``."""
    return slip.finding("TD037", words=slip.line[: slip.end - slip.line_start]) if slip.found == "]" else None


def too_deep(slip: Slip) -> Diagnostic | None:
    """More parentheses in each other than anybody reads."""
    return slip.finding("TD040", most=NESTING) if slip.reason == "too-deep" else None


def too_many_operands(slip: Slip) -> Diagnostic | None:
    """A line of more numbers, data and names than anybody reads."""
    return slip.finding("TD041", most=OPERANDS) if slip.reason == "too-many-operands" else None


def unclosed_parenthesis(slip: Slip) -> Diagnostic | None:
    """``(a + b`` at the end of its line."""
    opened = open_parentheses(slip)
    if not opened or not slip.wants("RPAR") or slip.token not in ("_NL", "_COLON"):
        return None
    return slip.finding("TD038", opened[-1], opened[-1] + 1, words=slip.text[opened[-1] : slip.end or slip.start])


def extra_parenthesis(slip: Slip) -> Diagnostic | None:
    """``a + b)``."""
    if slip.found != ")" or open_parentheses(slip):
        return None
    return slip.finding("TD039", words=slip.line[: slip.end - slip.line_start])


def open_parentheses(slip: Slip) -> list[int]:
    """Where the parentheses of the line stand that are still open."""
    opened: list[int] = []
    for token in slip.tokens:
        if token.type == "_LPAR":
            opened.append(token.start_pos or 0)
        elif token.type == "_RPAR" and opened:
            opened.pop()
    return opened
