"""Two lists of clauses that amend one document in; the clauses between them, each with the rules it leads to, out."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from thangdiem.dsl.amendments.clauses import Clause
from thangdiem.dsl.amendments.consolidation import consolidate
from thangdiem.dsl.consolidating import syntax_of
from thangdiem.dsl.diagnostic import has_errors
from thangdiem.dsl.remembered import known_source
from thangdiem.dsl.rulebook import Rulebook


@frozen
class Step:
    """A clause that comes or goes: the rules after it and all before it, and the former ones with it alone.

    ``alone`` is None where it cannot be carried out without an earlier one.
    """

    clauses: tuple[Clause, ...]
    """Several where one of them makes no sense before the next: a reference to what the next one brings."""
    book: Rulebook
    alone: Rulebook | None
    ends: bool
    """Whether the clause stops counting, rather than begins."""


def steps_between(base: Rulebook, old: Sequence[Clause], new: Sequence[Clause]) -> tuple[Step, ...]:
    """From the document with the old clauses to the document with the fresh ones, clause by clause.

    First those go that do not count any more, then come those that count now, in the order of their effect.
    """
    leaving = [clause for clause in old if clause not in new]
    coming = [clause for clause in new if clause not in old]
    standing = list(old)
    found: list[Step] = []
    waiting: list[Clause] = []
    for clause in (*leaving, *coming):
        ends = clause in leaving
        if ends:
            standing.remove(clause)
        else:
            standing = _with(standing, clause, new)
        waiting.append(clause)
        book = _rules(base, standing)
        if book is not None:
            found.append(Step(tuple(waiting), book, _alone(base, old, waiting, new), ends))
            waiting = []
    return tuple(found)


def _with(standing: Sequence[Clause], clause: Clause, order: Sequence[Clause]) -> list[Clause]:
    """The clauses with one more, before those that have their effect after it in the end."""
    later = order[order.index(clause) + 1 :]
    at = next((place for place, each in enumerate(standing) if each in later), len(standing))
    return [*standing[:at], clause, *standing[at:]]


def _alone(
    base: Rulebook, old: Sequence[Clause], clauses: Sequence[Clause], order: Sequence[Clause]
) -> Rulebook | None:
    alone = [clause for clause in old if clause not in clauses]
    for clause in clauses:
        if clause not in old:
            alone = _with(alone, clause, order)
    return _rules(base, alone)


def _rules(base: Rulebook, clauses: Sequence[Clause]) -> Rulebook | None:
    """The rules of the document with these clauses, sums and ranges unchecked; None where they cannot stand so."""
    if not clauses:
        return base
    text = consolidate(syntax_of(base.source), base.document, clauses)
    if has_errors(text.diagnostics):
        return None
    found = known_source(text.source, checks=False)
    return None if has_errors(found.diagnostics) else found.book
