"""A consequence in, the sentence that says which units may change out."""

from __future__ import annotations

from typing import assert_never

from thangdiem.dsl.comparison import About, Change, Condition, Consequence, Effect, Stretch, SubjectForm
from thangdiem.engine.explanation.phrases import Phrases


def touching(change: Change, words: Phrases) -> str:
    """Who may change: nobody, everybody, or units that a condition tells, with an instance."""
    found = change.consequence
    match found.effect:
        case Effect.NONE:
            return words("nobody_changes")
        case Effect.ALL if found.condition is not None and found.through_others:
            return words("others_change", units=_units(found.condition, change, words))
        case Effect.ALL:
            return words("everybody_may_change")
        case Effect.SOME:
            return _some(found, change, words)
        case _:
            assert_never(found.effect)


def _some(found: Consequence, change: Change, words: Phrases) -> str:
    assert found.condition is not None
    told = words("some_may_change", units=_units(found.condition, change, words))
    shown = found.instance is not None and found.condition.about not in (About.LEVEL, About.TICKED)
    if found.instance is None or not shown:
        return told
    return f"{told} {words('for_instance', text=found.instance.text)}"


def _units(condition: Condition, change: Change, words: Phrases) -> str:
    subject = condition.subject
    about = condition.about.value
    if condition.about is About.POINTS:
        about, subject = _limited(change)
    if condition.about is About.EXEMPT and not subject:
        about = "exempt_any"
    where = _joined([stretch_in_words(each, words) for each in condition.stretches], words)
    texts = _joined(list(condition.texts), words)
    if condition.about is About.VALUE and not condition.stretches:
        where = words("is_one_of", texts=texts)
    told = words(f"touches_{about}", subject=subject, where=where, texts=texts)
    if condition.lacking:
        names = (name if name.startswith("[") else f"“{name}”" for name in condition.lacking)
        told += words("or_lacks", names=", ".join(names))
    return told


def _limited(change: Change) -> tuple[str, str]:
    """What a limit is of."""
    match change.subject.form:
        case SubjectForm.SCALE:
            return "points_total", ""
        case SubjectForm.BONUS:
            return "points", f"“{change.subject.title}”"
        case _:
            return "points", change.subject.key


def _joined(texts: list[str], words: Phrases) -> str:
    return f" {words('or_else')} ".join(texts)


def stretch_in_words(stretch: Stretch, words: Phrases) -> str:
    """``từ 80% đến dưới 85%``."""
    low, high = stretch.low_text, stretch.high_text
    match stretch:
        case Stretch(low=None, high=None):
            return words("stretch_any")
        case Stretch(high=None):
            return words("stretch_above" if stretch.low_open else "stretch_from", low=low)
        case Stretch(low=None):
            return words("stretch_under" if stretch.high_open else "stretch_up_to", high=high)
        case Stretch() if stretch.low == stretch.high:
            return words("stretch_exactly", low=low)
        case _:
            start, end = "over" if stretch.low_open else "from", "under" if stretch.high_open else "to"
            return words(f"stretch_{start}_{end}", low=low, high=high)
