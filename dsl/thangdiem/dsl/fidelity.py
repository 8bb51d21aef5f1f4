"""A parsed file and what is to take its place in; the first line that says something else there out.

A rulebook is made of the tokens alone, so two files with the same tokens have the same rulebook: the same terminals,
keywords of the same position, numbers and dates of the same value, and every other token letter for letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from lark import Token

from thangdiem.dsl.diagnostic import Place, has_errors
from thangdiem.dsl.dialect import Dialect, declared_dialect, dialect
from thangdiem.dsl.numerals import NumeralError, read_date, read_number
from thangdiem.dsl.parser import parse
from thangdiem.dsl.source import read_source
from thangdiem.dsl.syntax import SyntaxFile

_DIGITS = re.compile(r"[0-9]+")

_Part = tuple[object, ...]
"""What a token or a comment says, without how it is written."""


def first_difference(syntax: SyntaxFile, printed: str) -> Place | None:
    """The line of the file at which the printed text begins to say something else, if it does."""
    source, faults = read_source(syntax.source.name, printed.encode("utf-8", "surrogatepass"))
    again, slips = parse(source) if source is not None else (None, ())
    if again is None:
        return _line(syntax, 0)
    for (offset, part), (_, found) in zip_longest(_parts(syntax), _parts(again), fillvalue=(None, ())):
        if part != found:
            return _line(syntax, len(syntax.source.text) if offset is None else offset)
    return _line(syntax, len(syntax.source.text)) if has_errors((*faults, *slips)) else None


def _line(syntax: SyntaxFile, offset: int) -> Place:
    text = syntax.source.text
    start = text.rfind("\n", 0, min(offset, len(text.rstrip()))) + 1
    end = text.find("\n", start)
    return syntax.source.place(start, end if end >= 0 else len(text.rstrip()))


def _parts(syntax: SyntaxFile) -> Iterator[tuple[int | None, _Part]]:
    """Every token and comment, by its place in the text; how the dialect is named says nothing else."""
    spelling = dialect(syntax.dialect)
    parts: list[tuple[int, _Part]] = [(token.start_pos or 0, _meaning(token, spelling)) for token in syntax.tokens]
    parts += [
        (comment.start, (comment.text,)) for comment in syntax.comments if declared_dialect(comment.text)[0] is None
    ]
    yield from sorted(parts, key=lambda part: part[0])


def _meaning(token: Token, spelling: Dialect) -> _Part:
    terminal = token.type.removeprefix("_")
    if terminal in spelling.spellings:
        return token.type, spelling.position(terminal, str(token))
    try:
        return token.type, _value(token, spelling)
    except NumeralError:
        return token.type, str(token)


def _value(token: Token, spelling: Dialect) -> object:
    match token.type:
        case "NUMBER" | "PERCENT":
            return read_number(str(token), spelling.name)
        case "DATE":
            return read_date(str(token), spelling.name)
        case "DAY_MONTH":
            first, second = map(int, _DIGITS.findall(token))
            return (first, second) if spelling.name == "vi" else (second, first)
        case "MARKS":
            return tuple(mark.strip() for mark in token.split(","))
        case "MINUS" | "_MINUS" | "_BULLET":
            return "-"
        case _:
            return str(token)
