"""Several rule files in; what is found in them at every day on which their rules change, and the text in force, out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from attrs import evolve

from thangdiem.dsl import load
from thangdiem.dsl.diagnostic import Diagnostic, Place
from thangdiem.dsl.library import RuleSet, RuleSetError, RuleVersion


def folder(texts: Mapping[str, str]) -> RuleSet:
    """The rule set of files by name; their names stand in its findings without a folder."""
    with TemporaryDirectory() as path:
        for name, text in texts.items():
            Path(path, name).write_text(text, encoding="utf-8")
        return load(path)


def version(rules: RuleSet, moment: str) -> RuleVersion:
    """What holds on a day (``2025-01-31``) or applies to a period (``2025``)."""
    return rules.for_period(int(moment)) if moment.isdigit() else rules.on(moment)


def told(rules: RuleSet) -> tuple[Diagnostic, ...]:
    """What is found in the files, at every day on which the rules change and for every period they name; each once."""
    found = {_key(each): each for each in rules.diagnostics}
    for moment in moments(rules):
        for each in told_at(rules, moment):
            found.setdefault(_key(each), each)
    return tuple(found.values())


def moments(rules: RuleSet) -> Iterator[str]:
    """Every day on which the rules change, and every period in which they begin to apply."""
    yield from (day.isoformat() for day in rules.days())
    documents = [*(book.document for book in rules.documents), *(each.document for each in rules.amendments)]
    years = {each.first_period for each in documents}
    years |= {clause.first_period for each in rules.amendments for clause in each.clauses}
    yield from (str(year) for year in sorted(year for year in years if year is not None))


def short(place: Place) -> Place:
    """The place with the name of its file only."""
    return evolve(place, file=Path(place.file).name)


def told_at(rules: RuleSet, moment: str) -> tuple[Diagnostic, ...]:
    """What whoever asks for a day or a period is told."""
    try:
        return version(rules, moment).diagnostics
    except RuleSetError as error:
        return error.diagnostics


def _key(found: Diagnostic) -> tuple[str, str, str]:
    return found.code, str(found.place and (found.place.file, found.place.start)), str(found.arguments)
