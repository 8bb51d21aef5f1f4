"""A rulebook in; a proof of each of its promises out: by bounds, or by units that were evaluated, or left open."""

from __future__ import annotations

from attrs import evolve

from thangdiem.dsl.checks.survey import grounds
from thangdiem.dsl.proofs.proof import Claim, Outcome, Proof, Reason
from thangdiem.dsl.proofs.proving import prove_scale
from thangdiem.dsl.rulebook import Rulebook
from thangdiem.engine.witnesses.grading import Grades
from thangdiem.engine.witnesses.moving import decide_grade_moves, decide_moves
from thangdiem.engine.witnesses.scene import Scene


def proofs_of(book: Rulebook) -> tuple[Proof, ...]:
    """Every claim of a rule file, scale by scale."""
    found: list[Proof] = []
    for ground in grounds(book):
        scene = Scene(ground)
        grades = Grades(scene)
        found.extend(_decided(proof, scene, grades) for proof in prove_scale(ground))
    return tuple(found)


def _decided(proof: Proof, scene: Scene, grades: Grades) -> Proof:
    match proof.claim:
        case Claim.RANGE:
            return _range(proof, scene)
        case Claim.MAXIMUM:
            return _maximum(proof, scene)
        case Claim.TOTAL:
            return grades.decide_total(proof)
        case Claim.COVER | Claim.DISJOINT | Claim.GRADE:
            return grades.decide(proof)
        case Claim.MONOTONE:
            return decide_moves(proof, scene)
        case Claim.MONOTONE_GRADE:
            return decide_grade_moves(proof, scene)
        case Claim.SAME:  # unreached: that two versions are the same is decided of both, not of one
            return proof


def _range(proof: Proof, scene: Scene) -> Proof:
    """Refuted by a unit whose score lies outside; undeclared data are not tried, for they may be anything."""
    if proof.outcome is not Outcome.OPEN or proof.why is Reason.UNDECLARED:
        return proof
    for value, unit in scene.extremes_of(proof.subject).outside.items():
        shown = (scene.trial(unit).shown(value),)
        return evolve(proof, outcome=Outcome.REFUTED, why=Reason.WITNESS, witness=shown)
    return proof


def _maximum(proof: Proof, scene: Scene) -> Proof:
    """Proved by a unit that has it; where bounds refute it, the best unit is shown."""
    assert proof.high is not None
    best = scene.extremes_of(proof.subject).greatest
    if best is None:
        return proof
    shown = (scene.trial(best[1]).shown(best[0]),)
    if proof.outcome is Outcome.REFUTED:
        return evolve(proof, witness=shown)
    if best[0] != proof.high:
        return proof
    return evolve(proof, outcome=Outcome.PROVED, why=Reason.WITNESS, witness=shown, names=())
