"""Stretches of free text that only their place in the grammar tells: labels, subjects, grades, rests of lines."""

from __future__ import annotations

import re
from collections.abc import Container
from functools import cache

from thangdiem.dsl.dialect import dialect
from thangdiem.dsl.names import NAME_DEF
from thangdiem.dsl.wording import WORD, Unreadable, Wording

Stretch = tuple[int, str]
"""Where the stretch ends, and its text."""

TEXT = re.compile(r'"([^"\n]*)"')
_LETTER = re.compile(r"(\w{1,2})\)")
_MARKS = re.compile(r"[a-zđ](?: *, *[a-zđ])*(?!\w)")
_REST = re.compile(r"(?:[^\n#]|(?<! )#)*")
_GRADE_FREE = re.compile(r"[^:,;.\n\"]+?(?= *(?:[:,;.]|$|\n))")
_SCALE_ID = re.compile(r"[^\s\"“”,:;()\[\]]*[^\s\"“”,:;()\[\].]")  # a full stop behind it ends the sentence
_LAYER = re.compile(r"[^,;:()\n\"]+")
_FOLLOWED_BY_CODE = re.compile(r" +[0-9A-ZĐ]")
_CONDITION_STARTS = frozenset(("OTHERWISE", "ONLY_BY_RULE", "_NOT", "SOME", "EVERY", "_COUNT"))
_BEFORE_SCALE_ID = ("KIND", "_SCALE", "BONUS", "DEDUCTION")
_AFTER_NUMBER = re.compile(r'[",;:()]')
_RANGE_STARTS = frozenset(("FROM", "OVER", "UNDER", "UNTIL", "GE", "LE", "GT", "LT", "EQ", "NE"))


def label(wording: Wording, start: int, wanted: Container[str]) -> Stretch | None:
    """A label: up to the last colon of the line."""
    rest = _REST.match(wording.text, start).group()  # type: ignore[union-attr]  # it matches anywhere
    colon = rest.rfind(":")
    if colon <= 0:
        raise Unreadable("label-without-points", start, start + len(rest.rstrip()))
    if "_WHEN" in wanted and (word := WORD.match(wording.lowered, start)):
        keyword, _ = wording.keyword(start, word.group(), ("_WHEN",))
        if keyword is not None:
            return None
    return start + colon, rest[:colon].strip().strip('"')


def subject(wording: Wording, start: int, wanted: Container[str]) -> Stretch | None:
    """The free words of a band before its range; none where a condition or a rest stands."""
    position = start
    end = wording.line_end(start)
    while position < end:
        character = wording.text[position]
        if character in '[]"≥≤<>=':
            break
        if character.isdigit():
            break
        word = WORD.match(wording.lowered, position)
        if word is None:
            position += 1
            continue
        kinds = {terminal for phrase, _ in wording.phrases(position, word.group()) for terminal, _ in phrase.terminals}
        if kinds & _RANGE_STARTS:
            break
        if position == start:
            keyword, _ = wording.keyword(position, word.group(), _CONDITION_STARTS)
            if keyword is not None:
                return None
        if kinds & {"KIND"} and _FOLLOWED_BY_CODE.match(wording.text, _keyword_end(wording, position, word.group())):
            return None
        position = word.end()
    text = wording.text[start:position].strip()
    if not text or wording.text[position : position + 1] == "[":
        return None
    return start + len(wording.text[start:position].rstrip()), text


def _keyword_end(wording: Wording, position: int, first: str) -> int:
    """Where the kind of an item that stands here ends."""
    return next(
        end for phrase, end in wording.phrases(position, first) if any(name == "KIND" for name, _ in phrase.terminals)
    )


def grade(wording: Wording, start: int, wanted: Container[str]) -> Stretch | None:
    """The name of a grade: quoted, known from the file's bands, or up to punctuation or a keyword."""
    if quoted := TEXT.match(wording.text, start):
        return quoted.end(), quoted.group(1)
    if first := WORD.match(wording.lowered, start):
        end = wording.known(wording.grades, start, first.group())
        if end:
            return end, wording.text[start:end]
    if found := _GRADE_FREE.match(wording.text, start):
        end = _grade_before_keyword(wording, start, found.end())
        return (end, wording.text[start:end].rstrip()) if end > start else None
    return None


def _grade_before_keyword(wording: Wording, start: int, end: int) -> int:
    position = start
    while word := WORD.search(wording.lowered, position, end):
        if word.start() > start and _ends_grade(wording, word.start(), word.group()):
            return start + len(wording.text[start : word.start()].rstrip())
        position = word.end()
    return end


