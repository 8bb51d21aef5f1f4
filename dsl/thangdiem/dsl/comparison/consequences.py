"""Two versions of a condition or a value in; the units for which they differ out."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.comparison.change import (
    EVERYBODY,
    NOBODY,
    About,
    Condition,
    Consequence,
    Effect,
    Instance,
    some,
)
from thangdiem.dsl.comparison.pairing import Pair
from thangdiem.dsl.comparison.regions import either, symmetric
from thangdiem.dsl.walk import all_of


def reads(value: rb.Expression) -> frozenset[str]:
    """What must be known for a value: data in brackets, names and codes."""
    found = set()
    for each in all_of(value):
        match each:
            case rb.Datum(name):
                found.add(f"[{name}]")
            case rb.NameRef(_, name):
                found.add(name)
            case rb.ItemScore(code) | rb.Judged(code):
                found.add(code)
            case rb.OverItems() | rb.ItemCount() | rb.SomeItem():
                found.update(each.codes)
            case _:
                continue
    return frozenset(found)


def conditions(old: rb.Expression, new: rb.Expression, pair: Pair) -> Consequence:
    """Units for which one of the two conditions holds and not the other."""
    lacking = tuple(sorted(reads(old) ^ reads(new)))
    one, other = _narrowed(old, new)
    found = None
    if isinstance(one, rb.Within) and isinstance(other, rb.Within) and one.subject == other.subject:
        found = symmetric(pair, one.ranges, other.ranges, About.VALUE, other.subject)
    if found is None:
        found = some(About.DIFFERS, "", pair.old_text(old), pair.new_text(new))
    return _lacking(found, lacking)


def _narrowed(old: rb.Expression, new: rb.Expression) -> tuple[rb.Expression, rb.Expression]:
    """The one part in which two conditions differ, where all around it is the same."""
    while True:
        match old, new:
            case (rb.AllOf(before), rb.AllOf(after)) | (rb.AnyOf(before), rb.AnyOf(after)) if len(before) == len(after):
                differing = [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]
                if len(differing) != 1:
                    return old, new
                old, new = differing[0]
            case rb.Not(before_part), rb.Not(after_part):
                old, new = before_part, after_part
            case _:
                return old, new


def _lacking(found: Consequence, lacking: tuple[str, ...]) -> Consequence:
    if not lacking or found.condition is None:
        return EVERYBODY if lacking and found.effect is Effect.NONE else found
    return evolve(found, condition=evolve(found.condition, lacking=lacking))


def holding(old: rb.Expression | None, new: rb.Expression | None, text: str, pair: Pair) -> Consequence:
    """Units for which a condition holds that only one version has, or that lack what it asks for."""
    condition = old if old is not None else new
    assert condition is not None
    lacking = tuple(sorted(reads(condition)))
    if isinstance(condition, rb.Within):
        at = pair if old is None else evolve(pair, new=pair.old)  # its words stand in the version that has it
        found = symmetric(at, (), condition.ranges, About.VALUE, condition.subject)
        if found is not None and found.condition is not None:
            return _lacking(found, lacking)
    return some(About.HOLDS, "", text, lacking=lacking)


def whenever(condition: rb.Expression, text: str, pair: Pair) -> Consequence:
    """Units for which a condition holds that both versions have."""
    if isinstance(condition, rb.Within):
        found = symmetric(pair, (), condition.ranges, About.VALUE, condition.subject)
        if found is not None:
            return found
    return some(About.HOLDS, "", text)


def joined(found: Iterable[Consequence | None]) -> Consequence | None:
    """All units of any of them, told of one value; None where one cannot be told."""
    every = [each for each in found if each is None or each.effect is not Effect.NONE]
    known = [each.condition for each in every if each is not None and each.condition is not None]
    if len(known) < len(every):
        return None
    if not known:
        return NOBODY
    stretches = tuple(dict.fromkeys(each for one in known for each in one.stretches))
    texts = tuple(dict.fromkeys(each for one in known for each in one.texts))
    instance = next((each.instance for each in every if each is not None and each.instance is not None), None)
    return Consequence(Effect.SOME, Condition(known[0].about, known[0].subject, stretches, texts), instance)


def limits(old: rb.Limit | None, new: rb.Limit | None, subject: str, pair: Pair) -> Consequence:
    """Units whose points, before the limit, lie beyond one of its bounds and not beyond the other."""
    known = old or new
    assert known is not None
    if any(each is not None and each.when is not None and reads(each.when) for each in (old, new)) and (
        old is None or new is None or old.when != new.when
    ):
        return EVERYBODY
    before, after = (() if each is None else (_beyond(each),) for each in (old, new))
    found = either(pair, before, after, About.POINTS, subject)
    return found if found is not None else EVERYBODY


def _beyond(limit: rb.Limit) -> rb.Range:
    return rb.Range(low=limit.bound, low_open=True) if limit.most else rb.Range(high=limit.bound, high_open=True)


def at_level(code: str, label: str) -> Consequence:
    """Units at a level."""
    condition = Condition(About.LEVEL, code, (), (label,))
    return Consequence(Effect.SOME, condition, Instance(f"“{label}”", code, label))


def ticked(code: str, mark: rb.Mark) -> Consequence:
    """Units that meet a letter of a checklist."""
    condition = Condition(About.TICKED, code, (), (mark.letter,))
    return Consequence(Effect.SOME, condition, Instance(f"{mark.letter})", code, (mark.letter,)))
