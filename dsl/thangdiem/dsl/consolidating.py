"""The documents that hold at a moment and those that amend them in; their version, each text consolidated, out."""

from __future__ import annotations

from collections.abc import Container, Sequence
from functools import lru_cache

from attrs import evolve
from lark import Token, Tree

from thangdiem.dsl.amendments.clauses import Amendment, Clause, Operation
from thangdiem.dsl.amendments.consolidation import Consolidated, consolidate
from thangdiem.dsl.amendments.expansion import Alternative
from thangdiem.dsl.amendments.timeline import Moment, Timeline, timeline
from thangdiem.dsl.diagnostic import Diagnostic, Severity, has_errors
from thangdiem.dsl.dialect import dialect
from thangdiem.dsl.letters import fold
from thangdiem.dsl.remembered import known_source
from thangdiem.dsl.resolve.documents import named
from thangdiem.dsl.resolve.scope import Findings, Scope, suggest
from thangdiem.dsl.rulebook import Rulebook
from thangdiem.dsl.source import Source
from thangdiem.dsl.syntax import SyntaxFile
from thangdiem.dsl.versions import RuleSetError, RuleVersion, Transition


def versions_of(
    books: Sequence[Rulebook], amendments: Sequence[Amendment], moment: Moment, why: Diagnostic, period: int
) -> RuleVersion:
    """The version of the documents at a moment. Raises ``RuleSetError`` where a clause cannot be carried out."""
    found: list[Diagnostic] = []
    rules: list[Rulebook] = []
    texts: list[Consolidated] = []
    transitions: list[Transition] = []
    for book in books:
        line = timeline(book.document.number, amendments, moment) if amendments else Timeline(())
        found += line.diagnostics
        periods = _same_periods(book, line, amendments)
        text, rulebook, slips = amended(book, line, periods)
        found += slips
        rules.append(rulebook)
        texts.append(text)
        transitions += _transitions(book, text, line)
    if has_errors(found):
        raise RuleSetError(*(each for each in found if each.severity is Severity.ERROR))
    why = evolve(why, arguments={**why.arguments, **_amended_by(texts)})
    return RuleVersion(tuple(rules), why, period, tuple(texts), tuple(transitions), tuple(found))


def amended(
    book: Rulebook, line: Timeline, periods: Container[int] = ()
) -> tuple[Consolidated, Rulebook, tuple[Diagnostic, ...]]:
    """A document with clauses carried out: its text, its rules, and what is wrong with it.

    Examples of ``periods`` for which the same clauses count stay in the text.
    """
    if not line.clauses:
        text = Consolidated(book.source, (), (), (), (), ())
        return text, book, ()
    text = consolidate(_syntax(book.source), book.document, line.clauses, line.apart, periods)
    if text.source is book.source or has_errors(text.diagnostics):
        return text, book, text.diagnostics
    checked = known_source(text.source, checks=True)
    documents = ", ".join(dict.fromkeys(clause.document for clause in line.clauses))
    trail = (f"{named(book.document)} + {documents}",)
    found = (each.within((*trail, *each.breadcrumb)) for each in checked.diagnostics)
    return text, checked.book or book, (*text.diagnostics, *found)


def with_reading(version: RuleVersion, alternatives: Sequence[Alternative], wanted: str) -> RuleVersion:
    """The version under another reading, named by its id."""
    names = {book.source.name for book in version.books}
    there = [each for each in alternatives if each.clause.source.name in names]
    chosen = next((each for each in there if fold(each.id) == fold(wanted)), None)
    if chosen is None:
        arguments = {"reading": wanted, "nearest": suggest(wanted, [each.id for each in there])}
        raise RuleSetError(Diagnostic("TD645", arguments))
    books = tuple(_read_otherwise(book, chosen) for book in version.books)
    return evolve(version, books=books)


def _read_otherwise(book: Rulebook, chosen: Alternative) -> Rulebook:
    if chosen.clause.source.name != book.source.name:
        return book
    text = consolidate(_syntax(book.source), book.document, (chosen.clause,))
    if has_errors(text.diagnostics):
        raise RuleSetError(*text.diagnostics)
    checked = known_source(text.source, checks=True)
    if checked.book is None or has_errors(checked.diagnostics):
        raise RuleSetError(*(each for each in checked.diagnostics if each.severity is Severity.ERROR))
    return checked.book


def _same_periods(book: Rulebook, line: Timeline, amendments: Sequence[Amendment]) -> frozenset[int]:
    """The periods of examples for which these very clauses count."""
    periods = {example.period for example in book.examples if example.period is not None}
    labels = [clause.label for clause in line.clauses]
    number = book.document.number
    return frozenset(
        each
        for each in periods
        if [clause.label for clause in timeline(number, amendments, Moment(period=each)).clauses] == labels
    )


@lru_cache(maxsize=32)
def _syntax(source: Source) -> SyntaxFile:
    """The syntax of a document that was read without slips before."""
    from thangdiem.dsl.parser import parse

    syntax, _ = parse(source)
    assert syntax is not None
    return syntax


def _amended_by(texts: Sequence[Consolidated]) -> dict[str, object]:
    return {"amended_by": ", ".join(dict.fromkeys(clause.document for text in texts for clause in text.clauses))}


def _transitions(book: Rulebook, text: Consolidated, line: Timeline) -> list[Transition]:
    """Who keeps which former rules: those without the document that says so."""
    found = []
    for clause, operation in text.transitions:
        before = [each for each in line.clauses if each.document != clause.document]
        _, former, _ = amended(book, Timeline(tuple(before)))
        found.append(_transition(clause, operation, former))
    return found


def _transition(clause: Clause, operation: Operation, former: Rulebook) -> Transition:
    tokens = [child for child in operation.node.children if isinstance(child, Token)]
    units = tuple(str(token) for token in tokens if token.type == "TEXT")
    years = [int(token) for token in tokens if token.type == "NUMBER" and str(token).isdigit()]
    conditions = [child for child in operation.node.children if isinstance(child, Tree)]
    findings = Findings(clause.source, dialect(operation.head.dialect))
    scope = Scope(findings, {}, {}, frozenset(), frozenset(), {}, ())
    from thangdiem.dsl.resolve.expressions import expression

    condition = expression(conditions[0], scope) if conditions else None
    if findings.found:
        raise RuleSetError(*findings.found)
    return Transition(clause.label, former, condition, units, years[0] if years else None)
