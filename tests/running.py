"""The text of a rule file in; its findings and what its examples come to out. Shared by the tests of docs and cases."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from attrs import evolve

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.checker import check_text
from thangdiem.dsl.diagnostic import Diagnostic, Severity
from thangdiem.dsl.library import ScaleRules
from thangdiem.engine.binding import facts_from_example
from thangdiem.engine.evaluator import evaluate_all
from thangdiem.engine.result import Results, Status, UnitResult


def read(text: str, name: str = "case.rubric") -> tuple[rb.Rulebook | None, tuple[Diagnostic, ...]]:
    checked = check_text(text, name)
    return checked.book, checked.diagnostics


def errors(findings: tuple[Diagnostic, ...]) -> list[str]:
    return [shown(found) for found in findings if found.severity is Severity.ERROR]


def shown(found: Diagnostic) -> str:
    """``TD114 error 3:12 message``, as people count lines and columns."""
    start = found.place.start if found.place is not None else None
    at = f"{start.line + 1}:{start.column + 1}" if start is not None else "-"
    return f"{found.code} {found.severity.value} {at} {found.message('en')}"


def results(book: rb.Rulebook) -> Iterator[tuple[rb.Example, Results]]:
    for example in book.examples:
        scale = next(scale for scale in book.scales if scale.id == example.scale)
        bound = [facts_from_example(unit, scale, book.dialect, example.period, book.source) for unit in example.units]
        found = evaluate_all(ScaleRules(book, scale), [facts for facts, _ in bound], period=example.period)
        units = [
            evolve(unit, diagnostics=(*faults, *unit.diagnostics))
            for unit, (_, faults) in zip(found.units, bound, strict=True)
        ]
        yield example, evolve(found, units=tuple(units))


def differences(book: rb.Rulebook) -> list[str]:
    """What the file's examples say and the engine does not."""
    return [
        f"{example.title}, {wanted.name}: expected {wish}, got {got}"
        for example, found in results(book)
        for wanted, result in zip(example.units, found.units, strict=True)
        for expectation in wanted.expected
        if not (outcome := _compared(expectation, result, example.tolerance))[0]
        for wish, got in [(_wish(expectation), outcome[1])]
    ]


def _compared(wanted: rb.Expectation, result: UnitResult, tolerance: Fraction) -> tuple[bool, object]:
    got = _got(wanted, result)
    match wanted.value:
        case rb.Number(value=value):
            return isinstance(got, Fraction | int) and abs(got - value) <= tolerance, got
        case rb.State() as state:
            return got is state, got
        case rb.Text(value=text):
            return got == text, got
        case _:
            return got is True, result


def _got(wanted: rb.Expectation, result: UnitResult) -> object:
    match wanted.aspect:
        case rb.Aspect.ITEM if wanted.subject[:1] in "+-":
            assert result.trace is not None
            return result.trace.bonuses[wanted.subject].value
        case rb.Aspect.ITEM:
            item = result.item(wanted.subject)
            return item.state if isinstance(wanted.value, rb.State) else item.score
        case rb.Aspect.TOTAL:
            return result.total
        case rb.Aspect.SHARE:
            return result.share
        case rb.Aspect.MAXIMUM:
            return result.maximum
        case rb.Aspect.RANK:
            return result.rank
        case rb.Aspect.GRADE:
            return result.grade == wanted.subject
        case rb.Aspect.REFUSED:
            return result.status is Status.REFUSED
        case rb.Aspect.UNGRADED:
            return result.status is Status.UNGRADED
        case _:
            return wanted.subject in {found.code for found in result.diagnostics}


def _wish(wanted: rb.Expectation) -> str:
    value = getattr(wanted.value, "value", wanted.value)
    return f"{wanted.aspect.value} {wanted.subject} {value}"
