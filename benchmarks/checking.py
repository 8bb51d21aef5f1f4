"""Checking a rule file of a thousand lines, against a bare LALR parse: same grammar, our lexer, positions on."""

from __future__ import annotations

from lark import Lark, Token

from benchmarks.job import rule_text
from benchmarks.measure import microseconds, print_table
from thangdiem.dsl.checker import check
from thangdiem.dsl.parser import _grammar, parse
from thangdiem.dsl.resolver import resolve
from thangdiem.dsl.source import source_of


def run() -> None:
    text = rule_text(2)
    lines = text.count("\n")
    source = source_of(text)
    syntax, _ = parse(source)
    assert syntax is not None
    tables = _grammar()
    rows = [
        ("of that, lark's parser alone with the tokens given", _time(lambda: _parsed(tables, syntax.tokens))),
        ("the bare parse: our lexer and lark's LALR parser", _time(lambda: parse(source))),
        ("ours: syntax to rulebook", _time(lambda: resolve(syntax))),
        ("ours: check, everything", _time(lambda: check(source))),
    ]
    thousand = [(name, time / 1000 * 1000 / lines) for name, time in rows]
    print_table(
        f"A rule file of {lines} lines, per 1,000 lines",
        ("", "ms", "ratio"),
        [(n, t, t / thousand[1][1]) for n, t in thousand],
    )


def _time(call: object) -> float:
    return microseconds(call, 1, 5)  # type: ignore[arg-type]


def _parsed(tables: Lark, tokens: tuple[Token, ...]) -> object:
    state = tables.parse_interactive("").parser_state
    for token in tokens:
        state.feed_token(token)
    return state.feed_token(Token("$END", ""), is_end=True)
