"""What could stand at a place, in words: terminals in, a list a reader understands out."""

from __future__ import annotations

from collections.abc import Iterable

from thangdiem.dsl.diagnostic import Language
from thangdiem.dsl.dialect import Dialect

MOST_LISTED = 6
"""So many possibilities are named, at most."""

_SIGNS = {
    "_COLON": ":", "_COMMA": ",", "_SEMI": ";", "_DOT": ".", "_LPAR": "(", "_RPAR": ")", "_CARET": "^",
    "PLUS": "+", "MINUS": "-", "_MINUS": "-", "_BULLET": "-",
}  # fmt: skip
_HUMAN: dict[str, tuple[str, str]] = {
    "_NL": ("hết dòng", "the end of the line"),
    "$END": ("hết tệp", "the end of the file"),
    "TEXT": ("chữ trong ngoặc kép (\"…\")", "text in quotation marks (\"…\")"),
    "CODE": ("mã số như 1.2", "a code such as 1.2"),
    "DATE": ("một ngày", "a date"),
    "LABEL": ("tên mức điểm rồi dấu “:”", "the label of a level, then “:”"),
    "LETTER": ("chữ thứ tự như “a)”", "a letter such as “a)”"),
    "GRADE_NAME": ("tên một loại", "the name of a grade"),
    "SUBJECT": ("lời văn của khoảng điểm", "the words of a band"),
    "FREE": ("lời văn", "free words"),
    "DOCNO": ("số hiệu văn bản", "the number of the document"),
    "SCALE_ID": ("mã thang điểm như cấp-tỉnh", "the id of a scale"),
    "LAYER": ("tên lớp điểm", "the name of a score layer"),
    "COLUMN": ("tên cột", "the name of a column"),
    "COLUMN_DEF": ("tên cột", "the name of a column"),
    "MARKS": ("các ý đạt như a, b", "letters met, such as a, b"),
    "NAME_DEF": ("một tên rồi dấu “=”", "a name, then “=”"),
    "DATUM": ("số liệu trong ngoặc vuông ([…])", "a datum in brackets ([…])"),
    "NUMBER": ("một số", "a number"),
    "PERCENT": ("số phần trăm", "a percentage"),
    "NAME": ("một tên", "a name"),
    "DAY_MONTH": ("ngày và tháng", "a day and month"),
}  # fmt: skip
_FIRST = [
    "_COLON",
    "TEXT",
    "CODE",
    "DATE",
    "SCALE_ID",
    "DOCNO",
    "LABEL",
    "LETTER",
    "_BULLET",
    "GRADE_NAME",
    "NUMBER",
]
_OPERAND = frozenset(("NUMBER", "DATUM", "_LPAR"))
_OPERAND_HUMAN = ("một số, [số liệu], một tên hoặc phép tính", "a number, a [datum], a name or a formula")
_OPERANDS = frozenset(
    [
        "NUMBER",
        "DATUM",
        "NAME",
        "_LPAR",
        "_MINUS",
        "PERCENT",
        "TEXT",
        "DATE",
        "DAY_MONTH",
        "YES",
        "NO",
        "KIND",
        "MAXIMUM",
        "_MAXIMUM_OF",
        "JUDGED",
        "TOTAL_POINTS",
        "SUBTOTAL",
        "BONUS",
        "DEDUCTION",
        "LEAST",
        "GREATEST",
        "ABSOLUTE",
        "ROOT",
        "LN",
        "LOG10",
        "EXP",
        "_ROUNDED",
        "SUM_OF",
        "MEAN_OF",
        "HIGHEST",
        "LOWEST",
        "RANK_AMONG",
        "SHARE_OF",
        "COUNT_OF",
        "SOME",
        "EVERY",
        "_COUNT",
        "_NOT",
    ]
)
_OPERATORS = frozenset(("PLUS", "MINUS", "TIMES", "OVER_BAR", "_CARET"))
_OPERATORS_HUMAN = ("phép tính (+ - * /)", "an operator (+ - * /)")


def expected(wanted: Iterable[str], chosen: Dialect, language: Language) -> str:
    """The first few things that could stand here, in the words of the file and of the reader."""
    terminals = {name for name in wanted if name == "$END" or name.isupper()}
    column = ("vi", "en").index(language)
    words: list[str] = []
    if terminals >= _OPERAND:
        terminals -= _OPERANDS
        words.append(_OPERAND_HUMAN[column])
    if terminals >= {"PLUS", "MINUS"}:
        terminals -= _OPERATORS
        words.append(_OPERATORS_HUMAN[column])
    order = sorted(
        terminals, key=lambda name: (_FIRST.index(name) if name in _FIRST else len(_FIRST), name.lstrip("_"))
    )
    words.extend(_word(name, chosen, column) for name in order)
    distinct = [word for word in dict.fromkeys(words) if word]
    listed = ", ".join(distinct[:MOST_LISTED])
    return f"{listed}, …" if len(distinct) > MOST_LISTED else listed


def _word(name: str, chosen: Dialect, column: int) -> str:
    if name in _SIGNS:
        return f"“{_SIGNS[name]}”"
    if name in _HUMAN:
        return _HUMAN[name][column]
    keyword = name.lstrip("_")
    return f"“{chosen.spell(keyword)}”" if keyword in chosen.spellings else ""
