"""From text to tokens: the parser says which terminals it would take, the dialect how they are spelled.

Names and free text may hold keywords, so what a stretch of text is depends on what the grammar expects there.
"""

from __future__ import annotations

import re
from collections.abc import Container

from lark import Token

from thangdiem.dsl.dialect import Dialect
from thangdiem.dsl.names import defined_name, refuse_unit, unknown_name
from thangdiem.dsl.stretches import STRETCHES, TEXT
from thangdiem.dsl.syntax import Comment
from thangdiem.dsl.wording import SPACES, WORD, Found, Unreadable, Wording

NESTING = 64
OPERANDS = 200
_PREFIXES = ("_MINUS", "_NOT")
"""They nest without parentheses, so they are counted as what they stand before."""

_COMMENT = re.compile(r"#[^\n]*")
_DATUM = re.compile(r"\[([^\[\]\n]*)\]")
_CODE = re.compile(r"\w+(?:[.\-]\w+)*")
_BULLETS = re.compile(r"[-–—•+●*\uf0b7\uf0a7]")

# Both separators in both dialects: a number in the wrong form is still one number.
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_DATES = {
    "vi": re.compile(
        r"(?:ngày +)?[0-9]{1,2}[/-][0-9]{1,2}[/-][0-9]{4}(?![0-9])|ngày +[0-9]{1,2} +tháng +[0-9]{1,2} +năm +[0-9]{4}",
        re.IGNORECASE,
    ),
    "en": re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?![0-9])"),
}
_DAY_MONTHS = {
    "vi": re.compile(r"(?:ngày +)?[0-9]{1,2}/[0-9]{1,2}(?= +năm)", re.IGNORECASE),
    "en": re.compile(r"[0-9]{1,2}-[0-9]{1,2}(?= +of +the)", re.IGNORECASE),
}

_PUNCTUATION = {
    ":": ("_COLON",),
    ",": ("_COMMA",),
    ";": ("_SEMI",),
    ".": ("_DOT",),
    "(": ("_LPAR",),
    ")": ("_RPAR",),
    "^": ("_CARET",),
    "+": ("PLUS",),
    "-": ("MINUS", "_MINUS"),
    "–": ("MINUS", "_MINUS"),
    "−": ("MINUS", "_MINUS"),
}


