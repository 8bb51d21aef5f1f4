"""The documents that hold at a moment and those that amend them in; their version, each text consolidated, out."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

from attrs import evolve
from lark import Token, Tree

from thangdiem.dsl.amendments.clauses import Amendment, Clause, Operation
from thangdiem.dsl.amendments.consolidation import Consolidated, consolidate, example_periods
from thangdiem.dsl.amendments.expansion import Alternative
from thangdiem.dsl.amendments.timeline import Moment, Timeline, timeline
from thangdiem.dsl.diagnostic import Diagnostic, Severity, has_errors
from thangdiem.dsl.dialect import dialect
from thangdiem.dsl.letters import fold, toneless
from thangdiem.dsl.remembered import known_source
from thangdiem.dsl.resolve.documents import named
from thangdiem.dsl.resolve.expressions import expression
from thangdiem.dsl.resolve.scope import Findings, Scope
from thangdiem.dsl.rulebook import Datum, Rulebook
from thangdiem.dsl.source import Source
from thangdiem.dsl.suggestion import suggest
from thangdiem.dsl.syntax import SyntaxFile
from thangdiem.dsl.versions import RuleSetError, RuleVersion, Transition
from thangdiem.dsl.walk import all_of

_AMENDED = {"TD600": "TD614", "TD609": "TD615"}
"""What is said of a version, and what is said where it was amended."""

_UNUSED = "TD307"
"""Data that are declared and used nowhere: a transition may use them, which does not stand in the text."""


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
        rules.append(rulebook)
        texts.append(text)
        if has_errors(slips):
            found += slips
            continue
        kept, doubts = _transitions(book, rulebook, text, line)
        transitions += kept
        used = {name for each in kept for name in _asked(each)}
        found += (each for each in slips if each.code != _UNUSED or each.arguments["name"] not in used)
        found += doubts
    if has_errors(found):
        raise RuleSetError(*(each for each in found if each.severity is Severity.ERROR))
    if names := dict.fromkeys(clause.document for text in texts for clause in text.clauses):
        why = evolve(why, code=_AMENDED[why.code], arguments={**why.arguments, "amended_by": ", ".join(names)})
    return RuleVersion(tuple(rules), why, period, tuple(texts), tuple(transitions), tuple(found))


def amended(
    book: Rulebook, line: Timeline, periods: Collection[int] = ()
) -> tuple[Consolidated, Rulebook, tuple[Diagnostic, ...]]:
    """A document with clauses carried out: its text, its rules, and what is wrong with it.

    Examples of ``periods`` for which the same clauses count stay in the text.
    """
    if not line.clauses:
        text = Consolidated(book.source, (), (), (), (), ())
        return text, book, ()
    text = consolidate(syntax_of(book.source), book.document, line.clauses, line.apart, periods)
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
    former = tuple(evolve(each, book=_read_otherwise(each.book, chosen)) for each in version.transitions)
    return evolve(version, books=books, transitions=former)


def _read_otherwise(book: Rulebook, chosen: Alternative) -> Rulebook:
    if chosen.clause.source.name != book.source.name:
        return book
    text = consolidate(syntax_of(book.source), book.document, (chosen.clause,))
    if has_errors(text.diagnostics):
        raise RuleSetError(*text.diagnostics)
    checked = known_source(text.source, checks=True)
    if checked.book is None or has_errors(checked.diagnostics):
        raise RuleSetError(*(each for each in checked.diagnostics if each.severity is Severity.ERROR))
    return checked.book


def _same_periods(book: Rulebook, line: Timeline, amendments: Sequence[Amendment]) -> frozenset[int]:
    """The periods of examples for which these very clauses count."""
    periods = {example.period for example in book.examples if example.period is not None}
    periods |= example_periods(line.clauses)
    number = book.document.number
    return frozenset(
        each for each in periods if timeline(number, amendments, Moment(period=each)).clauses == line.clauses
    )


def syntax_of(source: Source) -> SyntaxFile:
    """The syntax of a document that was read without slips before."""
    return evolve(_parsed(source), source=source)  # two texts of the same words may come of different files


@lru_cache(maxsize=32)
def _parsed(source: Source) -> SyntaxFile:
    from thangdiem.dsl.parser import parse

    syntax, _ = parse(source)
    assert syntax is not None
    return syntax


def _transitions(
    book: Rulebook, rules: Rulebook, text: Consolidated, line: Timeline
) -> tuple[list[Transition], list[Diagnostic]]:
    """Who keeps which former rules: those before the document that says so."""
    found: list[Transition] = []
    told: list[Diagnostic] = []
    for clause, operation in text.transitions:
        first = next(place for place, each in enumerate(line.clauses) if each.document == clause.document)
        later = [each for each in line.clauses[first:] if each.correction and each.document != clause.document]
        _, former, slips = amended(book, Timeline((*line.clauses[:first], *later)))
        told += slips if has_errors(slips) else ()
        findings = Findings(clause.source, dialect(operation.head.dialect))
        transition = _transition(clause, operation, former, findings)
        told += findings.found
        told += _unknown_data(transition, rules, clause, operation)
        found.append(transition)
    return found, told


def _transition(clause: Clause, operation: Operation, former: Rulebook, findings: Findings) -> Transition:
    tokens = [child for child in operation.node.children if isinstance(child, Token)]
    units = tuple(str(token) for token in tokens if token.type == "TEXT")
    years = [int(token) for token in tokens if token.type == "NUMBER" and str(token).isdigit()]
    conditions = [child for child in operation.node.children if isinstance(child, Tree)]
    scope = Scope(findings, {}, {}, frozenset(), frozenset(), {}, ())
    condition = expression(conditions[0], scope) if conditions else None
    return Transition(clause.label, former, condition, units, years[0] if years else None, clause.scale)


def _asked(transition: Transition) -> set[str]:
    """The data a transition asks of a unit."""
    condition = transition.condition
    return set() if condition is None else {each.name for each in all_of(condition) if isinstance(each, Datum)}


def _unknown_data(
    transition: Transition, rules: Rulebook, clause: Clause, operation: Operation
) -> Iterator[Diagnostic]:
    """What a transition asks of a unit must be data of the scale."""
    wanted = _asked(transition)
    for scale in rules.scales:
        if transition.scale and toneless(transition.scale) != toneless(scale.id):
            continue
        for name in sorted(wanted - set(scale.data)):
            place = clause.source.place(operation.span.start, operation.span.end)
            yield Diagnostic("TD649", {"clause": clause.label, "datum": name, "scale": scale.id}, place)
