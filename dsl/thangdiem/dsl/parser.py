"""From the text of a rule file to its syntax: statements, tokens and comments, with every slip found in one run.

A file is cut at the lines that head a document, a scale, an item, a bonus or an example. A line that cannot be read
is reported and left out, its piece is read again without it, and reading goes on: the next item is not affected.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from itertools import takewhile

from attrs import define, field, frozen
from lark import Lark, Token, UnexpectedToken
from lark.lexer import Lexer as LarkLexer
from lark.parsers.lalr_interactive_parser import InteractiveParser

from thangdiem.dsl.cache import grammar_cache
from thangdiem.dsl.diagnostic import Diagnostic
from thangdiem.dsl.dialect import DIALECTS, Dialect, declared_dialect, dialect, looks_english
from thangdiem.dsl.letters import toneless
from thangdiem.dsl.lexer import Lexer
from thangdiem.dsl.slips import READING_ENDS, Slip, explain
from thangdiem.dsl.source import Source
from thangdiem.dsl.syntax import Node, SyntaxFile
from thangdiem.dsl.wording import Unreadable

MOST_SLIPS = 100
MOST_LINES = 20_000
MOST_READ_AGAIN = 1_000_000
"""So many characters of a piece are read again after slips, at most: a piece of thousands of lines ends earlier."""

_NAME_LINE = re.compile(r"^ *([^\W\d][^=\n\[\]\"“”:;(){}<>≥≤#]*?) *=(?!=)", re.MULTILINE)


@frozen
class _Piece:
    """Lines of the file that are read together."""

    start: int
    end: int
    head_end: int


@define
class _Reading:
    """What has been read so far."""

    statements: list[Node] = field(factory=list)
    tokens: list[Token] = field(factory=list)
    diagnostics: list[Diagnostic] = field(factory=list)
    dropped: set[int] = field(factory=set)


@frozen
class Vocabulary:
    """The names and the grades a text defines: they are found even where they hold keywords."""

    names: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()


def vocabulary(text: str, dialect_name: str) -> Vocabulary:
    """What a text defines anywhere."""
    chosen = dialect(dialect_name)
    return Vocabulary(_names(text, chosen), _grades(text, chosen))


def parse(source: Source, beside: Vocabulary | None = None) -> tuple[SyntaxFile | None, tuple[Diagnostic, ...]]:
    """The syntax of a rule file, without the lines that could not be read, and what is wrong with those.

    ``beside`` are names and grades that are known too: those of the document it amends.
    None only where the dialect is unknown or the file is longer than any rule file.
    """
    chosen, problem = _dialect_of(source)
    if chosen is None:
        return None, (problem,) if problem else ()
    if source.text.count("\n") > MOST_LINES:
        first = sum(map(len, source.text.splitlines(keepends=True)[:MOST_LINES]))
        return None, (Diagnostic("TD013", {"most": MOST_LINES}, source.place(first, first)),)
    own, other = vocabulary(source.text, chosen.name), beside or Vocabulary()
    lexer = Lexer(source.text, chosen, (*own.names, *other.names), (*own.grades, *other.grades))
    reading = _Reading()
    for piece in _pieces(source.text, chosen):
        if any(found.code in READING_ENDS for found in reading.diagnostics):
            first = source.text.count("\n", 0, piece.start)
            reading.dropped.update(range(first, source.text.count("\n") + 1))
            break
        if len(reading.diagnostics) >= MOST_SLIPS:
            reading.diagnostics.append(
                Diagnostic("TD014", {"most": MOST_SLIPS}, source.place(piece.start, piece.start))
            )
            break
        _read_piece(piece, lexer, source, chosen, reading)
    comments = tuple(sorted(set(lexer.comments), key=lambda comment: comment.start))
    syntax = SyntaxFile(
        chosen.name,
        tuple(reading.statements),
        tuple(reading.tokens),
        comments,
        tuple(sorted(reading.dropped)),
        source=source,
    )
    return syntax, tuple(reading.diagnostics)


def _dialect_of(source: Source) -> tuple[Dialect | None, Diagnostic | None]:
    named, start, end = declared_dialect(source.text)
    if named is None:
        return dialect("en" if looks_english(source.text) else "vi"), None
    if named in DIALECTS:
        return dialect(named), None
    arguments = {"name": named, "known": ", ".join(DIALECTS)}
    return None, Diagnostic("TD015", arguments, source.place(start, end))


def _read_piece(piece: _Piece, lexer: Lexer, source: Source, chosen: Dialect, reading: _Reading) -> None:
    """Reads a piece, leaving out line by line what cannot be read."""
    masked: list[tuple[int, int]] = []
    head_failed = False
    read_again = 0
    while True:
        statements, tokens, slip = _attempt(piece, lexer, source, chosen, masked)
        if slip is None:
            break
        reading.diagnostics.append(explain(slip))
        line_start = source.text.rfind("\n", 0, slip.start) + 1
        line_end = source.text.find("\n", slip.start)
        line_end = piece.end if line_end < 0 else min(line_end, piece.end)
        line_start = max(line_start, piece.start)
        head_failed = head_failed or line_start < piece.head_end
        if _is_example(source.text[line_start:line_end]):
            line_end = piece.end  # without its head nothing of an example is a statement
        if not _in_open_block(slip):
            line_end = _with_rows(source.text, line_start, line_end, piece.end, chosen)
        masked.append((line_start, line_end))
        reading.dropped.update(_lines(source.text, line_start, line_end))
        read_again += slip.end - piece.start
        if read_again > MOST_READ_AGAIN:
            most = {"most": len(reading.diagnostics)}
            reading.diagnostics.append(Diagnostic("TD014", most, source.place(line_end, line_end)))
        stop = len(reading.diagnostics) >= MOST_SLIPS or reading.diagnostics[-1].code in READING_ENDS
        if stop or line_end - line_start >= piece.end - piece.start:
            return
    if head_failed:
        reading.dropped.update(_lines(source.text, piece.start, piece.end))
        return
    reading.statements.extend(statements)
    reading.tokens.extend(tokens)


def _lines(text: str, start: int, end: int) -> range:
    """The lines a stretch lies on; one that ends with a line does not lie on the next."""
    return range(text.count("\n", 0, start), text.count("\n", 0, max(start, end - 1)) + 1)


def _is_example(head: str) -> bool:
    heads = (toneless(option) for name in DIALECTS for option in dialect(name).spellings["EXAMPLE"])
    return toneless(head).lstrip().startswith(tuple(heads))


_ROW = re.compile(r" *(?:[-–—•+●]|\w{1,2}\))")


def _in_open_block(slip: Slip) -> bool:
    """Whether the line is a row of the block that is open, however wrong: the rows behind it are read on."""
    if not slip.wanted.isdisjoint(("_BULLET", "LETTER")) and not slip.tokens:
        label, colon, value = slip.line.rpartition(":")
        return bool(label and colon and value.strip())
    return "_GRADE" in slip.wanted


def _with_rows(text: str, line_start: int, line_end: int, end: int, chosen: Dialect) -> int:
    """A line that heads rows or grades takes them along; a row goes alone."""
    rows = (_ROW, _grade_line(chosen.name))
    if any(row.match(text, line_start, line_end) for row in rows):
        return line_end
    while line_end < end:
        following = text.find("\n", line_end + 1, end)
        following = end if following < 0 else following
        if not any(row.match(text, line_end + 1, following) for row in rows):
            break
        line_end = following
    return line_end


@cache
def _grade_line(name: str) -> re.Pattern[str]:
    options = dialect(name).spellings
    words = [word for each in ("GRADE", "RAISE", "CAP", "EXCLUDE_GRADE") for word in options[each]]
    return re.compile(rf" *(?:{'|'.join(map(re.escape, words))})(?!\w)", re.IGNORECASE)


def _attempt(
    piece: _Piece, lexer: Lexer, source: Source, chosen: Dialect, masked: list[tuple[int, int]]
) -> tuple[list[Node], list[Token], Slip | None]:
    interactive = _grammar().parse_interactive("")
    state = interactive.parser_state
    states = state.parse_conf.parse_table.states
    tokens: list[Token] = []
    segments = _segments(piece, masked)
    for start, end in segments:
        lexer.move(start)
        while True:
            wanted = states[state.position]
            try:
                token = lexer.next(wanted, end)
                if token is None:
                    break
                state.feed_token(token)
            except Unreadable as unreadable:
                at, until, reason = unreadable.start, unreadable.end, unreadable.reason
                return [], [], _slip(source, chosen, interactive, tokens, at, until, reason, "")
            except UnexpectedToken as unexpected:
                token = unexpected.token
                at, until = token.start_pos or 0, token.end_pos or 0
                return [], [], _slip(source, chosen, interactive, tokens, at, until, "unexpected", token.type)
            tokens.append(token)
    tree = state.feed_token(Token("$END", "", piece.end), is_end=True)
    return list(tree.children), tokens, None


def _segments(piece: _Piece, masked: list[tuple[int, int]]) -> list[tuple[int, int]]:
    segments = []
    start = piece.start
    for masked_start, masked_end in sorted(masked):
        if masked_start > start:
            segments.append((start, masked_start))
        start = max(start, masked_end)
    if start < piece.end:
        segments.append((start, piece.end))
    return segments


def _slip(
    source: Source,
    chosen: Dialect,
    at: InteractiveParser,
    tokens: list[Token],
    start: int,
    end: int,
    reason: str,
    token: str,
) -> Slip:
    """What is known of a failure: after a token that does not fit, the parser has closed what it could."""
    line = list(takewhile(lambda read: read.type != "_NL", reversed(tokens)))[::-1]
    if token == "_NL":
        start = end = (line[-1].end_pos or start) if line else start
    wanted = frozenset(at.accepts())  # type: ignore[no-untyped-call]  # lark's
    return Slip(source, chosen, wanted, start, end, reason, token, tuple(line))


def _pieces(text: str, chosen: Dialect) -> list[_Piece]:
    starts = [found.start() for found in _heads(chosen.name).finditer(text)]
    if not starts or text[: starts[0]].strip():
        starts.insert(0, 0)
    ends = [*starts[1:], len(text)]
    return [_Piece(start, end, _end_of_line(text, start)) for start, end in zip(starts, ends, strict=True)]


def _end_of_line(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


@cache
def _heads(name: str) -> re.Pattern[str]:
    """Lines that begin a piece, be their keywords without tones or of the other dialect."""
    spellings = dialect(name).spellings
    foreign = dialect(next(other for other in DIALECTS if other != name)).spellings

    def spelled(*terminals: str) -> str:
        options = {option for each in terminals for option in (*spellings[each], *foreign[each])}
        ordered = sorted(options | set(map(toneless, options)), key=lambda option: (-len(option), option))
        return "|".join(re.escape(option).replace(r"\ ", " +") for option in ordered)

    code = r"(?-i:[A-ZĐ]+\b|[0-9])[\w.\-]*"
    document = rf"(?:{spelled('DOCUMENT')}) +\S*[0-9]|(?:{spelled('CRITERIA')}) *\""
    item = rf"(?:{spelled('KIND')})(?: +{code}(?![^\"\n]*=)| *[\":]| [^:\"=\n]*: *[0-9])"
    bonus = rf"(?:{spelled('BONUS', 'DEDUCTION')}) *\"[^\"\n]*\" *(?:$|:|\w)"
    example = rf"(?:{spelled('EXAMPLE')}) *\""
    point = rf"(?:{spelled('POINT')}) +\w{{1,2}} +"
    clause = rf"(?:(?:{point})?(?:{spelled('CLAUSE')}) +\w+ +)?(?:{spelled('ARTICLE')}) +[0-9]"
    alternative = rf"(?:{spelled('ALTERNATIVE')}) +\w+ "
    return re.compile(
        rf"^ *(?:{document}|(?:{spelled('SCALE')}) |{item}|{bonus}|{example}|{clause}|{alternative})",
        re.MULTILINE | re.IGNORECASE,
    )


def _names(text: str, chosen: Dialect) -> tuple[str, ...]:
    """Names the file defines anywhere, so that they are found even where they hold keywords."""
    lets = "|".join(re.escape(option) for option in chosen.spellings["LET"])
    blocks = "|".join(re.escape(option) for option in chosen.spellings["BY"])
    let_block = re.compile(rf"^ *(?:{lets}) +([^=\n\[\]\":;]+?) +(?:{blocks}) ", re.MULTILINE | re.IGNORECASE)
    prefix = re.compile(rf"^(?:{lets}) +", re.IGNORECASE)
    names = {prefix.sub("", found.group(1)) for found in _NAME_LINE.finditer(text)}
    names |= {found.group(1) for found in let_block.finditer(text)}
    return tuple(name for name in names if len(name) <= 200)


def _grades(text: str, chosen: Dialect) -> tuple[str, ...]:
    """Names of grades as the file's bands spell them."""
    words = "|".join(re.escape(option) for option in chosen.spellings["GRADE"])
    whens = "|".join(re.escape(option) for option in chosen.spellings["WHEN_ALL"] + chosen.spellings["WHEN"])
    band = re.compile(rf"^ *(?:{words}) +([^\":\n]+?) *(?::| (?:{whens})[ :])", re.MULTILINE | re.IGNORECASE)
    return tuple({found.group(1) for found in band.finditer(text)})


class _FedByHand(LarkLexer):
    """Lark wants a lexer class; ours is asked by the parser loop itself, which knows the file's names."""

    __future_interface__ = 2

    def __init__(self, lexer_conf: object) -> None:
        pass

    def lex(self, lexer_state: object, parser_state: object) -> object:  # type: ignore[override]  # lark's is untyped
        raise RuntimeError("tokens are fed by parser.parse")  # unreached: lark wants the method, and never calls it


@cache
def _grammar() -> Lark:
    text = files("thangdiem.dsl").joinpath("grammar.lark").read_text(encoding="utf-8")
    return Lark(
        text,
        parser="lalr",
        lexer=_FedByHand,
        propagate_positions=True,
        maybe_placeholders=False,
        cache=grammar_cache(text),
    )
