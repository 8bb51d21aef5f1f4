"""The ranking in a terminal: the results of a scale in, lines of a plain table out."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import count

from thangdiem.dsl.diagnostic import Language
from thangdiem.engine.explanation.phrases import phrases
from thangdiem.engine.explanation.standings import has_result, in_order, notice, reasons
from thangdiem.engine.explanation.wording import Wording
from thangdiem.engine.result import Results, UnitResult

_NARROWEST = 40
_RIGHT = (False, True, True, True, False, True)


def render_table(results: Results | Sequence[Results], language: Language = "vi", width: int = 100) -> str:
    """Unit, total, maximum, share, grade and rank, ranked units first; below, what other units lack."""
    scales = [results] if isinstance(results, Results) else list(results)
    return "\n".join(_scale(each, language, max(width, _NARROWEST), titled=len(scales) > 1) for each in scales)


def _scale(results: Results, language: Language, width: int, titled: bool) -> str:
    words = phrases(language)
    document = results.book.document
    lines = [*_cut_all([words("illustration", text=document.illustration)], width)] if document.illustration else []
    if titled:
        lines.append(_cut(results.scale.title or results.scale.id, width))
    shown = in_order([unit for unit in results.units if has_result(unit)])
    if not results.units:
        return "\n".join([*lines, words("no_units"), ""])
    if shown:
        header = [words(key) for key in ("unit", "total", "maximum", "share", "grade", "rank")]
        lines.extend(grid([header, *(_row(unit, language) for unit in shown)], _RIGHT, width))
    if shown and (provisional := notice(results, language)):
        lines.extend(["", *_cut_all([provisional], width)])
    apart = [unit for unit in results.units if not has_result(unit)]
    if apart:
        lines.extend(["", f"{words('apart')}:"] if shown else [f"{words('apart')}:"])
    for unit in apart:
        lines.append(_cut(f"  {printable(unit.unit)}: {words(unit.status.value)}", width))
        lines.extend(f"    {printable(reason)}" for reason in reasons(unit, results, language))
    return "\n".join([*lines, ""])


def _row(unit: UnitResult, language: Language) -> list[str]:
    wording = Wording(language)
    numbers = [wording.number(value) if value is not None else "–" for value in (unit.total, unit.maximum)]
    for place, value in enumerate((unit.total, unit.maximum)):
        if value is not None and "/" in numbers[place]:
            numbers[place] = f"≈ {wording.approximate(value)}"
    share = "–" if unit.share is None else wording.percent(unit.share)
    if unit.share is not None and ("/" in share or len(share) > 9):
        share = f"≈ {wording.approximate(unit.share, percent=True)}"
    return [
        printable(unit.unit),
        *numbers,
        share,
        unit.grade or "–",
        str(unit.rank) if unit.rank is not None else "–",
    ]


def grid(rows: Sequence[Sequence[str]], right: Sequence[bool], width: int) -> list[str]:
    """The lines of a table whose first row is its head; its first column gives way where the width is short."""
    widths = [max(columns(row[place]) for row in rows) for place in range(len(rows[0]))]
    gaps = 2 * (len(widths) - 1)
    widths[0] = max(min(widths[0], width - gaps - sum(widths[1:])), 8)
    lines = []
    for place, row in enumerate(rows):
        cells = [_padded(cell, *how) for cell, how in zip(row, zip(widths, right, strict=True), strict=True)]
        lines.append("  ".join(cells).rstrip())
        if not place:
            lines.append("  ".join("-" * each for each in widths))
    return lines


def _padded(text: str, width: int, right: bool) -> str:
    text = _cut(text, width)
    space = " " * (width - columns(text))
    return space + text if right else text + space


def _cut_all(texts: list[str], width: int) -> list[str]:
    return [_cut(text, width) for text in texts]


def _cut(text: str, width: int) -> str:
    """The text in at most so many columns, its end replaced by … where it is longer."""
    if columns(text) <= width:
        return text
    return text[: next(end for end in count() if columns(text[: end + 1]) > width - 1)] + "…"


def columns(text: str) -> int:
    """How many columns a terminal gives the text: Vietnamese letters one each, wide ones of East Asia two."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        for letter in text
    )


def printable(text: str) -> str:
    """The text composed, without control characters, on one line."""
    return "".join(
        letter if unicodedata.category(letter)[0] != "C" else " " for letter in unicodedata.normalize("NFC", text)
    )
