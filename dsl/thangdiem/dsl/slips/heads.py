"""Lines that head something – a document, a scale, an item, a field, a block – and lack a part."""

from __future__ import annotations

from thangdiem.dsl.diagnostic import Diagnostic
from thangdiem.dsl.slips.slip import Slip

_TEXT_FIELDS = frozenset(
    [
        "TITLE",
        "ISSUER",
        "SOURCE",
        "ILLUSTRATION",
        "QUOTATION",
        "_QUOTATION",
        "EVIDENCE",
        "DATA_SOURCE",
        "VERIFIER",
        "NOTE",
        "_AUDIENCE",
        "_READING",
        "_ARTICLE",
    ]
)
_TITLED = frozenset(("KIND", "_SCALE", "_EXAMPLE", "CRITERIA", "BONUS", "DEDUCTION", "DOCUMENT"))
_ROWS = frozenset(("_BULLET", "LETTER"))


def item_without_code(slip: Slip) -> Diagnostic | None:
    """``Chỉ số "Nhận thức số": 10 điểm``."""
    if slip.head != "KIND":
        return None
    if slip.last == "CODE" and len(slip.tokens) == 2:
        code = slip.tokens[1]
        if slip.wanted == {"TEXT"} and code.islower() and code.isalpha() and len(code) > 1 and slip.token != "_COLON":
            return slip.finding("TD030", code.start_pos, slip.end, words=slip.line, kind=str(slip.tokens[0]))
    if "CODE" in slip.wanted and len(slip.tokens) == 1:
        return slip.finding("TD030", words=slip.line, kind=str(slip.tokens[0]))
    return None


def item_without_title(slip: Slip) -> Diagnostic | None:
    """``Chỉ số 1: 10 điểm``."""
    if slip.head in _TITLED and slip.wanted == {"TEXT"} and slip.token in ("_COLON", "_NL"):
        return slip.finding("TD029", words=slip.text[slip.line_start : slip.start])
    return None


def scale_id_with_spaces(slip: Slip) -> Diagnostic | None:
    """``Thang điểm cấp tỉnh "…"``."""
    if slip.head != "_SCALE" or slip.last != "SCALE_ID" or slip.wanted != {"TEXT"} or '"' not in slip.rest:
        return None
    first = slip.tokens[-1].start_pos or 0
    words = slip.text[first : slip.text.index('"', slip.start)].strip()
    return slip.finding("TD077", first, first + len(words), words=words, suggestion="-".join(words.split()))


def title_without_quotes(slip: Slip) -> Diagnostic | None:
    """``Chỉ số 1 Nhận thức số: 10 điểm``."""
    if slip.head not in _TITLED or slip.wanted != {"TEXT"}:
        return None
    title = slip.rest.rpartition(":")[0].strip() or slip.rest
    return slip.finding("TD028", slip.start, slip.start + len(title), words=title.strip('"'))


def field_without_quotes(slip: Slip) -> Diagnostic | None:
    """``Cơ quan ban hành: UBND tỉnh``."""
    if slip.head not in _TEXT_FIELDS or slip.wanted != {"TEXT"} or slip.last not in ("_COLON", "_COMMA", "_QUOTATION"):
        return None
    if slip.at_line_end:
        return None
    return slip.finding("TD034", slip.start, slip.line_end, words=slip.rest.strip('"'), field=str(slip.tokens[0]))


def item_without_points(slip: Slip) -> Diagnostic | None:
    """``Chỉ số 1 "Nhận thức số"``."""
    if slip.head not in ("KIND", "_SCALE") or not slip.at_line_end or slip.last not in ("TEXT", "_COLON"):
        return None
    return slip.finding(
        "TD031", words=slip.line.rstrip(": "), points=slip.spell("POINTS"), unknown=slip.spell("UNKNOWN")
    )


def scale_without_id(slip: Slip) -> Diagnostic | None:
    """``Thang điểm "…": 245 điểm``."""
    if "SCALE_ID" not in slip.wanted or slip.head not in ("_SCALE", "_EXAMPLE"):
        return None
    arguments = {
        "head": slip.text[slip.line_start : slip.start],
        "id": "cấp-tỉnh" if slip.dialect.name == "vi" else "province",
    }
    return slip.finding("TD032", **arguments)


def document_without_number(slip: Slip) -> Diagnostic | None:
    """``Quyết định "…"``."""
    if slip.wanted == {"DOCNO"}:
        return slip.finding("TD033", head=str(slip.tokens[0]), criteria=slip.spell("CRITERIA").capitalize())
    return None


def missing_colon(slip: Slip) -> Diagnostic | None:
    """``Chọn một`` without its colon, ``Chỉ số 1 "…" 10 điểm``."""
    if not slip.tokens or slip.head in _ROWS or "_COLON" not in slip.wanted or slip.token == "_COLON":
        return None
    band = slip.head == "_GRADE" and slip.last == "GRADE_NAME"
    if slip.wanted != {"_COLON"} and not slip.at_line_end and not band:
        return None
    after = slip.tokens[-1].end_pos or slip.start
    return slip.finding("TD027", after, after, head=slip.text[slip.line_start : after])


def missing_comma(slip: Slip) -> Diagnostic | None:
    """``Khi [Loại hình] = "B" theo [x]:`` without the comma."""
    if slip.head not in ("_WHEN", "OTHERWISE") or "_COMMA" not in slip.wanted or slip.at_line_end:
        return None
    if not slip.begins(
        slip.rest, "BY", "BY_CASES", "BEST_CASE", "CHOOSE", "CHECKLIST", "SCORE", "DIRECT", "TOTAL", "AT_MOST"
    ):
        return None
    after = slip.tokens[-1].end_pos or slip.start
    return slip.finding("TD080", after, after, words=slip.text[slip.line_start : after])


def not_applicable_without_when(slip: Slip) -> Diagnostic | None:
    """``Không áp dụng nếu b = 0`` or ``Không áp dụng`` alone."""
    if slip.tokens or not (words := slip.begins(slip.line, "NOT_APPLICABLE")):
        return None
    arguments = {"when": slip.spell("NA_WHEN"), "allowed": slip.spell("NA_ALLOWED")}
    return slip.finding("TD063", slip.line_start, slip.line_start + len(words), words=slip.line, **arguments)


def name_begins_with_keyword(slip: Slip) -> Diagnostic | None:
    """``Phần trăm đạt = a/b``: the line is read as one about a ``Phần``."""
    name, equals, _ = slip.line.partition("=")
    if (
        not equals
        or not slip.tokens
        or any(mark in name for mark in '"[]:;(){}<>,')
        or "=" in slip.text[slip.line_start : slip.start]
    ):
        return None
    if len(slip.tokens) > 2 or slip.head in ("_BULLET", "LETTER", "_LET") or not name.strip():
        return None
    first, let = slip.tokens[0], slip.spell("LET").capitalize()
    end = slip.line_start + len(name.rstrip())
    return slip.finding("TD075", slip.line_start, end, name=name.strip(), keyword=str(first), let=let)
