"""What the command line says of rules (a path or a number, a day, a period, a scale) in, the rules to score by out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from attrs import evolve, frozen

from thangdiem.app.exits import Exit, Stopped
from thangdiem.app.invocation import Invocation
from thangdiem.app.terminal import say
from thangdiem.dsl.choosing import chosen_of, with_scale
from thangdiem.dsl.diagnostic import Diagnostic, Severity
from thangdiem.dsl.library import RuleSet, RuleSetError, RuleVersion, load
from thangdiem.dsl.rulebook import Rulebook, Scale

_MISUSE = ("TD605", "TD606", "TD607", "TD611", "TD613", "TD645")
"""The rules are fine; what was asked of them is not there."""

_NO_INPUT = ("TD900", "TD901", "TD902", "TD903", "TD904")


@frozen
class Chosen:
    """The rules a run scores by: a document, one of its scales if one was named, the year assessed if it is known;
    the version it was taken from, and the documents of that."""

    book: Rulebook
    scale: Scale | None
    period: int | None
    warnings: int
    version: RuleVersion
    documents: RuleSet


def shipped_rules() -> Path:
    """The folder of the rules that ship: in the package, or beside the sources of a development checkout."""
    inside = Path(__file__).parent / "shipped"
    return inside if inside.is_dir() else Path(__file__).parents[3] / "rules"


def rule_set(path: str) -> RuleSet:
    """The documents a path or a number stands for; they may have errors."""
    try:
        return load(path, shipped=(shipped_rules(),))
    except RuleSetError as error:
        raise stopped(error) from None


def choose(path: str, scale: str | None, period: int | None, day: str | None, one_scale: bool = False) -> Chosen:
    """The one version that was asked for, free of errors; with ``one_scale`` one of its scales, too."""
    documents, version = choose_version(path, scale, period, day)
    try:
        found = chosen_of(version, scale, period, one_scale)
    except RuleSetError as error:
        raise stopped(error) from None
    warnings = sum(each.severity is Severity.WARNING for each in documents.diagnostics)
    return Chosen(found.book, found.scale, found.period, warnings, version, documents)


def choose_version(path: str, scale: str | None, period: int | None, day: str | None) -> tuple[RuleSet, RuleVersion]:
    """The documents there, and the version of the day or the period; else the only one, or that of today."""
    documents = rule_set(path)
    try:
        return documents, _version(with_scale(documents, scale), period, day)
    except RuleSetError as error:
        raise stopped(error) from None


def say_which(chosen: Chosen, run: Invocation) -> None:
    """Says which version was taken and why, where there is more than one to take."""
    if len(chosen.documents.documents) + len(chosen.documents.amendments) > 1:
        say(chosen.version.why.message(run.language))


def stopped(error: RuleSetError) -> Stopped:
    """The end of a command whose rules cannot be had."""
    codes = [found.code for found in error.diagnostics]
    if all(code in _NO_INPUT for code in codes):
        return Stopped(Exit.NO_INPUT, *error.diagnostics)
    if all(code in _MISUSE for code in codes):
        return Stopped(Exit.MISUSE, *error.diagnostics)
    return Stopped(Exit.BAD_INPUT, *error.diagnostics)


def errors(found: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """The findings that stop the work."""
    return tuple(each for each in found if each.severity is Severity.ERROR)


def _version(documents: RuleSet, period: int | None, day: str | None) -> RuleVersion:
    if day is not None:
        return documents.on(day)
    if period is not None:
        return documents.for_period(period)
    if len(documents.documents) == 1 and not documents.amendments:
        return documents.only()
    return _of_today(documents)


def _of_today(documents: RuleSet) -> RuleVersion:
    """What is in force now; the year assessed is not taken from the clock."""
    return evolve(documents.on(date.today()), period=None)
