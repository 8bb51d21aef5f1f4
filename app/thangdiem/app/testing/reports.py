"""Runs in; what passed and what did not out: as text, and as JUnit XML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import assert_never
from xml.sax.saxutils import escape, quoteattr

from thangdiem.app.columns import on_one_line, visible
from thangdiem.app.invocation import Invocation
from thangdiem.app.terminal import where
from thangdiem.app.testing.runs import Recorded, Run
from thangdiem.dsl.numerals import write_approximate, write_number, write_percent
from thangdiem.dsl.rulebook import Aspect, State
from thangdiem.engine.examples import Comparison, ExampleReport
from thangdiem.engine.result import Status


def report_text(runs: Sequence[Run], run: Invocation) -> str:
    """Every example under the heading of its rules, then how many pass; versions without examples are passed over."""
    lines: list[str] = []
    for each in runs:
        if each.reports or not each.version:
            lines.append(on_one_line(each.heading))
            lines.extend(line for report in each.reports for line in _of_example(report, run))
            lines.extend(line for one in each.recorded if not one.met for line in _of_recording(one, run))
    return "\n".join((*lines, _summary(runs, run), ""))


def junit(runs: Sequence[Run], run: Invocation) -> str:
    """A suite for each text of rules, a test for each example and each recording."""
    suites = "".join(f"  {line}\n" for each in runs if each.reports for line in _suite(each, run))
    passed, failed = counted(runs)
    head = f'<testsuites tests="{passed + failed}" failures="{failed}">'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}\n{suites}</testsuites>\n'


def counted(runs: Sequence[Run]) -> tuple[int, int]:
    """How many examples and recordings pass, and how many do not."""
    verdicts = [report.passed for each in runs for report in each.reports]
    verdicts.extend(one.met for each in runs for one in each.recorded)
    return sum(verdicts), len(verdicts) - sum(verdicts)


def got(compared: Comparison, run: Invocation) -> str:
    """What came out, in words."""
    words, value = run.words, compared.got
    match value:
        case None:
            return words("no-value")
        case State():
            return words(f"state-{value.value}")
        case Status():
            return words(f"status-{value.value}")
        case tuple():
            return ", ".join(value) or words("no-value")
        case str():
            return visible(value)
        case Fraction() | int():
            return _number(Fraction(value), compared.expectation.aspect, run)
        case _:
            assert_never(value)


def _number(value: Fraction, aspect: Aspect, run: Invocation) -> str:
    write = write_percent if aspect is Aspect.SHARE else write_number
    exact = write(value, run.language)
    return f"{exact} ≈ {write_approximate(value, run.language)}" if "/" in exact else exact


def _summary(runs: Sequence[Run], run: Invocation) -> str:
    passed, failed = counted(runs)
    if passed + failed:
        return run.words("tests-summary", passed=passed, failed=failed)
    return run.words("no-examples")


def _of_example(report: ExampleReport, run: Invocation) -> Iterator[str]:
    """One line for an example; for what is not as stated, the place, the words of the file and what came out."""
    words = run.words
    verdict = words("test-passed" if report.passed else "test-failed")
    count = words.count("expectations", len(report.comparisons))
    yield "  " + words("example-line", verdict=verdict, title=visible(report.example.title), count=count)
    yield from (f"    {line}" for line in _failures(report, run))


def _failures(report: ExampleReport, run: Invocation) -> Iterator[str]:
    words = run.words
    for each in report.comparisons:
        if not each.met:
            yield f"{where(each.place, words)}: {visible(each.unit)}"
            yield f"  {words('expected', text=visible(each.written))}"
            yield f"  {words('got', text=got(each, run))}"
    for finding in () if report.passed else report.findings:
        yield f"{finding.code}: {visible(finding.message(run.language))}"


def _of_recording(one: Recorded, run: Invocation) -> Iterator[str]:
    yield f"  {run.words('test-failed')}  {on_one_line(one.file)}:{one.line}: {run.words('recording-differs')}"
    stands, came = one.expected.strip().split("\n"), one.got.split("\n")
    for index in range(max(len(stands), len(came))):
        old = stands[index] if index < len(stands) else ""
        new = came[index] if index < len(came) else ""
        if old != new:
            yield f"      {run.words('expected', text=visible(old) or run.words('no-value'))}"
            yield f"      {run.words('got', text=visible(new) or run.words('no-value'))}"


def _suite(one: Run, run: Invocation) -> Iterator[str]:
    passed, failed = counted((one,))
    name = quoteattr(_plain(one.heading))
    yield f'<testsuite name={name} tests="{passed + failed}" failures="{failed}">'
    for report in one.reports:
        yield from _case(report.example.title, name, list(_failures(report, run)))
    for recorded in one.recorded:
        yield from _case(run.words("recording"), name, [] if recorded.met else list(_of_recording(recorded, run)))
    yield "</testsuite>"


def _case(title: str, suite: str, failures: Sequence[str]) -> Iterator[str]:
    head = f"  <testcase classname={suite} name={quoteattr(_plain(title))}"
    if not failures:
        yield f"{head}/>"
        return
    message = quoteattr(_plain(failures[0]))
    yield f"{head}><failure message={message}>{escape(_plain(chr(10).join(failures)))}</failure></testcase>"


def _plain(text: str) -> str:
    """Without the control characters that XML has no way to write."""
    return "".join(each for each in text if each in "\n\t" or each.isprintable())
