"""A line of rules in; its ranges with an edge let in or left out – từ/trên, đến/đến dưới – out."""

from __future__ import annotations

from collections.abc import Iterator

from thangdiem.dsl.mutations.mutation import Line, Mutation, Operator

_SYMBOLS = {"_GE": "GT", "_GT": "GE", "_LE": "LT", "_LT": "LE"}
_ENDS = {"_TO": "TO_UNDER", "_TO_UNDER": "TO"}
_STOPS = frozenset(("_COLON", "_COMMA", "_DOT", "_AND", "_OR", "_WHEN", "_SEMI", "_RPAR", "_TO", "_TO_UNDER"))
_BOUNDED = frozenset(("_FROM", "_OVER", "_UNDER"))


def of_edges(line: Line) -> Iterator[Mutation]:
    """Each edge of each range the other way."""
    for at, token in enumerate(line.tokens):
        if token.type in _SYMBOLS:
            yield line.change(Operator.EDGE, at, at, line.dialect.spell(_SYMBOLS[token.type]))
        elif token.type in _ENDS and _bounded_before(line, at):
            yield line.change(Operator.EDGE, at, at, line.dialect.spell(_ENDS[token.type]))
        elif token.type in _BOUNDED:
            yield from _of_begin(line, at)


def _bounded_before(line: Line, at: int) -> bool:
    return any(token.type in ("_FROM", "_OVER") for token in line.tokens[:at])


def _of_begin(line: Line, at: int) -> Iterator[Mutation]:
    last = at
    while last + 1 < len(line.tokens) and line.type(last + 1) not in {*_STOPS, "_UP", "_DOWN"}:
        last += 1
    bound, spell, following = line.written(at + 1, last), line.dialect.spell, line.type(last + 1)
    match line.type(at), following:
        case "_FROM", "_UP":
            yield line.change(Operator.EDGE, at, last + 1, f"{spell('OVER')} {bound}")
        case "_FROM", "_DOWN":
            yield line.change(Operator.EDGE, at, last + 1, f"{spell('UNDER')} {bound}")
        case "_FROM", "_TO" | "_TO_UNDER":
            yield line.change(Operator.EDGE, at, at, spell("OVER"))
        case "_OVER", "_TO" | "_TO_UNDER":
            yield line.change(Operator.EDGE, at, at, spell("FROM"))
        case "_OVER", _:
            yield line.change(Operator.EDGE, at, last, f"{spell('FROM')} {bound} {spell('UP')}")
        case "_UNDER", _:
            yield line.change(Operator.EDGE, at, last, f"{spell('FROM')} {bound} {spell('DOWN')}")
        case _:  # unreached: what begins with từ ends in trở lên, trở xuống or đến
            return
