"""Laws of proofs over generated rule files: what is proved is never violated; what is refuted comes with its unit."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generated import RuleFile, rule_files, units
from generated.units import Unit
from thangdiem.dsl.proofs import Claim, Outcome, Proof, Shown
from thangdiem.dsl.proofs.proving import year_assessed
from thangdiem.dsl.rulebook import State
from thangdiem.engine import Status, UnitResult, evaluate
from thangdiem.engine.witnesses import proofs_of

_QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
_laws = settings(max_examples=10, deadline=None, suppress_health_check=_QUIET)
_files = rule_files(scales=1, indicators=3, components=3)
_OUTSIDE, _WITHOUT_BAND = "TD514", "TD520"


def scored(file: RuleFile, unit: Mapping[str, object]) -> UnitResult:
    """The unit in the year that the proofs are about."""
    return evaluate(file.rules(), unit, period=year_assessed(file.rules().book))  # type: ignore[arg-type]


def proofs(file: RuleFile) -> tuple[Proof, ...]:
    return proofs_of(file.rules().book)


def left_its_range(result: UnitResult, code: str) -> bool:
    return any(found.code == _OUTSIDE and found.arguments["code"] == code for found in result.diagnostics)


def violated(proof: Proof, result: UnitResult) -> bool:
    """Whether a unit shows that a claim does not hold."""
    match proof.claim:
        case Claim.RANGE:
            return left_its_range(result, proof.subject)
        case Claim.TOTAL:
            return left_its_range(result, proof.scale)
        case Claim.COVER:
            return any(found.code == _WITHOUT_BAND for found in result.diagnostics)
        case Claim.DISJOINT:
            bands = result.trace.grading.bands if result.trace is not None and result.trace.grading else ()
            return sum(bool(band.met) for band in bands) > 1
        case _:
            return False


def reached(proof: Proof, result: UnitResult) -> bool:
    """Whether a unit does what a claim says can be done."""
    if proof.claim is Claim.MAXIMUM:
        return result.item(proof.subject).score == proof.high
    return result.status is Status.GRADED and result.grade == proof.subject


def given_by(shown: Shown) -> Unit:
    cells = {cell.column: State.NOT_APPLICABLE if cell.value is None else cell.value for cell in shown.cells}
    return {"Đơn vị": "ví dụ", **cells}  # type: ignore[dict-item]


@_laws
@given(st.data())
def test_what_is_proved_no_unit_violates_and_what_is_refuted_none_reaches(data: st.DataObject) -> None:
    file = data.draw(_files)
    found = proofs(file)
    results = [scored(file, data.draw(units(file))) for _ in range(6)]
    for proof in found:
        if proof.outcome is Outcome.PROVED:
            assert not any(violated(proof, each) for each in results), proof
        if proof.outcome is Outcome.REFUTED and proof.claim in (Claim.MAXIMUM, Claim.GRADE):
            assert not any(reached(proof, each) for each in results), proof


@_laws
@given(st.data())
def test_a_witness_fed_in_as_data_shows_what_it_is_a_witness_of(data: st.DataObject) -> None:
    file = data.draw(_files)
    for proof in proofs(file):
        if not proof.witness or proof.claim in (Claim.MONOTONE, Claim.MONOTONE_GRADE):
            continue
        result = scored(file, given_by(proof.witness[0]))
        if proof.claim in (Claim.MAXIMUM, Claim.GRADE):
            assert reached(proof, result) is (proof.outcome is Outcome.PROVED), proof
        else:
            assert violated(proof, result), proof
