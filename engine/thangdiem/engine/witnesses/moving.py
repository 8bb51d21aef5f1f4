"""Claims about directions in; units that go up and then down as one thing grows, or the proof that none do, out."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from attrs import evolve

from thangdiem.dsl.proofs.proof import Outcome, Proof, Reason, Shown
from thangdiem.engine.goal.polarity import lower_is_better, rises
from thangdiem.engine.witnesses.inputs import Unit
from thangdiem.engine.witnesses.scene import Scene
from thangdiem.engine.witnesses.trials import Trial

Point = tuple[Fraction, Shown]


def decide_moves(proof: Proof, scene: Scene) -> Proof:
    """Refuted by units that differ in the datum alone: with more of it one has more points, another fewer."""
    if proof.outcome is not Outcome.OPEN:
        return proof
    (name,) = proof.names
    inputs = scene.inputs(scene.plan.items[proof.subject])
    key = ("datum", name)
    values = sorted(value for value in inputs.get(key, ()) if isinstance(value, Fraction))
    for base in tuple(scene.extremes_of(proof.subject).by_score.values())[:8]:
        points = [_point({**base, key: value}, proof.subject, scene) for value in values]
        both = _both_ways([each for each in points if each is not None])
        if both:
            return evolve(proof, outcome=Outcome.REFUTED, why=Reason.WITNESS, witness=both)
    return proof


def _point(unit: Unit, code: str, scene: Scene) -> Point | None:
    trial = scene.trial(unit)
    score = trial.score(code)
    return None if score is None else (score[0], trial.shown(score[0]))


def _both_ways(points: Sequence[Point]) -> tuple[Shown, ...]:
    up = next(((one, two) for one, two in pairwise(points) if one[0] < two[0]), None)
    down = next(((one, two) for one, two in pairwise(points) if one[0] > two[0]), None)
    if up is None or down is None:
        return ()
    units = [each[1] for pair in (up, down) for each in pair]
    return tuple(dict.fromkeys(units))


def decide_grade_moves(proof: Proof, scene: Scene) -> Proof:
    """Proved part by part; else refuted by two units, the better one of which has the worse grade."""
    scale = scene.ground.scale
    grading = scale.gradings[proof.block]
    turned = scale.better == "lower"
    if rises(scene.plan, grading) and lower_is_better(grading) is turned:
        return evolve(proof, outcome=Outcome.PROVED, why=Reason.STRUCTURE)
    trials = [scene.trial(unit) for unit in list(scene.ladder.rungs())[1:]]
    for one, two in pairwise(trials):
        if not (one.is_graded_by(grading) and two.is_graded_by(grading) and _all_at_least(one, two)):
            continue
        grades = [one.grade(), two.grade()]
        if None in grades:
            continue
        first, second = (grading.grades.index(each) for each in grades if each is not None)
        if (second < first) if turned else (second > first):
            shown = tuple(trial.shown(trial.total(), grade=True) for trial in (one, two))
            return evolve(proof, outcome=Outcome.REFUTED, why=Reason.WITNESS, witness=shown)
    return proof


def _all_at_least(one: Trial, two: Trial) -> bool:
    """Whether the second unit has in no item fewer points than the first."""
    for code in one.member.plan.items:
        before, after = one.score(code), two.score(code)
        if before is None and after is None:
            continue
        if before is None or after is None or after < before:
            return False
    return True
