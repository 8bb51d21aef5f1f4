"""Runs, coverage, proposals and slips in, the JSON document ``thangdiem/test/1`` out."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from thangdiem.app.invocation import Invocation
from thangdiem.app.testing.covered import Covered, Part
from thangdiem.app.testing.margins import missing_words
from thangdiem.app.testing.proposals import Around
from thangdiem.app.testing.reports import counted, got
from thangdiem.app.testing.runs import Run
from thangdiem.dsl.numerals import write_plain
from thangdiem.engine.coverage import Coverage
from thangdiem.engine.examples import ExampleReport
from thangdiem.engine.mutation import Mutated, Tried
from thangdiem.engine.writing.plain import Json, diagnostic

SCHEMA = "thangdiem/test/1"


def test_json(
    runs: Sequence[Run],
    coverage: Covered | None,
    boundaries: Sequence[Around] | None,
    slips: Sequence[tuple[str, Mutated]] | None,
    run: Invocation,
) -> dict[str, Json]:
    """Everything asked for; what was not asked for is null."""
    passed, failed = counted(runs)
    return {
        "schema": SCHEMA,
        "passed": passed,
        "failed": failed,
        "texts": [_run(each, run) for each in runs if each.reports or not each.version],
        "coverage": _covered(coverage, run) if coverage is not None else None,
        "boundaries": [_around(each) for each in boundaries] if boundaries is not None else None,
        "mutation": [_mutated(*each) for each in slips] if slips is not None else None,
    }


def _run(one: Run, run: Invocation) -> Json:
    return {
        "heading": one.heading,
        "cases": one.beside,
        "examples": [_example(each, run) for each in one.reports],
        "recordings": [
            {"file": each.file, "line": each.line, "met": each.met, "expected": each.expected.strip(), "got": each.got}
            for each in one.recorded
        ],
    }


def _example(report: ExampleReport, run: Invocation) -> Json:
    example = report.example
    return {
        "title": example.title,
        "scale": example.scale,
        "period": example.period,
        "passed": report.passed,
        "file": report.place.file,
        "line": report.place.start.line + 1 if report.place.start is not None else None,
        "expectations": [
            {"unit": each.unit, "expected": each.written, "got": got(each, run), "met": each.met}
            for each in report.comparisons
        ],
        "diagnostics": [diagnostic(each, run.language) for each in report.findings],
    }


def _covered(found: Covered, run: Invocation) -> Json:
    return {
        "reached": found.reached,
        "every": found.every,
        "texts": [_coverage(heading, one, run) for heading, one in found.texts],
        "versions": [_part(each) for each in found.versions],
        "clauses": [_part(each) for each in found.clauses],
    }


def _part(part: Part) -> Json:
    return {"name": part.name, "times": part.times}


def _coverage(heading: str, one: Coverage, run: Invocation) -> Json:
    return {
        "heading": heading,
        "scales": [
            {"scale": scale, "reached": done, "every": every} for scale, (done, every) in one.by_scale().items()
        ],
        "targets": [
            {
                "scale": each.scale,
                "line": each.line,
                "aim": each.target.aim.value,
                "text": one.book.source.text[each.target.start : each.target.end],
                "times": each.times,
                "missing": None if each.times else missing_words(each, one, run),
            }
            for each in one.reached
        ],
    }


def _around(found: Around) -> Json:
    return {
        "file": found.book.source.name,
        "examples": [
            {
                "scale": each.proposal.scale,
                "line": each.proposal.line,
                "side": each.proposal.side.name.lower(),
                "title": each.title,
                "text": each.text,
            }
            for each in found.found
        ],
        "open": [
            {
                "scale": each.scale,
                "line": each.line,
                "side": each.side.name.lower(),
                "threshold": _threshold(each.threshold.value),
            }
            for each in found.proposals.open
        ],
    }


def _threshold(value: object) -> str:
    return write_plain(value) if isinstance(value, Fraction) else str(value)


def _mutated(heading: str, one: Mutated) -> Json:
    return {
        "heading": heading,
        "possible": one.possible,
        "counted": one.counted,
        "noticed": one.noticed,
        "mutations": [_tried(each) for each in one.tried],
    }


def _tried(each: Tried) -> Json:
    mutation = each.mutation
    return {
        "operator": mutation.operator.value,
        "line": mutation.line,
        "before": mutation.before,
        "after": mutation.after,
        "outcome": each.outcome.value,
        "by": each.by or None,
        "witness_line": each.witness.line if each.witness is not None else None,
    }
