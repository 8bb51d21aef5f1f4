"""What an amendment does: each unit before, after and at every clause between, and what follows for all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property

from attrs import frozen

from thangdiem.dsl.library import ScaleRules
from thangdiem.engine.impact.outcomes import Outcome


@frozen
class Part:
    """What one clause does to a unit; ``points`` is None where either total is not there.

    ``before`` is the last outcome there was, ``after`` the one with the clause; None where the unit has none there.
    """

    points: Fraction | None
    before: Outcome
    after: Outcome | None

    @property
    def grade_changes(self) -> bool:
        """Whether the clause changes the grade."""
        return self.after is not None and self.after.grade != self.before.grade

    @property
    def rank_changes(self) -> bool:
        """Whether the clause changes the rank."""
        return self.after is not None and self.after.rank != self.before.rank

    @property
    def moves(self) -> bool:
        """Whether the clause changes anything, or leaves the unit without a result."""
        return self.after is None or bool(self.points) or self.grade_changes or self.rank_changes


@frozen
class UnitEffect:
    """One unit under both versions.

    ``path`` has its outcome after each clause and those before it, ``alone`` under the old rules with that clause
    only; None where the clause cannot stand alone. ``kept_by`` is the transitional clause that leaves it under the
    former rules.
    """

    unit: str
    block: str
    before: Outcome
    after: Outcome
    path: tuple[Outcome, ...] = ()
    alone: tuple[Outcome | None, ...] = ()
    kept_by: str = ""

    @property
    def decided(self) -> bool:
        """Whether the unit has a result in both versions."""
        return self.before.decided and self.after.decided

    @property
    def points(self) -> Fraction | None:
        """How much the total changes; None where one of them is not there."""
        return _difference(self.before, self.after)

    @property
    def total_changes(self) -> bool:
        """Whether the total is another."""
        return self.before.total != self.after.total

    @property
    def grade_changes(self) -> bool:
        """Whether the grade is another."""
        return self.before.grade != self.after.grade

    @property
    def rank_changes(self) -> bool:
        """Whether the rank is another."""
        return self.before.rank != self.after.rank

    @property
    def changes(self) -> bool:
        """Whether anything is another."""
        return self.total_changes or self.grade_changes or self.rank_changes

    @property
    def places(self) -> int | None:
        """So many places up the ranking; down where negative; None where the unit is not ranked in both."""
        if self.before.rank is None or self.after.rank is None:
            return None
        return self.before.rank - self.after.rank

    @property
    def parts(self) -> tuple[Part, ...]:
        """What each clause adds in sequence; one that leaves no total is told with the next that has one."""
        return tuple(_sequence(self.before, self.path))

    @property
    def rest(self) -> Part:
        """What no clause accounts for: nothing, where the clauses are complete."""
        return _sequence(self.before, (*self.path, self.after))[-1]

    @property
    def apart(self) -> tuple[Part | None, ...]:
        """What each clause does by itself; None where it cannot stand alone."""
        return tuple(_sequence(self.before, (each,))[0] if each is not None else None for each in self.alone)


@frozen
class ClauseEffect:
    """How many units a clause moves, in sequence; ``stands_alone`` whether it can be applied by itself."""

    clause: str
    stands_alone: bool
    totals: int
    grades: int
    ranks: int


@frozen
class Impact:
    """The effect of a change of rules on the units of one scale.

    ``units`` are those in both versions, in the order of the data; ``only_old`` and ``only_new`` belong to the scale in
    one of them. ``period`` is the year assessed, the same for both.
    """

    old: ScaleRules
    new: ScaleRules
    period: int | None
    clauses: tuple[ClauseEffect, ...]
    units: tuple[UnitEffect, ...]
    only_old: tuple[str, ...] = ()
    only_new: tuple[str, ...] = ()

    @cached_property
    def decided(self) -> tuple[UnitEffect, ...]:
        """The units with a result in both versions."""
        return tuple(unit for unit in self.units if unit.decided)

    @cached_property
    def undecided(self) -> tuple[UnitEffect, ...]:
        """The units that lack data in one of the versions."""
        return tuple(unit for unit in self.units if not unit.decided)

    @cached_property
    def changed(self) -> tuple[UnitEffect, ...]:
        """The units whose total, grade or rank is another."""
        return tuple(unit for unit in self.decided if unit.changes)

    @cached_property
    def unexplained(self) -> tuple[UnitEffect, ...]:
        """The units that the clauses do not account for; none where there are no clauses."""
        return tuple(unit for unit in self.changed if unit.rest.moves) if self.clauses else ()

    @cached_property
    def transitions(self) -> Counter[tuple[str | None, str | None]]:
        """How many units go from one grade to another; None is no grade."""
        return Counter((unit.before.grade, unit.after.grade) for unit in self.decided)

    @property
    def grades_old(self) -> tuple[str | None, ...]:
        """The grades there were, best first; None last where a unit had none."""
        return _grades(self.old, [grade for grade, _ in self.transitions])

    @property
    def grades_new(self) -> tuple[str | None, ...]:
        """The grades there are, best first; None last where a unit has none."""
        return _grades(self.new, [grade for _, grade in self.transitions])


def clause_effect(clause: str, stands_alone: bool, parts: Sequence[Part]) -> ClauseEffect:
    """A clause and what it does to each unit, counted."""
    return ClauseEffect(
        clause,
        stands_alone,
        sum(bool(part.points) for part in parts),
        sum(part.grade_changes for part in parts),
        sum(part.rank_changes for part in parts),
    )


def _sequence(before: Outcome, path: Sequence[Outcome]) -> list[Part]:
    """The parts of a path; a stage without a result, or without a total, adds nothing and the next begins before it."""
    found = []
    last, reached = before, before.total
    for outcome in path:
        if not outcome.decided:
            found.append(Part(None, last, None))
            continue
        points = None if reached is None or outcome.total is None else outcome.total - reached
        found.append(Part(points, last, outcome))
        last = outcome
        reached = reached if outcome.total is None else outcome.total
    return found


def _difference(before: Outcome, after: Outcome) -> Fraction | None:
    return None if before.total is None or after.total is None else after.total - before.total


def _grades(rules: ScaleRules, met: Sequence[str | None]) -> tuple[str | None, ...]:
    named = dict.fromkeys(grade for grading in rules.scale.gradings for grade in grading.grades)
    return (*named, None) if None in met else tuple(named)
