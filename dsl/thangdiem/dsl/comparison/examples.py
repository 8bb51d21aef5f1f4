"""The examples of two rulebooks in; those added, removed and changed out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import evolve

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.comparison.change import NOBODY, Change, ChangeKind, SubjectForm
from thangdiem.dsl.comparison.pairing import Pair
from thangdiem.dsl.comparison.rekeying import Renaming


def example_changes(
    old: tuple[rb.Example, ...], new: tuple[rb.Example, ...], names: Mapping[str, tuple[str, Renaming]], pair: Pair
) -> Iterator[Change]:
    """Examples by scale and title; they follow what was renumbered, ``names`` by former scale."""
    before = {(each.scale, each.title): each for each in (_renamed(example, names) for example in old)}
    after = {(each.scale, each.title): each for each in new}
    told = False
    for key in dict.fromkeys((*after, *before)):
        if before.get(key) != after.get(key):
            told = True
            at = pair.at(SubjectForm.EXAMPLE, key[1], key[1])
            yield evolve(at, scale=key[0]).change(ChangeKind.EXAMPLE, before.get(key), after.get(key), NOBODY)
    if not told and [*before] != [*after]:
        titles = ["; ".join(title for _, title in side) for side in (before, after)]
        yield pair.change(ChangeKind.EXAMPLE, titles[0], titles[1], NOBODY)


def _renamed(example: rb.Example, names: Mapping[str, tuple[str, Renaming]]) -> rb.Example:
    """The example as it would be written of the later scale."""
    if example.scale not in names:
        return example
    scale, known = names[example.scale]
    units = tuple(
        evolve(
            unit,
            given=tuple(evolve(each, column=_column(each.column, known)) for each in unit.given),
            expected=tuple(_expectation(each, known) for each in unit.expected),
        )
        for unit in example.units
    )
    return evolve(example, scale=scale, units=units)


def _column(column: str, names: Renaming) -> str:
    """``2.4`` or ``2.4.a`` under the later code."""
    if column in names.codes:
        return names.codes[column]
    code, dot, letter = column.rpartition(".")
    return f"{names.codes[code]}{dot}{letter}" if code in names.codes else column


def _expectation(expected: rb.Expectation, names: Renaming) -> rb.Expectation:
    renamed = {rb.Aspect.ITEM: names.codes, rb.Aspect.GRADE: names.grades}.get(expected.aspect, {})
    return evolve(expected, subject=renamed.get(expected.subject, expected.subject))
