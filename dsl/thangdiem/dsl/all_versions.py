"""A rule set in; every version of it – of each period and each day on which its rules change – out, each text once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from thangdiem.dsl.amendments.clauses import same_number
from thangdiem.dsl.library import RuleSet
from thangdiem.dsl.rulebook import Rulebook
from thangdiem.dsl.versions import RuleSetError, RuleVersion


def all_versions(rules: RuleSet) -> Iterator[RuleVersion]:
    """Those that can be had, periods first; a text that holds twice comes once."""
    seen: set[tuple[str, ...]] = set()
    moments: list[date | int] = [*periods_of_change(rules), *rules.days()]
    for moment in moments:
        version = _version(rules, moment)
        if version is None:
            continue
        texts = tuple(book.source.digest for book in version.books)
        if texts not in seen:
            seen.add(texts)
            yield version


def periods_of_change(rules: RuleSet) -> tuple[int, ...]:
    """The first period of each document and of each clause, and the one behind the last of each."""
    spans = [(each.first_period, each.last_period) for each in rules.standings]
    years: set[int] = {each for first, last in spans for each in (first, last + 1)}
    years = {each for each in years if date.min.year < each < date.max.year}
    for clause in (each for amendment in rules.amendments for each in amendment.clauses):
        years |= {clause.first_period} if clause.first_period is not None else set()
        years |= {clause.last_period + 1} if clause.last_period is not None else set()
    return tuple(sorted(years))


def is_amended(book: Rulebook, rules: RuleSet) -> bool:
    """Whether any clause of the set amends the document."""
    clauses = (clause for each in rules.amendments for clause in each.clauses)
    return any(same_number(clause.amends, book.document.number) for clause in clauses)


def _version(rules: RuleSet, moment: date | int) -> RuleVersion | None:
    try:
        return rules.for_period(moment) if isinstance(moment, int) else rules.on(moment)
    except RuleSetError:
        return None
