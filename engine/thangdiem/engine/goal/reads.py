"""A scale in; which data each item and bonus reads, itself or through names, and what it does with them, out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from attrs import frozen

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.walk import all_of, of_bonus, of_grading, of_item, of_limits, of_method
from thangdiem.engine.evaluation.unit import Plan

_SCORES = (rb.ItemScore, rb.OverItems, rb.ItemCount, rb.SomeItem, rb.TotalPoints, rb.BonusPoints)
_UNITS = (rb.OverUnits, rb.RankAmong, rb.UnitsGraded)


@frozen
class Reads:
    """What an item or a bonus looks at: every part of its rules, names followed; its data in the order of the text."""

    parts: tuple[rb.Expression, ...]
    """The outermost expressions."""

    @cached_property
    def every(self) -> tuple[rb.Expression, ...]:
        """Every expression, all the way down."""
        return tuple(part for whole in self.parts for part in all_of(whole))

    @cached_property
    def data(self) -> tuple[str, ...]:
        """The data read."""
        return tuple(dict.fromkeys(part.name for part in self.every if isinstance(part, rb.Datum | rb.Present)))

    @cached_property
    def scores(self) -> bool:
        """Whether it asks for scores of items, bonuses or the total."""
        return any(isinstance(part, _SCORES) for part in self.every)

    @cached_property
    def units(self) -> bool:
        """Whether it asks for other units."""
        return any(isinstance(part, _UNITS) for part in self.every)

    @cached_property
    def texts(self) -> Mapping[str, tuple[str, ...]]:
        """The texts each datum is compared with."""
        found: dict[str, list[str]] = {}
        for name, end in self._ends():
            if isinstance(end, rb.Text) and end.value not in found.setdefault(name, []):
                found[name].append(end.value)
        return {name: tuple(words) for name, words in found.items()}

    @cached_property
    def marks(self) -> Mapping[str, tuple[rb.Expression, ...]]:
        """The ends of the ranges each datum is compared with."""
        found: dict[str, list[rb.Expression]] = {}
        for name, end in self._ends():
            found.setdefault(name, []).append(end)
        return {name: tuple(ends) for name, ends in found.items()}

    def _ends(self) -> Iterator[tuple[str, rb.Expression]]:
        for part in self.every:
            if isinstance(part, rb.Within) and isinstance(part.subject, rb.Datum):
                for each in part.ranges:
                    yield from ((part.subject.name, end) for end in (each.low, each.high) if end is not None)

    @cached_property
    def computed(self) -> frozenset[str]:
        """The data that are computed with, not only compared."""
        compared = Counter(
            part.subject.name
            for part in self.every
            if isinstance(part, rb.Within) and isinstance(part.subject, rb.Datum)
        )
        read = Counter(part.name for part in self.every if isinstance(part, rb.Datum))
        return frozenset(name for name, times in read.items() if times > compared[name])

    @cached_property
    def divisors(self) -> frozenset[str]:
        """The data that stand alone under a fraction stroke, directly or by a name."""
        aliases = dict(self._aliases)
        found = set()
        for part in self.every:
            if isinstance(part, rb.Arithmetic) and part.operator is rb.Operator.DIVIDE:
                under = part.right
                if isinstance(under, rb.NameRef):
                    under = aliases.get((under.owner, under.name), under)
                if isinstance(under, rb.Datum):
                    found.add(under.name)
        return frozenset(found)

    _aliases: tuple[tuple[tuple[str, str], rb.Datum], ...] = ()


def reads(parts: Iterable[rb.Expression], plan: Plan) -> Reads:
    """What expressions read, the names in them followed."""
    whole: list[rb.Expression] = []
    aliases: dict[tuple[str, str], rb.Datum] = {}
    waiting, seen = list(parts), set[tuple[str, str]]()
    while waiting:
        current = waiting.pop(0)
        whole.append(current)
        for part in all_of(current):
            if not isinstance(part, rb.NameRef) or (part.owner, part.name) in seen:
                continue
            seen.add((part.owner, part.name))
            method = plan.names[part.owner, part.name].method
            waiting.extend(_of_method(method))
            if isinstance(method, rb.Formula) and isinstance(method.value, rb.Datum) and not method.limits:
                aliases[part.owner, part.name] = method.value
    return Reads(tuple(whole), tuple(aliases.items()))


def of_lever(plan: Plan, key: str) -> Reads:
    """What an item reads without its bonuses, or what a bonus reads."""
    item = plan.items.get(key)
    return reads(_of_bonus(plan.bonuses[key]) if item is None else _of_own(item), plan)


def of_structure(plan: Plan) -> Reads:
    """What is read where scores become totals and totals become grades."""
    scale = plan.scale
    parts: list[rb.Expression] = list(of_limits(scale.limits))
    if scale.total is not None:
        parts.extend(_of_method(scale.total))
    for item in scale.walk():
        if item.children:
            parts.extend(_of_own(item))
    for grading in scale.gradings:
        parts.extend(of_grading(grading))
    return reads(parts, plan)


def _of_own(item: rb.Item) -> Iterator[rb.Expression]:
    kept = rb.Item(
        item.code, item.kind_word, item.title, item.points, applicability=item.applicability,
        counts_when=item.counts_when, replacements=item.replacements, missing=item.missing, limits=item.limits,
    )  # fmt: skip
    if item.method is not None:
        yield from _of_method(item.method)
    yield from of_item(kept)


def _of_bonus(bonus: rb.Bonus) -> Iterator[rb.Expression]:
    kept = rb.Bonus(bonus.title, bonus.deduction, bonus.owner, rb.Direct(), limits=bonus.limits, missing=bonus.missing)
    yield from _of_method(bonus.method)
    yield from of_bonus(kept)


def _of_method(method: rb.Method) -> Iterator[rb.Expression]:
    """The outermost expressions of a method; the subject of steps only within the ranges it is compared with."""
    match method:
        case rb.Steps() | rb.Marks():
            subjects = method.subjects if isinstance(method, rb.Steps) else (method.subject,)
            for part in of_method(method):
                if not any(part is subject and isinstance(part, rb.Datum) for subject in subjects):
                    yield part
        case rb.Guarded():
            for guard in method.guards:
                if guard.when is not None:
                    yield guard.when
                yield from _of_method(guard.method)
        case _:
            yield from of_method(method)
