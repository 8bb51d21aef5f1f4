"""A line of rules in; every figure of it one step greater and one step less out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction

from thangdiem.dsl.mutations.mutation import Line, Mutation, Operator
from thangdiem.dsl.numerals import NumeralError, plain_decimal, read_date, read_number, write_date, write_number

_ROUND = frozenset(("_TO_DIGITS", "_DECIMALS", "_MULTIPLE_OF"))
_LEADS = frozenset(
    ("_FROM", "_OVER", "_TO", "_TO_UNDER", "_UNDER", "_UNTIL", "_GE", "_GT", "_LE", "_LT", "EQ", "_NE", "_BULLET")
)
_HEADS = frozenset(("scale", "item"))


def of_figures(line: Line) -> Iterator[Mutation]:
    """A step is one in the last place written, a day, or a hundredth of the whole for a bare percentage."""
    for at, token in enumerate(line.tokens):
        if token.type not in ("NUMBER", "PERCENT", "DATE"):
            continue
        operator = _operator(line, at)
        for direction in (1, -1):
            after = _moved(line, at, direction)
            if after is not None:
                yield line.change(operator, at, at, after)


def _operator(line: Line, at: int) -> Operator:
    before = {line.type(at - 1), line.type(at + 1)}
    earlier = [token.type for token in line.tokens[:at]]
    if before & _ROUND:
        return Operator.ROUNDING
    if "_WEIGHT" in earlier:
        return Operator.WEIGHT
    if "AT_MOST" in earlier or "AT_LEAST" in earlier:
        return Operator.LIMIT
    if line.type(at + 1) == "_OF_ALL_UNITS":
        return Operator.QUOTA
    if line.statement in _HEADS:
        return Operator.MAXIMUM
    if line.type(at - 1) in _LEADS:
        return Operator.THRESHOLD
    return Operator.POINTS


def _moved(line: Line, at: int, direction: int) -> str | None:
    token, dialect = line.tokens[at], line.dialect.name
    written = line.written(at, at)
    try:
        if token.type == "DATE":
            return write_date(read_date(written, dialect) + timedelta(days=direction), dialect)
        bare = written.rstrip("% ")
        value = read_number(bare, dialect)
    except NumeralError:
        return None
    decimals = len((plain_decimal(value) or "").partition(".")[2])
    moved = value + direction * Fraction(1, 10**decimals)
    if moved < 0:
        return None
    return write_number(moved, dialect, grouping=False) + written[len(bare) :]
