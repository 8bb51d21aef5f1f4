"""A line of rules in; a condition turned round, a limit left out, a word taken for its opposite, out."""

from __future__ import annotations

from collections.abc import Iterator

from thangdiem.dsl.mutations.mutation import Line, Mutation, Operator
from thangdiem.dsl.syntax import end_of

_OPPOSITES: dict[str, tuple[Operator, str]] = {
    "HALF_UP": (Operator.ROUNDING, "DOWN_ALWAYS"),
    "HALF_DOWN": (Operator.ROUNDING, "HALF_UP"),
    "HALF_EVEN": (Operator.ROUNDING, "HALF_UP"),
    "UP_ALWAYS": (Operator.ROUNDING, "HALF_UP"),
    "DOWN_ALWAYS": (Operator.ROUNDING, "HALF_UP"),
    "CUT": (Operator.ROUNDING, "HALF_UP"),
    "ROUNDED_UP": (Operator.QUOTA, "ROUNDED_DOWN"),
    "ROUNDED_DOWN": (Operator.QUOTA, "ROUNDED_UP"),
    "ROUNDED_HALF_UP": (Operator.QUOTA, "ROUNDED_DOWN"),
    "TIES_MISS": (Operator.QUOTA, "TIES_PASS"),
    "TIES_PASS": (Operator.QUOTA, "TIES_MISS"),
    "KEEP": (Operator.WORD, "EXCLUDE"),
    "EXCLUDE": (Operator.WORD, "KEEP"),
    "FULL": (Operator.WORD, "KEEP"),
    "BY_MEAN": (Operator.WORD, "BY_SUM"),
    "BY_WEIGHTED_MEAN": (Operator.WORD, "BY_MEAN"),
    "BY_LOWEST": (Operator.WORD, "BY_HIGHEST"),
    "BY_HIGHEST": (Operator.WORD, "BY_LOWEST"),
    "SOME": (Operator.WORD, "EVERY"),
    "EVERY": (Operator.WORD, "SOME"),
    "LEAST": (Operator.WORD, "GREATEST"),
    "GREATEST": (Operator.WORD, "LEAST"),
    "HIGHEST": (Operator.WORD, "LOWEST"),
    "LOWEST": (Operator.WORD, "HIGHEST"),
    "EACH_OVER": (Operator.EDGE, "EACH_REACHED"),
    "EACH_REACHED": (Operator.EDGE, "EACH_OVER"),
    "AT_MOST": (Operator.LIMIT, "AT_LEAST"),
    "CAP": (Operator.WORD, "RAISE"),
    "RAISE": (Operator.WORD, "CAP"),
}
_SIGNS = {"PLUS": "-", "MINUS": "+"}
_CONDITIONS = frozenset(("_NA_WHEN", "_COUNTS_WHEN", "_WHEN"))
_ROW = frozenset(("_BULLET", "LETTER"))
_GRADE_RULES = frozenset(("RAISE", "CAP", "EXCLUDE_GRADE", "FORCE"))


def of_words(line: Line) -> Iterator[Mutation]:
    """Each word that has an opposite, taken for it."""
    for at, token in enumerate(line.tokens):
        if token.type in _OPPOSITES:
            operator, other = _OPPOSITES[token.type]
            yield line.change(operator, at, at, line.dialect.spell(other))
        elif token.type in _SIGNS:
            yield line.change(Operator.WORD, at, at, _SIGNS[token.type])


def of_conditions(line: Line) -> Iterator[Mutation]:
    """Each condition of the line turned round."""
    for at, token in enumerate(line.tokens):
        if token.type in _CONDITIONS:
            last = _last_of_condition(line, at)
            condition = line.written(at + 1, last)
            yield line.change(Operator.NEGATED, at + 1, last, f"{line.dialect.spell('NOT')} ({condition})")
    colon = line.first("_COLON")
    conditional = line.statement in ("cases", "best", "let", "score") and line.type(0) == "_BULLET"
    if conditional and colon is not None and colon > 1 and line.type(1) != "OTHERWISE":
        condition = line.written(1, colon - 1)
        yield line.change(Operator.NEGATED, 1, colon - 1, f"{line.dialect.spell('NOT')} ({condition})")


def _last_of_condition(line: Line, at: int) -> int:
    last = at
    while last + 1 < len(line.tokens) and line.type(last + 1) not in ("_COMMA", "_COLON", "_DOT", "_NL"):
        last += 1
    return last


def of_limits(line: Line) -> Iterator[Mutation]:
    """A limit behind a comma left out."""
    for at, token in enumerate(line.tokens):
        if token.type in ("AT_MOST", "AT_LEAST") and line.type(at - 1) == "_COMMA":
            last = at
            while line.type(last + 1) not in ("_COMMA", "_NL", ""):
                last += 1
            yield line.stretch(Operator.LIMIT_REMOVED, end_of(line.tokens[at - 2]), end_of(line.tokens[last]), "")


def of_lines(line: Line) -> Iterator[Mutation]:
    """A whole line left out: a level, a row, a limit, a condition of an item or of the grades."""
    if line.type(0) in _ROW or line.type(0) in _GRADE_RULES:
        operator = Operator.LEVEL_DROPPED
    elif line.statement == "limit_line":
        operator = Operator.LIMIT_REMOVED
    elif line.statement in ("na_when", "counts_when", "replaced", "missing", "rounding"):
        operator = Operator.WORD
    else:
        return
    yield line.change(operator, 0, len(line.tokens) - 1, "")
