"""What a method is, and where it stands."""

from __future__ import annotations

from fractions import Fraction

from attrs import frozen

from generated.data import Datum
from generated.entries import Entry


@frozen
class Method:
    """The lines of a method, the data it reads, and what stands in the column of the item's code, if anything."""

    kind: str
    lines: tuple[str, ...]
    data: tuple[Datum, ...] = ()
    entry: Entry | None = None
    exempts: bool = False
    names: tuple[str, ...] = ()


@frozen
class Ground:
    """Where a method stands: the item, its maximum, the data that all items of the scale may read.

    ``may_exempt`` where what does not apply has a policy, ``over_units`` where units may depend on each other.
    """

    code: str
    maximum: Fraction
    shared: tuple[Datum, ...]
    may_exempt: bool = True
    over_units: bool = False


def indented(*rows: str) -> tuple[str, ...]:
    """Rows below the line that heads them."""
    return tuple(f"  {row}" for row in rows)
