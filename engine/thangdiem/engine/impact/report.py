"""Impacts in, what a reader is told of them, in one language and as templates take it, out."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from attrs import frozen

from thangdiem.dsl.diagnostic import Language
from thangdiem.dsl.letters import collation_key
from thangdiem.dsl.rulebook import Document
from thangdiem.engine.explanation.parts import Plain, plain
from thangdiem.engine.explanation.phrases import phrases
from thangdiem.engine.explanation.wording import Wording
from thangdiem.engine.impact.chart import Chart, chart_of
from thangdiem.engine.impact.effect import Impact, Part, UnitEffect
from thangdiem.engine.impact.matrix import Matrix, matrix_of
from thangdiem.engine.impact.outcomes import Outcome

MOST_REASONS = 20
"""So many things that a unit lacks are named."""


@frozen
class Count:
    """How many units something is true of."""

    label: str
    count: str


@frozen
class Moved:
    """A unit that changes: its totals, the difference, its grades and ranks from → to; ``way`` is up, down or level.

    ``parts`` are the points of each clause in sequence, then of what no clause accounts for, then their sum; ``alone``
    those of each clause by itself.
    """

    unit: str
    before: str
    after: str
    points: str
    grade: str
    rank: str
    way: str
    parts: tuple[str, ...]
    alone: tuple[str, ...]


@frozen
class Undecided:
    """A unit without a result in one of the versions, and what it lacks in each."""

    unit: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@frozen
class Clause:
    """A clause by number, and how many units it moves; ``remark`` says where it cannot stand alone."""

    number: str
    clause: str
    counts: str
    remark: str
    steps: tuple[str, ...]
    """The units whose grade or rank it changes, in words."""


@frozen
class ScaleImpact:
    """What is told of one scale."""

    title: str
    counts: tuple[Count, ...]
    chart: Chart | None
    matrix: Matrix | None
    moved: tuple[Moved, ...]
    clauses: tuple[Clause, ...]
    undecided: tuple[Undecided, ...]
    apart: tuple[str, ...]
    notices: tuple[str, ...]


@frozen
class ImpactReport:
    """The impact of a change of rules in one language."""

    language: str
    title: str
    before: str
    after: str
    period: str
    warnings: tuple[str, ...]
    scales: tuple[ScaleImpact, ...]

    def to_data(self) -> dict[str, Plain]:
        """The report as plain dictionaries, lists, texts and whole numbers."""
        return plain(self)  # type: ignore[return-value]


def report(impacts: Sequence[Impact], language: Language = "vi") -> ImpactReport:
    """What is told of the impact on the units of one scale or more; ValueError without any."""
    if not impacts:
        raise ValueError("no impact to tell of")
    words, first = phrases(language), impacts[0]
    documents = (first.old.book.document, first.new.book.document)
    illustrations = dict.fromkeys(each.illustration for each in documents if each.illustration)
    return ImpactReport(
        language,
        words("impact"),
        _named(documents[0], language),
        _named(documents[1], language),
        words("period_year", year=first.period) if first.period is not None else "",
        tuple(words("illustration", text=text) for text in illustrations),
        tuple(_scale(each, language) for each in impacts),
    )


def in_order(units: Sequence[UnitEffect]) -> list[UnitEffect]:
    """Who loses most first, then who wins; equals in the order of the alphabet."""
    return sorted(units, key=lambda unit: (unit.points or Fraction(0), collation_key(unit.unit)))


def reasons(outcome: Outcome, language: Language) -> tuple[str, ...]:
    """Why a unit has no result in a version: what is missing, then what was found wrong."""
    if outcome.decided:
        return ()
    words = phrases(language)
    gaps = [f"{gap}: {words('missing')}" for gap in outcome.gaps]
    told = [each.message(language) for each in outcome.diagnostics if each.code != "TD500" or not gaps]
    found = [*gaps, *told]
    return (*found[:MOST_REASONS], *(["…"] if len(found) > MOST_REASONS else []))


def _named(document: Document, language: Language) -> str:
    """The document, and since when it is in force: two versions may have one number."""
    words, wording = phrases(language), Wording(language)
    kind = document.kind_word[:1].upper() + document.kind_word[1:]
    named = " ".join(part for part in (kind, document.number or f"“{document.title}”") if part)
    if document.in_force is None:
        return named
    return f"{named} ({words('in_force').lower()} {words('in_force_from', day=wording.shown(document.in_force))})"


def _scale(impact: Impact, language: Language) -> ScaleImpact:
    words = phrases(language)
    moved = in_order(impact.changed)
    notices = [] if impact.clauses else [words("impact_no_clauses")]
    if impact.unexplained:
        notices.append(words("impact_unexplained", count=len(impact.unexplained)))
    scale = impact.new.scale
    apart = [
        *(words("impact_only_old", unit=unit) for unit in impact.only_old),
        *(words("impact_only_new", unit=unit) for unit in impact.only_new),
    ]
    return ScaleImpact(
        scale.title or scale.id,
        tuple(_counts(impact, language)),
        chart_of(moved, language),
        matrix_of(impact, language),
        tuple(_moved(unit, impact, language) for unit in moved),
        tuple(_clause(impact, place, moved, language) for place in range(len(impact.clauses))),
        tuple(
            Undecided(unit.unit, reasons(unit.before, language), reasons(unit.after, language))
            for unit in impact.undecided
        ),
        tuple(apart),
        tuple(notices),
    )


def _counts(impact: Impact, language: Language) -> list[Count]:
    words, wording = phrases(language), Wording(language)
    counted = (
        ("impact_compared", len(impact.decided)),
        ("impact_totals_up", sum((unit.points or 0) > 0 for unit in impact.changed)),
        ("impact_totals_down", sum((unit.points or 0) < 0 for unit in impact.changed)),
        ("impact_grades", sum(unit.grade_changes for unit in impact.changed)),
        ("impact_ranks", sum(unit.rank_changes for unit in impact.changed)),
        ("impact_undecided", len(impact.undecided)),
    )
    return [Count(words(key), wording.number(Fraction(count))) for key, count in counted]


def _moved(unit: UnitEffect, impact: Impact, language: Language) -> Moved:
    points = unit.points or Fraction(0)
    parts: tuple[str, ...] = ()
    if impact.clauses:
        added = [*(_points(part, language) for part in unit.parts), _points(unit.rest, language)]
        parts = (*added, _signed(unit.points, language))
    return Moved(
        unit.unit,
        _figure(unit.before.total, language),
        _figure(unit.after.total, language),
        _signed(unit.points, language),
        _from_to(unit.before.grade, unit.after.grade, language),
        _rank(unit.before.rank, unit.after.rank, language),
        "up" if points > 0 else "down" if points < 0 else "level",
        parts,
        tuple("–" if part is None else _points(part, language) for part in unit.apart),
    )


def _clause(impact: Impact, place: int, moved: Sequence[UnitEffect], language: Language) -> Clause:
    words, wording = phrases(language), Wording(language)
    clause = impact.clauses[place]
    moved_by = {"totals": clause.totals, "grades": clause.grades, "ranks": clause.ranks}
    counts = {key: wording.number(Fraction(count)) for key, count in moved_by.items()}
    remark = "" if clause.stands_alone else words("impact_not_alone")
    steps = (f"{unit.unit}: {step}" for unit in moved for step in [_step(unit.parts[place], language)] if step)
    return Clause(str(place + 1), clause.clause, words("impact_clause_counts", **counts), remark, tuple(steps))


def _step(part: Part, language: Language) -> str:
    """What a clause does to the grade and the rank of a unit, in words; nothing where it leaves both."""
    words = phrases(language)
    if part.after is None:
        return words("impact_no_result_here")
    said = []
    if part.grade_changes:
        said.append(_from_to(part.before.grade, part.after.grade, language))
    if part.rank_changes:
        said.append(f"{words('rank').lower()} {_rank(part.before.rank, part.after.rank, language)}")
    return "; ".join(said)


def _figure(value: Fraction | None, language: Language) -> str:
    return "–" if value is None else Wording(language).figure(value)


def _signed(value: Fraction | None, language: Language) -> str:
    return "–" if value is None else Wording(language).signed(value)


def _points(part: Part, language: Language) -> str:
    return _signed(part.points, language)


def _from_to(before: str | None, after: str | None, language: Language) -> str:
    named = [grade if grade is not None else phrases(language)("no_grade") for grade in (before, after)]
    return " → ".join(dict.fromkeys(named))


def _rank(before: int | None, after: int | None, language: Language) -> str:
    named = [str(rank) if rank is not None else "–" for rank in (before, after)]
    return " → ".join(dict.fromkeys(named))
