"""The ranking a leader reads: results in; units in order, grades counted and bars measured, out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from attrs import frozen

from thangdiem.dsl.diagnostic import Language
from thangdiem.dsl.letters import collation_key
from thangdiem.dsl.rulebook import PolicyForm
from thangdiem.engine.explanation.parts import Plain, plain
from thangdiem.engine.explanation.phrases import Phrases, phrases
from thangdiem.engine.explanation.subject import Subject
from thangdiem.engine.explanation.wording import Wording
from thangdiem.engine.result import ItemResult, Mode, Results, Status, UnitResult

WIDTH = 1000
"""The length of a bar of the maximum, in units of the drawing."""

PATTERNS = 6
"""So many fillings are told apart; further groups begin again, and are labelled."""


@frozen
class Segment:
    """A part of a bar: where it begins, how long it is, its filling, what it stands for."""

    start: int
    length: int
    pattern: int
    label: str


@frozen
class Standing:
    """One unit in the table; ``tone``, 0 (best) to 5 (none), colours the chip of its grade."""

    rank: str
    unit: str
    total: str
    maximum: str
    share: str
    grade: str
    tone: int
    status: str
    segments: tuple[Segment, ...]
    described: str


@frozen
class Apart:
    """A unit without a result, and why."""

    unit: str
    status: str
    status_text: str
    reasons: tuple[str, ...]


@frozen
class GradeCount:
    """How many units have a grade."""

    grade: str
    tone: int
    count: str


@frozen
class Block:
    """The units that are ranked together."""

    title: str
    rows: tuple[Standing, ...]


@frozen
class Legend:
    """What a filling stands for."""

    pattern: int
    label: str


@frozen
class ScaleStandings:
    """One scale: its grades counted, its blocks, and the units without a result."""

    title: str
    maximum: str
    unit_count: str
    counts: tuple[GradeCount, ...]
    legend: tuple[Legend, ...]
    blocks: tuple[Block, ...]
    apart: tuple[Apart, ...]
    notice: str = ""


@frozen
class Standings:
    """A ranking in one language, as templates take it."""

    language: str
    title: str
    document: str
    issuer: str
    period: str
    warnings: tuple[str, ...]
    width: int
    scales: tuple[ScaleStandings, ...]

    def to_data(self) -> dict[str, Plain]:
        """The ranking as plain dictionaries, lists, texts and whole numbers."""
        return plain(self)  # type: ignore[return-value]


def standings(results: Results | Sequence[Results], language: Language = "vi") -> Standings:
    """The ranking of one scale, or of all scales of a document; there must be one at least."""
    scales = [results] if isinstance(results, Results) else list(results)
    words, first = phrases(language), scales[0]
    document = first.book.document
    kind = document.kind_word[:1].upper() + document.kind_word[1:]
    named = " ".join(part for part in (kind, document.number) if part)
    warnings = [words("illustration", text=document.illustration)] if document.illustration else []
    if any(each.mode is Mode.DRAFT for each in scales):
        warnings.append(words("draft"))
    return Standings(
        language,
        words("ranking"),
        f"{named} – {document.title}" if document.title else named,
        document.issuer,
        words("period_year", year=first.period) if first.period is not None else "",
        tuple(warnings),
        WIDTH,
        tuple(_scale(each, language) for each in scales),
    )


def in_order(units: Sequence[UnitResult]) -> list[UnitResult]:
    """Ranked units by rank, then those without a rank by total; equals in the order of the alphabet."""
    return sorted(
        units,
        key=lambda unit: (unit.rank is None, unit.rank or 0, -(unit.total or Fraction(0)), collation_key(unit.unit)),
    )


def has_result(unit: UnitResult) -> bool:
    """Whether a unit stands in the table rather than apart."""
    return unit.status in (Status.GRADED, Status.UNGRADED)


def notice(results: Results, language: Language) -> str:
    """By which clause the units keep the former rules; and that ranks and quotas may still change, where units that
    count for them have no result; else ""."""
    words = phrases(language)
    said = [words("kept_by", clause=results.kept_by)] if results.kept_by else []
    open_units = sum(not has_result(unit) for unit in results.units)
    compared = results.scale.ranking is not None or any(grading.quotas for grading in results.scale.gradings)
    if open_units and compared:
        said.append(words("provisional", count=Wording(language).number(Fraction(open_units))))
    return " ".join(said)


def grades_of(results: Results) -> list[str]:
    """The grades of a scale, best first, each once."""
    return list(dict.fromkeys(grade for grading in results.scale.gradings for grade in grading.grades))


def reasons(unit: UnitResult, results: Results, language: Language) -> tuple[str, ...]:
    """Why a unit has no result: its range, the grades still possible, its gaps, what was found wrong."""
    words, wording = phrases(language), Wording(language)
    found = []
    if unit.range is not None:
        found.append(f"{words('range')}: {wording.between(*unit.range)}")
    if unit.status is Status.UNDETERMINED and unit.grades:
        found.append(f"{words('grades_possible')}: {', '.join(unit.grades)}")
    subject = Subject(results, unit, language)
    for gap in unit.gaps[:20]:
        fact = subject.fact(gap)
        place = subject.full_origin(fact.origin)
        found.append(f"{gap}: {words(fact.state.value)}" + (f" ({place})" if place else ""))
    if len(unit.gaps) > 20:
        found.append("…")
    told = [diagnostic for diagnostic in unit.diagnostics if diagnostic.code != "TD500" or not unit.gaps]
    return (*found, *(diagnostic.message(language) for diagnostic in told[:20]))


def _scale(results: Results, language: Language) -> ScaleStandings:
    words, wording = phrases(language), Wording(language)
    grades = grades_of(results)
    shown = in_order([unit for unit in results.units if has_result(unit)])
    counted = Counter(unit.grade for unit in shown if unit.grade is not None)
    groups = [item for item in results.scale.items if item.points.counted]
    legend = [Legend(place % PATTERNS, f"{item.code} {item.title}".strip()) for place, item in enumerate(groups)]
    if results.scale.bonuses or _rescales(results):
        legend.append(Legend(PATTERNS, words(_rest_named(results))))
    longest = max((max(unit.total or Fraction(0), unit.maximum or Fraction(0)) for unit in shown), default=Fraction(0))
    high = results.scale.points.high
    return ScaleStandings(
        results.scale.title or results.scale.id,
        wording.points(high) if high is not None else "",
        words("units_count", count=wording.number(Fraction(len(results.units)))),
        tuple(GradeCount(grade, _tone(grade, grades), wording.number(Fraction(counted[grade]))) for grade in grades),
        tuple(legend),
        tuple(
            Block(title, tuple(_standing(unit, results, longest, words, wording) for unit in members))
            for title, members in _blocks(shown, results)
        ),
        tuple(
            Apart(unit.unit, unit.status.value, words(unit.status.value), reasons(unit, results, language))
            for unit in results.units
            if not has_result(unit)
        ),
        notice(results, language),
    )


def _tone(grade: str | None, grades: list[str]) -> int:
    """0 for the best grade, 4 for the worst, those between spread over the rest; 5 without a grade."""
    if grade is None or grade not in grades:
        return 5
    return grades.index(grade) * 4 // max(len(grades) - 1, 1)


def _blocks(units: list[UnitResult], results: Results) -> list[tuple[str, list[UnitResult]]]:
    if results.scale.ranking is None or not results.scale.ranking.per_block:
        return [("", units)]
    found: dict[str, list[UnitResult]] = {}
    for unit in units:
        found.setdefault(unit.block, []).append(unit)
    return sorted(found.items(), key=lambda block: collation_key(block[0]))


def _standing(unit: UnitResult, results: Results, longest: Fraction, words: Phrases, wording: Wording) -> Standing:
    segments = _segments(unit, results, longest, words, wording)
    return Standing(
        str(unit.rank) if unit.rank is not None else "–",
        unit.unit,
        wording.figure(unit.total) if unit.total is not None else "–",
        wording.figure(unit.maximum) if unit.maximum is not None else "–",
        wording.share(unit.share) if unit.share is not None else "–",
        unit.grade or "–",
        _tone(unit.grade, grades_of(results)),
        unit.status.value,
        segments,
        "; ".join(segment.label for segment in segments),
    )


def _segments(
    unit: UnitResult, results: Results, longest: Fraction, words: Phrases, wording: Wording
) -> tuple[Segment, ...]:
    """The points of each group side by side; what the groups do not make up (a bonus) as the last part."""
    if not longest or unit.total is None:
        return ()
    found: list[Segment] = []
    reached = Fraction(0)
    groups = [item for item in unit.items if not item.parent and item.counted]
    for place, group in enumerate(groups):
        points = max(group.score or Fraction(0), Fraction(0))
        found.append(
            _segment(
                reached,
                points,
                longest,
                place % PATTERNS,
                f"{_label(group)}: {_score(group, wording, words)}",
            )
        )
        reached += points
    rest = unit.total - reached
    if rest > 0:
        label = f"{words(_rest_named(results))}: {wording.figure(rest)}"
        found.append(_segment(reached, rest, longest, PATTERNS, label))
    return tuple(segment for segment in found if segment.length)


def _segment(start: Fraction, points: Fraction, longest: Fraction, pattern: int, label: str) -> Segment:
    first, last = (start * WIDTH / longest).__round__(), ((start + points) * WIDTH / longest).__round__()
    return Segment(min(first, WIDTH), max(min(last, WIDTH) - min(first, WIDTH), 0), pattern, label)


def _rescales(results: Results) -> bool:
    policy = results.scale.policy
    return policy is not None and policy.form is PolicyForm.RESCALE


def _rest_named(results: Results) -> str:
    """The phrase for what the groups do not make up."""
    if not _rescales(results):
        return "other_points"
    return "rescaled_and_other" if results.scale.bonuses else "rescaled_points"


def _label(item: ItemResult) -> str:
    return f"{item.code} {item.title}".strip()


def _score(item: ItemResult, wording: Wording, words: Phrases) -> str:
    return wording.figure(item.score) if item.score is not None else words(item.state.value)
