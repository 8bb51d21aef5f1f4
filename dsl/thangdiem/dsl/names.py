"""Names of values: where one that is defined or used ends, and what is no name though it looks like one."""

from __future__ import annotations

import re
from collections.abc import Container

from thangdiem.dsl.letters import look_alikes, toneless
from thangdiem.dsl.wording import SPACES, WORD, Unreadable, Wording

NAME_DEF = re.compile(r"([^\W\d][^=\n\[\]\"“”:;(){}<>≥≤#]*?)(?= *=)")

# What may follow an operand, and so ends a name that the file does not define.
AFTER_OPERAND = frozenset(
    [
        "FROM",
        "UP",
        "DOWN",
        "OVER",
        "UNDER",
        "TO",
        "TO_UNDER",
        "UNTIL",
        "GE",
        "LE",
        "EQ",
        "NE",
        "AND",
        "OR",
        "WHEN",
        "ONE_OF",
        "OF_UNITS",
        "OF_BLOCK",
        "OF_SUBORDINATES",
        "AT_MOST",
        "AT_LEAST",
        "ASCENDING",
        "DESCENDING",
        "OTHERWISE",
    ]
)
_FIGURE = re.compile(r" *[0-9]")
_NO_NAME_STARTS = frozenset(("nếu", "if"))


def defined_name(wording: Wording, start: int, wanted: Container[str], *, line_start: bool) -> int:
    """The end of the name that is defined here, or 0."""
    if found := NAME_DEF.match(wording.text, start):
        if line_start and _is_no_name(wording, found.group(1).rstrip(), wanted):
            raise Unreadable("unreadable", start, found.end(1))
        return found.end(1)
    if line_start:
        return 0
    # After "Đặt", a block may follow: the name ends before "theo".
    line = wording.text[start : wording.line_end(start)].lower()
    ends = [
        line.find(f" {option}")
        for terminal in ("BY", "BY_CASES", "BEST_CASE")
        for option in wording.dialect.spellings[terminal]
    ]
    found_ends = [end for end in ends if end > 0]
    return start + min(found_ends) if found_ends else 0


def unknown_name(wording: Wording, start: int) -> int:
    """The end of the words up to what may follow an operand."""
    end = start
    position = start
    while word := WORD.match(wording.lowered, position):
        if end > start and _ends_operand(wording, position, word.group()):
            break
        end = word.end()
        position = SPACES.match(wording.text, end).end()  # type: ignore[union-attr]
    return end


def _ends_operand(wording: Wording, position: int, first: str) -> bool:
    for phrase, end in wording.phrases(position, first):
        terminals = {terminal for terminal, _ in phrase.terminals}
        if terminals & AFTER_OPERAND or ("CHANGED_TO" in terminals and _FIGURE.match(wording.text, end)):
            return True
    return False


def refuse_unit(wording: Wording, start: int, end: int, wanted: Container[str]) -> None:
    """Behind a number, ``x 2``, ``phần trăm`` and keywords without marks (``10 diem``) are no units."""
    words = wording.lowered[start:end].split()
    phrases = wording.phrases(start, words[0])
    percent = any(phrase.terminals[0][0] == "PERCENT_TYPE" for phrase, _ in phrases)
    if words[0] == "x" or percent or _without_tones(wording, words, wanted):
        raise Unreadable("unreadable", start, start + len(words[0]))


def _is_no_name(wording: Wording, name: str, wanted: Container[str]) -> bool:
    """``Diem = …``, ``Nếu b = …``, ``Khong ap dung khi b = …``: as names they would pass unseen."""
    words = name.lower().split()
    if words[0] in _NO_NAME_STARTS or _without_tones(wording, words, wanted, shortest=2):
        return True
    not_applicable = wording.dialect.spellings["NOT_APPLICABLE"]
    if any(name.lower().startswith(f"{option} ") for option in not_applicable):
        return True
    if len(words) > 1:
        return False
    meant = list(name)
    for index, _, letter in look_alikes(name):
        meant[index] = letter
    plain = toneless("".join(meant))
    options = wording.dialect.spellings["SCORE"] + wording.dialect.spellings["TOTAL"]
    return any(plain == toneless(option) and name.lower() != option for option in options)


def _without_tones(wording: Wording, words: list[str], wanted: Container[str], shortest: int = 1) -> bool:
    """Whether the words begin with a keyword that could stand here, but for its marks."""
    known = wording.dialect.toneless_phrases()
    for length in range(min(len(words), 6), shortest - 1, -1):
        written = " ".join(words[:length])
        keyword = known.get(toneless(written), written)
        if keyword != written and _is_wanted(wording, keyword, wanted):
            return True
    return False


def _is_wanted(wording: Wording, keyword: str, wanted: Container[str]) -> bool:
    first = WORD.match(keyword)
    return first is not None and any(
        terminal in wanted or f"_{terminal}" in wanted
        for phrase in wording.dialect.by_first_word[first.group()]
        if phrase.text == keyword
        for terminal, _ in phrase.terminals
    )
