"""Two scales in; which item of the later is which of the former, by code, by content, by title, out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping

from attrs import evolve

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.comparison.rekeying import Renaming, rekeyed
from thangdiem.dsl.letters import toneless

GONE = "\0"
"""Before the code of a former item whose code now means another one."""


def item_codes(old: rb.Scale, new: rb.Scale) -> dict[str, str]:
    """The later code of every former item that is still there.

    First what has both code and title; then what has the same content, or the same title, under another code; then
    what has the code alone.
    """
    before, after = _by_code(old), _by_code(new)
    found: dict[str, str] = {}

    def match(key: Callable[[rb.Item], Hashable]) -> None:
        left = [item for code, item in before.items() if code not in found]
        taken = set(found.values())
        right = [item for code, item in after.items() if code not in taken]
        found.update(_unique(left, right, key))

    match(lambda item: (item.code, toneless(item.title)))
    match(_content)
    _with_descendants(found, before, after)
    match(lambda item: toneless(item.title))
    match(lambda item: item.code)
    return {code: found[code] for code in before if code in found}


def _by_code(scale: rb.Scale) -> dict[str, rb.Item]:
    return {item.code: item for item in scale.walk()}


def _unique(left: Iterable[rb.Item], right: Iterable[rb.Item], key: Callable[[rb.Item], Hashable]) -> Mapping[str, str]:
    """Pairs of items that alone have a key on their side."""
    lefts, rights = ([(key(item), item.code) for item in items] for items in (left, right))
    counts = [Counter(each for each, _ in side) for side in (lefts, rights)]
    by_key = {each: code for each, code in rights if counts[1][each] == 1}
    return {code: by_key[each] for each, code in lefts if counts[0][each] == 1 and each in by_key}


def _content(item: rb.Item) -> rb.Item:
    """An item without its number: codes below it count from it."""
    codes = {each.code: f"{GONE}{index}" for index, each in enumerate(item.walk())}
    return evolve(rekeyed(item, Renaming(codes, {}, {})), parent="")


def _with_descendants(found: dict[str, str], before: Mapping[str, rb.Item], after: Mapping[str, rb.Item]) -> None:
    """What lies below two items of one content is one by one the same."""
    taken = set(found.values())
    for old, new in list(found.items()):
        if old == new or _content(before[old]) != _content(after[new]):
            continue
        for one, other in zip(before[old].walk(), after[new].walk(), strict=True):
            if one.code not in found and other.code not in taken:
                found[one.code] = other.code
                taken.add(other.code)


def bonus_keys(old: rb.Scale, new: rb.Scale) -> dict[str, str]:
    """The later key of every former bonus that is still there: by key, then by content."""
    before, after = bonuses(old), bonuses(new)
    found = {key: key for key in before if key in after}
    left = {key: _untitled(bonus) for key, bonus in before.items() if key not in found}
    right = {key: _untitled(bonus) for key, bonus in after.items() if key not in found}
    for key, content in left.items():
        same = [other for other, each in right.items() if each == content]
        if len(same) == 1 and sum(each == content for each in left.values()) == 1:
            found[key] = same[0]
    return found


def bonuses(scale: rb.Scale) -> dict[str, rb.Bonus]:
    """Every bonus of a scale by its key."""
    every = [*scale.bonuses, *(bonus for item in scale.walk() for bonus in item.bonuses)]
    return {bonus.key: bonus for bonus in every}


def _untitled(bonus: rb.Bonus) -> rb.Bonus:
    names = Renaming({bonus.key: GONE}, {bonus.title: GONE}, {})
    return rekeyed(bonus, names)


def grades(old: rb.Scale, new: rb.Scale) -> dict[str, str]:
    """The later names of bands that are the same but for their names, where each name is only on one side."""
    before = {band.grade: band for grading in old.gradings for band in grading.bands}
    after = {band.grade: band for grading in new.gradings for band in grading.bands}
    left = {name: evolve(band, grade="") for name, band in before.items() if name not in after}
    right = {name: evolve(band, grade="") for name, band in after.items() if name not in before}
    return {
        name: same[0]
        for name, content in left.items()
        if len(same := [other for other, each in right.items() if each == content]) == 1
        and sum(each == content for each in left.values()) == 1
    }
