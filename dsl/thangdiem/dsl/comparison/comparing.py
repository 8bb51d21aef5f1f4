"""Two rulebooks in, every change from the former to the later out, in the terms of a rubric."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.comparison.carrying import carried
from thangdiem.dsl.comparison.change import (
    NOBODY,
    About,
    Change,
    ChangeKind,
    Comparison,
    Consequence,
    SubjectForm,
    some,
)
from thangdiem.dsl.comparison.documents import document_changes
from thangdiem.dsl.comparison.examples import example_changes
from thangdiem.dsl.comparison.pairing import Pair
from thangdiem.dsl.comparison.rekeying import Renaming
from thangdiem.dsl.comparison.scales import renaming, scale_changes
from thangdiem.dsl.letters import toneless


def compare(old: rb.Rulebook, new: rb.Rulebook) -> Comparison:
    """Every change from one rulebook to another; none where they mean and say the same."""
    return Comparison(old, new, carried(tuple(_changes(old, new)), old, new))


def _changes(old: rb.Rulebook, new: rb.Rulebook) -> Iterator[Change]:
    pair = Pair(old, new)
    if old.dialect != new.dialect:
        yield pair.change(ChangeKind.DIALECT, old.dialect, new.dialect, NOBODY)
    yield from document_changes(old.document, new.document, pair)
    former = _same_scales(old, new)
    names: dict[str, tuple[str, Renaming]] = {}
    for scale in new.scales:
        at = _at(scale, pair)
        if scale.id not in former:
            yield at.change(ChangeKind.SCALE_ADDED, None, scale, _scored_by(scale))
            continue
        before = former[scale.id]
        renamed = renaming(before, scale)
        names[before.id] = (scale.id, renamed)
        yield from scale_changes(before, scale, renamed, pair)
    for scale in old.scales:
        if scale.id not in names:
            yield _at(scale, pair).change(ChangeKind.SCALE_REMOVED, scale, None, _scored_by(scale))
    kept = [former[scale.id].id for scale in new.scales if scale.id in former]
    if kept != (ahead := [scale.id for scale in old.scales if scale.id in names]):
        yield pair.change(ChangeKind.SCALE_ORDER, ", ".join(ahead), ", ".join(kept), NOBODY)
    yield from example_changes(old.examples, new.examples, names, pair)


def _at(scale: rb.Scale, pair: Pair) -> Pair:
    return evolve(pair, scale=scale.id).at(SubjectForm.SCALE, scale.id, scale.title)


def _same_scales(old: rb.Rulebook, new: rb.Rulebook) -> dict[str, rb.Scale]:
    """The former scale of each later one that is still there: by id, be it without tone marks; then by content."""
    found: dict[str, rb.Scale] = {}
    for same in (str, toneless):
        for scale in new.scales:
            taken = [each.id for each in found.values()]
            one = next((each for each in old.scales if each.id not in taken and same(each.id) == same(scale.id)), None)
            if scale.id not in found and one is not None:
                found[scale.id] = one
    taken = [each.id for each in found.values()]
    for scale in new.scales:
        same_items = [each for each in old.scales if each.id not in taken and each.items == scale.items != ()]
        if scale.id not in found and len(same_items) == 1:
            found[scale.id] = same_items[0]
            taken.append(same_items[0].id)
    return found


def _scored_by(scale: rb.Scale) -> Consequence:
    if scale.audience:
        return some(About.AUDIENCE, "", *scale.audience)
    return some(About.SCALE, scale.id)