def _ends_grade(wording: Wording, start: int, first: str) -> bool:
    for phrase, end in wording.phrases(start, first):
        names = {terminal for terminal, _ in phrase.terminals}
        if names & {"WHEN", "AT_MOST", "OR_BETTER", "WHEN_ALL", "FROM", "OF", "AS_FOLLOWS"}:
            return True
        following = WORD.search(wording.lowered, end)
        if "AND" in names and following and following.group() in _first_words(wording, "GRADE"):
            return True
    return False


def _first_words(wording: Wording, terminal: str) -> frozenset[str]:
    return frozenset(option.split()[0] for option in wording.dialect.spellings[terminal])


def line(wording: Wording, start: int, wanted: Container[str]) -> Stretch | None:
    """The rest of the line, up to a comment."""
    rest = _REST.match(wording.text, start).group().rstrip()  # type: ignore[union-attr]  # it matches anywhere
    return (start + len(rest), rest) if rest else None


def number_of_document(wording: Wording, start: int, wanted: Container[str]) -> Stretch | None:
    """``1949/QĐ-UBND``, stray spaces allowed, up to a title, a sign, or what the document does to another."""
    rest = _REST.match(wording.text, start).group()  # type: ignore[union-attr]  # it matches anywhere
    rest = _AFTER_NUMBER.split(_relations(wording.dialect.name).split(rest)[0])[0].rstrip()
    number = re.sub(r"^(?:số|no\.?) *:? *", "", rest, flags=re.IGNORECASE)
    return (start + len(rest), re.sub(r" *([/-]) *", r"\1", number)) if rest else None


@cache
def _relations(name: str) -> re.Pattern[str]:
    """Where a document's number ends: before ``sửa đổi, bổ sung Quyết định …`` and its like."""
    spellings = dialect(name).spellings
    named = ("AMENDS", "REPLACES", "REPEALS", "CORRECTS", "CONSOLIDATES", "FOLLOWS")
    relations, documents = (
        "|".join(re.escape(option).replace(r"\ ", " +") for each in terminals for option in spellings[each])
        for terminals in (named, ("DOCUMENT",))
    )
    return re.compile(rf"(?<!\w)(?:{relations}) +(?=(?:{documents})(?!\w))", re.IGNORECASE)


def scale_id(wording: Wording, start: int, wanted: Container[str]) -> Stretch | None:
    """A word with hyphens; where an item or the words for a scale may stand too, those go first."""
    if word := WORD.match(wording.lowered, start):
        keyword, _ = wording.keyword(start, word.group(), [name for name in _BEFORE_SCALE_ID if name in wanted])
        if keyword is not None:
            return None
    found = _SCALE_ID.match(wording.text, start)
    return (found.end(), found.group()) if found else None


def layer(wording: Wording, start: int, wanted: Container[str]) -> Stretch | None:
    """The name of a layer of scores, up to punctuation."""
    found = _LAYER.match(wording.text, start)
    return (start + len(found.group().rstrip()), found.group().strip()) if found else None


def column(wording: Wording, start: int, wanted: Container[str]) -> Stretch | None:
    """A column's name, up to punctuation."""
    found = _LAYER.match(wording.text, start)
    return (start + len(found.group().rstrip()), found.group().strip()) if found else None


def column_definition(wording: Wording, start: int, wanted: Container[str]) -> Stretch | None:
    """In an example: a column before ``=`` that is neither a code nor bracketed."""
    word = WORD.match(wording.lowered, start)
    if word is None or wording.text[start].isdigit():
        return None
    keyword, _ = wording.keyword(start, word.group(), wanted)
    if keyword is not None and keyword[0] != "TOTAL_POINTS":
        after = wording.text[keyword[1] :].lstrip(" ")[:1]
        if after != "=":
            return None
    elif keyword is not None:
        return None
    found = NAME_DEF.match(wording.text, start)
    return (found.end(1), found.group(1).strip()) if found else None


def letter(wording: Wording, start: int, wanted: Container[str]) -> Stretch | None:
    """``a)``."""
    found = _LETTER.match(wording.text, start)
    return (found.end(), found.group(1)) if found else None


def marks(wording: Wording, start: int, wanted: Container[str]) -> Stretch | None:
    """``a, b``."""
    found = _MARKS.match(wording.text, start)
    return (found.end(), found.group()) if found else None


STRETCHES = (
    ("LETTER", letter),
    ("LABEL", label),
    ("SUBJECT", subject),
    ("GRADE_NAME", grade),
    ("MARKS", marks),
    ("COLUMN_DEF", column_definition),
    ("SCALE_ID", scale_id),
    ("LAYER", layer),
    ("COLUMN", column),
    ("FREE", line),
    ("DOCNO", number_of_document),
)
"""The terminals that are free text, each with what reads it."""
