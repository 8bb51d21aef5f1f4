"""A rule set in; what is wrong with its versions, one for each day on which the rules change, out: each thing once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from attrs import evolve

from thangdiem.dsl.diagnostic import Diagnostic
from thangdiem.dsl.library import RuleSet
from thangdiem.dsl.official import official_differences
from thangdiem.dsl.versions import RuleSetError

_NO_VERSION = ("TD603",)
"""That nothing is in force on a day is no fault: the day is the first after a document ended."""


def with_versions(rules: RuleSet) -> RuleSet:
    """The rule set with the findings of its versions and of its official texts behind those of its files."""
    if rules.faults or not (rules.amendments or rules.official):
        return rules
    known = {_once(found) for found in rules.diagnostics}
    fresh = _unknown((*_of_versions(rules), *official_differences(rules)), known)
    return evolve(rules, diagnostics=(*rules.diagnostics, *fresh))


def _of_versions(rules: RuleSet) -> Iterator[Diagnostic]:
    for day in rules.days():
        yield from _on(rules, day)


def _on(rules: RuleSet, day: date) -> Iterable[Diagnostic]:
    try:
        return rules.on(day).diagnostics
    except RuleSetError as error:
        return [found for found in error.diagnostics if found.code not in _NO_VERSION]


def _unknown(found: Iterable[Diagnostic], known: set[tuple[object, ...]]) -> Iterator[Diagnostic]:
    for each in found:
        if (key := _once(each)) not in known:
            known.add(key)
            yield each


def _once(found: Diagnostic) -> tuple[object, ...]:
    """What makes two findings one: code, place and message."""
    return found.code, found.place, found.message("en")
