"""A rule file altered in one place, and whether a change of it may touch a unit. Shared by the tests of comparisons."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from functools import cache

from hypothesis import strategies as st

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.checker import check_text
from thangdiem.dsl.comparison import About, Change, ChangeKind, Effect, Stretch
from thangdiem.dsl.diagnostic import has_errors
from thangdiem.engine.binding.mapping import Given

_FIGURE = re.compile(r"(?<![\w/.,\"(])\d+(?:,\d+)?(?=%| điểm|:|\n|;| trở| đến)")
_WORDS = (
    ("đến dưới", "đến"), ("trở lên", "trở xuống"), ("từ ", "trên "), (" và ", " hoặc "), ("= có", "= không"),
    ("nửa lên", "nửa chẵn"), ("không quá", "không dưới"), ("cao nhất", "thấp nhất"), (" * ", " + "), ("Tốt", "Khá"),
    ("tổng điểm", "chỉ số 1"), ('"', '"x'), ("- ", "- x"), ("Căn cứ: ", "Căn cứ: Mục I "), ("số nguyên", "số"),
)  # fmt: skip


@st.composite
def alterations(draw: st.DrawFn, text: str) -> str:
    """The text with one figure or one word another."""
    body = text.index("Thang điểm")
    figures = [found for found in _FIGURE.finditer(text) if found.start() > body]
    words = [(found, new) for old, new in _WORDS for found in re.finditer(re.escape(old), text)]
    if figures and (not words or draw(st.booleans())):
        found = draw(st.sampled_from(figures))
        value = Fraction(found[0].replace(",", ".")) + draw(st.sampled_from((1, -1, 2, 5)))
        new = f"{float(value):g}".replace(".", ",")
    else:
        found, new = draw(st.sampled_from(words))
    return text[: found.start()] + new + text[found.end() :]


@cache
def sound(text: str) -> rb.Rulebook | None:
    """The rulebook of a text; None where it has errors."""
    checked = check_text(text)
    return None if has_errors(checked.diagnostics) else checked.book


def may_touch(change: Change, unit: Mapping[str, object]) -> bool:
    """Whether the unit is among those of the change, as far as its data show; else it may be."""
    condition = change.consequence.condition
    if change.consequence.effect is not Effect.SOME or condition is None:
        return change.consequence.effect is Effect.ALL
    subject = condition.subject
    if condition.about is About.LEVEL:
        return unit.get(subject) in condition.texts
    if condition.about is About.TICKED:
        return set(condition.texts) <= set(as_letters(unit.get(subject)))
    if condition.about is About.VALUE and subject in unit and not condition.lacking:
        value = unit[subject]
        if isinstance(value, date):
            return True  # days of the year assessed stand on a line of their own
        if isinstance(value, int | Fraction) and not isinstance(value, bool) and condition.stretches:
            return any(lies_in(Fraction(value), stretch) for stretch in condition.stretches)
    return True


def following(unit: Mapping[str, Given], changes: Iterable[Change]) -> dict[str, Given]:
    """What is known of the unit, under the later numbers and titles."""
    renamed = {
        change.old.code if change.kind is ChangeKind.ITEM_RENUMBERED else change.old.text:
        change.new.code if change.kind is ChangeKind.ITEM_RENUMBERED else change.new.text
        for change in changes
        if change.kind in (ChangeKind.ITEM_RENUMBERED, ChangeKind.BONUS_RENAMED) and change.old and change.new
    }  # fmt: skip
    return {renamed.get(key, key): value for key, value in unit.items()}


def as_letters(value: object) -> list[str]:
    return [*map(str, value)] if isinstance(value, tuple | list | set | frozenset) else str(value or "").split(", ")


def lies_in(value: Fraction, stretch: Stretch) -> bool:
    low, high = stretch.low, stretch.high
    if low is not None and (value < low or (stretch.low_open and value == low)):
        return False
    return not (high is not None and (value > high or (stretch.high_open and value == high)))
