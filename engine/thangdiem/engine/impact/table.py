"""The impact in a terminal: a report in, lines of plain tables out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from thangdiem.dsl.diagnostic import Language
from thangdiem.engine.explanation.phrases import Phrases, phrases
from thangdiem.engine.explanation.table import grid, printable
from thangdiem.engine.impact.effect import Impact
from thangdiem.engine.impact.report import Clause, ScaleImpact, Undecided, report

_NARROWEST = 40


def render_impact_table(impacts: Sequence[Impact], language: Language = "vi", width: int = 100) -> str:
    """Both versions, the counts, the units that change, the transitions of grades, clause by clause, what is open."""
    words, told = phrases(language), report(impacts, language, brief=True)
    width = max(width, _NARROWEST)
    lines = [*told.warnings, f"{words('impact_before')}: {told.before}", f"{words('impact_after')}: {told.after}"]
    if told.period:
        lines.append(f"{words('period')}: {told.period}")
    for scale in told.scales:
        if len(told.scales) > 1:
            lines += ["", scale.title]
        lines += _scale(scale, words, width)
    return "\n".join([*(printable(line).rstrip() for line in lines), ""])


def render_impact_summary(impacts: Sequence[Impact], language: Language = "vi", width: int = 100) -> str:
    """How many units are moved, the transitions of grades, and a line for each clause."""
    words, told = phrases(language), report(impacts, language, brief=True)
    lines: list[str] = []
    for scale in told.scales:
        lines += [_counts(scale), *_matrix(scale, words, max(width, _NARROWEST)), "", f"{words('impact_clauses')}:"]
        lines += [f"  {clause.clause}: {clause.counts}" for clause in scale.clauses]
    return "\n".join([*(printable(line).rstrip() for line in lines), ""])


def _counts(scale: ScaleImpact) -> str:
    return "; ".join(f"{count.label}: {count.count}" for count in scale.counts)


def _matrix(scale: ScaleImpact, words: Phrases, width: int) -> Iterator[str]:
    """How many units go from which grade to which."""
    if scale.matrix is None:
        return
    yield ""
    yield f"{words('impact_transitions')}:"
    head = [words("impact_from_to"), *scale.matrix.grades, words("sum_row")]
    body = [[row.grade, *(cell.count for cell in row.cells), row.sum] for row in scale.matrix.rows]
    foot = [words("sum_row"), *scale.matrix.sums, scale.matrix.sum]
    yield from grid([head, *body, foot], (False, *(True for _ in head[1:])), width)


def _scale(scale: ScaleImpact, words: Phrases, width: int) -> Iterator[str]:
    yield ""
    yield _counts(scale)
    if scale.moved:
        heads = ["unit", "impact_total_before", "impact_total_after", "impact_points", "grade", "rank"]
        rows = [[unit.unit, unit.before, unit.after, unit.points, unit.grade, unit.rank] for unit in scale.moved]
        yield ""
        yield from grid([[words(head) for head in heads], *rows], (False, True, True, True, False, False), width)
    else:
        yield words("impact_nothing")
    yield from _matrix(scale, words, width)
    yield from _clauses(scale, words, width)
    if scale.undecided:
        yield ""
        yield f"{words('impact_undecided_title')}:"
        for unit in scale.undecided:
            yield from _undecided(unit, words)
    yield from ("", *scale.apart) if scale.apart else ()
    yield from ("", *scale.notices) if scale.notices else ()


def _clauses(scale: ScaleImpact, words: Phrases, width: int) -> Iterator[str]:
    if not scale.clauses:
        return
    yield ""
    yield f"{words('impact_clauses')}:"
    for clause in scale.clauses:
        yield from _clause(clause)
    if scale.moved:
        numbers = [f"({clause.number})" for clause in scale.clauses]
        right = (False, *(True for _ in range(len(numbers) + 2)))
        yield ""
        yield f"{words('impact_in_sequence')}. {words('impact_in_sequence_about')}"
        head = [words("unit"), *numbers, words("impact_rest"), words("sum_row")]
        yield from grid([head, *([unit.unit, *unit.parts] for unit in scale.moved)], right, width)
        yield ""
        yield f"{words('impact_alone')}. {words('impact_alone_about')}"
        yield from grid(
            [[words("unit"), *numbers], *([unit.unit, *unit.alone] for unit in scale.moved)], right[:-2], width
        )


def _clause(clause: Clause) -> Iterator[str]:
    yield f"  ({clause.number}) {clause.clause}: {clause.counts}"
    if clause.remark:
        yield f"      {clause.remark}"
    for step in clause.steps:
        yield f"      {step}"


def _undecided(unit: Undecided, words: Phrases) -> Iterator[str]:
    if unit.before == unit.after:
        yield f"  {unit.unit}: {'; '.join(unit.before)}"
        return
    yield f"  {unit.unit}:"
    for key, lacking in (("impact_before", unit.before), ("impact_after", unit.after)):
        if lacking:
            yield f"    {words(key)}: {'; '.join(lacking)}"
