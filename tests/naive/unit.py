"""One unit of one scale: what it gives, the units around it, and what has been found of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

from attrs import define, field, frozen

from naive.letters import fold
from naive.outline import Owner
from naive.states import INVALID, State, Value


@frozen
class Share:
    """A number that was written with a percent sign, as the ratio it is."""

    ratio: Fraction


Given = str | int | Fraction | Decimal | bool | date | State | Share | None | tuple[str, ...] | list[str]


@define(eq=False)
class Unit:
    """A unit and everything that is asked of it once."""

    name: str
    scale: Owner
    given: Mapping[str, Given]
    dialect: str
    period: int | None
    around: list[Unit] = field(factory=list, repr=False)
    found: dict[object, object] = field(factory=dict, repr=False)
    columns: dict[str, Given] = field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        self.columns = {fold(key): value for key, value in self.given.items()}

    def column(self, *headings: str) -> Given:
        """What stands under the first of these headings the unit has a column of; None where there is none."""
        return next((self.columns[fold(each)] for each in headings if fold(each) in self.columns), None)

    @property
    def block(self) -> str:
        """The ranking block; empty where none is given."""
        return str(self.column("Khối", "Block") or "")

    @property
    def superior(self) -> str:
        """The unit it is subordinate to; empty where none is given."""
        return str(self.column("Trực thuộc", "Superior") or "")

    def value(self, key: object, compute: Callable[[], Value]) -> Value:
        """A value found once; what needs itself is invalid."""
        if key not in self.found:
            self.found[key] = INVALID
            self.found[key] = compute()
        found = self.found[key]
        assert isinstance(found, Value)
        return found


def same_scale(unit: Unit) -> list[Unit]:
    """The units of the same scale, the unit itself among them."""
    return [other for other in unit.around if other.scale is unit.scale]


def same_block(unit: Unit) -> list[Unit]:
    """Those of them in the same block."""
    return [other for other in same_scale(unit) if fold(other.block) == fold(unit.block)]


def subordinates(unit: Unit) -> list[Unit]:
    """The units, of any scale, that name this one as their superior."""
    return [other for other in unit.around if other.superior and fold(other.superior) == fold(unit.name)]
