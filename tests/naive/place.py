"""Where an expression stands: for which unit, below what, and whose maximum its ``full points`` are."""

from __future__ import annotations

from attrs import evolve, frozen

from naive.outline import Owner
from naive.unit import Unit


@frozen
class Place:
    """The unit, what the line belongs to, and in a range over an item that item."""

    unit: Unit
    owner: Owner
    looked_at: Owner | None = None

    def at(self, item: Owner | None) -> Place:
        """The same line, where full points are those of an item."""
        return evolve(self, looked_at=item)
