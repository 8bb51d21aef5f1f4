"""Formulas and conditions written as in a spreadsheet, a program or a sentence."""

from __future__ import annotations

import re

from thangdiem.dsl.diagnostic import Diagnostic
from thangdiem.dsl.dialect import dialect
from thangdiem.dsl.names import AFTER_OPERAND
from thangdiem.dsl.slips.enclosed import open_parentheses
from thangdiem.dsl.slips.slip import Slip, names_of, phrases_at
from thangdiem.dsl.suggestion import closest
from thangdiem.dsl.wording import WORD

_FUNCTIONS = ("LEAST", "GREATEST", "ABSOLUTE", "ROOT", "LN", "LOG10", "EXP", "ROUNDED")
_COMPARISONS = frozenset(("GE", "LE", "GT", "LT", "EQ", "NE", "FROM", "OVER", "UNDER"))
_ASSIGNED = re.compile(r"[^\[\]\":=]*?(:=|==)")
_IF = {
    "vi": re.compile(r"(?:nếu|thì|ngược lại)(?!\w)", re.IGNORECASE),
    "en": re.compile(r"(?:if|then|else)(?!\w)", re.IGNORECASE),
}
_PERCENT = {
    "vi": re.compile(r"phần +trăm(?!\w)", re.IGNORECASE),
    "en": re.compile(r"per ?cent(?!\w)", re.IGNORECASE),
}
_SIGNS = frozenset("*×/÷+-−–^);,<>=≥≤")
_ENDS_IN_X = re.compile(r"(?:^| )([xX])(?:$| )")


def equals_form(slip: Slip) -> Diagnostic | None:
    """``==`` or ``:=`` for ``=``."""
    before = slip.text[slip.start - 1 : slip.start]
    if slip.found[:1] == "=" and before == "=":
        return slip.finding("TD055", slip.start - 1, slip.start + 1, words="==")
    if not slip.tokens and (found := _ASSIGNED.match(slip.line)):
        start = slip.line_start + found.start(1)
        return slip.finding("TD055", start, start + 2, words=found.group(1))
    return None


def comparison_form(slip: Slip) -> Diagnostic | None:
    """``=>`` for ``>=``."""
    if slip.found[:1] in ("<", ">") and slip.text[slip.start - 1 : slip.start] == "=":
        found = f"={slip.found[:1]}"
        return slip.finding("TD061", slip.start - 1, slip.start + 1, words=found, suggestion=found[::-1])
    return None


def about(slip: Slip) -> Diagnostic | None:
    """``~ 80%``: a rule has no "about"."""
    return slip.finding("TD062", mark=slip.found[:1]) if slip.found[:1] in ("~", "≈") and slip.found else None


def missing_equals(slip: Slip) -> Diagnostic | None:
    """``Điểm [x] * 2``."""
    if slip.tokens or not (word := slip.begins(slip.line, "SCORE", "TOTAL")):
        return None
    rest = slip.line[len(word) :].lstrip()
    if not rest or not (rest[0] in "[(0123456789:" or slip.token in ("POINTS", "EXPECT_TOTAL")):
        return None
    after = slip.line_start + len(word)
    name = slip.line[: len(word)]
    return slip.finding("TD054", after, after, words=slip.line, suggestion=f"{name} = {rest.lstrip(':= ')}")


def letter_x(slip: Slip) -> Diagnostic | None:
    """``[x] x 2``: the letter for the sign."""
    if slip.found[:1] in ("x", "X") and slip.wants("TIMES") and len(slip.found) == 1:
        return slip.finding("TD056", mark=slip.found)
    if slip.last == "NAME" and (found := _ENDS_IN_X.search(slip.tokens[-1])):
        start = (slip.tokens[-1].start_pos or 0) + found.start(1)
        return slip.finding("TD056", start, start + 1, mark=found.group(1))
    return None


def percent_in_words(slip: Slip) -> Diagnostic | None:
    """``50 phần trăm``."""
    found = _PERCENT[slip.dialect.name].match(slip.text, slip.start)
    if not found or slip.last != "NUMBER":
        return None
    number = slip.tokens[-1]
    words = f"{number} {found.group()}"
    return slip.finding("TD057", number.start_pos or 0, found.end(), words=words, suggestion=f"{number}%")


