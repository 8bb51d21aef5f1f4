"""One scale and what is known of a unit; each datum, name, item and bonus is bounded once and remembered."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from attrs import define, field, frozen

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.bounds.extent import UNBOUNDED, Extent, either
from thangdiem.dsl.bounds.known import NOTHING_KNOWN, Known
from thangdiem.dsl.exemption import may_shrink
from thangdiem.dsl.rounding import Rounding

Key = tuple[str, ...]
"""("item", code), ("name", owner, name), ("bonus", key), ("total",) or ("subtotal",)."""

DEEPEST = 5
"""So many nodes may be found one inside another; those below are found first."""

MOST_REPEATS = 5_000
"""So many names are found again under an assumption; then what holds without it is taken."""


@frozen
class Possible:
    """What a node may come to: its values (None: no value at all), and whether it may not apply."""

    value: Extent | None
    exempt: bool = False


@frozen
class Division:
    """A division that was met: its divisor, and whether that may be 0 or can only be 0."""

    divisor: rb.Expression
    may_be_zero: bool
    only_zero: bool


class TooDeepError(Exception):
    """A node must be found before those that wait for it; never leaves this package."""

    def __init__(self, key: Key, compute: Callable[[], Possible]) -> None:
        super().__init__(key)
        self.key, self.compute = key, compute


@define(eq=False)
class Tables:
    """What all worlds of one scale and one unit share."""

    scale: rb.Scale
    known: Known
    year: int | None
    items: dict[str, rb.Item]
    bonuses: dict[str, rb.Bonus]
    names: Mapping[tuple[str, str], rb.Named]
    kind_roundings: Mapping[str, Rounding]
    step_roundings: Mapping[rb.RoundingStep, Rounding]
    shrinking: frozenset[str]
    """The items whose maximum may be less than it is stated."""
    data: dict[str, Extent] = field(factory=dict)
    found: dict[Key, Possible] = field(factory=dict)
    under_way: dict[Key, None] = field(factory=dict)
    waiting: dict[Key, Callable[[], Possible]] = field(factory=dict)
    """Outer nodes that wait for the last of them."""
    repeats: int = 0
    nested: int = 0
    """How many names are being found again, one inside another."""
    met_exempt: bool = False
    """Whether something that may not apply was read since this was last set back."""
    divisions: dict[int, Division] = field(factory=dict)
    uses: dict[Key, frozenset[rb.Expression] | None] = field(factory=dict)
    """What each name reads, itself or through other names; None where that is too much to tell."""
    general: World | None = None

    @classmethod
    def of(cls, scale: rb.Scale, known: Known, year: int | None) -> Tables:
        """The tables of a scale, empty of findings."""
        items = {item.code: item for item in scale.walk()}
        bonuses = {bonus.key: bonus for bonus in scale.bonuses}
        bonuses.update((bonus.key, bonus) for item in items.values() for bonus in item.bonuses)
        named = list(scale.names)
        for item in items.values():
            named.extend(item.names)
        for bonus in bonuses.values():
            named.extend(bonus.names)
        return cls(
            scale, known, year, items, bonuses,
            {(name.owner, name.name): name for name in named},
            {rule.kind_word: rule.rounding for rule in scale.roundings if rule.step is rb.RoundingStep.KIND},
            {rule.step: rule.rounding for rule in reversed(scale.roundings)},
            may_shrink(scale),
        )  # fmt: skip


@define(eq=False)
class World:
    """A unit, perhaps under an assumption: ``narrow`` holds what that leaves of values."""

    tables: Tables
    narrow: Mapping[rb.Expression, Extent | None] = field(factory=dict)
    names: dict[Key, Possible] = field(factory=dict)
    candidate: str = ""
    """The item that a condition over items looks at just now."""

    @property
    def scale(self) -> rb.Scale:
        """The scale bounded."""
        return self.tables.scale

    def under(self, narrow: Mapping[rb.Expression, Extent | None]) -> World:
        """This world with values narrowed further."""
        return World(self.tables, {**self.narrow, **narrow}, candidate=self.candidate) if narrow else self

    def looking_at(self, code: str) -> World:
        """This world with an item that ``điểm tối đa`` belongs to."""
        return World(self.tables, self.narrow, self.names, code)

    def general(self) -> World:
        """The world of any unit of the scale, of which nothing is known."""
        tables = self.tables
        if tables.known is NOTHING_KNOWN:
            return World(tables)
        if tables.general is None:
            tables.general = world_of(tables.scale, year=tables.year)
        return tables.general

    def plain(self) -> World:
        """This world without any assumption."""
        return World(self.tables) if self.narrow or self.candidate else self

    def find(self, key: Key, compute: Callable[[], Possible]) -> Possible:
        """What is remembered of a node, else what ``compute`` finds; a circle may be anything."""
        tables = self.tables
        found = tables.found.get(key)
        if found is not None:
            return found
        if key in tables.under_way or key in tables.waiting:
            return Possible(UNBOUNDED, exempt=True)
        if len(tables.under_way) >= DEEPEST:
            raise TooDeepError(key, compute)
        return _settled(key, compute, tables) if not tables.under_way else _computed(key, compute, tables)


def _settled(key: Key, compute: Callable[[], Possible], tables: Tables) -> Possible:
    """An outermost node; those that lie too deep below it are found first, one by one."""
    tables.waiting[key] = compute
    try:
        while True:
            current = next(reversed(tables.waiting))
            compute = tables.waiting.pop(current)
            try:
                found = _computed(current, compute, tables)
            except TooDeepError as deep:
                tables.waiting[current] = compute
                tables.waiting[deep.key] = deep.compute
                continue
            if current == key:
                return found
    finally:
        tables.waiting.clear()


def _computed(key: Key, compute: Callable[[], Possible], tables: Tables) -> Possible:
    outer, tables.met_exempt = tables.met_exempt, False
    tables.under_way[key] = None
    try:
        found = compute()
        if tables.met_exempt and not found.exempt:
            found = Possible(found.value, exempt=True)
    finally:
        del tables.under_way[key]
        tables.met_exempt = outer
    tables.found[key] = found
    return found


def world_of(scale: rb.Scale, known: Known = NOTHING_KNOWN, year: int | None = None) -> World:
    """The world of a unit of a scale; ``year`` is the year assessed, where it is fixed."""
    return World(Tables.of(scale, known, year))


def any_of(possible: list[Possible]) -> Possible:
    """What may be any of several."""
    value: Extent | None = None
    for found in possible:
        value = either(value, found.value)
    return Possible(value, any(found.exempt for found in possible))
