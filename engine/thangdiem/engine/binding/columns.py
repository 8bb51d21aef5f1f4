"""A scale in, everything a column of data may stand for out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from enum import Enum
from fractions import Fraction

from attrs import field, frozen

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.constants import constant
from thangdiem.dsl.letters import fold
from thangdiem.dsl.walk import all_of, expressions_of


@frozen
class Interval:
    """A constant range of a domain."""

    low: Fraction | date | None
    high: Fraction | date | None
    low_open: bool
    high_open: bool
    negated: bool

    def holds(self, value: Fraction | date) -> bool:
        """Whether the value lies within."""
        low = -1 if self.low is None else _compare(self.low, value)
        high = -1 if self.high is None else _compare(value, self.high)
        above = low < 0 or (low == 0 and not self.low_open)
        below = high < 0 or (high == 0 and not self.high_open)
        return (above and below) is not self.negated


def _compare(left: Fraction | date, right: Fraction | date) -> int:
    return (left > right) - (left < right)  # type: ignore[operator]  # both are numbers, or both are days


@frozen
class DatumColumn:
    """``[Số hồ sơ]``."""

    datum: rb.DataField
    domain: tuple[Interval, ...] = ()
    options: Mapping[str, str] = field(factory=dict)


@frozen
class ScoreColumn:
    """The points, the level or the letters of an item or a bonus; several where its method has branches."""

    code: str
    labels: Mapping[str, str] = field(factory=dict)
    letters: tuple[str, ...] = ()
    number: bool = False


@frozen
class MarkColumn:
    """One letter of a checklist."""

    code: str
    letter: str


class Special(Enum):
    """Columns that are about the unit itself."""

    TOTAL = "total"
    KIND = "kind"
    BLOCK = "block"
    SUPERIOR = "superior"


@frozen
class DecisionColumn:
    """A recorded decision that ends a chain of ranking."""

    name: str


Column = DatumColumn | ScoreColumn | MarkColumn | DecisionColumn | Special


@frozen(eq=False)
class Columns:
    """What a scale's data may hold: data, decisions by name, scores and marks by code; ``items`` by code."""

    scale: rb.Scale
    data: Mapping[str, DatumColumn]
    scores: Mapping[str, ScoreColumn]
    marks: Mapping[tuple[str, str], MarkColumn]
    decisions: Mapping[str, DecisionColumn]
    items: Mapping[str, rb.Item]
    titles: Mapping[str, tuple[str, ...]]


_LATEST: list[Columns] = []
"""The columns of the scale looked at last: a program hands over many units of one scale, each by itself."""


def columns_of(scale: rb.Scale) -> Columns:
    """Everything a column may stand for in a scale."""
    for latest in tuple(_LATEST):
        if latest.scale is scale:
            return latest
    found = _columns_of(scale)
    _LATEST[:] = [found]
    return found


def _columns_of(scale: rb.Scale) -> Columns:
    items = {fold(item.code): item for item in scale.walk()}
    parts = (part for whole in expressions_of(scale) for part in all_of(whole))
    judged = {part.code for part in parts if isinstance(part, rb.Judged)}
    nodes = [(item.code, item.method) for item in items.values()]
    titles: dict[str, tuple[str, ...]] = {}
    for item in items.values():
        titles[fold(item.title)] = (*titles.get(fold(item.title), ()), item.code)
    for bonus in bonuses_of(scale):
        nodes.append((bonus.key, bonus.method))
        titles[fold(bonus.title)] = (*titles.get(fold(bonus.title), ()), bonus.key)
    read = {code: _score_column(code, method, code in judged) for code, method in nodes}
    scores = {code: found for code, found in read.items() if found is not None}
    return Columns(
        scale,
        {fold(name): _datum_column(datum) for name, datum in scale.data.items()},
        scores,
        {(code, fold(letter)): MarkColumn(code, letter) for code, found in scores.items() for letter in found.letters},
        {
            fold(key.decided_by): DecisionColumn(key.decided_by)
            for key in (scale.ranking.keys if scale.ranking else ())
            if key.decided_by
        },
        items,
        titles,
    )


def bonuses_of(scale: rb.Scale) -> Iterator[rb.Bonus]:
    """Every bonus and deduction of a scale."""
    yield from scale.bonuses
    for item in scale.walk():
        yield from item.bonuses


def counting_layer(layers: rb.Layers) -> str:
    """The layer that settles an item: the obligatory one, or the last."""
    return layers.required if layers.rule is rb.LayerRule.REQUIRED else layers.names[-1]


def _score_column(code: str, method: rb.Method | None, judged: bool) -> ScoreColumn | None:
    labels: dict[str, str] = {}
    letters: list[str] = []
    number = judged
    for found in _branches(method):
        match found:
            case rb.Choice():
                for level in found.levels:
                    labels |= {fold(label): level.label for label in (*level.aliases, level.label)}
            case rb.Checklist():
                ticked = (mark.letter for mark in found.marks if mark.when is None)
                letters += (letter for letter in ticked if letter not in letters)
            case rb.Direct():
                number = True
            case _:
                pass
    return ScoreColumn(code, labels, tuple(letters), number) if labels or letters or number else None


def _branches(method: rb.Method | None) -> Iterator[rb.Method]:
    match method:
        case None:
            return
        case rb.Guarded():
            for guard in method.guards:
                yield from _branches(guard.method)
        case _:
            yield method


def _datum_column(datum: rb.DataField) -> DatumColumn:
    domain = tuple(_interval(each) for each in datum.domain)
    known = tuple(each for each in domain if each is not None)
    options = {fold(option): option for option in datum.options}
    return DatumColumn(datum, known if len(known) == len(domain) else (), options)


def _interval(written: rb.Range) -> Interval | None:
    """The range with constant ends, or None where an end is none."""
    ends: list[Fraction | date | None] = []
    for end in (written.low, written.high):
        match end:
            case None:
                ends.append(None)
                continue
            case rb.Day(year=int(year)):
                value: Fraction | date | None = date(year, end.month, end.day)
            case _:
                value = constant(end)
        if value is None:
            return None
        ends.append(value)
    return Interval(ends[0], ends[1], written.low_open, written.high_open, written.negated)
