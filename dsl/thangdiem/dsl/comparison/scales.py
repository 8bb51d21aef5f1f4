"""Two scales that are one in both versions in; what differs in them, item by item, out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

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
from thangdiem.dsl.comparison.data import data_changes
from thangdiem.dsl.comparison.grading import gradings_changes, ranking_changes
from thangdiem.dsl.comparison.items import (
    aggregation_changes,
    bonus_changes,
    item_changes,
    name_changes,
    points_changes,
)
from thangdiem.dsl.comparison.matching import GONE, bonus_keys, bonuses, grades, item_codes
from thangdiem.dsl.comparison.methods import limit_changes, method_changes
from thangdiem.dsl.comparison.pairing import ELSEWHERE, FieldRule, Pair, by_fields
from thangdiem.dsl.comparison.provisions import provision_changes
from thangdiem.dsl.comparison.rekeying import Renaming, rekeyed
from thangdiem.dsl.dialect import dialect


def renaming(old: rb.Scale, new: rb.Scale) -> Renaming:
    """What is called otherwise in the later scale."""
    codes, keys = item_codes(old, new), bonus_keys(old, new)
    later = {item.code for item in new.walk()} | set(bonuses(new))
    changed = {before: after for before, after in {**codes, **keys}.items() if before != after}
    former = [*(item.code for item in old.walk()), *bonuses(old)]
    gone = {code: GONE + code for code in former if code not in codes and code not in keys and code in later}
    titles = {before[1:]: after[1:] for before, after in keys.items() if before != after}
    return Renaming({**changed, **gone}, titles, grades(old, new))


def scale_changes(old: rb.Scale, new: rb.Scale, names: Renaming, pair: Pair) -> Iterator[Change]:
    """Every change of a scale: its own lines, its items, its bonuses."""
    codes, keys = item_codes(old, new), bonus_keys(old, new)
    before = rekeyed(old, names)
    data = {name: field for name, field in new.data.items() if name in old.data and old.data[name].form is field.form}
    at = evolve(pair, scale=new.id, data=data).at(SubjectForm.SCALE, new.id, new.title, old_code=old.id)
    yield from by_fields(SCALE, before, new, at)
    for one, other in names.grades.items():
        yield at.change(ChangeKind.BAND_RENAMED, one, other, some(About.GRADE, "", one), one, other)
    yield from data_changes(before.data, new.data, at)
    yield from _items(old, before, new, codes, at)
    yield from _bonuses(old, before, new, keys, at)


def _items(old: rb.Scale, before: rb.Scale, new: rb.Scale, codes: Mapping[str, str], pair: Pair) -> Iterator[Change]:
    former = {item.code: item for item in old.walk()}
    names = {later: code for code, later in codes.items()}
    known = {item.code: item for item in before.walk()}
    for item in new.walk():
        if item.code not in names:
            if not item.parent or item.parent in names:
                at = pair.at(SubjectForm.ITEM, item.code, item.title)
                yield at.change(ChangeKind.ITEM_ADDED, None, item)
            continue
        origin = former[names[item.code]]
        at = pair.at(SubjectForm.ITEM, item.code, item.title, old_code=origin.code)
        yield from _place(origin, known[item.code], item, at)
        yield from item_changes(known[item.code], item, at)
    for item in old.walk():
        if item.code not in codes and (not item.parent or item.parent in codes):
            yield pair.at(SubjectForm.ITEM, item.code, item.title).change(ChangeKind.ITEM_REMOVED, item, None)
    yield from _order(before, new, pair)


def _place(origin: rb.Item, before: rb.Item, after: rb.Item, pair: Pair) -> Iterator[Change]:
    """Another parent, or only another number."""
    if before.parent != after.parent:
        yield _headed(pair.change(ChangeKind.ITEM_MOVED, origin, after, EVERYBODY, origin.parent, after.parent), pair)
    elif origin.code != after.code:
        yield _headed(pair.change(ChangeKind.ITEM_RENUMBERED, origin, after, NOBODY), pair)


def _headed(change: Change, pair: Pair) -> Change:
    """A change of two items shown by their first lines."""
    sides = {}
    for name, book in (("old", pair.old), ("new", pair.new)):
        side = getattr(change, name)
        assert side is not None and isinstance(side.node, rb.Item)
        sides[name] = evolve(side, text=book.source.text[side.node.head.start : side.node.head.end].strip())
    return evolve(change, **sides)


def _order(before: rb.Scale, new: rb.Scale, pair: Pair) -> Iterator[Change]:
    """Items that were kept below one parent and stand in another order."""
    earlier, later = ({item.code: item for item in scale.walk()} for scale in (before, new))
    kept = [code for code, item in later.items() if code in earlier and earlier[code].parent == item.parent]
    for parent in dict.fromkeys(later[code].parent for code in kept):
        after = [code for code in kept if later[code].parent == parent]
        ahead = [code for code in earlier if code in after]
        if ahead != after:
            yield pair.change(ChangeKind.ITEM_ORDER, ", ".join(ahead), ", ".join(after), NOBODY, parent)


def _bonuses(old: rb.Scale, before: rb.Scale, new: rb.Scale, keys: Mapping[str, str], pair: Pair) -> Iterator[Change]:
    former, known, later = bonuses(old), bonuses(before), bonuses(new)
    names = {after: key for key, after in keys.items()}
    for key, bonus in later.items():
        at = pair.at(SubjectForm.BONUS, key, bonus.title, bonus.owner)
        if key not in names:
            yield at.change(ChangeKind.BONUS_ADDED, None, bonus)
            continue
        at = evolve(at, old_code=names[key])
        if names[key] != key:
            yield at.change(ChangeKind.BONUS_RENAMED, former[names[key]].title, bonus.title, NOBODY)
        if known[key].owner != bonus.owner:
            yield at.change(ChangeKind.ITEM_MOVED, known[key], bonus, EVERYBODY, former[names[key]].owner, bonus.owner)
        yield from bonus_changes(known[key], bonus, at)
    for key, bonus in former.items():
        if key not in keys:
            at = pair.at(SubjectForm.BONUS, key, bonus.title, bonus.owner)
            yield at.change(ChangeKind.BONUS_REMOVED, bonus, None)
    kept = [key for key in later if key in known]
    if (ahead := [key for key in known if key in later]) != kept:
        yield pair.change(ChangeKind.ITEM_ORDER, ", ".join(ahead), ", ".join(kept), NOBODY)


def _roundings(old: tuple[rb.RoundingRule, ...], new: tuple[rb.RoundingRule, ...], pair: Pair) -> Iterator[Change]:
    yield pair.change(ChangeKind.ROUNDING, old or None, new or None)


def _policy(old: rb.Policy | None, new: rb.Policy | None, pair: Pair) -> Iterator[Change]:
    yield pair.change(ChangeKind.POLICY, old, new, some(About.EXEMPT))


def _audience(old: tuple[str, ...], new: tuple[str, ...], pair: Pair) -> Iterator[Change]:
    changed = [*(kind for kind in old if kind not in new), *(kind for kind in new if kind not in old)]
    effect = some(About.AUDIENCE, "", *changed) if old and new and changed else EVERYBODY
    yield pair.change(ChangeKind.AUDIENCE, old or None, new or None, effect if changed else NOBODY)


def _direction(old: str, new: str, pair: Pair) -> Iterator[Change]:
    sides = [
        dialect(book.dialect).spell(f"{better.upper()}_BETTER") if better else None
        for book, better in ((pair.old, old), (pair.new, new))
    ]
    yield pair.change(ChangeKind.DIRECTION, sides[0], sides[1], NOBODY)


def _title(old: str, new: str, pair: Pair) -> Iterator[Change]:
    yield pair.change(ChangeKind.TITLE, old, new, NOBODY)


SCALE: Mapping[str, FieldRule | None] = {
    "id": (ChangeKind.SCALE_RENAMED, NOBODY),
    "title": (ChangeKind.TITLE, _title),
    "points": (ChangeKind.MAXIMUM, points_changes),
    "items": ELSEWHERE,
    "audience": (ChangeKind.AUDIENCE, _audience),
    "counts": (ChangeKind.COUNTS, NOBODY),
    "data": ELSEWHERE,
    "names": (ChangeKind.NAME_ADDED, name_changes),
    "roundings": (ChangeKind.ROUNDING, _roundings),
    "policy": (ChangeKind.POLICY, _policy),
    "layers": (ChangeKind.LAYERS, EVERYBODY),
    "aggregation": (ChangeKind.AGGREGATION, aggregation_changes),
    "total": (ChangeKind.METHOD, method_changes),
    "limits": (ChangeKind.LIMIT, limit_changes),
    "bonuses": ELSEWHERE,
    "gradings": (ChangeKind.GRADES, gradings_changes),
    "ranking": (ChangeKind.RANKING, ranking_changes),
    "better": (ChangeKind.DIRECTION, _direction),
    "provision": (ChangeKind.WORDING, provision_changes),
}
"""Every field of a scale."""
