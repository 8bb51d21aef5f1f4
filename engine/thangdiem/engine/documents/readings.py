"""The register of readings in, its report for a reader of a language out."""

from __future__ import annotations

from collections.abc import Sequence

from thangdiem.dsl.diagnostic import Language, Place
from thangdiem.dsl.interpretations import Interpretation
from thangdiem.dsl.resolve.documents import named
from thangdiem.dsl.rulebook import Bonus, Item
from thangdiem.engine.documents.parts import AlternativeReport, ReadingReport, RegisterReport
from thangdiem.engine.documents.times import written
from thangdiem.engine.explanation.phrases import Phrases, phrases


def register_report(found: Sequence[Interpretation], language: Language = "vi") -> RegisterReport:
    """Every reading, in the order of the register."""
    words = phrases(language)
    return RegisterReport(language, tuple(_reading(each, words) for each in found))


def _reading(found: Interpretation, words: Phrases) -> ReadingReport:
    mentioned = tuple(AlternativeReport("", text) for text in found.reading.alternatives)
    evaluated = tuple(AlternativeReport(each.id, each.text) for each in found.alternatives)
    return ReadingReport(
        found.reading.id,
        named(found.document),
        _about(found, words),
        found.reading.text,
        written(found.reading.since, words),
        _place(found.place),
        (*mentioned, *evaluated),
    )


def _about(found: Interpretation, words: Phrases) -> str:
    scale = f"{words('scale')} {found.scale}" if found.scale else words("whole_document")
    match found.owner:
        case Item(kind_word=kind, code=code, title=title):
            return f"{kind[:1].upper()}{kind[1:]} {code} “{title}”, {scale}"
        case Bonus(deduction=deduction, title=title):
            return f"{words('deduction' if deduction else 'bonus')} “{title}”, {scale}"
        case None:
            return scale


def _place(place: Place) -> str:
    return f"{place.file}:{place.start.line + 1}" if place.start is not None else place.file
