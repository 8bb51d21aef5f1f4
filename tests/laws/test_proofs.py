"""Laws of proofs over generated rule files: what is proved is never violated; what is refuted comes with its unit."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generated import RuleFile, rule_files, units
from generated.units import Unit
from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.checker import check_text
from thangdiem.dsl.library import ScaleRules
from thangdiem.dsl.proofs import Claim, Outcome, Proof, Shown
from thangdiem.dsl.proofs.proving import year_assessed
from thangdiem.dsl.rulebook import State
from thangdiem.engine import Status, UnitResult, evaluate
from thangdiem.engine.witnesses import proofs_of

_QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
_laws = settings(max_examples=5, deadline=None, suppress_health_check=_QUIET)
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


def with_direction(file: RuleFile) -> rb.Rulebook:
    """The rules with a line that says that more is better."""
    head, rest = file.text.split("\n  Gồm ", 1)
    book = check_text(f"{head}\n  Càng cao càng tốt\n  Gồm {rest}").book
    assert book is not None
    return book


@_laws
@given(st.data())
def test_a_score_that_is_proved_to_move_one_way_does(data: st.DataObject) -> None:
    file = data.draw(_files)
    book = with_direction(file)
    rules, year = ScaleRules(book, book.scales[0]), year_assessed(book)
    unit = data.draw(units(file))
    columns = {datum.name: datum for datum in file.scales[0].data}
    for proof in proofs_of(book):
        if proof.claim is not Claim.MONOTONE or proof.outcome is not Outcome.PROVED:
            continue
        datum = columns[proof.names[0]]
        tried = [{**unit, datum.spelled: data.draw(datum.values())} for _ in range(4)]
        results = [evaluate(rules, each, period=year) for each in tried]
        points = [(each.facts.data[datum.name].value, each.item(proof.subject).score) for each in results]
        line = [score for _, score in sorted(pair for pair in points if pair[1] is not None)]  # type: ignore[type-var]
        assert line in (sorted(line), sorted(line, reverse=True)), proof  # type: ignore[type-var]


@_laws
@given(st.data())
def test_better_points_never_lower_a_grade_of_which_that_is_proved(data: st.DataObject) -> None:
    file = data.draw(_files)
    book = with_direction(file)
    proved = [each for each in proofs_of(book) if each.claim is Claim.MONOTONE_GRADE]
    if not proved or proved[0].outcome is not Outcome.PROVED:
        return
    rules, grades = ScaleRules(book, book.scales[0]), book.scales[0].gradings[0].grades
    unit = data.draw(units(file))
    for item in [each for each in file.scales[0].walk() if each.method is not None and each.method.entry is not None]:
        assert item.method is not None
        assert item.method.entry is not None
        tried = [{**unit, item.code: data.draw(item.method.entry.values())} for _ in range(3)]
        found = [evaluate(rules, each, period=year_assessed(book)) for each in tried]
        graded = [(each.item(item.code), grades.index(each.grade)) for each in found if each.grade is not None]
        for one, first in graded:
            for two, second in graded:
                if one.score is not None and two.score is not None and one.score < two.score:
                    assert second <= first, proved[0]
