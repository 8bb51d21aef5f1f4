"""What a unit gives in; its scores, also those outside their range, and its grade by the plain interpreter, out."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from attrs import frozen

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.proofs.proof import Cell, Given, Shown
from thangdiem.dsl.rulebook import State
from thangdiem.engine.evaluation import grading, nodes
from thangdiem.engine.evaluation.population import Units
from thangdiem.engine.evaluation.unit import Plan, UnitEvaluation
from thangdiem.engine.facts import Fact, UnitFacts
from thangdiem.engine.witnesses.inputs import Input, Unit

OUTSIDE = "TD514"
"""The finding on a score outside the range the file states."""


@frozen
class Trial:
    """A unit that was evaluated alone; ``outside``: scores that left their range, by code (the total by scale)."""

    unit: Unit
    member: UnitEvaluation

    @classmethod
    def of(cls, unit: Unit, plan: Plan, total: Fraction | None = None) -> Trial:
        """The unit, ready to be asked; ``total`` where it is given instead of its parts."""
        together = Units()
        member = UnitEvaluation(plan, _facts(unit, plan, total), together, nodes)
        together.members.append(member)
        return cls(unit, member)

    def score(self, code: str) -> tuple[Fraction, bool] | None:
        """The score of an item, and whether it lies within its range."""
        step = nodes.item(code, self.member)
        if step.state is State.VALUE:
            return (step.value, True) if isinstance(step.value, Fraction) else None
        value = self.outside(code)
        return None if value is None else (value, False)

    def total(self) -> Fraction | None:
        """The total, if there is one."""
        step = nodes.total(self.member)
        return step.value if step.state is State.VALUE and isinstance(step.value, Fraction) else None

    def outside(self, code: str) -> Fraction | None:
        """The score that left its range, of an item or of the scale."""
        for found in self.member.diagnostics:
            if found.code == OUTSIDE and found.arguments.get("code") == code:
                value = found.arguments["found"]
                return value if isinstance(value, Fraction) else None
        return None

    def grade(self) -> str | None:
        """The grade before quotas."""
        return grading.grade(self.member)[0]

    def block(self) -> rb.Grading | None:
        """The block of grades that holds for the unit."""
        return grading.block_of(self.member)

    def is_graded_by(self, block: rb.Grading) -> bool:
        """Whether the unit has a total (where the scale has one) and is graded by the block."""
        no_total = self.member.plan.scale.points.form is rb.PointsForm.NO_TOTAL
        return (no_total or self.total() is not None) and self.block() is block

    def basis(self) -> Fraction | None:
        """What the bands are ranges of."""
        trace = grading.grade(self.member)[1]
        value = None if trace is None else trace.basis.value
        return value if isinstance(value, Fraction) else None

    def shown(self, value: Fraction | None, *, grade: bool = False) -> Shown:
        """The unit as a witness."""
        total = self.member.facts.total
        given: list[Cell] = [] if total is None else [Cell(_TOTAL[self.member.plan.book.dialect], total.value)]
        cells = (*given, *(Cell(_heading(key), each) for key, each in self.unit.items()))
        return Shown(cells, value, self.grade() if grade else None)


_TOTAL = {"vi": "Tổng điểm", "en": "Total points"}


def _heading(key: Input) -> str:
    """As a file of data heads the column; a bonus by its title, without the sign of its key."""
    kind, name = key
    return f"[{name}]" if kind == "datum" else name.lstrip("+-")


def _facts(unit: Unit, plan: Plan, total: Fraction | None) -> UnitFacts:
    data = {name: _fact(value) for (kind, name), value in unit.items() if kind == "datum"}
    scores = {name: _fact(value) for (kind, name), value in unit.items() if kind == "score"}
    given = None if total is None else Fact(State.VALUE, total)
    return UnitFacts("…", plan.scale.id, data, scores, total=given)


def _fact(value: Given) -> Fact:
    return Fact(State.NOT_APPLICABLE) if value is None else Fact(State.VALUE, value)


def merged(units: list[Unit]) -> Unit:
    """Several units as one; what the first gives is kept."""
    found: dict[Input, Given] = {}
    for each in units:
        found.update((key, value) for key, value in each.items() if key not in found)
    return found


Inputs = Mapping[Input, tuple[Given, ...]]
