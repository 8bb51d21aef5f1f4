"""From a parsed file to its passages – statements line by line, with where each was written – and back to a text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256

from attrs import evolve, frozen
from lark import Token

from thangdiem.dsl.dialect import declared_dialect, dialect
from thangdiem.dsl.indentation import Head, row_depth, statement_depths, statement_name
from thangdiem.dsl.printer import INDENT, row_text, rows_of
from thangdiem.dsl.respelling import Respelling
from thangdiem.dsl.source import Origin, Source
from thangdiem.dsl.syntax import SyntaxFile, end_of, start_of

Line = tuple[str, Origin | None]
"""A line of a composed text, and where it was written."""

OWNERS = frozenset(("document", "scale", "item", "bonus"))
"""Statements that others stand below: what happened to them has a line of its own in the text."""


@frozen
class Row:
    """A line of a file: its tokens, the text they point into, the comments before and behind it, what made it."""

    tokens: tuple[Token, ...]
    source: Source
    dialect: str
    above: tuple[str, ...] = ()
    """Comments on lines of their own before it; an empty one stands for an empty line."""
    beside: str = ""
    notes: tuple[tuple[str, str], ...] = ()
    """What happened to it and by which clause: ``được sửa đổi bởi``, ``khoản 1 Điều 1 Quyết định 12/QĐ-UBND``."""
    written: str = ""
    """Its text where that is not what its tokens say: until it is read again."""

    def text(self, target: str) -> str:
        """The line without its indentation, as that dialect writes it."""
        if self.written:
            return self.written
        return row_text(self.tokens, Respelling(dialect(self.dialect), dialect(target)), self.source.text)

    def token(self, terminal: str) -> str:
        """The first token of that type, or nothing."""
        return next((str(token) for token in self.tokens if token.type == terminal), "")

    @property
    def bare(self) -> Row:
        """The line without comments and without what happened to it."""
        return evolve(self, above=(), beside="", notes=())

    @property
    def start(self) -> int:
        """Where it was written, in the text of its source."""
        return start_of(self.tokens[0]) if self.tokens else 0

    @property
    def end(self) -> int:
        """Where it ended there."""
        return end_of(self.tokens[-1]) if self.tokens else len(self.source.text)


@frozen
class Passage:
    """A statement: what it is, its lines, and who it is however often its text changes."""

    name: str
    rows: tuple[Row, ...]
    identity: str

    @property
    def head(self) -> Row:
        """Its first line."""
        return self.rows[0]

    @property
    def code(self) -> str:
        """The code of an item; the sign and title of a bonus; the id of a scale; nothing for others."""
        if self.name == "item":
            return self.head.token("CODE")
        if self.name == "bonus":
            return f"{'+' if self.head.token('BONUS') else '-'}{self.head.token('TEXT')}"
        return self.head.token("SCALE_ID") if self.name == "scale" else ""

    def with_head(self, head: Row) -> Passage:
        """The same with another first line."""
        return evolve(self, rows=(head, *self.rows[1:]))


def passages_of(syntax: SyntaxFile, label: str) -> tuple[Passage, ...]:
    """The passages of a file; ``label`` begins their identities."""
    names = {start_of(node): statement_name(node) for node in syntax.statements}
    found: list[tuple[str, list[Row]]] = []
    for row in _rows(syntax):
        if row.start in names:
            found.append((names[row.start], [row]))
        else:
            found[-1][1].append(row)
    return tuple(Passage(name, tuple(rows), f"{label}#{index}") for index, (name, rows) in enumerate(found))


def _rows(syntax: SyntaxFile) -> Iterator[Row]:
    text = syntax.source.text
    comments = iter((*syntax.comments, None))
    comment = next(comments)
    end = 0
    for tokens in rows_of(syntax.tokens):
        above: list[str] = []
        start = start_of(tokens[0])
        while comment is not None and comment.start < start:
            if text.count("\n", end, comment.start) > 1 and end:
                above.append("")
            above.append(comment.text)
            end = comment.start + len(comment.text)
            comment = next(comments)
        if text.count("\n", end, start) > 1 and end:
            above.append("")
        end = end_of(tokens[-1])
        beside = ""
        if comment is not None and not comment.alone and "\n" not in text[end : comment.start]:
            beside, end = comment.text, comment.start + len(comment.text)
            comment = next(comments)
        yield Row(tuple(tokens), syntax.source, syntax.dialect, tuple(above), beside)


def compose(passages: Sequence[Passage], target: str, name: str, tail: Sequence[str] = ()) -> Source:
    """The text of the passages in that dialect, as a file of that name whose places are those of their origins.

    ``tail`` are comments at its end.
    """
    lines = layout(passages, target)
    if tail:
        lines = [*lines, ("", None), *((comment, None) for comment in tail)]
    if target == "en" and declared_dialect("\n".join(passages[0].head.above))[0] is None:
        lines = [("# language: en", None), ("", None), *lines]
    text = "".join(f"{line}\n" for line, _ in lines)
    return Source(name, text, text, sha256(text.encode()).hexdigest(), origins=tuple(origin for _, origin in lines))


def layout(passages: Sequence[Passage], target: str) -> list[Line]:
    """The lines of the passages in that dialect; at most one empty line in a row, and none at the beginning."""
    kinds = {each: dialect(each).spellings["KIND"] for each in {passage.head.dialect for passage in passages}}
    heads = [Head(passage.name, passage.head.tokens, kinds[passage.head.dialect]) for passage in passages]
    found: list[Line] = []
    for passage, depth in zip(passages, statement_depths(heads), strict=True):
        for line in _lines(passage, depth, target):
            if line[0] or (found and found[-1][0]):
                found.append(line)
    return found


def _lines(passage: Passage, depth: int, target: str) -> Iterator[Line]:
    """The lines of a statement, each row with the comments before it and what was done to it."""
    for place, row in enumerate(passage.rows):
        indent = INDENT * (depth if place == 0 else row_depth(depth, passage.name, row.tokens[0]))
        yield from ((f"{indent}{comment}" if comment else "", None) for comment in row.above)
        own = passage.name in OWNERS and place == 0
        said = "" if own else "; ".join(f"{verb} {clause}" for verb, clause in row.notes)
        beside = "; ".join(filter(None, (row.beside, said)))
        beside = beside if beside.startswith("#") or not beside else f"# {beside}"
        written = row.text(target)
        yield f"{indent}{written}{f'  {beside}' if beside else ''}", _origin(row, written, len(indent))
        for verb, clause in row.notes if own else ():
            yield f"{INDENT * (depth + 1)}{verb[0].upper()}{verb[1:]}: {clause}", None


def _origin(row: Row, written: str, column: int) -> Origin:
    exact = row.source.text[row.start : row.end] == written
    return Origin(row.source, row.start, row.end, column, exact)
