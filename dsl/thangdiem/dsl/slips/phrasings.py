"""What decisions say in words that have a fixed spelling in a rule file."""

from __future__ import annotations

import re

from thangdiem.dsl.diagnostic import Diagnostic
from thangdiem.dsl.slips.slip import Slip

_FIGURES_AND_WORDS = re.compile(r"\([^\W\d]+(?: +[^\W\d]+){0,4}\) *")
_EXCEEDING = {
    "vi": re.compile(r"không +(?:được +)?vượt(?: +quá)?(?!\w)", re.IGNORECASE),
    "en": re.compile(r"(?:not|may +not) +exceed(?:ing)?(?!\w)", re.IGNORECASE),
}
_NO_POINTS = {
    "vi": re.compile(r": *(không +(?:tính|được|có) +điểm)$", re.IGNORECASE),
    "en": re.compile(r": *(no +points|not +scored)$", re.IGNORECASE),
}
_ORDER = {
    "vi": re.compile(r"(?:theo thứ tự +)?từ +(cao|thấp) +(?:xuống|đến|lên|tới) +(?:cao|thấp)(?!\w)", re.IGNORECASE),
    "en": re.compile(r"from +(high|low)(?:est)? +to +(?:high|low)(?:est)?(?!\w)", re.IGNORECASE),
}
_IF = {"vi": re.compile(r"nếu(?!\w)", re.IGNORECASE), "en": re.compile(r"if(?!\w)", re.IGNORECASE)}
_GRADE_RULES = frozenset(("RAISE", "CAP", "EXCLUDE_GRADE", "FORCE", "UNGRADED"))
_AFTER_CODE = re.compile(r"([.,])(\w*)(?= *[\"“.,]|\.? *$)")


def figures_and_words(slip: Slip) -> Diagnostic | None:
    """``02 (hai) điểm``: the number once."""
    if slip.last != "NUMBER" or not (found := _FIGURES_AND_WORDS.match(slip.text, slip.start)):
        return None
    number = slip.tokens[-1]
    suggestion = f"{number} {slip.spell('POINTS')}"
    return slip.finding("TD087", slip.start, slip.start + len(found.group().rstrip()),
                        words=f"{number} {found.group().strip()}", suggestion=suggestion)  # fmt: skip


def exceeding(slip: Slip) -> Diagnostic | None:
    """``không vượt quá`` for ``không quá``."""
    if not slip.wants("AT_MOST") or not (found := _EXCEEDING[slip.dialect.name].match(slip.text, slip.start)):
        return None
    return slip.finding("TD087", slip.start, found.end(), words=found.group(), suggestion=slip.spell("AT_MOST"))


def no_points(slip: Slip) -> Diagnostic | None:
    """``- dưới 80%: không tính điểm`` for ``0 điểm``."""
    if slip.head not in ("_BULLET", "LETTER") or not (found := _NO_POINTS[slip.dialect.name].search(slip.line)):
        return None
    start = slip.line_start + found.start(1)
    if slip.start < start:
        return None
    suggestion = f"0 {slip.spell('POINTS')}"
    return slip.finding("TD087", start, slip.line_end, words=found.group(1), suggestion=suggestion)


def order(slip: Slip) -> Diagnostic | None:
    """``từ cao xuống thấp`` for ``giảm dần``."""
    if not slip.wants("DESCENDING") or not (found := _ORDER[slip.dialect.name].match(slip.text, slip.start)):
        return None
    word = "DESCENDING" if found.group(1).lower() in ("cao", "high") else "ASCENDING"
    return slip.finding("TD087", slip.start, found.end(), words=found.group(), suggestion=slip.spell(word))


def if_in_grade_rule(slip: Slip) -> Diagnostic | None:
    """``Không xếp quá loại khá nếu …`` for ``khi``."""
    if slip.head.lstrip("_") not in _GRADE_RULES or not (found := _IF[slip.dialect.name].match(slip.text, slip.start)):
        return None
    return slip.finding("TD087", slip.start, found.end(), words=found.group(), suggestion=slip.spell("WHEN"))


def mark_after_code(slip: Slip) -> Diagnostic | None:
    """``Tiêu chí 2.2. "…"`` and ``Tiêu chí 1,6 "…"``."""
    if slip.head != "KIND" or slip.last != "CODE" or len(slip.tokens) != 2:
        return None
    if not (found := _AFTER_CODE.match(slip.text, slip.start)):
        return None
    code = slip.tokens[1]
    meant = f"{code}.{found.group(2)}" if found.group(2) else str(code)
    start = code.start_pos or 0
    return slip.finding("TD087", start, found.end(), words=slip.text[start : found.end()], suggestion=meant)
