"""Results in, text with one line a unit out: CSV for spreadsheets, JSON Lines for programs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from fractions import Fraction

from thangdiem.dsl.diagnostic import Language
from thangdiem.dsl.letters import without_hidden_controls
from thangdiem.dsl.numerals import write_approximate, write_number
from thangdiem.dsl.rulebook import State
from thangdiem.engine.result import Results, Status, UnitResult
from thangdiem.engine.writing.results import unit_json

BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel takes UTF-8 for something older."""

_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_HEADS = {
    "vi": (
        "Đơn vị",
        "Thang điểm",
        "Khối",
        "Trạng thái",
        "Tổng điểm",
        "Tổng điểm (gần đúng)",
        "Điểm tối đa",
        "Tỷ lệ điểm",
        "Tỷ lệ điểm (gần đúng)",
        "Xếp loại",
        "Hạng",
    ),
    "en": (
        "Unit",
        "Scale",
        "Block",
        "Status",
        "Total",
        "Total (approximate)",
        "Maximum",
        "Share",
        "Share (approximate)",
        "Grade",
        "Rank",
    ),
}
_STATUS = {
    "vi": {
        Status.GRADED: "đã xếp loại",
        Status.UNGRADED: "không xếp loại",
        Status.UNDETERMINED: "chưa xác định",
        Status.REFUSED: "từ chối",
    },
    "en": {status: status.value for status in Status},
}
_STATES = {
    "vi": {
        State.NOT_APPLICABLE: "không áp dụng",
        State.MISSING: "",
        State.NOT_ASSESSED: "chưa đánh giá",
        State.INVALID: "không hợp lệ",
    },
    "en": {
        State.NOT_APPLICABLE: "not applicable",
        State.MISSING: "",
        State.NOT_ASSESSED: "not assessed",
        State.INVALID: "invalid",
    },
}


def to_jsonl(results: Sequence[Results], language: Language = "vi") -> str:
    """A line of JSON for each unit."""
    units = (unit for each in results for unit in each.units)
    return "".join(json.dumps(unit_json(unit, language), ensure_ascii=False) + "\n" for unit in units)


def to_csv(results: Sequence[Results], language: Language = "vi") -> str:
    """A table that Excel opens as it stands; texts that Excel would take for formulas get an apostrophe."""
    codes = list(dict.fromkeys(item.code for each in results for item in each.scale.walk()))
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";" if language == "vi" else ",", lineterminator="\r\n")
    writer.writerow([*_HEADS[language], *map(guarded, codes)])
    for each in results:
        for unit in each.units:
            writer.writerow(_row(unit, codes, language))
    return BYTE_ORDER_MARK + out.getvalue()


def _row(unit: UnitResult, codes: Sequence[str], language: Language) -> Iterator[str]:
    yield guarded(unit.unit)
    yield guarded(unit.scale)
    yield guarded(unit.block)
    yield _STATUS[language][unit.status]
    yield _number(unit.total, language)
    yield _decimal(unit.total, language)
    yield _number(unit.maximum, language)
    yield _number(unit.share, language)
    yield _decimal(unit.share, language)
    yield guarded(unit.grade or "")
    yield str(unit.rank or "")
    items = {item.code: item for item in unit.items}
    for code in codes:
        item = items.get(code)
        if item is None:
            yield ""
        else:
            yield (_number(item.score, language) if item.state is State.VALUE else _STATES[language][item.state])


def _number(value: Fraction | None, language: Language) -> str:
    return "" if value is None else write_number(value, language, grouping=False)


def _decimal(value: Fraction | None, language: Language) -> str:
    """The number as a spreadsheet can compute with it, to six places; the exact one stands beside it."""
    return "" if value is None else write_approximate(value, language).replace("." if language == "vi" else ",", "")


def guarded(text: str) -> str:
    """A text that a spreadsheet shows and never runs, and that does nothing to a terminal."""
    text = without_hidden_controls(text)
    return f"'{text}" if text.startswith(_RISKY) or text.lstrip().startswith(_RISKY) else text
