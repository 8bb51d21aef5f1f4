"""A comparison in, its report for a reader of a language out."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from attrs import evolve

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.comparison import Change, ChangeKind, Comparison, Effect, Subject, SubjectForm
from thangdiem.dsl.diagnostic import Language
from thangdiem.engine.differences.parts import (
    ChangeReport,
    DifferenceReport,
    ScaleReport,
    SubjectReport,
)
from thangdiem.engine.differences.touching import touching
from thangdiem.engine.differences.words import marked
from thangdiem.engine.explanation.phrases import Phrases, phrases

_BY_FIELD = (ChangeKind.DOCUMENT, ChangeKind.IN_FORCE, ChangeKind.PERIODS, ChangeKind.WORDING)
"""Changes that are named by the field they are of."""


def report(comparison: Comparison, language: Language = "vi") -> DifferenceReport:
    """What a reader is told of a comparison."""
    words = phrases(language)
    told = tuple(change for change in comparison.changes if not _is_note(change))
    comparison = evolve(comparison, changes=told)
    return DifferenceReport(
        language,
        _name(comparison.old, words),
        _name(comparison.new, words),
        _summary(comparison, words),
        tuple(_remarks(comparison, words)),
        tuple(_scale(comparison, scale, tuple(found), words) for scale, found in _by_scale(comparison.changes)),
    )


def _is_note(change: Change) -> bool:
    """Whether all that changed is the note that names the amending clauses: the change they made is told itself."""
    return change.kind is ChangeKind.WORDING and change.parts == ("amendments",)


def _name(book: rb.Rulebook, words: Phrases) -> str:
    document = book.document
    kind = document.kind_word[:1].upper() + document.kind_word[1:]
    name = f"{kind} {document.number or f'“{document.title}”'}"
    amended = words("amended_by")
    return (
        f"{name} ({amended[0].lower()}{amended[1:]}: {', '.join(document.amended_by)})" if document.amended_by else name
    )


def _summary(comparison: Comparison, words: Phrases) -> str:
    if not comparison.changes:
        return words("no_difference")
    effects = [change.consequence.effect for change in comparison.changes]
    counts = {effect.value: effects.count(effect) for effect in Effect}
    return words("differences_count", count=len(effects), none=counts["none"], some=counts["some"], all=counts["all"])


def _remarks(comparison: Comparison, words: Phrases) -> Iterable[str]:
    """What holds of every change: others' ranks and places follow."""
    scales = [scale for book in (comparison.old, comparison.new) for scale in book.scales]
    compared = any(scale.ranking or any(grading.quotas for grading in scale.gradings) for scale in scales)
    if compared and comparison.effect is not Effect.NONE:
        yield words("ranks_follow")


def _by_scale(changes: tuple[Change, ...]) -> Iterable[tuple[str, list[Change]]]:
    for scale in dict.fromkeys(change.scale for change in changes):
        yield scale, [change for change in changes if change.scale == scale]


def _scale(comparison: Comparison, scale: str, changes: tuple[Change, ...], words: Phrases) -> ScaleReport:
    titles = {each.id: each.title for book in (comparison.old, comparison.new) for each in book.scales}
    heading = f"{words('scale')} {scale} “{titles[scale]}”" if scale in titles else words("document")
    subjects = tuple(
        SubjectReport(_heading(comparison, found[0], words), tuple(_change(change, words) for change in found))
        for found in (list(group) for _, group in groupby(changes, lambda change: change.subject))
    )
    return ScaleReport(heading, subjects)


def _heading(comparison: Comparison, change: Change, words: Phrases) -> str:
    subject = change.subject
    match subject.form:
        case SubjectForm.ITEM:
            return _item(comparison, change, subject)
        case SubjectForm.BONUS:
            return f"{words('deduction' if subject.key.startswith('-') else 'bonus')} “{subject.title}”"
        case SubjectForm.NAME:
            return words("named_value", name=subject.key)
        case SubjectForm.DATUM:
            return f"{words('datum')} [{subject.key}]"
        case SubjectForm.EXAMPLE:
            return words("example_titled", title=subject.title)
        case SubjectForm.DOCUMENT:
            return words("whole_document")
        case _:
            return words("whole_scale")


def _item(comparison: Comparison, change: Change, subject: Subject) -> str:
    book = comparison.old if change.new is None else comparison.new
    kinds = {item.code: item.kind_word for scale in book.scales if scale.id == change.scale for item in scale.walk()}
    kind = kinds.get(subject.key, "")
    return f"{kind[:1].upper()}{kind[1:]} {subject.key} “{subject.title}”".strip()


def _change(change: Change, words: Phrases) -> ChangeReport:
    old, new = (side.text if side is not None else "" for side in (change.old, change.new))
    before, after = marked(old, new)
    effect = change.consequence.effect.value
    return ChangeReport(
        change.kind.value,
        _what(change, words),
        before,
        after,
        tuple(old.splitlines()),
        tuple(new.splitlines()),
        effect,
        touching(change, words),
        change.follows,
    )


def _what(change: Change, words: Phrases) -> str:
    """``Sửa ngưỡng: “từ 85% trở lên”``."""
    if change.kind in _BY_FIELD and change.parts:
        told, parts = words(f"part_{change.parts[0]}"), change.parts[1:]
    else:
        told, parts = words(f"change_{change.kind.value}"), change.parts if _named(change) else ()
    return f"{told}: {', '.join(f'“{part}”' for part in parts)}" if parts else told


def _named(change: Change) -> bool:
    """Whether its parts are lines, grades or letters; else they are names of fields or codes shown elsewhere."""
    return change.kind.value.startswith(("level", "step", "threshold", "mark", "case", "band", "grade_rule", "quota"))
