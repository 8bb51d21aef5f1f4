"""Claims about grades: every attainable value has a band, none has two, and each grade can be given."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.checks.banding import Banding, attainable, read_bands
from thangdiem.dsl.checks.survey import Ground
from thangdiem.dsl.proofs.proof import Claim, Outcome, Proof, Reason
from thangdiem.dsl.proofs.scores import undeclared


def prove_grades(ground: Ground) -> Iterator[Proof]:
    """Block by block of grades."""
    for block, grading in enumerate(ground.scale.gradings):
        found = read_bands(grading, ground, attainable(grading, ground, proved=True))
        empty = Proof(
            Claim.COVER, ground.scale.id, "", Outcome.PROVED, Reason.BOUNDS, block=block, span=grading.span
        )  # fmt: skip
        if found is not None and found.attainable is not None:
            empty = evolve(empty, low=found.attainable.low, high=found.attainable.high)
        yield _cover(empty, found, ground)
        if found is None or found.marks:
            yield _disjoint(evolve(empty, claim=Claim.DISJOINT), found)
        yield from _given(empty, grading, found)


def _cover(proof: Proof, found: Banding | None, ground: Ground) -> Proof:
    if found is not None and found.rest:
        return evolve(proof, why=Reason.REST)
    if found is None or (found.marks and found.attainable is None):
        return evolve(proof, outcome=Outcome.OPEN, why=Reason.NOT_CONSTANT)
    value = found.gap()
    if value is not None:
        return evolve(proof, outcome=Outcome.OPEN, why=Reason.NO_WITNESS, found=value)
    if found.undecided(ground) is not None:
        return evolve(proof, outcome=Outcome.OPEN, why=Reason.CONDITIONS)
    names = undeclared(tuple(when for band in found.grading.bands for when in band.conditions), ground)
    if names:  # the conditions may be read as if the data were whole numbers
        return evolve(proof, outcome=Outcome.OPEN, why=Reason.UNDECLARED, names=names)
    return proof


def _disjoint(proof: Proof, found: Banding | None) -> Proof:
    if found is None or found.attainable is None:
        return evolve(proof, outcome=Outcome.OPEN, why=Reason.NOT_CONSTANT)
    for first, second, value in found.overlaps():
        names = (first.band.grade, second.band.grade)
        return evolve(proof, outcome=Outcome.OPEN, why=Reason.NO_WITNESS, names=names, found=value)
    return proof


def _given(proof: Proof, grading: rb.Grading, found: Banding | None) -> Iterator[Proof]:
    """Only bounds can show that a grade is never given, and only where no rule gives it."""
    ruled = bool(grading.rules or grading.quotas)
    never = set() if found is None or ruled else {each.band.grade for each in found.unreached()}
    for band in grading.bands:
        one = evolve(proof, claim=Claim.GRADE, subject=band.grade, span=band.span)
        refuted = band.grade in never
        yield evolve(
            one,
            outcome=Outcome.REFUTED if refuted else Outcome.OPEN,
            why=Reason.BOUNDS if refuted else Reason.NO_WITNESS,
        )