def percent_of_nothing(slip: Slip) -> Diagnostic | None:
    """``[Tỷ lệ]%``."""
    return slip.finding("TD078") if slip.found[:1] == "%" else None


def comma_between_arguments(slip: Slip) -> Diagnostic | None:
    """``nhỏ nhất([x], 2)``."""
    opened = open_parentheses(slip)
    if slip.token != "_COMMA" or not opened or "_SEMI" not in slip.wanted:
        return None
    words = slip.text[opened[-1] : slip.line_end]
    return slip.finding("TD058", words=words)


def unknown_function(slip: Slip) -> Diagnostic | None:
    """``max([x]; 2)``, ``tròn([x]; 2)``."""
    if slip.token != "_LPAR" or slip.last != "NAME":
        return None
    name = slip.tokens[-1]
    known = [slip.spell(function) for function in _FUNCTIONS]
    near = [
        _in_other_dialect(slip, name),
        *closest(str(name), known, 1),
        *(each for each in known if name in each.split()),
    ]
    functions = ", ".join(dict.fromkeys(each for each in (*near, *known) if each))
    return slip.finding("TD059", name.start_pos or 0, name.end_pos or 0, name=str(name), known=functions)


def _in_other_dialect(slip: Slip, name: str) -> str:
    other = dialect("en" if slip.dialect.name == "vi" else "vi")
    return next((slip.spell(each) for each in _FUNCTIONS if name.lower() in other.spellings[each]), "")


def longer_name(slip: Slip) -> Diagnostic | None:
    """``Tỷ lệ trực tuyến * 2`` where only ``Tỷ lệ`` is defined: the whole is a name nobody defined."""
    if slip.last != "NAME" or slip.start != _after(slip.text, slip.tokens[-1].end_pos or 0):
        return None
    name = slip.tokens[-1]
    end = start = slip.start
    while (word := WORD.match(slip.text, start)) and not word.group()[0].isdigit() and not _goes_on(slip, start):
        end = word.end()
        start = _after(slip.text, end)
    # Where neither a sign nor a keyword follows, the words may be a keyword with a slip of its own.
    if end == slip.start or not (start >= slip.line_end or slip.text[start] in _SIGNS or _goes_on(slip, start)):
        return None
    words = slip.text[name.start_pos or 0 : end]
    return slip.finding("TD114", name.start_pos or 0, end, name=words, nearest=f"“{name}”")


def _after(text: str, position: int) -> int:
    """Where the next word begins."""
    return position + len(text[position:]) - len(text[position:].lstrip(" "))


def _goes_on(slip: Slip, start: int) -> bool:
    """Whether a keyword that may follow an operand stands here."""
    return any(AFTER_OPERAND.intersection(names_of(phrase)) for phrase, _ in phrases_at(slip.dialect, slip.text, start))


def if_then(slip: Slip) -> Diagnostic | None:
    """``nếu … thì``."""
    pattern = _IF[slip.dialect.name]
    start = slip.start
    if slip.last == "NAME" and (found := pattern.match(slip.tokens[-1])):
        start = slip.tokens[-1].start_pos or 0
    elif not (found := pattern.match(slip.text, slip.start)):
        return None
    arguments = {"when": slip.spell("WHEN").capitalize(), "cases": slip.spell("BY_CASES").capitalize()}
    return slip.finding("TD060", start, start + len(found.group()), words=found.group(), **arguments)


def chained_comparison(slip: Slip) -> Diagnostic | None:
    """``5 < [x] < 10``."""
    compared = [token for token in slip.tokens if token.type.lstrip("_") in _COMPARISONS]
    if slip.token.lstrip("_") not in _COMPARISONS or not compared or slip.wants("EQ", "LT"):
        return None
    example = "[x] trên 5 đến dưới 10" if slip.dialect.name == "vi" else "[x] over 5 to under 10"
    return slip.finding("TD079", words=slip.line, example=example)
