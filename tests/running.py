"""The text of a rule file in; its findings and what its examples come to out. Shared by the tests of docs and cases."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from attrs import evolve

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.checker import check_text
from thangdiem.dsl.diagnostic import Diagnostic, Severity
from thangdiem.dsl.library import ScaleRules
from thangdiem.engine.binding import facts_from_example
from thangdiem.engine.evaluator import evaluate_all
from thangdiem.engine.examples import run_examples
from thangdiem.engine.result import Results


@lru_cache(maxsize=256)
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
        bound = [facts_from_example(unit, scale, book.dialect, book.source) for unit in example.units]
        found = evaluate_all(ScaleRules(book, scale), [facts for facts, _ in bound], period=example.period)
        units = [
            evolve(unit, diagnostics=(*faults, *unit.diagnostics))
            for unit, (_, faults) in zip(found.units, bound, strict=True)
        ]
        yield example, evolve(found, units=tuple(units))


def differences(book: rb.Rulebook) -> list[str]:
    """What the file's examples say and the engine does not."""
    return [
        f"{report.example.title}, {found.unit}: {found.written}, got {found.got}"
        for report in run_examples(book)
        for found in report.comparisons
        if not found.met
    ]