class Lexer(Wording):
    """The tokens of one text, asked for one at a time with the terminals the parser would take."""

    def __init__(self, text: str, dialect: Dialect, names: tuple[str, ...], grades: tuple[str, ...]) -> None:
        super().__init__(text, dialect, names, grades)
        self.comments: list[Comment] = []
        self.position = 0
        self.line_start = True
        self.depth = 0
        self.operands = 0
        self._date = _DATES[dialect.name]
        self._day_month = _DAY_MONTHS[dialect.name]

    def move(self, position: int) -> None:
        """Goes on from the start of a line."""
        self.position = position
        self._begin_line()

    def _begin_line(self) -> None:
        self.line_start = True
        self.depth = 0
        self.operands = 0

    def next(self, wanted: Container[str], end: int) -> Token | None:
        """The next token before ``end``; None there. Raises Unreadable where no terminal fits."""
        text = self.text
        while True:
            start = SPACES.match(text, self.position).end()  # type: ignore[union-attr]  # it matches anywhere
            if start >= end:
                self.position = end
                if self.line_start:
                    return None
                self._begin_line()
                return Token("_NL", "\n", end, end_pos=end)
            character = text[start]
            if character == "#" and (start == 0 or text[start - 1] in " \n"):
                comment = _COMMENT.match(text, start).group()  # type: ignore[union-attr]  # there is a "#"
                self.comments.append(Comment(comment.rstrip(), start, self.line_start))
                self.position = start + len(comment)
            elif character == "\n":
                self.position = start + 1
                if not self.line_start:
                    self._begin_line()
                    return Token("_NL", "\n", start, end_pos=start)
            else:
                return self._token(start, character, wanted)

    def _token(self, start: int, character: str, wanted: Container[str]) -> Token:
        found = (
            self._bullet(start, character, wanted)
            or self._free(start, wanted)
            or self._quoted(start, character, wanted)
            or self._punctuation(start, character, wanted)
            or self._digits(start, character, wanted)
            or self._words(start, wanted)
            or self._symbol(start, wanted)
        )
        if found is None:
            word = WORD.match(self.text, start)
            raise Unreadable("unreadable", start, word.end() if word else start + 1)
        terminal, end, value = found
        if terminal in _PREFIXES:
            self._count_operand(start)
        self.position = end
        self.line_start = False
        return Token(terminal, value, start, end_pos=end)

    def _bullet(self, start: int, character: str, wanted: Container[str]) -> Found | None:
        if not self.line_start or not _BULLETS.match(character):
            return None
        return "_BULLET", start + 1, character

    def _free(self, start: int, wanted: Container[str]) -> Found | None:
        """Stretches that only the grammar's place tells: labels, subjects, names of grades, rest of lines."""
        for terminal, read in STRETCHES:
            if terminal == "LETTER" and not self.line_start:
                continue
            if terminal in wanted and (found := read(self, start, wanted)):
                return (terminal, *found)
        return None

    def _quoted(self, start: int, character: str, wanted: Container[str]) -> Found | None:
        if character == '"':
            if found := TEXT.match(self.text, start):
                return "TEXT", found.end(), found.group(1)
            raise Unreadable("unclosed-quote", start, self.line_end(start))
        if character == "[":
            if found := _DATUM.match(self.text, start):
                self._count_operand(start)
                return "DATUM", found.end(), " ".join(found.group(1).split())
            raise Unreadable("unclosed-bracket", start, self.line_end(start))
        return None

    def _punctuation(self, start: int, character: str, wanted: Container[str]) -> Found | None:
        terminals = _PUNCTUATION.get(character)
        if terminals is None:
            return None
        if character == "(":
            self.depth += 1
            if self.depth > NESTING:
                raise Unreadable("too-deep", start, start + 1)
        elif character == ")":
            self.depth -= 1
        for terminal in terminals:
            if terminal in wanted:
                return terminal, start + 1, character
        return terminals[0], start + 1, character

    def _digits(self, start: int, character: str, wanted: Container[str]) -> Found | None:
        text = self.text
        if character not in "0123456789" and not ("DATE" in wanted and character in "nN"):
            return None
        if found := self._date.match(text, start):
            return "DATE", found.end(), found.group()
        if "DAY_MONTH" in wanted and (found := self._day_month.match(text, start)):
            return "DAY_MONTH", found.end(), found.group()
        if character not in "0123456789":
            return None
        if "CODE" in wanted and "NUMBER" not in wanted:
            found = _CODE.match(text, start)
            assert found is not None
            return "CODE", found.end(), found.group()
        self._count_operand(start)
        found = _NUMBER.match(text, start)
        assert found is not None
        after = SPACES.match(text, found.end()).end()  # type: ignore[union-attr]  # it matches anywhere
        if after < len(text) and text[after] == "%":
            return "PERCENT", after + 1, found.group()
        return "NUMBER", found.end(), found.group()

    def _count_operand(self, start: int) -> None:
        self.operands += 1
        if self.operands > OPERANDS:
            raise Unreadable("too-many-operands", start, start + 1)

    def _words(self, start: int, wanted: Container[str]) -> Found | None:
        word = WORD.match(self.lowered, start)
        if word is None:
            return None
        keyword, foreign = self.keyword(start, word.group(), wanted)
        if "NAME" in wanted:
            end = self.known(self.names, start, word.group())
            if end and (keyword is None or end > keyword[1]):
                self._count_operand(start)
                return "NAME", end, self.text[start:end]
        if (
            "NAME_DEF" in wanted
            and self.line_start
            and keyword is None
            and (end := defined_name(self, start, wanted, line_start=True))
        ):
            return "NAME_DEF", end, self.text[start:end].rstrip()
        if keyword is not None:
            return keyword
        if "NAME" in wanted and (end := unknown_name(self, start)):
            if "TIMES" in wanted:
                refuse_unit(self, start, end, wanted)
            self._count_operand(start)
            return "NAME", end, self.text[start:end]
        if (
            "NAME_DEF" in wanted
            and not self.line_start
            and (end := defined_name(self, start, wanted, line_start=False))
        ):
            return "NAME_DEF", end, self.text[start:end].rstrip()
        if "CODE" in wanted and (found := _CODE.match(self.text, start)):
            return "CODE", found.end(), found.group()
        return foreign

    def _symbol(self, start: int, wanted: Container[str]) -> Found | None:
        for phrase in self.dialect.symbols:
            if self.text.startswith(phrase.text, start):
                chosen = self.choose(phrase, start + len(phrase.text), wanted)
                if chosen:
                    return chosen, start + len(phrase.text), phrase.text
        return None
