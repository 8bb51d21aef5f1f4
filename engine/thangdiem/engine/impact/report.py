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
from thangdiem.engine.impact.wording import Saying

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


def report(impacts: Sequence[Impact], language: Language = "vi", *, brief: bool = False) -> ImpactReport:
    """What is told of the impact on the units of one scale or more; ValueError without any.

    ``brief``: of numbers that are no finite decimals only the first digits.
    """
    if not impacts:
        raise ValueError("no impact to tell of")
    words, first = phrases(language), impacts[0]
    documents = (first.old.book.document, first.new.book.document)
    named = [_named(each, language) for each in documents]
    if named[0] == named[1]:
        sources = (first.old.book.source.name, first.new.book.source.name)
        named = [f"{name} – {source}" for name, source in zip(named, sources, strict=True)]
    illustrations = dict.fromkeys(each.illustration for each in documents if each.illustration)
    return ImpactReport(
        language,
        words("impact"),
        named[0],
        named[1],
        words("period_year", year=first.period) if first.period is not None else "",
        tuple(words("illustration", text=text) for text in illustrations),
        tuple(_scale(each, Saying(language, brief)) for each in impacts),
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
    said = (
        [words("in_force").lower() + " " + words("in_force_from", day=wording.shown(document.in_force))]
        if (document.in_force is not None)
        else []
    )
    if document.amended_by:
        said.append(f"{words('amended_by').lower()} {', '.join(document.amended_by)}")
    return f"{named} ({'; '.join(said)})" if said else named


_WithParts = tuple[UnitEffect, tuple[Part, ...]]


def _scale(impact: Impact, saying: Saying) -> ScaleImpact:
    language = saying.language
    words = phrases(language)
    moved = in_order(impact.changed)
    with_parts = [(unit, unit.parts) for unit in moved]
    notices = [] if impact.clauses else [words("impact_no_clauses")]
    if impact.unexplained:
        notices.append(words("impact_unexplained", count=len(impact.unexplained)))
    scale = impact.new.scale
    apart = [
        *(f"{unit.unit}: {words('kept_by', clause=unit.kept_by)}" for unit in impact.units if unit.kept_by),
        *(words("impact_only_old", unit=unit) for unit in impact.only_old),
        *(words("impact_only_new", unit=unit) for unit in impact.only_new),
    ]
    return ScaleImpact(
        scale.title or scale.id,
        tuple(_counts(impact, language)),
        chart_of(moved, language),
        matrix_of(impact, language),
        tuple(_moved(unit, parts, impact, saying) for unit, parts in with_parts),
        tuple(_clause(impact, place, with_parts, saying) for place in range(len(impact.clauses))),
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


def _moved(unit: UnitEffect, parts: Sequence[Part], impact: Impact, saying: Saying) -> Moved:
    points = unit.points or Fraction(0)
    added = [*(part.points for part in parts), unit.rest.points, unit.points] if impact.clauses else []
    return Moved(
        unit.unit,
        saying.figure(unit.before.total),
        saying.figure(unit.after.total),
        saying.signed(unit.points),
        saying.grades(unit.before.grade, unit.after.grade),
        saying.ranks(unit.before.rank, unit.after.rank),
        "up" if points > 0 else "down" if points < 0 else "level",
        tuple(map(saying.signed, added)),
        tuple(saying.signed(part.points if part is not None else None) for part in unit.apart),
    )


def _clause(impact: Impact, place: int, moved: Sequence[_WithParts], saying: Saying) -> Clause:
    words, wording = phrases(saying.language), Wording(saying.language)
    clause = impact.clauses[place]
    moved_by = {"totals": clause.totals, "grades": clause.grades, "ranks": clause.ranks}
    counts = {key: wording.number(Fraction(count)) for key, count in moved_by.items()}
    remark = "" if clause.stands_alone else words("impact_not_alone")
    steps = (f"{unit.unit}: {step}" for unit, parts in moved if (step := saying.step(parts[place])))
    return Clause(str(place + 1), clause.clause, words("impact_clause_counts", **counts), remark, tuple(steps))
