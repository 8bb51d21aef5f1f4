"""Results in, the bytes of an Excel workbook with a sheet for each scale out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Context, Decimal
from fractions import Fraction
from io import BytesIO

from openpyxl import Workbook  # type: ignore[import-untyped]
from openpyxl.cell import WriteOnlyCell  # type: ignore[import-untyped]
from openpyxl.styles import Font  # type: ignore[import-untyped]
from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]

from thangdiem.app.columns import visible
from thangdiem.dsl.diagnostic import Language
from thangdiem.dsl.rulebook import State
from thangdiem.engine.explanation.phrases import Phrases, phrases
from thangdiem.engine.result import ItemResult, Results, UnitResult

_DIGITS = Context(prec=15)
"""What Excel itself keeps of a number."""

_LONGEST = 32_767
_FORBIDDEN = str.maketrans("[]:*?/\\", "       ")
_NAME_LENGTH = 31

_Value = str | Fraction | None


def to_workbook(results: Sequence[Results], language: Language) -> bytes:
    """A table a scale; texts stay texts whatever they begin with, numbers have the digits Excel keeps."""
    words = phrases(language)
    book = Workbook(write_only=True)
    taken: set[str] = set()
    for each in results:
        sheet = book.create_sheet(_sheet_name(each.scale.id, taken))
        sheet.freeze_panes = "B2"
        sheet.column_dimensions[get_column_letter(1)].width = 40
        items = list(each.scale.walk())
        sheet.append([_cell(sheet, head, bold=True) for head in (*_heads(words), *(item.code for item in items))])
        for unit in each.units:
            by_code = {item.code: item for item in unit.items}
            values = (*_values(unit, words), *(_score(by_code.get(item.code), words) for item in items))
            sheet.append([_cell(sheet, value) for value in values])
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _heads(words: Phrases) -> Iterator[str]:
    for key in ("unit", "block", "status", "total", "maximum", "share", "grade", "rank", "what_lacks"):
        yield words(key)


def _values(unit: UnitResult, words: Phrases) -> tuple[_Value, ...]:
    return (
        unit.unit,
        unit.block or None,
        words(unit.status.value),
        unit.total,
        unit.maximum,
        unit.share,
        unit.grade,
        Fraction(unit.rank) if unit.rank is not None else None,
        ", ".join(unit.gaps) or None,
    )


def _score(item: ItemResult | None, words: Phrases) -> _Value:
    if item is None:
        return None
    return item.score if item.state is State.VALUE else words(item.state.value)


def _cell(sheet: object, value: _Value, bold: bool = False) -> WriteOnlyCell:
    """A cell; a text is marked as one, so that “=1+1” is never a formula."""
    if isinstance(value, Fraction):
        value_shown: str | Decimal | None = _DIGITS.divide(Decimal(value.numerator), Decimal(value.denominator))
    else:
        value_shown = visible(value)[:_LONGEST] if value is not None else None
    cell = WriteOnlyCell(sheet, value_shown)
    if isinstance(value_shown, str):
        cell.data_type = "s"
        cell.quotePrefix = value_shown.startswith(("=", "+", "-", "@"))
    if bold:
        cell.font = Font(bold=True)
    return cell


def _sheet_name(scale: str, taken: set[str]) -> str:
    """A name Excel takes: short, without its signs, not there yet."""
    plain = visible(scale).translate(_FORBIDDEN).strip("' ")[:_NAME_LENGTH] or "1"
    name, number = plain, 1
    while name.lower() in taken:
        number += 1
        name = f"{plain[: _NAME_LENGTH - 4]} {number}"
    taken.add(name.lower())
    return name
