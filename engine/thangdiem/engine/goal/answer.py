"""What a search for a goal comes to: ways that were evaluated again, what stands in the way, what may be lost."""

from __future__ import annotations

from fractions import Fraction

from attrs import field, frozen

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.library import ScaleRules
from thangdiem.dsl.rulebook import Span
from thangdiem.engine.facts import Fact, UnitFacts
from thangdiem.engine.result import UnitResult


@frozen
class DatumChange:
    """One datum, level, set of marks or points to change; ``code`` of the item, or ``name`` of the datum."""

    name: str
    code: str
    before: Fact
    after: Fact


@frozen
class PointsChange:
    """The points of an item or a bonus before and after; ``meant`` if the item is one that was changed deliberately."""

    code: str
    title: str
    before: Fraction | None
    after: Fraction | None
    meant: bool
    leaf: bool = True


@frozen
class Way:
    """A way to the goal: the facts of the unit as they would be, and what the reference interpreter makes of them."""

    keys: tuple[str, ...]
    gain: Fraction | None
    data: tuple[DatumChange, ...]
    points: tuple[PointsChange, ...]
    after: UnitResult
    facts: UnitFacts = field(eq=False, repr=False)


@frozen
class Obstacle:
    """What stands in the way: ``kind`` is one of KINDS; ``span`` the rule, ``data`` what it reads of the unit."""

    kind: str
    grade: str = ""
    needed: Fraction | None = None
    best: Fraction | None = None
    data: tuple[tuple[str, Fact], ...] = ()
    span: Span = field(default=Span(), eq=False, repr=False)


KINDS = (
    "total",  # the best attainable total is below what the grade needs
    "rule",  # a grade condition holds that data decide, no points
    "condition",  # a grade condition holds at the best attainable points, too
    "band",  # the conditions of the grade itself are not met at the best attainable points
    "quota",  # only so many units may have the grade
    "nothing",  # there is nothing that may be changed
)
"""Every kind of obstacle."""


@frozen
class Loss:
    """The smallest loss of points of one item alone that costs the grade; ``data`` is how it comes about."""

    code: str
    title: str
    points: Fraction
    before: Fraction
    data: tuple[DatumChange, ...]
    grade: str


@frozen
class Margin:
    """What may be lost: ``total`` to the edge of the grade (``edge_held``: the edge still has it), item by item.

    ``safe`` are the items that cannot cost the grade by themselves.
    """

    grade: str
    total: Fraction | None
    edge_held: bool
    losses: tuple[Loss, ...]
    safe: tuple[str, ...]
    stopped: bool = False


@frozen
class Goal:
    """What was asked and what was found.

    ``status``: "found" (``ways``), "reached" (the unit has the grade already), "unreachable" (``obstacles``), or
    "open" (the search stopped, or not every value was looked at, and nothing was found). ``more`` tells that there are
    more smallest ways than ``ways``; ``stopped`` that the search reached its bound of ``trials``; ``rough`` are the
    items of which not every value was looked at; ``kept`` what was not to be changed, ``divisors`` what was left as it
    is because it stands under a fraction stroke.
    """

    status: str
    rules: ScaleRules = field(eq=False, repr=False)
    period: int | None
    before: UnitResult
    grade: str
    ways: tuple[Way, ...] = ()
    more: bool = False
    stopped: bool = False
    trials: int = 0
    rough: tuple[str, ...] = ()
    obstacles: tuple[Obstacle, ...] = ()
    best: Fraction | None = None
    kept: tuple[str, ...] = ()
    divisors: tuple[str, ...] = ()
    margin: Margin | None = None

    @property
    def scale_best(self) -> str:
        """The best grade the unit could have."""
        found = [grading.grades for grading in self.rules.scale.gradings if self.grade in grading.grades]
        return found[0][0] if found else ""

    @property
    def scale(self) -> rb.Scale:
        """The scale of the unit."""
        return self.rules.scale
