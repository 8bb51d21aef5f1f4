"""A rulebook in; its examples run, with everything they state held against what comes out, out."""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

from attrs import evolve, field, frozen

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.diagnostic import Diagnostic, Place
from thangdiem.dsl.library import ScaleRules
from thangdiem.engine.binding import facts_from_example
from thangdiem.engine.evaluator import evaluate_all
from thangdiem.engine.result import Results, Status, UnitResult

Got = Fraction | int | str | rb.State | Status | tuple[str, ...] | None
"""What came out; None where there is nothing, the codes of all findings where one was expected."""


@frozen
class Comparison:
    """One expectation of a unit: as the file words it, what came out, and whether that is it."""

    unit: str
    expectation: rb.Expectation
    written: str
    got: Got
    met: bool
    place: Place = field(eq=False, repr=False)


@frozen
class ExampleReport:
    """An example that was run; ``findings`` are all that was said of its units."""

    example: rb.Example
    comparisons: tuple[Comparison, ...]
    findings: tuple[Diagnostic, ...]
    place: Place = field(eq=False, repr=False)
    units: tuple[UnitResult, ...] = field(default=(), eq=False, repr=False)
    """What came out of each unit, with its trace."""

    @property
    def passed(self) -> bool:
        """Whether every expectation is met."""
        return all(each.met for each in self.comparisons)


def run_examples(book: rb.Rulebook) -> tuple[ExampleReport, ...]:
    """Every example of the file, in its order; the units of one example are ranked together."""
    scales = {scale.id: scale for scale in book.scales}
    return tuple(run_example(example, ScaleRules(book, scales[example.scale])) for example in book.examples)


def run_example(example: rb.Example, rules: ScaleRules) -> ExampleReport:
    """One example by the rules of a scale; its units are ranked together."""
    book = rules.book
    bound = [facts_from_example(unit, rules.scale, book.dialect, book.source) for unit in example.units]
    results = evaluate_all(rules, [facts for facts, _ in bound], period=example.period)
    units = tuple(_placed(unit, stated, book) for unit, stated in zip(results.units, example.units, strict=True))
    results = evolve(results, units=units)
    comparisons = [
        _compared(stated, result, _told(faults, result, results), example, book)
        for unit, result, (_, faults) in zip(example.units, results.units, bound, strict=True)
        for stated in unit.expected
    ]
    findings = [found for _, faults in bound for found in faults]
    findings += [found for unit in results.units for found in unit.diagnostics]
    place = book.source.place(example.span.start, example.span.end)
    return ExampleReport(example, tuple(comparisons), (*findings, *results.diagnostics), place, results.units)


def _placed(result: UnitResult, stated: rb.ExampleUnit, book: rb.Rulebook) -> UnitResult:
    """The result of a unit; what is said of the unit as a whole is said where the example names it."""
    place = book.source.place(stated.span.start, stated.span.end)
    told = tuple(found if found.place is not None else evolve(found, place=place) for found in result.diagnostics)
    return evolve(result, diagnostics=told)


def _told(faults: tuple[Diagnostic, ...], result: UnitResult, results: Results) -> tuple[str, ...]:
    found = (*faults, *result.diagnostics, *results.diagnostics)
    return tuple(dict.fromkeys(each.code for each in found))


def _compared(
    stated: rb.Expectation, result: UnitResult, codes: tuple[str, ...], example: rb.Example, book: rb.Rulebook
) -> Comparison:
    got = _got(stated, result, codes)
    written = book.source.text[stated.span.start : stated.span.end]
    place = book.source.place(stated.span.start, stated.span.end)
    return Comparison(result.unit, stated, written, got, _is_met(stated, got, example.tolerance), place)


def _got(stated: rb.Expectation, result: UnitResult, codes: tuple[str, ...]) -> Got:
    match stated.aspect:
        case rb.Aspect.ITEM:
            return _item(stated.subject, result)
        case rb.Aspect.TOTAL:
            return result.total if result.total is not None else result.status
        case rb.Aspect.SHARE:
            return result.share if result.share is not None else result.status
        case rb.Aspect.MAXIMUM:
            return result.maximum
        case rb.Aspect.GRADE:
            return result.grade if result.grade is not None else result.status
        case rb.Aspect.RANK:
            return result.rank
        case rb.Aspect.REFUSED | rb.Aspect.UNGRADED:
            return result.status
        case rb.Aspect.DIAGNOSTIC:
            return codes
        case _:
            assert_never(stated.aspect)


def _item(key: str, result: UnitResult) -> Got:
    """The score of an item or, from the trace, of a bonus; its state where it has none."""
    for item in result.items:
        if item.code == key:
            return item.score if item.state is rb.State.VALUE else item.state
    step = result.trace.bonuses.get(key) if result.trace is not None else None
    if step is None:
        return None
    return step.value if isinstance(step.value, Fraction) else step.state


def _is_met(stated: rb.Expectation, got: Got, tolerance: Fraction) -> bool:
    match stated.aspect:
        case rb.Aspect.GRADE:
            return got == stated.subject
        case rb.Aspect.REFUSED:
            return got is Status.REFUSED
        case rb.Aspect.UNGRADED:
            return got is Status.UNGRADED
        case rb.Aspect.DIAGNOSTIC:
            return isinstance(got, tuple) and stated.subject in got
        case rb.Aspect.RANK:
            return isinstance(stated.value, rb.Number) and got == stated.value.value
        case _:
            return _is_value(stated.value, got, tolerance)


def _is_value(wanted: rb.CellValue | None, got: Got, tolerance: Fraction) -> bool:
    if isinstance(wanted, rb.Number):
        return isinstance(got, Fraction | int) and abs(got - wanted.value) <= tolerance
    return isinstance(wanted, rb.State) and got is wanted
