"""Claims about totals and grades in; the units of the ladder that prove or refute them, out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import cached_property
from itertools import pairwise

from attrs import define, evolve

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.checks.banding import Banding, read_bands
from thangdiem.dsl.proofs.proof import Claim, Outcome, Proof, Reason
from thangdiem.engine.witnesses.scene import Scene
from thangdiem.engine.witnesses.trials import Trial

MOST_BASES = 5
"""Around so many units more are tried where the ladder does not show what is sought."""


@define(eq=False, slots=False)
class Grades:
    """The units tried for totals and grades; each is evaluated once for all claims."""

    scene: Scene

    @cached_property
    def _rungs(self) -> tuple[Trial, ...]:
        if not self.scene.ground.scale.items and self.scene.ground.scale.total is None:
            return tuple(self.scene.trial(self.scene.ladder.ends()[0], total) for total in self._totals())
        given = self._unknown
        return tuple(self.scene.trial(unit) for unit in self.scene.ladder.rungs()) + tuple(
            self.scene.trial({}, total) for total in (self._totals() if given else ())
        )

    @property
    def _unknown(self) -> bool:
        """Whether the points of items are not known, so that only a total that is given is sure."""
        return any(item.points.form is rb.PointsForm.UNKNOWN for item in self.scene.plan.items.values())

    def _totals(self) -> Iterator[Fraction]:
        """Totals given instead of their parts: the ends of the bands, one more and one less, and what lies between."""
        scale = self.scene.ground.scale
        marks: set[Fraction] = {end for end in (scale.points.low, scale.points.high) if end is not None}
        for grading in scale.gradings:
            found = read_bands(grading, self.scene.ground, None)
            marks |= set() if found is None else set(found.marks)
        ordered = sorted(marks)
        between = [(one + two) / 2 for one, two in pairwise(ordered)]
        low, high = scale.points.low, scale.points.high
        for total in (*ordered, *between, *(mark + step for mark in ordered for step in (-1, 1))):
            if (low is None or total >= low) and (high is None or total <= high):
                yield total

    @cached_property
    def _finer(self) -> tuple[Trial, ...]:
        few = self._rungs[:: max(1, len(self._rungs) // MOST_BASES)]
        return tuple(self.scene.trial(unit) for unit in self.scene.ladder.finer([each.unit for each in few]))

    def _first(self, shows: Callable[[Trial], bool]) -> Trial | None:
        """The first unit that shows it, of the ladder, then of those around it."""
        found = next((trial for trial in self._rungs if shows(trial)), None)
        return next((trial for trial in self._finer if shows(trial)), None) if found is None else found

    def decide_total(self, proof: Proof) -> Proof:
        """Refuted by a unit whose total lies outside the points of the scale."""
        if proof.outcome is not Outcome.OPEN or proof.why is not Reason.NO_WITNESS:
            return proof
        found = self._first(lambda trial: trial.total() is None and trial.outside(proof.scale) is not None)
        if found is None:
            return proof
        shown = (found.shown(found.outside(proof.scale)),)
        return evolve(proof, outcome=Outcome.REFUTED, why=Reason.WITNESS, witness=shown)

    def decide(self, proof: Proof) -> Proof:
        """A unit of the block with no band, with two bands, or with the grade."""
        if proof.outcome is not Outcome.OPEN:
            return proof
        grading = self.scene.ground.scale.gradings[proof.block]
        match proof.claim:
            case Claim.GRADE:
                found = self._first(lambda trial: trial.is_graded_by(grading) and trial.grade() == proof.subject)
                outcome = Outcome.PROVED
            case Claim.COVER:
                found = self._first(lambda trial: trial.is_graded_by(grading) and _left_out(trial))
                outcome = Outcome.REFUTED
            case _:
                bands = read_bands(grading, self.scene.ground, None)
                found = self._first(lambda trial: trial.is_graded_by(grading) and _twice(trial, bands))
                outcome = Outcome.REFUTED
        if found is None:
            return proof
        total = found.total()
        shown = (found.shown(found.basis() if total is None else total, grade=True),)
        return evolve(proof, outcome=outcome, why=Reason.WITNESS, witness=shown)


def _twice(trial: Trial, bands: Banding | None) -> bool:
    """Whether two bands that ask for nothing else hold the value."""
    value, stretches = trial.basis(), () if bands is None else bands.stretches
    return value is not None and sum(each.pure and each.within.holds(value) for each in stretches) > 1


def _left_out(trial: Trial) -> bool:
    """Whether the bands leave out a unit of which everything is known."""
    return trial.grade() is None and any(found.code == "TD520" for found in trial.member.diagnostics)
