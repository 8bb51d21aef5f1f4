"""Quotas that leave open what every text must say: rounding, ties at the edge, the rest."""

from __future__ import annotations

from thangdiem.dsl.diagnostic import Diagnostic
from thangdiem.dsl.slips.slip import Slip

_CLAUSES = {
    ("ROUNDED_UP", "ROUNDED_DOWN", "ROUNDED_HALF_UP"): (
        "số đơn vị lẻ thì làm tròn thế nào",
        "how a broken number of units is rounded",
    ),
    ("TIES_MISS", "TIES_PASS"): (
        "các đơn vị bằng nhau ở đúng ranh giới thì cùng đạt hay cùng không đạt",
        "whether units that tie at the edge all pass or all miss",
    ),
    ("REST_GRADED",): ("số còn lại xếp loại nào", "how the rest are graded"),
}
"""What a quota must say, in its order: the terminals that say it, and the question, in both languages."""

_ENDS = ("_NL", "_DOT", "_SEMI", "_COMMA", "_LPAR")


def quota_left_open(slip: Slip) -> Diagnostic | None:
    """``Loại A không quá 20% số đơn vị.``"""
    if slip.head != "_GRADE" or not slip.has("OF_ALL_UNITS"):
        return None
    clauses = [terminal for terminals in _CLAUSES for terminal in terminals]
    if slip.token not in _ENDS and slip.token.lstrip("_") not in clauses:
        return None
    open_ = [questions for terminals, questions in _CLAUSES.items() if not _is_said(terminals, slip)]
    if not open_:
        return None
    vi, en = ("; ".join(questions) for questions in zip(*open_, strict=True))
    example = (
        f"…, {slip.spell('ROUNDED_DOWN')}, {slip.spell('TIES_MISS')}; {slip.spell('REST_GRADED')} "
        f"{'khá' if slip.dialect.name == 'vi' else 'fair'}"
    )
    last = slip.tokens[-1].end_pos or slip.start
    read = slip.text[slip.line_start : last]
    return slip.finding("TD086", slip.line_start, last, words=read, questions_vi=vi, questions_en=en, example=example)


def _is_said(terminals: tuple[str, ...], slip: Slip) -> bool:
    """Whether one of the terminals stands anywhere on the line."""
    line = " ".join(slip.line.lower().split())
    return any(option in line for terminal in terminals for option in slip.dialect.spellings[terminal])
