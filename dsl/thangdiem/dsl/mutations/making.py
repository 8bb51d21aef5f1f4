"""A parsed rule file in; its mutations in the order of the text, and its text without the examples, out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from thangdiem.dsl.dialect import dialect
from thangdiem.dsl.indentation import statement_name
from thangdiem.dsl.mutations.figures import of_figures
from thangdiem.dsl.mutations.mutation import Line, Mutation, Operator
from thangdiem.dsl.mutations.ranges import of_edges
from thangdiem.dsl.mutations.wording import of_conditions, of_limits, of_lines, of_words
from thangdiem.dsl.passages import Passage, passages_of
from thangdiem.dsl.syntax import SyntaxFile, end_of, start_of

_TEXTS = frozenset(
    (
        *("document", "text_field", "issued", "in_force", "periods", "one_period", "article", "citation", "audience"),
        *("counts", "reading", "layers", "data_field", "example", "amended", "former_label", "alternative_reading"),
    )
)
"""Statements whose figures and words are no rules of points."""


def mutations_of(syntax: SyntaxFile) -> tuple[Mutation, ...]:
    """Every mutation, each once."""
    return tuple(dict.fromkeys(sorted(_all(syntax), key=lambda each: (each.start, each.end, each.after))))


def without_examples(syntax: SyntaxFile) -> str:
    """The text with its examples blanked out: every line stays where it is."""
    text = syntax.source.text
    for statement in reversed(syntax.statements):
        if statement_name(statement) == "example":
            start, end = start_of(statement), end_of(statement)
            text = text[:start] + "\n" * text.count("\n", start, end) + text[end:]
    return text


def _all(syntax: SyntaxFile) -> Iterator[Mutation]:
    for passage in passages_of(syntax, ""):
        if passage.name in _TEXTS:
            continue
        lines = _lines(passage)
        for line in lines:
            for operate in (of_figures, of_edges, of_words, of_conditions, of_limits, of_lines):
                yield from operate(line)
        yield from _swapped(lines)


def _lines(passage: Passage) -> list[Line]:
    return [Line(passage.name, row.tokens, row.source.text, dialect(row.dialect)) for row in passage.rows]


def _swapped(lines: Sequence[Line]) -> Iterator[Mutation]:
    """The names of two neighbouring bands exchanged."""
    bands = [line for line in lines if line.type(0) == "_GRADE" and line.type(2) == "_COLON"]
    for one, other in pairwise(bands):
        first, second = one.written(1, 1), other.written(1, 1)
        between = one.text[end_of(one.tokens[1]) : start_of(other.tokens[1])]
        start, end = start_of(one.tokens[1]), end_of(other.tokens[1])
        yield one.stretch(Operator.BANDS_SWAPPED, start, end, f"{second}{between}{first}")
