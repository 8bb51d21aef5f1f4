"""Runs in; what their examples reach of each text of rules, with the versions and clauses among them, out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from attrs import frozen

from thangdiem.app.testing.runs import Run
from thangdiem.engine.coverage import Coverage, coverage_of


@frozen
class Part:
    """A version of amended rules, or a clause that made one, and how many examples were run by it."""

    name: str
    times: int


@frozen
class Covered:
    """The coverage of every text, under its heading, and of versions and clauses."""

    texts: tuple[tuple[str, Coverage], ...]
    versions: tuple[Part, ...]
    clauses: tuple[Part, ...]

    @property
    def reached(self) -> int:
        """How much some example reaches."""
        of_texts = sum(each.times > 0 for _, one in self.texts for each in one.reached)
        return of_texts + sum(each.times > 0 for each in (*self.versions, *self.clauses))

    @property
    def every(self) -> int:
        """How much there is to reach."""
        return sum(len(one.reached) for _, one in self.texts) + len(self.versions) + len(self.clauses)

    @property
    def share(self) -> Fraction:
        """The share reached; 1 where there is nothing to reach."""
        return Fraction(self.reached, self.every) if self.every else Fraction(1)


def covered(runs: Sequence[Run]) -> Covered:
    """Cases beside the rules count for the text of the scale and period they were run by."""
    texts = [each for each in runs if not each.beside]
    found = []
    for text in texts:
        same = [each for each in runs if each is text or (each.beside and same_rules(each, text))]
        units = [unit for each in same for report in each.reports for unit in report.units]
        found.append((text.heading, coverage_of(text.book, units)))
    versions = [Part(each.heading, _examples(each, runs)) for each in texts if each.version]
    clauses: dict[str, int] = {}
    for each in texts:
        for clause in each.clauses:
            clauses[clause] = clauses.get(clause, 0) + _examples(each, runs)
    return Covered(tuple(found), tuple(versions), tuple(Part(*each) for each in clauses.items()))


def same_rules(case: Run, text: Run) -> bool:
    """The rules of a case are read again, with its examples instead of theirs: the lines of both are the same."""
    return case.book.scales == text.book.scales and case.book.document == text.book.document


def _examples(text: Run, runs: Iterable[Run]) -> int:
    beside = sum(len(each.reports) for each in runs if each.beside and same_rules(each, text))
    return len(text.reports) + beside
