"""Claims where the scale says which way is better: each score moves one way with each number it is made of."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.checks.reach import is_declared
from thangdiem.dsl.checks.survey import Ground
from thangdiem.dsl.proofs.proof import Claim, Outcome, Proof, Reason
from thangdiem.dsl.proofs.reading import rests_on
from thangdiem.dsl.proofs.trend import Trend, Trends

_NUMERIC = (rb.DataForm.INTEGER, rb.DataForm.NUMBER, rb.DataForm.PERCENT)


def prove_directions(ground: Ground) -> Iterator[Proof]:
    """Item by item and datum by datum; then each block of grades."""
    scale = ground.scale
    if not scale.better:
        return
    for item in scale.walk():
        if item.method is None:
            continue
        for name in rests_on((item,), ground.world).data:
            declared = scale.data.get(name)
            if declared is not None and declared.form in _NUMERIC:
                yield _moves(item, name, ground)
    for block, grading in enumerate(scale.gradings):
        yield Proof(
            Claim.MONOTONE_GRADE, scale.id, "", Outcome.OPEN, Reason.CONDITIONS, block=block, span=grading.span
        )  # fmt: skip


def _moves(item: rb.Item, name: str, ground: Ground) -> Proof:
    span = item.span if item.method is None else item.method.span
    proof = Proof(Claim.MONOTONE, ground.scale.id, item.code, Outcome.OPEN, Reason.NO_WITNESS, names=(name,), span=span)
    found = Trends(name, ground).of_item(item)
    if found is Trend.MIXED:
        return proof
    if not is_declared(name, ground):
        return evolve(proof, why=Reason.UNDECLARED)
    return evolve(proof, outcome=Outcome.PROVED, why=Reason.STRUCTURE)
