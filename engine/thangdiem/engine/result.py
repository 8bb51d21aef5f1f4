"""What comes out: for each unit its points, its grade and its rank, with everything that led there."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from fractions import Fraction

from attrs import field, frozen

from thangdiem.dsl.diagnostic import Diagnostic
from thangdiem.dsl.library import ScaleRules
from thangdiem.dsl.rulebook import Rulebook, Scale, State
from thangdiem.engine.facts import UnitFacts
from thangdiem.engine.trace import Trace


class Status(Enum):
    """What became of a unit."""

    GRADED = "graded"
    UNGRADED = "ungraded"
    UNDETERMINED = "undetermined"
    REFUSED = "refused"


class Mode(Enum):
    """``final`` refuses a unit with gaps that could matter; ``draft`` gives ranges instead."""

    FINAL = "final"
    DRAFT = "draft"


@frozen
class ItemResult:
    """An item of a unit: ``score`` is None unless the state is VALUE; ``low``–``high`` is its range in draft mode."""

    code: str
    title: str
    state: State
    score: Fraction | None
    maximum: Fraction | None
    counted: bool = True
    parent: str = ""
    low: Fraction | None = None
    high: Fraction | None = None


@frozen
class UnitResult:
    """A unit with its points: ``total``, ``maximum`` (the one used) and ``share`` are exact, None where there is none.

    ``range`` is the least and greatest total still possible, ``grades`` the grades still possible, best first;
    ``rank`` is shared by ties (1-2-2-4).
    """

    unit: str
    scale: str
    status: Status
    total: Fraction | None
    maximum: Fraction | None
    share: Fraction | None
    grade: str | None
    items: tuple[ItemResult, ...]
    facts: UnitFacts = field(eq=False, repr=False)
    trace: Trace | None = field(default=None, eq=False, repr=False)
    rank: int | None = None
    block: str = ""
    range: tuple[Fraction | None, Fraction | None] | None = None
    grades: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    rules: ScaleRules | None = field(default=None, eq=False, repr=False)
    period: int | None = None
    kept_by: str = ""
    """The clause by which the unit keeps the former rules; empty where it is judged by the present ones."""

    def item(self, code: str) -> ItemResult:
        """The item of that code; KeyError if the scale has none."""
        for item in self.items:
            if item.code == code:
                return item
        raise KeyError(code)


@frozen
class Results:
    """All units of one scale, in the order of the data, and what is to be said of all of them."""

    book: Rulebook = field(eq=False, repr=False)
    scale: Scale = field(eq=False, repr=False)
    mode: Mode
    units: tuple[UnitResult, ...]
    period: int | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    reading: str = ""
    """The other reading the units were judged by; empty for the one the rules take."""

    @property
    def kept_by(self) -> str:
        """The clause by which these units keep the former rules; they have results of their own."""
        return self.units[0].kept_by if self.units else ""

    def by_name(self) -> Mapping[str, UnitResult]:
        """The units by name."""
        return {unit.unit: unit for unit in self.units}
