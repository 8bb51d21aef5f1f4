"""What the text says besides its rules, of two versions, in; a change of wording for each line that differs out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import fields

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.comparison.change import NOBODY, Change, ChangeKind
from thangdiem.dsl.comparison.pairing import Pair


def provision_changes(old: rb.Provision, new: rb.Provision, pair: Pair) -> Iterator[Change]:
    """Citations, quotations, evidence, sources, verifiers, notes and readings: wording, whatever they say."""
    for each in fields(rb.Provision):
        before, after = getattr(old, each.name), getattr(new, each.name)
        if before == after:
            continue
        if each.name == "readings":
            yield from _readings(before, after, pair)
        else:
            yield from _texts(each.name, before, after, pair)


def _texts(name: str, old: Sequence[str], new: Sequence[str], pair: Pair) -> Iterator[Change]:
    removed, added = [text for text in old if text not in new], [text for text in new if text not in old]
    for place in range(max(len(removed), len(added))):
        before = removed[place] if place < len(removed) else None
        after = added[place] if place < len(added) else None
        yield pair.change(ChangeKind.WORDING, before, after, NOBODY, name)
    if not removed and not added:  # in another order, or said more than once
        yield pair.change(ChangeKind.WORDING, tuple(old), tuple(new), NOBODY, name)


def _readings(old: Sequence[rb.Reading], new: Sequence[rb.Reading], pair: Pair) -> Iterator[Change]:
    before, after = ({reading.id: reading for reading in side} for side in (old, new))
    told = False
    for key in dict.fromkeys((*before, *after)):
        if before.get(key) != after.get(key):
            told = True
            yield pair.change(ChangeKind.WORDING, before.get(key), after.get(key), NOBODY, "readings", key)
    if not told:
        yield pair.change(ChangeKind.WORDING, tuple(old), tuple(new), NOBODY, "readings")
