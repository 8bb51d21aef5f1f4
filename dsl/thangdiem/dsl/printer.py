"""From a parsed file to its canonical text, in its own dialect or translated to the other."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen
from lark import Token

from thangdiem.dsl.dialect import DIALECTS, declared_dialect, dialect
from thangdiem.dsl.indentation import line_depths
from thangdiem.dsl.respelling import Respelling
from thangdiem.dsl.syntax import SyntaxFile, end_of, start_of

INDENT = "  "
"""What a line is set in by, for each level."""
_ENGLISH_MARKER = "# language: en"

_NO_SPACE_BEFORE = frozenset(("_COLON", "_COMMA", "_SEMI", "_DOT", "_RPAR", "_CARET"))
_NO_SPACE_AFTER = frozenset(("_LPAR", "_MINUS", "_CARET"))
_CALLS = frozenset(("LEAST", "GREATEST", "ABSOLUTE", "ROOT", "LN", "LOG10", "EXP", "_ROUNDED"))
_TIGHT_BEFORE_BAR = frozenset(("NUMBER", "PERCENT", "NAME", "DATUM", "_RPAR"))
_TIGHT_AFTER_BAR = frozenset(("NUMBER", "PERCENT", "NAME", "DATUM", "_LPAR"))


@frozen
class _Line:
    """A line to be printed, with the stretch of the file it was read from."""

    text: str
    start: int
    end: int


def print_file(syntax: SyntaxFile, to: str | None = None) -> str:
    """The file in canonical layout, translated where ``to`` names the other dialect; free text stays.

    Raises ValueError for a file with lines that could not be read, and for a translation of one whose
    numbers or dates are none.
    """
    if syntax.dropped:
        raise ValueError(f"lines that could not be read would be lost: {syntax.dropped}")
    if to is not None and to not in DIALECTS:
        raise ValueError(f"no such dialect: {to}")
    target = to or syntax.dialect
    respelling = Respelling(dialect(syntax.dialect), dialect(target))
    text = syntax.source.text
    lines = _statement_lines(syntax, respelling)
    lines = _with_comments(lines, syntax)
    lines, heading = _with_marker(lines, syntax, target)
    body = _joined(lines, text)
    return f"{heading}\n\n{body}" if heading and body else f"{heading}\n" if heading else body


def _statement_lines(syntax: SyntaxFile, respelling: Respelling) -> list[_Line]:
    rows = rows_of(syntax.tokens)
    text = syntax.source.text
    return [
        _Line(INDENT * depth + row_text(row, respelling, text), start_of(row[0]), end_of(row[-1]))
        for row, depth in zip(rows, line_depths(syntax, rows), strict=True)
    ]


def rows_of(tokens: Sequence[Token]) -> list[list[Token]]:
    """The tokens of each line; every line of a statement ends in an end of line, and none is empty."""
    rows: list[list[Token]] = []
    row: list[Token] = []
    for token in tokens:
        if token.type != "_NL":
            row.append(token)
        else:
            rows.append(row)
            row = []
    return rows


def row_text(row: Sequence[Token], respelling: Respelling, text: str) -> str:
    """A line without its indentation; ``text`` is what its tokens point into."""
    parts = []
    for index, token in enumerate(row):
        before = row[index - 1] if index else None
        if before is not None and _spaced(row, index):
            parts.append(" ")
        parts.append(respelling.write(token, before, text))
    return "".join(parts)


def _spaced(row: Sequence[Token], index: int) -> bool:
    """Whether a space stands before the token at ``index``."""
    before, token = row[index - 1], row[index]
    if token.type in _NO_SPACE_BEFORE or before.type in _NO_SPACE_AFTER:
        return False
    if token.type == "_LPAR" and before.type in _CALLS:
        return False
    if _is_bar(token):
        return not _tight_bar(row, index)
    return not (_is_bar(before) and _tight_bar(row, index - 1))


def _is_bar(token: Token) -> bool:
    return token.type in ("OVER_BAR", "_OVER_BAR") and token == "/"


def _tight_bar(row: Sequence[Token], index: int) -> bool:
    """``a/b`` is written without spaces between short operands, where that makes no date of numbers."""
    before, after = row[index - 1], row[index + 1]
    if before.type not in _TIGHT_BEFORE_BAR or after.type not in _TIGHT_AFTER_BAR:
        return False
    if before.type == after.type == "NUMBER":
        # 1/2/2000 would be read as a date, and so would 1/2 before a unit that is called a year.
        beyond = (*row[max(index - 2, 0) : index - 1], *row[index + 2 : index + 3])
        return not any(_is_bar(token) or token.type == "NAME" for token in beyond)
    return True


def _with_comments(lines: Sequence[_Line], syntax: SyntaxFile) -> list[_Line]:
    """Comments at the end of a line stay there; one on its own line is set like the next statement."""
    merged: list[_Line] = []
    following = 0
    for comment in syntax.comments:
        while following < len(lines) and lines[following].start < comment.start:
            merged.append(lines[following])
            following += 1
        end = comment.start + len(comment.text)
        if comment.alone:
            indent = _indent_of(lines[following].text) if following < len(lines) else ""
            merged.append(_Line(indent + comment.text, comment.start, end))
        else:
            line = merged.pop()
            merged.append(_Line(f"{line.text}  {comment.text}", line.start, end))
    return [*merged, *lines[following:]]


def _indent_of(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" "))]


def _with_marker(lines: Sequence[_Line], syntax: SyntaxFile, target: str) -> tuple[list[_Line], str]:
    """The lines without, or with another, comment that names the dialect; and the heading that names English.

    What a translation adds is ``# language: en``, so that the way back knows what to take away; a comment
    the author wrote elsewhere, or in Vietnamese, only changes the dialect it names.
    """
    place = _marker_place(lines, syntax)
    if place is None:
        return list(lines), _ENGLISH_MARKER if target == "en" else ""
    written = lines[place].text.strip()
    in_english = "language" in written.casefold()
    kept = [*lines[:place], *lines[place + 1 :]]
    if place == 0 and in_english and syntax.dialect == "en":
        return kept, _ENGLISH_MARKER if target == "en" else ""
    key = "language" if in_english and place else "ngôn ngữ"
    marker = lines[place]
    renamed = _Line(f"{_indent_of(marker.text)}# {key}: {target}", marker.start, marker.end)
    return [*lines[:place], renamed, *lines[place + 1 :]], ""


def _marker_place(lines: Sequence[_Line], syntax: SyntaxFile) -> int | None:
    named, start, _ = declared_dialect(syntax.source.text)
    if named is None:
        return None
    return next(index for index, line in enumerate(lines) if line.start <= start < line.end)


def _joined(lines: Sequence[_Line], text: str) -> str:
    """The lines with the empty ones kept, at most one in a row."""
    parts: list[str] = []
    for index, line in enumerate(lines):
        if index and text.count("\n", lines[index - 1].end, line.start) > 1:
            parts.append("\n")
        parts.append(f"{line.text}\n")
    return "".join(parts)
