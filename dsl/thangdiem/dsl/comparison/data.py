"""The data of two versions of a scale in; what differs of what is asked for, by name, out."""

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
    Consequence,
    SubjectForm,
    some,
)
from thangdiem.dsl.comparison.pairing import ELSEWHERE, FieldRule, Pair, by_fields
from thangdiem.dsl.comparison.regions import Line, line, touching, within


def data_changes(old: Mapping[str, rb.DataField], new: Mapping[str, rb.DataField], pair: Pair) -> Iterator[Change]:
    """Declared data added and removed (what uses them is told where it stands), and every field that differs."""
    for name in dict.fromkeys((*new, *old)):
        before, after = old.get(name), new.get(name)
        at = pair.at(SubjectForm.DATUM, name)
        if before is None or after is None:
            if before is not None and before.declared:
                yield at.change(ChangeKind.DATUM_REMOVED, before, None, NOBODY)
            if after is not None and after.declared:
                yield at.change(ChangeKind.DATUM_ADDED, None, after, NOBODY)
        else:
            found = tuple(by_fields(DATUM, before, after, at))
            yield from found
            if before.declared is not after.declared and not found:
                kind = ChangeKind.DATUM_ADDED if after.declared else ChangeKind.DATUM_REMOVED
                sides = [side if side.declared else None for side in (before, after)]
                yield at.change(kind, sides[0], sides[1], NOBODY)


def _form(old: rb.DataForm, new: rb.DataForm, pair: Pair) -> Iterator[Change]:
    name = pair.subject.key
    fields = (_field(book, name, pair.scale) for book in (pair.old, pair.new))
    sides: list[object] = [field if field is not None and field.declared else None for field in fields]
    if sides == [None, None]:  # known only by their use
        sides = [old.value, new.value]
    yield pair.change(ChangeKind.DATUM_TYPE, sides[0], sides[1], EVERYBODY)


def _field(book: rb.Rulebook, name: str, scale: str) -> rb.DataField | None:
    return next((each.data[name] for each in book.scales if each.id == scale and name in each.data), None)


def _domain(old: tuple[rb.Range, ...], new: tuple[rb.Range, ...], pair: Pair) -> Iterator[Change]:
    subject = rb.Datum(pair.subject.key)
    yield pair.change(ChangeKind.DATUM_DOMAIN, old or None, new or None, _outside(old, new, subject, pair))


def _outside(old: tuple[rb.Range, ...], new: tuple[rb.Range, ...], subject: rb.Datum, pair: Pair) -> Consequence:
    """Units whose value only one version takes; no domain takes every value."""
    on = line(pair, old, new)
    if on is None:
        return EVERYBODY
    pieces = on.touched(lambda value: _taken(value, old, on) is not _taken(value, new, on))
    anywhere = evolve(pair, data={})  # an instance lies outside one of the domains
    return touching(anywhere, on, pieces, About.VALUE, subject)


def _taken(value: Fraction, ranges: tuple[rb.Range, ...], on: Line) -> bool:
    return not ranges or within(value, ranges, on)


def _options(old: tuple[str, ...], new: tuple[str, ...], pair: Pair) -> Iterator[Change]:
    only = sorted({*old} ^ {*new})
    effect = some(About.VALUE, f"[{pair.subject.key}]", *(f"“{each}”" for each in only)) if only else NOBODY
    if not old or not new:
        effect = EVERYBODY
    yield pair.change(ChangeKind.DATUM_OPTIONS, old or None, new or None, effect)


DATUM: Mapping[str, FieldRule | None] = {
    "name": ELSEWHERE,
    "declared": ELSEWHERE,
    "used_by": ELSEWHERE,  # follows from everything else
    "form": (ChangeKind.DATUM_TYPE, _form),
    "options": (ChangeKind.DATUM_OPTIONS, _options),
    "domain": (ChangeKind.DATUM_DOMAIN, _domain),
    "unit": (ChangeKind.DATUM_UNIT, NOBODY),
    "decimals": (ChangeKind.DATUM_DOMAIN, EVERYBODY),
    "source": (ChangeKind.WORDING, NOBODY),
    "evidence": (ChangeKind.WORDING, NOBODY),
}
"""Every field of a datum."""
