"""What is known of a unit: its data, points given directly, choices and ticks, each with its state and its origin."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from attrs import field, frozen

from thangdiem.dsl.diagnostic import Place
from thangdiem.dsl.rulebook import State

FactValue = Fraction | bool | date | str | tuple[str, ...]
"""A number (percent already a ratio), yes or no, a date, a text (also a level's label), or the ticked letters."""


@frozen
class Origin:
    """Where a fact stands: the file, the sheet, and the row and column as people count them (from 1)."""

    file: str = ""
    sheet: str = ""
    row: int = 0
    column: int = 0
    cell: str = ""

    @property
    def place(self) -> Place | None:
        """The place for a finding, if the data come from a file."""
        return Place(self.file, sheet=self.sheet or None, cell=self.cell or None) if self.file else None


@frozen
class Fact:
    """One thing known of a unit; ``written`` is what the cell shows, ``value`` is None unless the state is VALUE."""

    state: State
    value: FactValue | None = None
    written: str = ""
    origin: Origin | None = field(default=None, eq=False)
    layer: str = ""


MISSING = Fact(State.MISSING)
"""What is known of anything the data do not mention."""


@frozen
class UnitFacts:
    """All that is known of one unit of one scale.

    ``data`` is keyed by the name of the datum; ``scores`` by the code of an item or the key of a bonus: a level's
    label, ticked letters, or points given directly (of the layer that counts). ``layers`` holds every layer of such
    points. ``total`` is a total given instead of its parts. ``columns`` holds what only a ranking decision reads.
    """

    unit: str
    scale: str
    data: Mapping[str, Fact] = field(factory=dict)
    scores: Mapping[str, Fact] = field(factory=dict)
    layers: Mapping[str, Mapping[str, Fact]] = field(factory=dict)
    total: Fact | None = None
    block: str = ""
    superior: str = ""
    columns: Mapping[str, Fact] = field(factory=dict)
    origin: Origin | None = field(default=None, eq=False)

    @property
    def place(self) -> Place | None:
        """Where the unit is named, if its data come from a file."""
        return self.origin.place if self.origin is not None else None
