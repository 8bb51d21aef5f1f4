"""A rule file in; its straight code, held to the plain interpreter, out. Shared by the tests of straight code."""

from __future__ import annotations

from thangdiem.dsl.diagnostic import has_errors
from thangdiem.dsl.library import ScaleRules
from thangdiem.dsl.parser import parse
from thangdiem.dsl.resolver import resolve
from thangdiem.dsl.source import source_of
from thangdiem.engine.result import UnitResult
from thangdiem.engine.straight import Scorer, Values, prepare


def rules_of(text: str, scale: int = 0) -> ScaleRules:
    syntax, slips = parse(source_of(text))
    assert syntax is not None
    book, findings = resolve(syntax)
    assert not has_errors((*slips, *findings)), [text, *(found.message("en") for found in (*slips, *findings))]
    return ScaleRules(book, book.scales[scale])


def scorer_of(text: str) -> Scorer:
    return prepare(rules_of(text), 2024)


def assert_equal_to_plain(scorer: Scorer, values: Values) -> None:
    plain, score = scorer.plainly(values), scorer.score(values)
    assert (score.total, score.grade) == (plain.total, plain.grade)
    recording = scorer.record(values)
    assert recording.score == score
    assert_tape_equal(recording.steps(), plain)


def assert_tape_equal(steps: object, plain: UnitResult) -> None:
    trace = plain.trace
    assert trace is not None
    for entry, value in steps:  # type: ignore[attr-defined]
        if entry.kind == "item":
            assert value == trace.items[entry.of].value
        elif entry.kind == "name" and (entry.owner, entry.of) in trace.names:
            assert value == trace.names[entry.owner, entry.of].value
        elif entry.kind == "bonus":
            assert value == trace.bonuses[entry.of].value
        elif entry.kind == "total":
            assert value == trace.total.value
