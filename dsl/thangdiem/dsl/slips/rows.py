"""Levels, steps, letters and grade lines that lack a part or stand in the wrong block."""

from __future__ import annotations

import re

from thangdiem.dsl.diagnostic import Diagnostic
from thangdiem.dsl.slips.slip import Slip
from thangdiem.dsl.suggestion import closest

_LETTER_OTHERWISE = re.compile(r"(\w{1,2}) ?[.\]/:] *(?=\S)")
_LETTER = re.compile(r"(\w{1,2})\) *(?=\S)")
_CHOOSE_ONE = {
    "vi": re.compile(r"chọn +(?:1|01)(?!\w)", re.IGNORECASE),
    "en": re.compile(r"choose +1(?!\w)", re.IGNORECASE),
}
_WORDS = re.compile(r"[^\W\d]+(?: +\w+)*")
_DATUM = re.compile(r"\[([^\[\]\n]+)\]")
_CELL = re.compile(r" *\t+ *")
_NUMBER_AT_END = re.compile(r"[0-9][0-9.,/]*$")


def pasted_table(slip: Slip) -> Diagnostic | None:
    """Several cells of a table in one line."""
    line = slip.source.as_typed(slip.start).strip()
    unquoted = re.sub(r'"[^"]*"|“[^”]*”', "", line)
    cells = line.split("|") if "|" in unquoted else _CELL.split(line)
    filled = [cell.strip() for cell in cells if cell.strip()]
    if len(filled) < 2 or (len(filled) == 2 and "|" not in unquoted and '"' not in line and not slip.at_line_start):
        return None
    return slip.finding("TD052", slip.line_start, slip.line_end, cells=" · ".join(filled[:4]))


def choose_one_in_figures(slip: Slip) -> Diagnostic | None:
    """``Chọn 1:``."""
    if slip.at_line_start and (found := _CHOOSE_ONE[slip.dialect.name].match(slip.line)):
        keyword = slip.spell("CHOOSE").capitalize()
        return slip.finding(
            "TD064", slip.line_start, slip.line_start + found.end(), words=found.group(), keyword=keyword
        )
    return None


def level_without_colon(slip: Slip) -> Diagnostic | None:
    """``- Chưa có Ban chỉ đạo 0 điểm``."""
    if slip.head not in ("_BULLET", "LETTER"):
        return None
    if slip.reason == "label-without-points":
        at = _points_at_end(slip, slip.rest)
    elif slip.wants("COLON") and slip.token in ("NUMBER", "MAXIMUM", "PERCENT", "UNKNOWN", "NOT_APPLICABLE"):
        at = slip.start - slip.line_start
        return slip.finding("TD043", slip.start, slip.start, label=_label(slip, slip.line[:at]), points=slip.rest)
    else:
        return None
    if not at:
        return None
    points = slip.rest[at:]
    return slip.finding("TD043", slip.start + at, slip.start + at, label=slip.rest[:at].strip(), points=points)


def level_without_points(slip: Slip) -> Diagnostic | None:
    """``- Chưa có Ban chỉ đạo``."""
    if slip.head not in ("_BULLET", "LETTER"):
        return None
    missing = slip.at_line_end and (slip.last == "_COLON" or slip.wants("COLON"))
    if slip.reason != "label-without-points" and not missing:
        return None
    end = slip.line_end
    label = _label(slip, slip.line)
    return slip.finding("TD042", slip.line_start, end, label=label, points=slip.spell("POINTS"))


def missing_bullet(slip: Slip) -> Diagnostic | None:
    """A step or a level without the ``-`` before it."""
    in_rows, in_letters = slip.wants("BULLET"), "LETTER" in slip.wanted
    lone_rest = slip.head == "OTHERWISE" and len(slip.tokens) == 1 and slip.token == "_COLON"
    if not lone_rest and not ((in_rows or in_letters) and not slip.tokens):
        return None
    label, colon, value = slip.line.rpartition(":")
    if not colon or not _is_points(slip, value.strip()) or not label.strip():
        return None
    mark = "a)" if in_letters else "-"
    return slip.finding("TD044", slip.line_start, slip.line_start + len(label.rstrip()), words=slip.line, mark=mark)


def bullet_outside(slip: Slip) -> Diagnostic | None:
    """A bullet where no block of rows is open; under a checklist, letters are wanted."""
    if slip.tokens or slip.token != "_BULLET":
        return None
    if "LETTER" in slip.wanted:
        return slip.finding("TD048", words=slip.line.lstrip("-–—•+●* "), choose=slip.spell("CHOOSE").capitalize())
    heads = ", ".join(f"“{slip.spell(head).capitalize()}…:”" for head in ("CHOOSE", "BY", "BY_CASES"))
    return slip.finding("TD045", slip.line_start, slip.line_end, words=slip.line, heads=heads.replace("…:”", ":”", 1))


