"""A checked rule set in; its examples and the cases beside it run, text by text, out."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve, frozen

from thangdiem.app.exits import Exit, Stopped
from thangdiem.app.invocation import Invocation
from thangdiem.app.rule_folders import Checked
from thangdiem.app.rule_sets import errors
from thangdiem.dsl.all_versions import all_versions, is_amended
from thangdiem.dsl.rulebook import Rulebook
from thangdiem.engine.examples import ExampleReport, run_examples


@frozen
class Recorded:
    """A place of a case file where results are recorded: what stands there and what came out."""

    file: str
    line: int
    expected: str
    got: str

    @property
    def met(self) -> bool:
        """Whether it is what came out."""
        return self.expected.strip() == self.got


@frozen
class Run:
    """A text of rules and the examples run by it; ``clauses`` made the text, ``beside`` tells cases from examples."""

    heading: str
    book: Rulebook
    reports: tuple[ExampleReport, ...]
    clauses: tuple[str, ...] = ()
    recorded: tuple[Recorded, ...] = ()
    beside: bool = False
    version: bool = False

    @property
    def failed(self) -> bool:
        """Whether anything is not as stated."""
        return any(not each.passed for each in self.reports) or any(not each.met for each in self.recorded)


def runs_of(one: Checked, run: Invocation) -> Iterator[Run]:
    """The examples of a rule set; a set with errors is refused.

    Those of an amended document are run by the version of their period, those without one by the document as written.
    """
    if one.rules.has_errors:
        raise Stopped(Exit.BAD_INPUT, *errors(one.rules.diagnostics))
    rules = one.rules
    amended = [book for book in rules.documents if is_amended(book, rules)]
    for book in rules.documents:
        of_any_period = tuple(each for each in book.examples if each.period is None)
        own = evolve(book, examples=of_any_period) if book in amended else book
        if own.examples or book not in amended:
            yield Run(book.source.name, own, run_examples(own))
    if amended:
        numbers = {book.document.number for book in amended}
        for version in all_versions(rules):
            for place, book in enumerate(version.books):
                if book.document.number in numbers:
                    made = version.consolidated[place].clauses if place < len(version.consolidated) else ()
                    labels = tuple(each.label for each in made)
                    heading = version.why.message(run.language)
                    yield Run(heading, book, run_examples(book), labels, version=True)
