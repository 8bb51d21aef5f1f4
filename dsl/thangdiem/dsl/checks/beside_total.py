"""A scale and what a unit of an example expects in; the columns that are used although the total is given, out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl import walk
from thangdiem.dsl.letters import fold

_OF_MAXIMUM = (rb.Aspect.SHARE, rb.Aspect.MAXIMUM)


def used_beside_total(scale: rb.Scale, expected: Iterable[rb.Expectation]) -> frozenset[str]:
    """Keys of the columns that grades, ranking or expectations look at, also through items and named values."""
    aspects = list(expected)
    items = {item.code: item for item in scale.walk()}
    waiting = [part for each in _beginnings(scale, aspects) for part in walk.all_of(each)]
    waiting += [
        rb.ItemScore(each.subject) for each in aspects if each.aspect is rb.Aspect.ITEM and each.subject in items
    ]
    bonuses = {
        bonus.key: bonus for bonus in (*scale.bonuses, *(one for item in items.values() for one in item.bonuses))
    }
    owners = (scale.names, *(item.names for item in items.values()), *(bonus.names for bonus in bonuses.values()))
    names = {(named.owner, named.name): named for group in owners for named in group}
    used: set[str] = set()
    seen: set[object] = set()

    def follow(key: object, expressions: Iterable[rb.Expression]) -> None:
        if key not in seen:
            seen.add(key)
            waiting.extend(part for each in expressions for part in walk.all_of(each))

    while waiting:
        part = waiting.pop()
        match part:
            case rb.Datum() | rb.Present():
                used.add(fold(f"[{part.name}]"))
            case rb.Judged():
                used.add(fold(part.code))
            case rb.NameRef():
                follow((part.owner, part.name), walk.of_method(names[part.owner, part.name].method))
            case rb.BonusPoints():
                used.add(fold(part.title))
                follow(("bonus", part.title), walk.of_bonus(bonuses[part.title]))
            case rb.ItemScore() | rb.OverItems() | rb.ItemCount() | rb.SomeItem():
                for code in (part.code,) if isinstance(part, rb.ItemScore) else part.codes:
                    used.add(fold(code))
                    follow(("item", code), walk.of_item(items[code]))
                    waiting.extend(rb.ItemScore(child.code) for child in items[code].children)
            case _:
                pass
    return frozenset(used)


def _beginnings(scale: rb.Scale, aspects: list[rb.Expectation]) -> Iterator[rb.Expression]:
    """What is evaluated beside the total itself: grades, keys of the ranking, and what leaves the maximum."""
    for grading in scale.gradings:
        yield from walk.of_grading(grading)
    if scale.ranking is not None:
        yield from (key.value for key in scale.ranking.keys if key.value is not None)
    by_share = any(grading.basis is rb.GradeBasis.SHARE for grading in scale.gradings)
    if by_share or any(each.aspect in _OF_MAXIMUM for each in aspects):
        for item in scale.walk():
            yield from item.applicability.conditions
            if item.applicability.allowed:
                yield rb.Judged(item.code)
