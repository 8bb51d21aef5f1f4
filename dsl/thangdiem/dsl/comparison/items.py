"""Two items, or two bonuses, that are one in both versions in; what differs between them out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from attrs import evolve

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.comparison.change import (
    EVERYBODY,
    NOBODY,
    About,
    Change,
    ChangeKind,
    SubjectForm,
    some,
)
from thangdiem.dsl.comparison.consequences import conditions, holding, whenever
from thangdiem.dsl.comparison.methods import limit_changes, method_changes, named_changes
from thangdiem.dsl.comparison.pairing import ELSEWHERE, FieldRule, Pair, by_fields
from thangdiem.dsl.comparison.provisions import provision_changes
from thangdiem.dsl.walk import all_of, of_item


def item_changes(old: rb.Item, new: rb.Item, pair: Pair) -> Iterator[Change]:
    """What differs in an item itself; its place and what is below it are compared for the whole scale."""
    for change in by_fields(ITEM, old, new, pair):
        if change.kind is ChangeKind.MAXIMUM:
            yield _with_followers(change, new, pair)
        else:
            yield change


def _with_followers(change: Change, item: rb.Item, pair: Pair) -> Change:
    """A changed maximum, with the expressions of the item that use it."""
    using = [
        pair.new_text(outer)
        for outer in of_item(item)
        if any(isinstance(each, rb.MaximumOf) and each.code == item.code for each in all_of(outer))
    ]
    return evolve(change, follows=tuple(dict.fromkeys(using)))


def bonus_changes(old: rb.Bonus, new: rb.Bonus, pair: Pair) -> Iterator[Change]:
    """What differs between two bonuses or deductions."""
    yield from by_fields(BONUS, old, new, pair)


def name_changes(old: tuple[rb.Named, ...], new: tuple[rb.Named, ...], pair: Pair) -> Iterator[Change]:
    """Named values: an added or removed one touches nobody by itself, what uses it is told where it stands."""
    told = False
    for before, after in named_changes(old, new):
        told = True
        known = after or before
        assert known is not None
        at = pair.at(SubjectForm.NAME, known.name, owner=pair.subject.key)
        if before is None:
            yield at.change(ChangeKind.NAME_ADDED, None, after, NOBODY)
        elif after is None:
            yield at.change(ChangeKind.NAME_REMOVED, before, None, NOBODY)
        else:
            found = tuple(method_changes(before.method, after.method, at))
            yield from found or (at.change(ChangeKind.METHOD, before, after),)
    if not told:
        yield pair.change(ChangeKind.ROW_ORDER, old, new, NOBODY)


def _kind_word(old: str, new: str, pair: Pair) -> Iterator[Change]:
    """The kind of an item is wording, unless the scale rounds items by their kind."""
    rounded = any(
        rule.step is rb.RoundingStep.KIND
        for book in (pair.old, pair.new)
        for scale in book.scales
        for rule in scale.roundings
    )
    yield pair.change(ChangeKind.KIND_WORD, old, new, EVERYBODY if rounded else NOBODY)


def points_changes(old: rb.Points | None, new: rb.Points | None, pair: Pair) -> Iterator[Change]:
    """The stated points."""
    yield pair.change(ChangeKind.MAXIMUM, old, new)


def _weight(old: Fraction | None, new: Fraction | None, pair: Pair) -> Iterator[Change]:
    yield pair.change(ChangeKind.WEIGHT, old, new)


def aggregation_changes(old: rb.Aggregation, new: rb.Aggregation, pair: Pair) -> Iterator[Change]:
    """How a node is made of its children; to write what holds anyway changes nothing."""
    same = (old.form, old.rounding) == (new.form, new.rounding)
    sides = [each if each.written else None for each in (old, new)]
    yield pair.change(ChangeKind.AGGREGATION, sides[0], sides[1], NOBODY if same else EVERYBODY)


def _applicability(old: rb.Applicability, new: rb.Applicability, pair: Pair) -> Iterator[Change]:
    exempt = some(About.EXEMPT, pair.subject.key)
    if old.conditions != new.conditions:
        yield from _conditions(old.conditions, new.conditions, pair)
    if old.allowed is not new.allowed:
        sides = ["" if side.allowed else None for side in (old, new)]
        yield pair.change(ChangeKind.NOT_APPLICABLE, sides[0], sides[1], exempt, "allowed")
    if old.suspended is not new.suspended:
        sides = ["" if side.suspended else None for side in (old, new)]
        yield pair.change(ChangeKind.NOT_APPLICABLE, sides[0], sides[1], EVERYBODY, "suspended")
    if old.policy != new.policy:
        # a policy holds for everything below the item, too
        yield pair.change(ChangeKind.POLICY, old.policy, new.policy, some(About.EXEMPT))


def _conditions(old: tuple[rb.Expression, ...], new: tuple[rb.Expression, ...], pair: Pair) -> Iterator[Change]:
    removed, added = [each for each in old if each not in new], [each for each in new if each not in old]
    if len(removed) == len(added):
        for before, after in zip(removed, added, strict=True):
            yield pair.change(ChangeKind.NOT_APPLICABLE, before, after, conditions(before, after, pair))
    else:
        for before in removed:
            effect = holding(before, None, pair.old_text(before), pair)
            yield pair.change(ChangeKind.NOT_APPLICABLE, before, None, effect)
        for after in added:
            effect = holding(None, after, pair.new_text(after), pair)
            yield pair.change(ChangeKind.NOT_APPLICABLE, None, after, effect)
    if not removed and not added:
        yield pair.change(ChangeKind.ROW_ORDER, old, new, NOBODY)


def _counts_when(old: rb.Expression | None, new: rb.Expression | None, pair: Pair) -> Iterator[Change]:
    effect = conditions(old, new, pair) if old is not None and new is not None else EVERYBODY
    yield pair.change(ChangeKind.COUNTS_WHEN, old, new, effect)


def _replacements(old: tuple[rb.Replacement, ...], new: tuple[rb.Replacement, ...], pair: Pair) -> Iterator[Change]:
    if [each.when for each in old] != [each.when for each in new]:
        yield pair.change(ChangeKind.REPLACEMENT, old or None, new or None)
        return
    for before, after in zip(old, new, strict=True):
        if before != after:
            effect = whenever(after.when, pair.new_text(after.when), pair)
            yield pair.change(ChangeKind.REPLACEMENT, before, after, effect)


def _missing(old: rb.Outcome | None, new: rb.Outcome | None, pair: Pair) -> Iterator[Change]:
    yield pair.change(ChangeKind.MISSING, old, new, some(About.MISSING, pair.subject.key))


ITEM: Mapping[str, FieldRule | None] = {
    "code": ELSEWHERE,
    "parent": ELSEWHERE,
    "children": ELSEWHERE,
    "bonuses": ELSEWHERE,
    "kind_word": (ChangeKind.KIND_WORD, _kind_word),
    "title": (ChangeKind.TITLE, NOBODY),
    "points": (ChangeKind.MAXIMUM, points_changes),
    "weight": (ChangeKind.WEIGHT, _weight),
    "method": (ChangeKind.METHOD, method_changes),
    "aggregation": (ChangeKind.AGGREGATION, aggregation_changes),
    "names": (ChangeKind.NAME_ADDED, name_changes),
    "applicability": (ChangeKind.NOT_APPLICABLE, _applicability),
    "counts_when": (ChangeKind.COUNTS_WHEN, _counts_when),
    "replacements": (ChangeKind.REPLACEMENT, _replacements),
    "missing": (ChangeKind.MISSING, _missing),
    "limits": (ChangeKind.LIMIT, limit_changes),
    "rounding": (ChangeKind.ROUNDING, EVERYBODY),
    "provision": (ChangeKind.WORDING, provision_changes),
}
"""Every field of an item."""

BONUS: Mapping[str, FieldRule | None] = {
    "title": ELSEWHERE,
    "deduction": ELSEWHERE,
    "owner": ELSEWHERE,
    "method": (ChangeKind.METHOD, method_changes),
    "points": (ChangeKind.MAXIMUM, points_changes),
    "limits": (ChangeKind.LIMIT, limit_changes),
    "names": (ChangeKind.NAME_ADDED, name_changes),
    "missing": (ChangeKind.MISSING, _missing),
    "provision": (ChangeKind.WORDING, provision_changes),
}
"""Every field of a bonus."""
