"""Two versions of a method in; its changes, row by row where the form is the same, out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.comparison.change import EVERYBODY, NOBODY, About, Change, ChangeKind, Consequence, some
from thangdiem.dsl.comparison.consequences import (
    at_level,
    conditions,
    holding,
    limits,
    ticked,
    whenever,
)
from thangdiem.dsl.comparison.pairing import Pair, written
from thangdiem.dsl.comparison.rows import Rows, aligned
from thangdiem.dsl.comparison.steps import marks_changes, steps_changes
from thangdiem.dsl.letters import fold


def method_changes(old: rb.Method | None, new: rb.Method | None, pair: Pair) -> Iterator[Change]:
    """What differs between two methods; as a whole where they are of different forms."""
    match old, new:
        case rb.Choice(), rb.Choice():
            yield from _levels(old, new, pair)
        case rb.Checklist(), rb.Checklist():
            yield from _marks(old, new, pair)
        case rb.Steps(), rb.Steps() if old.subjects == new.subjects:
            yield from steps_changes(old, new, pair)
        case rb.Marks(), rb.Marks() if old.subject == new.subject:
            yield from marks_changes(old, new, pair)
        case rb.Cases(), rb.Cases() if old.best is new.best:
            yield from _cases(old, new, pair)
        case rb.Formula(), rb.Formula():
            yield from _formula(old, new, pair)
        case rb.Guarded(), rb.Guarded() if [each.when for each in old.guards] == [each.when for each in new.guards]:
            for before, after in zip(old.guards, new.guards, strict=True):
                if before.method != after.method:
                    yield from method_changes(before.method, after.method, pair)
        case rb.Direct(), rb.Direct():
            yield pair.change(ChangeKind.METHOD, old, new, NOBODY)
        case _:
            yield pair.change(ChangeKind.METHOD, old, new)


def _formula(old: rb.Formula, new: rb.Formula, pair: Pair) -> Iterator[Change]:
    if old.value != new.value:
        yield pair.change(ChangeKind.FORMULA, old.value, new.value)
    if old.limits != new.limits:
        yield from limit_changes(old.limits, new.limits, pair)


def limit_changes(old: Sequence[rb.Limit], new: Sequence[rb.Limit], pair: Pair) -> Iterator[Change]:
    """Caps and floors: moved, added, removed."""
    subject = pair.subject.key
    rows = aligned(old, new, lambda limit: (limit.most, limit.when), lambda limit: limit.most)
    for before, after in rows.pairs:
        if before != after:
            yield pair.change(ChangeKind.LIMIT, before, after, limits(before, after, subject, pair))
    for before in rows.removed:
        yield pair.change(ChangeKind.LIMIT_REMOVED, before, None, limits(before, None, subject, pair))
    for after in rows.added:
        yield pair.change(ChangeKind.LIMIT_ADDED, None, after, limits(None, after, subject, pair))
    if rows.disordered:
        yield pair.change(ChangeKind.ROW_ORDER, tuple(old), tuple(new))


def _levels(old: rb.Choice, new: rb.Choice, pair: Pair) -> Iterator[Change]:
    code = pair.subject.key
    labels = {fold(level.label) for level in (*old.levels, *new.levels)}
    rows = _levels_paired(old, new)
    for before, after in rows.pairs:
        if fold(before.label) != fold(after.label):
            known = fold(before.label) in map(fold, after.aliases)
            effect = NOBODY if known else at_level(code, before.label)
            yield pair.change(ChangeKind.LEVEL_LABEL, before.label, after.label, effect, before.label)
        elif before.label != after.label:
            yield pair.change(ChangeKind.LEVEL_LABEL, before.label, after.label, NOBODY, before.label)
        if before.value != after.value:
            effect = at_level(code, before.label)
            yield pair.change(ChangeKind.LEVEL_POINTS, before.value, after.value, effect, after.label)
        for alias in sorted(({*before.aliases} ^ {*after.aliases}) - {before.label}):
            effect = NOBODY if fold(alias) in labels else at_level(code, alias)
            sides = (alias, None) if alias in before.aliases else (None, alias)
            yield pair.change(ChangeKind.LEVEL_LABEL, sides[0], sides[1], effect, after.label)
        if before.aliases != after.aliases and {*before.aliases} == {*after.aliases}:
            yield pair.change(ChangeKind.ROW_ORDER, before.aliases, after.aliases, NOBODY, after.label)
    for before in rows.removed:
        yield pair.change(ChangeKind.LEVEL_REMOVED, before, None, at_level(code, before.label), before.label)
    for after in rows.added:
        yield pair.change(ChangeKind.LEVEL_ADDED, None, after, at_level(code, after.label), after.label)
    if rows.disordered:
        yield pair.change(ChangeKind.ROW_ORDER, old, new, NOBODY)


def _levels_paired(old: rb.Choice, new: rb.Choice) -> Rows[rb.Level]:
    """By label, by a label that became an alias, then by what they give."""
    alias_of = {fold(alias): fold(level.label) for level in new.levels for alias in level.aliases}
    known = {fold(level.label) for level in new.levels}

    def label(level: rb.Level) -> str:
        own = fold(level.label)
        return own if own in known else alias_of.get(own, own)

    return aligned(old.levels, new.levels, label, lambda level: level.value)


def _marks(old: rb.Checklist, new: rb.Checklist, pair: Pair) -> Iterator[Change]:
    code = pair.subject.key
    rows = aligned(old.marks, new.marks, lambda mark: mark.letter, None)
    for before, after in rows.pairs:
        part = f"{after.letter})"
        if before.value != after.value:
            if after.when is not None:
                effect = whenever(after.when, pair.new_text(after.when), pair)
            else:
                effect = ticked(code, after)
            yield pair.change(ChangeKind.MARK_POINTS, before.value, after.value, effect, part)
        if before.label != after.label and before.when is None and after.when is None:
            yield pair.change(ChangeKind.MARK_LABEL, before.label, after.label, NOBODY, part)
        elif (before.when is None) is not (after.when is None):
            yield pair.change(ChangeKind.METHOD, before, after)
        if before.when is not None and after.when is not None and before.when != after.when:
            effect = conditions(before.when, after.when, pair)
            yield pair.change(ChangeKind.MARK_CONDITION, before.when, after.when, effect, part)
    for mark in rows.removed:
        yield pair.change(ChangeKind.MARK_REMOVED, mark, None, _of_mark(mark, None, pair), f"{mark.letter})")
    for mark in rows.added:
        yield pair.change(ChangeKind.MARK_ADDED, None, mark, _of_mark(None, mark, pair), f"{mark.letter})")
    if rows.disordered:
        yield pair.change(ChangeKind.ROW_ORDER, old, new, NOBODY)


def _of_mark(old: rb.Mark | None, new: rb.Mark | None, pair: Pair) -> Consequence:
    mark = old or new
    assert mark is not None
    if mark.when is None:
        return ticked(pair.subject.key, mark)
    text = written(pair.new if old is None else pair.old, mark.when)
    return holding(mark.when if old is not None else None, mark.when if old is None else None, text, pair)


def _cases(old: rb.Cases, new: rb.Cases, pair: Pair) -> Iterator[Change]:
    rows = aligned(old.cases, new.cases, lambda case: case.when, lambda case: (case.when is None, case.value))
    for before, after in rows.pairs:
        part = _head(pair.new, after)
        if before.when is not None and after.when is not None and before.when != after.when:
            effect = conditions(before.when, after.when, pair)
            yield pair.change(ChangeKind.CASE_CONDITION, before.when, after.when, effect, part)
        elif before.when != after.when:  # one of them is what is left over
            yield pair.change(ChangeKind.CASE_CONDITION, before, after, EVERYBODY, part)
        if before.value != after.value:
            effect = some(About.HOLDS, "", part) if after.when is None else whenever(after.when, part, pair)
            yield pair.change(ChangeKind.CASE_VALUE, before.value, after.value, effect, part)
    for before in rows.removed:
        part = _head(pair.old, before)
        effect = some(About.HOLDS, "", part) if before.when is None else holding(before.when, None, part, pair)
        yield pair.change(ChangeKind.CASE_REMOVED, before, None, effect, part)
    for after in rows.added:
        part = _head(pair.new, after)
        effect = some(About.HOLDS, "", part) if after.when is None else holding(None, after.when, part, pair)
        yield pair.change(ChangeKind.CASE_ADDED, None, after, effect, part)
    if rows.disordered:
        yield pair.change(ChangeKind.ROW_ORDER, old, new)


def _head(book: rb.Rulebook, case: rb.Case) -> str:
    """The condition of a case as the file writes it, or ``còn lại``."""
    if case.when is not None:
        return written(book, case.when)
    text = book.source.text[case.span.start : case.value.span.start]
    return text.strip(" -–•+:\n")


def named_changes(
    old: Sequence[rb.Named], new: Sequence[rb.Named]
) -> Iterator[tuple[rb.Named | None, rb.Named | None]]:
    """Named values that differ, by name; one that is added or removed has no other side."""
    before, after = ({named.name: named for named in side} for side in (old, new))
    for name in dict.fromkeys((*before, *after)):
        one, other = before.get(name), after.get(name)
        if one != other:
            yield one, other
