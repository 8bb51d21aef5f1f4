"""Results and a unit's name in; the explanation of that unit, put together of its parts, out."""

from __future__ import annotations

from thangdiem.dsl.diagnostic import Language
from thangdiem.dsl.letters import fold
from thangdiem.dsl.numerals import write_date
from thangdiem.engine.explanation.gaps import gaps
from thangdiem.engine.explanation.grading import grading
from thangdiem.engine.explanation.items import items
from thangdiem.engine.explanation.ledger import calculations, ledger
from thangdiem.engine.explanation.parts import Explanation, Statement
from thangdiem.engine.explanation.ranking import ranking
from thangdiem.engine.explanation.subject import Subject
from thangdiem.engine.result import Mode, Results, Status, UnitResult


def explain(results: Results, unit: str | UnitResult, language: Language = "vi") -> Explanation:
    """Why a unit has its points, its grade and its rank. KeyError where there is no unit of that name."""
    found = unit if isinstance(unit, UnitResult) else _named(results, unit)
    subject = Subject(results, found, language)
    scored = found.trace is not None
    return Explanation(
        language,
        subject.words("explanation"),
        found.unit or subject.words("unnamed_unit"),
        _warnings(subject),
        found.status.value,
        _identity(subject),
        _result(subject),
        gaps(subject),
        ledger(subject) if scored else (),
        calculations(subject) if scored else (),
        items(subject) if scored and found.items else (),
        grading(subject),
        ranking(subject),
    )


def _named(results: Results, name: str) -> UnitResult:
    """The unit of that name; tone placement and case do not matter where that leaves one only."""
    exact = [unit for unit in results.units if unit.unit == name]
    alike = exact or [unit for unit in results.units if fold(unit.unit) == fold(name)]
    if len(alike) != 1:
        raise KeyError(name)
    return alike[0]


def _warnings(subject: Subject) -> tuple[str, ...]:
    """What must stand at the top of every output: that it is an illustration, that it is a draft."""
    found = []
    if subject.book.document.illustration:
        found.append(subject.words("illustration", text=subject.book.document.illustration))
    if subject.results.mode is Mode.DRAFT:
        found.append(subject.words("draft"))
    return tuple(found)


def _identity(subject: Subject) -> tuple[Statement, ...]:
    """Who was scored, by which text, from which file."""
    words, document = subject.words, subject.book.document
    kind = document.kind_word[:1].upper() + document.kind_word[1:]
    named = " ".join(part for part in (kind, document.number) if part)
    period = subject.results.period
    told = [
        ("document", f"{named} – {document.title}" if document.title else named),
        ("amended_by", ", ".join(document.amended_by)),
        ("issuer", document.issuer),
        (
            "in_force",
            words("in_force_from", day=write_date(document.in_force, subject.language)) if document.in_force else "",
        ),
        ("former_rules", subject.unit.kept_by),
        ("scale", subject.scale.title or subject.scale.id),
        ("period", words("period_year", year=period) if period is not None else ""),
        ("block", subject.unit.block),
        ("data_file", subject.full_origin(subject.unit.facts.origin)),
        ("rules_file", subject.book.source.name),
        ("rules_digest", subject.book.source.digest),
    ]
    return tuple(Statement("datum", words(key), text) for key, text in told if text)


def _result(subject: Subject) -> tuple[Statement, ...]:
    """The result at a glance."""
    words, wording, unit = subject.words, subject.wording, subject.unit
    low, high = unit.range if unit.range is not None else (None, None)
    open_range = wording.between(low, high) if unit.range is not None else ""
    told = [
        ("status", words(unit.status.value)),
        ("total", wording.points(unit.total) if unit.total is not None else ""),
        ("range", open_range),
        ("maximum_used", wording.points(unit.maximum) if unit.maximum is not None else ""),
        ("share", wording.share(unit.share) if unit.share is not None else ""),
        ("grade", unit.grade or ""),
        ("grades_possible", ", ".join(unit.grades) if unit.status is Status.UNDETERMINED else ""),
        ("rank", str(unit.rank) if unit.rank is not None else ""),
    ]
    return tuple(Statement("conclusion", words(key), text) for key, text in told if text)
