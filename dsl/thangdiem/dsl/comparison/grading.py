"""The grades of two versions of a scale in; edges moved, bands, conditions and quotas that differ, out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import assert_never

from attrs import evolve

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.comparison.change import (
    EVERYBODY,
    NOBODY,
    About,
    Change,
    ChangeKind,
    Consequence,
    some,
)
from thangdiem.dsl.comparison.consequences import conditions, holding, whenever
from thangdiem.dsl.comparison.edges import moved, of_edge
from thangdiem.dsl.comparison.pairing import ELSEWHERE, FieldRule, Pair, by_fields
from thangdiem.dsl.comparison.regions import symmetric
from thangdiem.dsl.comparison.rows import aligned


def gradings_changes(old: tuple[rb.Grading, ...], new: tuple[rb.Grading, ...], pair: Pair) -> Iterator[Change]:
    """The blocks of grades: one by one where each has its counterpart."""
    if len(old) != len(new):
        rows = aligned(old, new, lambda block: (block.when, block.grades), None)
        for before, after in rows.pairs:
            yield from _grading(before, after, pair)
        for before in rows.removed:
            yield pair.change(ChangeKind.GRADES_REMOVED, before, None)
        for after in rows.added:
            yield pair.change(ChangeKind.GRADES_ADDED, None, after)
        return
    for before, after in zip(old, new, strict=True):
        yield from _grading(before, after, pair)


def _grading(old: rb.Grading, new: rb.Grading, pair: Pair) -> Iterator[Change]:
    """One block: the line at its head, which says for whom, by what and which end is good; then what is below it."""
    if any(getattr(old, name) != getattr(new, name) for name in _HEAD):
        change = pair.change(ChangeKind.GRADES, old, new)
        assert change.old is not None and change.new is not None
        heads = (_head(pair.old, old), _head(pair.new, new))
        yield evolve(change, old=evolve(change.old, text=heads[0]), new=evolve(change.new, text=heads[1]))
    yield from by_fields(GRADING, old, new, pair)


def _head(book: rb.Rulebook, block: rb.Grading) -> str:
    """The line a block begins with, with the condition under which it stands."""
    text, start = book.source.text, block.span.start
    return text[text.rfind("\n", 0, start) + 1 : text.find("\n", start)].strip()


def _bands(old: tuple[rb.Band, ...], new: tuple[rb.Band, ...], pair: Pair) -> Iterator[Change]:
    rows = aligned(old, new, lambda band: band.grade, None)
    yield from _edges(rows.pairs, pair)
    for before, after in rows.pairs:
        yield from _band(before, after, pair)
    for before in rows.removed:
        yield pair.change(ChangeKind.BAND_REMOVED, before, None, _of_band(before, None, pair), before.grade)
    for after in rows.added:
        yield pair.change(ChangeKind.BAND_ADDED, None, after, _of_band(None, after, pair), after.grade)
    if rows.disordered:
        yield pair.change(ChangeKind.ROW_ORDER, tuple(old), tuple(new))


def _edges(pairs: tuple[tuple[rb.Band, rb.Band], ...], pair: Pair) -> Iterator[Change]:
    """Each boundary that moved once, with the bands on its sides."""
    ranged = [
        (one.within, other.within, other.grade)
        for one, other in pairs
        if one.within is not None and other.within is not None
    ]
    before, after = [one for one, _, _ in ranged], [other for _, other, _ in ranged]
    basis = _basis(pair)
    for edge in moved(before, after):
        effect = (of_edge(edge, before, after, *basis, pair) if basis is not None else None) or EVERYBODY
        grades = tuple(ranged[place][2] for place in edge.places)
        yield pair.change(ChangeKind.BAND_EDGE, edge.old, edge.new, effect, *grades)


def _band(old: rb.Band, new: rb.Band, pair: Pair) -> Iterator[Change]:
    if old.subject != new.subject:
        yield pair.change(ChangeKind.WORDING, old.subject or None, new.subject or None, NOBODY, "subject", new.grade)
    others = [(getattr(old, name), getattr(new, name)) for name in ("rest", "by_rule", "all_of")]
    if (old.within is None) is not (new.within is None) or any(one != other for one, other in others):
        yield pair.change(ChangeKind.BAND_CONDITION, old, new, EVERYBODY, new.grade)
    elif old.when != new.when:
        effect = EVERYBODY if old.when is None or new.when is None else conditions(old.when, new.when, pair)
        yield pair.change(ChangeKind.BAND_CONDITION, old.when, new.when, effect, new.grade)


def _of_band(old: rb.Band | None, new: rb.Band | None, pair: Pair) -> Consequence:
    """Units in a band that only one version has, where a range alone makes the band."""
    known = old or new
    assert known is not None
    if known.within is None or known.conditions:
        return EVERYBODY
    before, after = (() if band is None or band.within is None else (band.within,) for band in (old, new))
    basis = _basis(pair)
    return (symmetric(pair, before, after, *basis) if basis is not None else None) or EVERYBODY


def _basis(pair: Pair) -> tuple[About, object] | None:
    """What the bands of all blocks of both versions are ranges of, as the later says it; None if of several things."""
    scales = [scale for book in (pair.new, pair.old) for scale in book.scales]
    named = (pair.old_code, pair.new_code)
    found = {(each.basis, each.expression) for scale in scales if scale.id in named for each in scale.gradings}
    if len(found) != 1:
        return None
    ((basis, expression),) = found
    match basis:
        case rb.GradeBasis.TOTAL:
            return About.TOTAL, None
        case rb.GradeBasis.SHARE:
            return About.SHARE, None
        case rb.GradeBasis.EXPRESSION:
            return About.VALUE, expression
        case _:
            assert_never(basis)


def _rules(old: tuple[rb.GradeRule, ...], new: tuple[rb.GradeRule, ...], pair: Pair) -> Iterator[Change]:
    rows = aligned(old, new, lambda rule: (rule.form, rule.when), lambda rule: (rule.form, rule.grade))
    for before, after in rows.pairs:
        if before == after:
            continue
        if before.when == after.when:
            effect = whenever(after.when, pair.new_text(after.when), pair)
        else:
            same = (before.form, before.grade) == (after.form, after.grade)
            effect = conditions(before.when, after.when, pair) if same else EVERYBODY
        yield pair.change(ChangeKind.GRADE_RULE, before, after, effect, after.grade)
    for before in rows.removed:
        effect = holding(before.when, None, pair.old_text(before.when), pair)
        yield pair.change(ChangeKind.GRADE_RULE_REMOVED, before, None, effect, before.grade)
    for after in rows.added:
        effect = holding(None, after.when, pair.new_text(after.when), pair)
        yield pair.change(ChangeKind.GRADE_RULE_ADDED, None, after, effect, after.grade)
    if rows.disordered:
        yield pair.change(ChangeKind.ROW_ORDER, tuple(old), tuple(new))


def _quotas(old: tuple[rb.Quota, ...], new: tuple[rb.Quota, ...], pair: Pair) -> Iterator[Change]:
    rows = aligned(old, new, lambda quota: quota.grade, None)
    alone = len(old) <= 1 and len(new) <= 1
    differing = [(before, after) for before, after in rows.pairs if before != after]
    sides = [*differing, *((quota, None) for quota in rows.removed), *((None, quota) for quota in rows.added)]
    for before, after in sides:
        known = after or before
        assert known is not None
        effect = some(About.GRADE, "", known.grade) if alone else EVERYBODY
        yield pair.change(ChangeKind.QUOTA, before, after, effect, known.grade)
    if rows.disordered:
        yield pair.change(ChangeKind.ROW_ORDER, tuple(old), tuple(new))


GRADING: Mapping[str, FieldRule | None] = {
    "basis": ELSEWHERE,
    "bands": (ChangeKind.GRADES, _bands),
    "rules": (ChangeKind.GRADE_RULE, _rules),
    "quotas": (ChangeKind.QUOTA, _quotas),
    "expression": ELSEWHERE,
    "lower_is_better": ELSEWHERE,
    "when": ELSEWHERE,
}
"""Every field of a block of grades."""

_HEAD = ("basis", "expression", "lower_is_better", "when")


def ranking_changes(old: rb.Ranking | None, new: rb.Ranking | None, pair: Pair) -> Iterator[Change]:
    """How units are ranked: where the first key stays, only units that tie on it can change places."""
    tied = (
        old is not None
        and new is not None
        and old.per_block is new.per_block
        and old.keys[:1] == new.keys[:1]
        and old.keys[0].value is not None
    )
    yield pair.change(ChangeKind.RANKING, old, new, some(About.TIED) if tied else EVERYBODY)
