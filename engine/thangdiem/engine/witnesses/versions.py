"""Two versions of a rulebook in; proofs that what no change names is scored alike, or units that are not, out."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve

from thangdiem.dsl.checks.survey import Ground
from thangdiem.dsl.comparison.rekeying import rekeyed
from thangdiem.dsl.comparison.scales import renaming
from thangdiem.dsl.proofs import Outcome, Proof, Reason, prove_same
from thangdiem.dsl.proofs.proof import Given
from thangdiem.dsl.rulebook import Rulebook, Scale
from thangdiem.engine.witnesses.inputs import Input, Unit
from thangdiem.engine.witnesses.scene import Scene
from thangdiem.engine.witnesses.seeking import extremes


def proofs_of_sameness(old: Rulebook, new: Rulebook) -> tuple[Proof, ...]:
    """Every item of both versions that no change names."""
    scales = {scale.id: scale for scale in old.scales}
    both = {scale.id: _scenes(old, scales[scale.id], new, scale) for scale in new.scales if scale.id in scales}
    return tuple(_decided(proof, *both[proof.scale]) for proof in prove_same(old, new))


def _scenes(old: Rulebook, before: Scale, new: Rulebook, after: Scale) -> tuple[Scene, Scene]:
    """A scale in both versions, each under the later names."""
    return Scene(Ground(old, rekeyed(before, renaming(before, after)))), Scene(Ground(new, after))


def _decided(proof: Proof, former: Scene, later: Scene) -> Proof:
    """Refuted by a unit that both versions score, but not alike."""
    if proof.outcome is not Outcome.OPEN or proof.why is not Reason.NO_WITNESS:
        return proof
    unit = _scored_apart(proof.subject, former, later)
    if unit is None:
        return proof
    scores = [(each.trial(unit), each.trial(unit).score(proof.subject)) for each in (former, later)]
    shown = tuple(trial.shown(score[0]) for trial, score in scores if score is not None)
    return evolve(proof, outcome=Outcome.REFUTED, why=Reason.WITNESS, witness=shown)


def _scored_apart(code: str, former: Scene, later: Scene) -> Unit | None:
    """A unit of which the two versions make different scores."""
    values: dict[Input, tuple[Given, ...]] = {}
    for scene in (former, later):
        for key, found in scene.inputs(scene.plan.items[code]).items():
            values[key] = tuple(dict.fromkeys((*values.get(key, ()), *found)))

    def apart(unit: Unit) -> tuple[Fraction, bool] | None:
        before, after = (scene.trial(unit).score(code) for scene in (former, later))
        return None if before is None or after is None else (abs(after[0] - before[0]), True)

    greatest = extremes(values, apart).greatest
    return None if greatest is None or not greatest[0] else greatest[1]
