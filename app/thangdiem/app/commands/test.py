"""``thangdiem test``: rule files in; their examples run, each with what it states and what came out, out."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import assert_never

import click
from attrs import evolve

from thangdiem.app.columns import visible
from thangdiem.app.exits import Exit, Stopped
from thangdiem.app.invocation import Invocation
from thangdiem.app.rule_folders import Checked, checked_sets
from thangdiem.app.rule_sets import errors
from thangdiem.app.terminal import tell, where
from thangdiem.app.usage import Command
from thangdiem.dsl.all_versions import all_versions, is_amended
from thangdiem.dsl.numerals import write_approximate, write_number, write_percent
from thangdiem.dsl.rulebook import Aspect, Rulebook, State
from thangdiem.engine.examples import Comparison, ExampleReport, run_examples
from thangdiem.engine.result import Status


@click.command("test", cls=Command)
@click.argument("paths", nargs=-1, required=True, metavar="PATH…", type=click.Path(allow_dash=True))
@click.pass_obj
def command(run: Invocation, paths: tuple[str, ...]) -> Exit:
    """Runs the examples of rule files."""
    worst = Exit.FINE
    reports: list[ExampleReport] = []
    for path in paths:
        try:
            for one in checked_sets(path, run.words("standard-input")):
                reports.extend(_of_one_set(one, run))
        except Stopped as stopped:
            tell(stopped.findings, run)
            worst = max(worst, stopped.code)
    if reports or worst is Exit.FINE:
        print_summary(reports, run)
    if any(not report.passed for report in reports):
        worst = max(worst, Exit.FAILED)
    return worst


def _of_one_set(one: Checked, run: Invocation) -> Sequence[ExampleReport]:
    """The examples of a rule set, printed as they are run; a set with errors is refused.

    Those of an amended document are run by the version of their period, those without one by the document as written.
    """
    if one.rules.has_errors:
        raise Stopped(Exit.BAD_INPUT, *errors(one.rules.diagnostics))
    rules = one.rules
    amended = [book for book in rules.documents if is_amended(book, rules)]
    reports: list[ExampleReport] = []
    for book in rules.documents:
        of_any_period = tuple(each for each in book.examples if each.period is None)
        own = evolve(book, examples=of_any_period) if book in amended else book
        if own.examples or book not in amended:
            reports.extend(_of_book(own, book.source.name, run))
    if amended:
        numbers = {book.document.number for book in amended}
        for version in all_versions(rules):
            for book in version.books:
                if book.examples and book.document.number in numbers:
                    reports.extend(_of_book(book, version.why.message(run.language), run))
    return reports


def _of_book(book: Rulebook, heading: str, run: Invocation) -> Sequence[ExampleReport]:
    click.echo(heading)
    found = run_examples(book)
    for report in found:
        print_report(report, run)
    return found


def print_summary(reports: Sequence[ExampleReport], run: Invocation) -> None:
    """How many examples pass."""
    passed = sum(report.passed for report in reports)
    if reports:
        click.echo(run.words("tests-summary", passed=passed, failed=len(reports) - passed))
    else:
        click.echo(run.words("no-examples"))


def print_report(report: ExampleReport, run: Invocation) -> None:
    """One line for an example; for what is not as stated, the place, the words of the file and what came out."""
    words = run.words
    verdict = words("test-passed" if report.passed else "test-failed")
    count = words.count("expectations", len(report.comparisons))
    click.echo("  " + words("example-line", verdict=verdict, title=visible(report.example.title), count=count))
    failed = [each for each in report.comparisons if not each.met]
    for each in failed:
        click.echo(f"    {where(each.place, words)}: {visible(each.unit)}")
        click.echo(f"      {words('expected', text=visible(each.written))}")
        click.echo(f"      {words('got', text=got(each, run))}")
    for finding in report.findings if failed else ():
        click.echo(f"    {finding.code}: {visible(finding.message(run.language))}")


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
