"""From text to tokens: the parser says which terminals it would take, the dialect how they are spelled.

Names and free text may hold keywords, so what a stretch of text is depends on what the grammar expects there.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping

from lark import Token

from thangdiem.dsl.dialect import Dialect, Phrase
from thangdiem.dsl.letters import look_alikes, toneless
from thangdiem.dsl.syntax import Comment

NESTING = 64
OPERANDS = 200

_SPACES = re.compile(r" *")
_COMMENT = re.compile(r"#[^\n]*")
_WORD = re.compile(r"\w+")
_TEXT = re.compile(r'"([^"\n]*)"')
_DATUM = re.compile(r"\[([^\[\]\n]*)\]")
_CODE = re.compile(r"\w+(?:[.\-]\w+)*")
_LETTER = re.compile(r"(\w{1,2})\)")
_MARKS = re.compile(r"[a-zđ](?: *, *[a-zđ])*(?!\w)")
_BULLETS = re.compile(r"[-–—•+●*\uf0b7\uf0a7]")
_NAME_DEF = re.compile(r"([^\W\d][^=\n\[\]\"“”:;(){}<>≥≤#]*?)(?= *=)")
_LET_BLOCK_NAME = re.compile(r"([^\W\d][^=\n\[\]\"“”:;(){}<>≥≤#]*?)(?= +\w)")
_LINE_END = re.compile(r" *(?:#[^\n]*)?(?=\n|$)")
_REST = re.compile(r"(?:[^\n#]|(?<! )#)*")
_GRADE_FREE = re.compile(r"[^:,;.\n\"]+?(?= *(?:[:,;.]|$|\n))")

# Both separators in both dialects: a number in the wrong form is still one number.
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_DATES = {
    "vi": re.compile(
        r"[0-9]{1,2}[/-][0-9]{1,2}[/-][0-9]{4}(?![0-9])|ngày +[0-9]{1,2} +tháng +[0-9]{1,2} +năm +[0-9]{4}",
        re.IGNORECASE,
    ),
    "en": re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?![0-9])"),
}
_DAY_MONTHS = {
    "vi": re.compile(r"[0-9]{1,2}/[0-9]{1,2}(?= +năm)", re.IGNORECASE),
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

# A spelling that is also an ordinary word counts as the keyword only before one of these (a terminal or a character).
_ONLY_BEFORE: Mapping[str, tuple[str, ...]] = {
    "SOME": ("KINDS",),
    "EVERY": ("KINDS",),
    "COUNT": ("KINDS",),
    "SHARE_OF": ("UNITS", "BLOCK_UNITS", "SUBORDINATES"),
    "COUNT_OF": ("UNITS", "BLOCK_UNITS", "SUBORDINATES"),
    "TOTAL": ("EQ", "BY", "BY_CASES", "BEST_CASE"),
    "SCORE": ("EQ",),
    "OTHERWISE": (",", ":", ".", "\n"),
    "GRADES": (",", ":", "\n", "BY", "BY_SHARE"),
}
_LINE_HEADS_BEFORE_COLON = (
    "TITLE", "ISSUER", "SOURCE", "ILLUSTRATION", "QUOTATION", "EVIDENCE", "DATA_SOURCE", "VERIFIER", "NOTE",
    "ISSUED", "IN_FORCE", "PERIODS", "CITATION", "AUDIENCE", "ROUNDING", "NA_POLICY", "AGGREGATION", "LAYERS",
    "CHOOSE", "CHECKLIST", "BY_CASES", "BEST_CASE", "IF_MISSING", "RESULT",
)  # fmt: skip
# What may follow an operand, and so ends a name that the file does not define.
_AFTER_OPERAND = frozenset(
    ("FROM", "UP", "DOWN", "OVER", "UNDER", "TO", "TO_UNDER", "UNTIL", "GE", "LE", "EQ", "NE", "AND", "OR", "WHEN", "ONE_OF")
    + ("OF_UNITS", "OF_BLOCK", "OF_SUBORDINATES", "AT_MOST", "AT_LEAST", "ASCENDING", "DESCENDING", "OTHERWISE")
)  # fmt: skip
_NO_NAME_STARTS = frozenset(("nếu", "if"))
_CONDITION_STARTS = frozenset(("OTHERWISE", "ONLY_BY_RULE", "_NOT", "SOME", "EVERY", "_COUNT"))
_RANGE_STARTS = frozenset(("FROM", "OVER", "UNDER", "UNTIL", "GE", "LE", "GT", "LT", "EQ", "NE"))


class Unreadable(Exception):
    """No terminal the parser would take stands here; ``start``–``end`` is what stands there instead."""

    def __init__(self, reason: str, start: int, end: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.start = start
        self.end = end


class Lexer:
    """The tokens of one text, asked for one at a time with the terminals the parser would take."""

    def __init__(self, text: str, dialect: Dialect, names: tuple[str, ...], grades: tuple[str, ...]) -> None:
        lowered = text.lower()
        self.text = text
        # lower() may lengthen letters no dialect uses; offsets must stay those of the text.
        self.lowered = lowered if len(lowered) == len(text) else "".join(map(_lower_one, text))
        self.dialect = dialect
        self.names = _by_first_word(names)
        self.grades = _by_first_word(grades)
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
            start = _SPACES.match(text, self.position).end()  # type: ignore[union-attr]
            if start >= end:
                self.position = end
                if self.line_start:
                    return None
                self._begin_line()
                return Token("_NL", "\n", end, end_pos=end)
            character = text[start]
            if character == "#" and (start == 0 or text[start - 1] in " \n"):
                comment = _COMMENT.match(text, start).group()  # type: ignore[union-attr]
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
            word = _WORD.match(self.text, start)
            raise Unreadable("unreadable", start, word.end() if word else start + 1)
        terminal, end, value = found
        self.position = end
        self.line_start = False
        return Token(terminal, value, start, end_pos=end)

    def _bullet(self, start: int, character: str, wanted: Container[str]) -> tuple[str, int, str] | None:
        if not self.line_start or not _BULLETS.match(character):
            return None
        return "_BULLET", start + 1, character

    def _free(self, start: int, wanted: Container[str]) -> tuple[str, int, str] | None:
        """Stretches that only the grammar's place tells: labels, subjects, names of grades, rest of lines."""
        for terminal, read in _FREE:
            if terminal in wanted and (found := read(self, start, wanted)):
                return (terminal, *found)
        return None

    def _quoted(self, start: int, character: str, wanted: Container[str]) -> tuple[str, int, str] | None:
        if character == '"':
            if found := _TEXT.match(self.text, start):
                return "TEXT", found.end(), found.group(1)
            raise Unreadable("unclosed-quote", start, self._line_end(start))
        if character == "[":
            if found := _DATUM.match(self.text, start):
                self._count_operand(start)
                return "DATUM", found.end(), " ".join(found.group(1).split())
            raise Unreadable("unclosed-bracket", start, self._line_end(start))
        return None

    def _punctuation(self, start: int, character: str, wanted: Container[str]) -> tuple[str, int, str] | None:
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

    def _digits(self, start: int, character: str, wanted: Container[str]) -> tuple[str, int, str] | None:
        text = self.text
        if character not in "0123456789" and not ("DATE" in wanted and character in "nN"):
            return None
        if found := self._date.match(text, start):
            return "DATE", found.end(), found.group()
        if character not in "0123456789":
            return None
        if "CODE" in wanted and "NUMBER" not in wanted:
            found = _CODE.match(text, start)
            assert found is not None
            return "CODE", found.end(), found.group()
        if "DAY_MONTH" in wanted and (found := self._day_month.match(text, start)):
            return "DAY_MONTH", found.end(), found.group()
        self._count_operand(start)
        found = _NUMBER.match(text, start)
        assert found is not None
        after = _SPACES.match(text, found.end()).end()  # type: ignore[union-attr]
        if after < len(text) and text[after] == "%":
            return "PERCENT", after + 1, found.group()
        return "NUMBER", found.end(), found.group()

    def _count_operand(self, start: int) -> None:
        self.operands += 1
        if self.operands > OPERANDS:
            raise Unreadable("too-many-operands", start, start + 1)

    def _words(self, start: int, wanted: Container[str]) -> tuple[str, int, str] | None:
        word = _WORD.match(self.lowered, start)
        if word is None:
            return None
        keyword, foreign = self._keyword(start, word.group(), wanted)
        if "NAME" in wanted:
            end = self._known(self.names, start, word.group())
            if end and (keyword is None or end > keyword[1]):
                self._count_operand(start)
                return "NAME", end, self.text[start:end]
        if "NAME_DEF" in wanted and self.line_start and (end := self._defined_name(start, keyword, wanted)):
            return "NAME_DEF", end, self.text[start:end].rstrip()
        if keyword is not None:
            return keyword
        if "NAME" in wanted and (end := self._unknown_name(start)):
            if "TIMES" in wanted:
                self._refuse_unit(start, end, wanted)
            self._count_operand(start)
            return "NAME", end, self.text[start:end]
        if "NAME_DEF" in wanted and not self.line_start and (end := self._defined_name(start, None, wanted)):
            return "NAME_DEF", end, self.text[start:end].rstrip()
        if "CODE" in wanted and (found := _CODE.match(self.text, start)):
            return "CODE", found.end(), found.group()
        return foreign

    def _symbol(self, start: int, wanted: Container[str]) -> tuple[str, int, str] | None:
        for phrase in self.dialect.symbols:
            if self.text.startswith(phrase.text, start):
                chosen = self._choose(phrase, start + len(phrase.text), wanted)
                if chosen:
                    return chosen, start + len(phrase.text), phrase.text
        return None

    def _keyword(
        self, start: int, first: str, wanted: Container[str]
    ) -> tuple[tuple[str, int, str] | None, tuple[str, int, str] | None]:
        """The longest keyword the parser would take, and the longest of all."""
        foreign = None
        for phrase, end in self._phrases(start, first):
            if chosen := self._choose(phrase, end, wanted):
                return (chosen, end, self.text[start:end]), None
            if foreign is None:
                foreign = (phrase.terminals[0][0], end, self.text[start:end])
        return None, foreign

    def _phrases(self, start: int, first: str) -> Iterator[tuple[Phrase, int]]:
        lowered = self.lowered
        for phrase in self.dialect.by_first_word.get(first, ()):
            if lowered.startswith(phrase.text, start):
                end = start + len(phrase.text)
            elif phrase.spaced and (found := phrase.spaced.match(lowered, start)):
                end = found.end()
            else:
                continue
            if not _WORD.match(lowered, end):
                yield phrase, end

    def _choose(self, phrase: Phrase, end: int, wanted: Container[str]) -> str | None:
        for terminal, _ in phrase.terminals:
            for name in (terminal, f"_{terminal}"):
                if name in wanted and self._stands_before(terminal, end):
                    return name
        return None

    def _stands_before(self, terminal: str, end: int) -> bool:
        if terminal in _LINE_HEADS_BEFORE_COLON:
            return True
        followers = _ONLY_BEFORE.get(terminal)
        if not followers:
            return True
        after = _SPACES.match(self.text, end).end()  # type: ignore[union-attr]
        character = self.text[after : after + 1] or "\n"
        if character in followers or (character == "#" and "\n" in followers):
            return True
        if "EQ" in followers and character == "=":
            return True
        word = _WORD.match(self.lowered, after)
        return word is not None and any(
            terminal in followers
            for phrase, _ in self._phrases(after, word.group())
            for terminal, _ in phrase.terminals
        )

    def _known(self, known: Mapping[str, tuple[str, ...]], start: int, first: str) -> int:
        """The end of the longest known name that stands here, or 0."""
        for name in known.get(first, ()):
            if self.lowered.startswith(name, start) and not _WORD.match(self.lowered, start + len(name)):
                return start + len(name)
        return 0

    def _defined_name(self, start: int, keyword: tuple[str, int, str] | None, wanted: Container[str]) -> int:
        if keyword is not None:
            return 0
        if found := _NAME_DEF.match(self.text, start):
            if self.line_start and self._is_no_name(found.group(1).rstrip(), wanted):
                raise Unreadable("unreadable", start, found.end(1))
            return found.end(1)
        if self.line_start:
            return 0
        # After "Đặt", a block may follow: the name ends before "theo".
        line = self.text[start : self._line_end(start)].lower()
        ends = [
            line.find(f" {option}")
            for terminal in ("BY", "BY_CASES", "BEST_CASE")
            for option in self.dialect.spellings[terminal]
        ]
        found_ends = [end for end in ends if end > 0]
        return start + min(found_ends) if found_ends else 0

    def _unknown_name(self, start: int) -> int:
        """The end of the words up to what may follow an operand."""
        end = start
        position = start
        while word := _WORD.match(self.lowered, position):
            if end > start and any(
                terminal in _AFTER_OPERAND
                for phrase, _ in self._phrases(position, word.group())
                for terminal, _ in phrase.terminals
            ):
                break
            end = word.end()
            position = _SPACES.match(self.text, end).end()  # type: ignore[union-attr]
        return end

    def _refuse_unit(self, start: int, end: int, wanted: Container[str]) -> None:
        """Behind a number, ``x 2``, ``phần trăm`` and keywords without marks (``10 diem``) are no units."""
        words = self.lowered[start:end].split()
        phrases = self._phrases(start, words[0])
        percent = any(phrase.terminals[0][0] == "PERCENT_TYPE" for phrase, _ in phrases)
        if words[0] == "x" or percent or self._without_tones(words, wanted):
            raise Unreadable("unreadable", start, start + len(words[0]))

    def _is_no_name(self, name: str, wanted: Container[str]) -> bool:
        """``Diem = …``, ``Nếu b = …``, ``Khong ap dung khi b = …``: as names they would pass unseen."""
        words = name.lower().split()
        if words[0] in _NO_NAME_STARTS or self._without_tones(words, wanted, shortest=2):
            return True
        not_applicable = self.dialect.spellings["NOT_APPLICABLE"]
        if any(name.lower().startswith(f"{option} ") for option in not_applicable):
            return True
        if len(words) > 1:
            return False
        meant = list(name)
        for index, _, letter in look_alikes(name):
            meant[index] = letter
        plain = toneless("".join(meant))
        options = self.dialect.spellings["SCORE"] + self.dialect.spellings["TOTAL"]
        return any(plain == toneless(option) and name.lower() != option for option in options)

    def _without_tones(self, words: list[str], wanted: Container[str], shortest: int = 1) -> bool:
        """Whether the words begin with a keyword that could stand here, but for its marks."""
        known = self.dialect.toneless_phrases()
        for length in range(min(len(words), 6), shortest - 1, -1):
            written = " ".join(words[:length])
            keyword = known.get(toneless(written), written)
            if keyword != written and self._is_wanted(keyword, wanted):
                return True
        return False

    def _is_wanted(self, keyword: str, wanted: Container[str]) -> bool:
        first = _WORD.match(keyword)
        return first is not None and any(
            terminal in wanted or f"_{terminal}" in wanted
            for phrase in self.dialect.by_first_word[first.group()]
            if phrase.text == keyword
            for terminal, _ in phrase.terminals
        )

    def _line_end(self, start: int) -> int:
        end = self.text.find("\n", start)
        return len(self.text) if end < 0 else end

    # --- stretches of free text

    def read_label(self, start: int, wanted: Container[str]) -> tuple[int, str] | None:
        """A label: up to the last colon of the line."""
        line = _REST.match(self.text, start).group()  # type: ignore[union-attr]
        colon = line.rfind(":")
        if colon <= 0:
            raise Unreadable("label-without-points", start, start + len(line.rstrip()))
        if "_WHEN" in wanted and (word := _WORD.match(self.lowered, start)):
            keyword, _ = self._keyword(start, word.group(), ("_WHEN",))
            if keyword is not None:
                return None
        return start + colon, line[:colon].strip().strip('"')

    def read_subject(self, start: int, wanted: Container[str]) -> tuple[int, str] | None:
        """The free words of a band before its range; none where a condition or a rest stands."""
        position = start
        end = self._line_end(start)
        while position < end:
            character = self.text[position]
            if character in '[]"≥≤<>=':
                break
            if character.isdigit():
                break
            word = _WORD.match(self.lowered, position)
            if word is None:
                position += 1
                continue
            kinds = {
                terminal for phrase, _ in self._phrases(position, word.group()) for terminal, _ in phrase.terminals
            }
            if kinds & _RANGE_STARTS:
                break
            if position == start and kinds & {"OTHERWISE", "ONLY_BY_RULE", "NOT", "SOME", "EVERY", "COUNT"}:
                keyword, _ = self._keyword(position, word.group(), _CONDITION_STARTS)
                if keyword is not None:
                    return None
            if kinds & {"KIND"} and _FOLLOWED_BY_CODE.match(self.text, self._keyword_end(position, word.group())):
                return None
            position = word.end()
        text = self.text[start:position].strip()
        if not text or self.text[position : position + 1] == "[":
            return None
        return start + len(self.text[start:position].rstrip()), text

    def _keyword_end(self, position: int, first: str) -> int:
        for phrase, end in self._phrases(position, first):
            if any(terminal == "KIND" for terminal, _ in phrase.terminals):
                return end
        return position

    def read_grade(self, start: int, wanted: Container[str]) -> tuple[int, str] | None:
        """The name of a grade: quoted, known from the file's bands, or up to punctuation or a keyword."""
        if quoted := _TEXT.match(self.text, start):
            return quoted.end(), quoted.group(1)
        if first := _WORD.match(self.lowered, start):
            end = self._known(self.grades, start, first.group())
            if end:
                return end, self.text[start:end]
        if found := _GRADE_FREE.match(self.text, start):
            end = self._grade_before_keyword(start, found.end())
            return (end, self.text[start:end].rstrip()) if end > start else None
        return None

    def _grade_before_keyword(self, start: int, end: int) -> int:
        position = start
        while word := _WORD.search(self.lowered, position, end):
            if word.start() > start and any(
                terminal in ("WHEN", "AT_MOST", "OR_BETTER", "WHEN_ALL", "FROM")
                for phrase, _ in self._phrases(word.start(), word.group())
                for terminal, _ in phrase.terminals
            ):
                return start + len(self.text[start : word.start()].rstrip())
            position = word.end()
        return end

    def read_line(self, start: int, wanted: Container[str]) -> tuple[int, str] | None:
        """The rest of the line, up to a comment."""
        rest = _REST.match(self.text, start).group().rstrip()  # type: ignore[union-attr]
        return (start + len(rest), rest) if rest else None

    def read_number_of_document(self, start: int, wanted: Container[str]) -> tuple[int, str] | None:
        """``1949/QĐ-UBND``, stray spaces allowed, up to a title."""
        rest = _REST.match(self.text, start).group().split('"')[0].rstrip()  # type: ignore[union-attr]
        number = re.sub(r"^(?:số|no\.?) *:? *", "", rest, flags=re.IGNORECASE)
        return (start + len(rest), re.sub(r" *([/-]) *", r"\1", number)) if rest else None

    def read_scale_id(self, start: int, wanted: Container[str]) -> tuple[int, str] | None:
        """A word with hyphens."""
        found = _SCALE_ID.match(self.text, start)
        return (found.end(), found.group()) if found else None

    def read_layer(self, start: int, wanted: Container[str]) -> tuple[int, str] | None:
        """The name of a layer of scores, up to punctuation."""
        if "LAST_LAYER" in wanted:
            return None
        found = _LAYER.match(self.text, start)
        return (start + len(found.group().rstrip()), found.group().strip()) if found else None

    def read_column(self, start: int, wanted: Container[str]) -> tuple[int, str] | None:
        """A column's name, up to punctuation."""
        found = _LAYER.match(self.text, start)
        return (start + len(found.group().rstrip()), found.group().strip()) if found else None

    def read_column_definition(self, start: int, wanted: Container[str]) -> tuple[int, str] | None:
        """In an example: a column before ``=`` that is neither a code nor bracketed."""
        word = _WORD.match(self.lowered, start)
        if word is None or self.text[start].isdigit():
            return None
        keyword, _ = self._keyword(start, word.group(), wanted)
        if keyword is not None and keyword[0] != "TOTAL_POINTS":
            after = self.text[keyword[1] :].lstrip(" ")[:1]
            if after != "=":
                return None
        elif keyword is not None:
            return None
        found = _NAME_DEF.match(self.text, start)
        return (found.end(1), found.group(1).strip()) if found else None

    def read_letter(self, start: int, wanted: Container[str]) -> tuple[int, str] | None:
        """``a)``."""
        found = _LETTER.match(self.text, start) if self.line_start else None
        return (found.end(), found.group(1)) if found else None

    def read_marks(self, start: int, wanted: Container[str]) -> tuple[int, str] | None:
        """``a, b``."""
        found = _MARKS.match(self.text, start)
        return (found.end(), found.group()) if found else None


_SCALE_ID = re.compile(r"[^\s\"“”,:;()\[\]]+")
_LAYER = re.compile(r"[^,;:()\n\"]+")
_FOLLOWED_BY_CODE = re.compile(r" +[0-9A-ZĐ]")
_FREE = (
    ("LETTER", Lexer.read_letter),
    ("LABEL", Lexer.read_label),
    ("SUBJECT", Lexer.read_subject),
    ("GRADE_NAME", Lexer.read_grade),
    ("MARKS", Lexer.read_marks),
    ("COLUMN_DEF", Lexer.read_column_definition),
    ("SCALE_ID", Lexer.read_scale_id),
    ("LAYER", Lexer.read_layer),
    ("COLUMN", Lexer.read_column),
    ("FREE", Lexer.read_line),
    ("DOCNO", Lexer.read_number_of_document),
)


def _lower_one(character: str) -> str:
    lowered = character.lower()
    return lowered if len(lowered) == 1 else character


def _by_first_word(names: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for name in sorted({name.lower() for name in names}, key=len, reverse=True):
        if word := _WORD.match(name):
            found.setdefault(word.group(), []).append(name)
    return {word: tuple(group) for word, group in found.items()}
