"""A scale and the later names of its items, bonuses and grades in; the same scale under those names out.

Whatever refers to what was renamed refers to it by its later name, so that what is left to differ is a difference.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from fractions import Fraction
from typing import Any, TypeVar

from attrs import evolve, fields, frozen, has

from thangdiem.dsl import rulebook as rb

Node = TypeVar("Node")


@frozen
class Renaming:
    """Former codes, bonus titles and grades, with their later names."""

    codes: Mapping[str, str]
    titles: Mapping[str, str]
    grades: Mapping[str, str]

    @property
    def empty(self) -> bool:
        """Whether every name stays."""
        return not (self.codes or self.titles or self.grades)


_CODES = {
    (rb.Item, "code"), (rb.Item, "parent"), (rb.NameRef, "owner"), (rb.ItemScore, "code"), (rb.MaximumOf, "code"),
    (rb.Judged, "code"), (rb.OverItems, "codes"), (rb.ItemCount, "codes"), (rb.SomeItem, "codes"),
    (rb.Bonus, "owner"), (rb.Named, "owner"), (rb.DataField, "used_by"),
}  # fmt: skip
_TITLES = {(rb.Bonus, "title"), (rb.BonusPoints, "title")}
_GRADES = {
    (rb.Band, "grade"), (rb.GradeRule, "grade"), (rb.Quota, "grade"), (rb.Quota, "otherwise"), (rb.Quota, "among"),
    (rb.UnitsGraded, "grade"),
}  # fmt: skip


def rekeyed(value: Node, names: Renaming) -> Node:
    """The same node under the later names, every part standing where it stood."""
    return value if names.empty else _rekeyed(value, names)


def _rekeyed(value: Any, names: Renaming) -> Any:
    if isinstance(value, tuple):
        return tuple(_rekeyed(each, names) for each in value)
    if isinstance(value, Mapping):
        return {key: _rekeyed(each, names) for key, each in value.items()}
    if isinstance(value, str | Fraction | Enum | rb.Span) or not has(type(value)):
        return value
    changed: dict[str, Any] = {}
    for each in fields(type(value)):
        if not each.eq:
            continue
        before = getattr(value, each.name)
        after = _field(type(value), each.name, before, names)
        if after is not before and after != before:
            changed[each.name] = after
    if isinstance(value, rb.Range) and value.low is value.high and "low" in changed:
        changed["high"] = changed["low"]  # one expression at both ends means equality
    return evolve(value, **changed) if changed else value


def _field(owner: type, name: str, value: Any, names: Renaming) -> Any:
    for keys, renamed in ((_CODES, names.codes), (_TITLES, names.titles), (_GRADES, names.grades)):
        if (owner, name) in keys:
            if isinstance(value, tuple):
                return tuple(renamed.get(each, each) for each in value)
            return renamed.get(value, value)
    return _rekeyed(value, names)