def letter_form(slip: Slip) -> Diagnostic | None:
    """``a.`` for ``a)``."""
    if slip.tokens or "LETTER" not in slip.wanted:
        return None
    if found := _LETTER_OTHERWISE.match(slip.line):
        arguments = {"words": found.group().strip(), "suggestion": f"{found.group(1)})"}
        return slip.finding("TD046", slip.line_start, slip.line_start + len(found.group().rstrip()), **arguments)
    return None


def letter_outside(slip: Slip) -> Diagnostic | None:
    """``a) …`` outside a checklist."""
    if slip.tokens or "LETTER" in slip.wanted or not (found := _LETTER.match(slip.line)):
        return None
    end = slip.line_start + len(found.group().rstrip())
    head = slip.spell("CHECKLIST").capitalize()
    return slip.finding("TD047", slip.line_start, end, words=found.group().strip(), head=head)


def grade_outside(slip: Slip) -> Diagnostic | None:
    """A grade line that no ``Xếp loại`` heads."""
    if (
        slip.tokens
        or slip.token.lstrip("_") not in ("GRADE", "RAISE", "CAP", "EXCLUDE_GRADE", "UNGRADED")
        or "_GRADE" in slip.wanted
    ):
        return None
    return slip.finding(
        "TD049", slip.line_start, slip.line_end, words=slip.line, head=slip.spell("GRADES").capitalize()
    )


def band_without_range(slip: Slip) -> Diagnostic | None:
    """``Loại tốt: Cơ quan, đơn vị có tổng số điểm.``"""
    if (
        slip.head != "_GRADE"
        or slip.token not in ("_NL", "_DOT")
        or slip.last not in ("_COLON", "SUBJECT", "GRADE_NAME")
    ):
        return None
    example = "từ 80 điểm đến dưới 90 điểm" if slip.dialect.name == "vi" else "from 80 to under 90 points"
    return slip.finding("TD050", slip.line_start, slip.line_end, words=slip.line, example=example)


def open_range(slip: Slip) -> Diagnostic | None:
    """``từ 196 điểm`` without ``trở lên``."""
    if not slip.wants("UP") or not slip.wants("TO_UNDER", "TO") or not slip.has("FROM"):
        return None
    first = max(token.start_pos or 0 for token in slip.tokens if token.type == "_FROM")
    last = slip.tokens[-1].end_pos or slip.start
    words = slip.text[first:last]
    arguments = {"up": slip.spell("UP"), "down": slip.spell("DOWN"), "to": slip.spell("TO_UNDER")}
    return slip.finding("TD051", first, last, words=words, **arguments)


def mark_at_end(slip: Slip) -> Diagnostic | None:
    """``- Có: 3 điểm;`` as lists in decisions are punctuated."""
    if slip.wants("NL") and slip.rest in (";", ".", ","):
        return slip.finding("TD083", mark=slip.rest)
    return None


def left_over(slip: Slip) -> Diagnostic | None:
    """Words behind a statement that is complete."""
    if not slip.wants("NL") or slip.at_line_end or not slip.tokens:
        return None
    read = slip.text[slip.line_start : slip.tokens[-1].end_pos]
    near = _datum_meant(slip)
    meant = {"meant_vi": f"Có phải {near}? " if near else "", "meant_en": f"Did you mean {near}? " if near else ""}
    return slip.finding("TD053", slip.start, slip.line_end, words=slip.rest, read=read, **meant)


def _datum_meant(slip: Slip) -> str:
    """The datum of the file that the words left over, with the name or the datum before them, come near to."""
    left = _WORDS.match(slip.text, slip.start)
    if left is None:
        return ""
    before = str(slip.tokens[-1]) if slip.last in ("NAME", "DATUM") else ""
    data = dict.fromkeys(_DATUM.findall(slip.text))
    near = closest(f"{before} {left.group().strip()}".strip(), [name for name in data if name != before], 1)
    return f"[{near[0]}]" if near else ""


def _label(slip: Slip, line: str) -> str:
    return re.sub(r"^(?:[-–—•+●*]|\w{1,2}\)) *", "", line).rstrip(": ")


def _points_at_end(slip: Slip, label: str) -> int:
    """Where the points begin a label ends in; 0 where there are none."""
    rest = label
    for word in slip.dialect.spellings["POINTS"]:
        rest = re.sub(rf" *{re.escape(word)}$", "", rest, flags=re.IGNORECASE)
    if found := _NUMBER_AT_END.search(rest):
        return found.start()
    for option in slip.dialect.spellings["MAXIMUM"]:
        if label.lower().endswith(f" {option}"):
            return len(label) - len(option)
    return 0


def _is_points(slip: Slip, value: str) -> bool:
    return value[:1].isdigit() or value[:1] == "-" or bool(slip.begins(value, "MAXIMUM", "UNKNOWN", "NOT_APPLICABLE"))
