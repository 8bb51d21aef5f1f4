"""Keywords typed without tone marks, misspelt, in the other dialect or with letters that only look right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cache

from thangdiem.dsl.diagnostic import Diagnostic
from thangdiem.dsl.dialect import Dialect, dialect
from thangdiem.dsl.letters import look_alikes, toneless
from thangdiem.dsl.slips.slip import Slip, names_of, phrases_at
from thangdiem.dsl.suggestion import closest

_WORDS = re.compile(r"[^\W\d_]+")
_LONGEST_KEYWORD = 9  # words
_SHORT = 6
_NEAR_SHORT = 0.75
_NEAR = 0.8
_OTHER = {"vi": "en", "en": "vi"}
# Keywords a stretch of free words may have swallowed: "tu 80" is read as a name.
_SWALLOWED = frozenset(
    [
        "FROM",
        "OVER",
        "UNDER",
        "TO",
        "OTHERWISE",
        "MAXIMUM",
        "NOT_APPLICABLE",
        "TOTAL_POINTS",
        "UNKNOWN",
        "EACH_OVER",
        "EACH_REACHED",
        "ONE_OF",
        "UNCOUNTED",
    ]
)


def look_alike_keyword(slip: Slip) -> Diagnostic | None:
    """``Сhỉ số`` with a Cyrillic letter, ``Ðiểm`` with the Icelandic one."""
    start, text = slip.start, slip.text
    letters = list(text[start : start + 80].split("\n")[0])
    stray = look_alikes("".join(letters))
    for index, _, meant in stray:
        letters[index] = meant
    fixed = "".join(letters)
    for phrase, end in phrases_at(slip.dialect, fixed, 0):
        inside = [found for found in stray if found[0] < end]
        if not inside:
            return None
        index, letter, meant = inside[0]
        number = f"U+{ord(letter):04X}"
        arguments = {"word": text[start : start + end], "letter": letter, "number": number, "meant": meant}
        return slip.finding("TD024", start + index, start + index + 1, keyword=phrase.text, **arguments)
    return None


def keyword_without_tones(slip: Slip) -> Diagnostic | None:
    """``Chi so`` for ``chỉ số``."""
    for start, names in _places(slip):
        for words, end in _prefixes(slip.text, start):
            keyword = _toneless(slip.dialect).get(toneless(words))
            if keyword and keyword != words.lower() and _fits(slip.dialect, keyword, names):
                return slip.finding("TD021", start, end, words=words, keyword=keyword)
    return None


def foreign_keyword(slip: Slip) -> Diagnostic | None:
    """``Indicator`` in a Vietnamese file, ``chỉ số`` in an English one."""
    other = dialect(_OTHER[slip.dialect.name])
    for start, names in _places(slip):
        for phrase, end in phrases_at(other, slip.text, start):
            for terminal, index in phrase.terminals:
                if terminal in names or f"_{terminal}" in names:
                    arguments = {"keyword": slip.spell(terminal, index), "other": other.name}
                    return slip.finding("TD023", start, end, words=slip.text[start:end], **arguments)
    return None


def misspelt_keyword(slip: Slip) -> Diagnostic | None:
    """``Chấn trực tiếp`` for ``chấm trực tiếp``."""
    if slip.reason != "unreadable" and not slip.at_line_start:
        return None
    known = [phrase for phrase in _phrases(slip.dialect) if _fits(slip.dialect, phrase, slip.wanted)]
    for words, end in _prefixes(slip.text, slip.start):
        length = words.count(" ")
        alike = [phrase for phrase in known if abs(phrase.count(" ") - length) <= 1 and len(phrase) > 2]
        near = closest(words, alike, 1)
        if near and near[0] != words.lower() and _is_near(words, near[0]):
            return slip.finding("TD022", slip.start, end, words=words, keyword=near[0])
    return None


def unknown_line(slip: Slip) -> Diagnostic | None:
    """A line that begins with no keyword at all."""
    if not slip.at_line_start or not slip.found[:1].isalpha():
        return None
    words = re.split(r"[:\"\[=(]", slip.line)[0].strip() or slip.found
    end = slip.line_start + len(words)
    examples = {
        "vi": '“Chỉ số 1.1 "…": 10 điểm”, “Chọn một:”, “Theo [số liệu]:”, “Điểm = …”, “Xếp loại”',
        "en": '“Indicator 1.1 "…": 10 points”, “Choose one:”, “By [datum]:”, “Points = …”, “Grades”',
    }[slip.dialect.name]
    return slip.finding("TD026", slip.line_start, end, words=words, examples=examples)


def _is_near(words: str, keyword: str) -> bool:
    """Whether most letters stand in the same order: "Ghi nhớ" is no misspelt "ghi chú"."""
    likeness = SequenceMatcher(None, _by_ear(words), _by_ear(keyword), autojunk=False).ratio()
    return likeness >= (_NEAR_SHORT if len(keyword) <= _SHORT else _NEAR)


def _by_ear(words: str) -> str:
    """Without marks, and with the letters alike that are said alike: "tiêu trí" is "tiêu chí"."""
    return toneless(words).replace("tr", "ch").replace("x", "s").replace("gi", "d")


def _places(slip: Slip) -> Iterator[tuple[int, frozenset[str]]]:
    """Where a keyword may stand amiss: at the slip, or at the start of a name that swallowed it."""
    yield slip.start, slip.wanted
    if slip.last == "NAME" and slip.tokens[-1].start_pos is not None:
        yield slip.tokens[-1].start_pos, _SWALLOWED


def _fits(chosen: Dialect, keyword: str, names: frozenset[str]) -> bool:
    return any(
        name in names
        for phrase, end in phrases_at(chosen, keyword, 0)
        if end == len(keyword)
        for name in names_of(phrase)
    )


def _prefixes(text: str, start: int) -> Iterator[tuple[str, int]]:
    """The first words that stand at a place, longest stretch first."""
    ends = []
    position = start
    for _ in range(_LONGEST_KEYWORD):
        word = _WORDS.match(text, position)
        if word is None:
            break
        ends.append(word.end())
        position = word.end()
        while text[position : position + 1] == " ":
            position += 1
    for end in reversed(ends):
        yield " ".join(text[start:end].split()), end


@cache
def _phrases(chosen: Dialect) -> tuple[str, ...]:
    return tuple(option for options in chosen.spellings.values() for option in options if option[0].isalpha())


@cache
def _toneless(chosen: Dialect) -> dict[str, str]:
    return {toneless(option): option for option in reversed(_phrases(chosen))}
