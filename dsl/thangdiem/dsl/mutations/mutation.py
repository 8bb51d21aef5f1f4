"""What a mutation is: an operator, a stretch of the text and what stands there instead."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from attrs import frozen
from lark import Token

from thangdiem.dsl.dialect import Dialect
from thangdiem.dsl.syntax import end_of, start_of


class Operator(Enum):
    """The kinds of changes, one for each slip a drafter makes."""

    MAXIMUM = "maximum"
    POINTS = "points"
    THRESHOLD = "threshold"
    EDGE = "edge"
    LEVEL_DROPPED = "level_dropped"
    NEGATED = "negated"
    BANDS_SWAPPED = "bands_swapped"
    LIMIT_REMOVED = "limit_removed"
    LIMIT = "limit"
    WEIGHT = "weight"
    ROUNDING = "rounding"
    QUOTA = "quota"
    WORD = "word"


@frozen
class Mutation:
    """``before`` at ``start`` … ``end`` of the text becomes ``after``; ``line`` counts from 1."""

    operator: Operator
    start: int
    end: int
    before: str
    after: str
    line: int

    def applied(self, text: str) -> str:
        """The text with the change."""
        return text[: self.start] + self.after + text[self.end :]


@frozen
class Line:
    """A line of rules: the statement it is part of, its tokens and the text they point into."""

    statement: str
    tokens: Sequence[Token]
    text: str
    dialect: Dialect

    def type(self, at: int) -> str:
        """The type of the token at a place; nothing outside the line."""
        return self.tokens[at].type if 0 <= at < len(self.tokens) else ""

    def first(self, *types: str) -> int | None:
        """Where the first token of one of the types stands."""
        return next((at for at, token in enumerate(self.tokens) if token.type in types), None)

    def change(self, operator: Operator, first: int, last: int, after: str) -> Mutation:
        """The tokens from ``first`` up to and with ``last`` replaced."""
        start, end = start_of(self.tokens[first]), end_of(self.tokens[last])
        return self.stretch(operator, start, end, after)

    def stretch(self, operator: Operator, start: int, end: int, after: str) -> Mutation:
        """A stretch of the text replaced."""
        line = self.text.count("\n", 0, start) + 1
        return Mutation(operator, start, end, self.text[start:end], after, line)

    def written(self, first: int, last: int) -> str:
        """The text of the tokens from ``first`` up to and with ``last``."""
        return self.text[start_of(self.tokens[first]) : end_of(self.tokens[last])]
