"""Clauses and the documents that amend amending documents in; the clauses as those left them, out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from attrs import evolve
from lark import Token

from thangdiem.dsl.amendments.clauses import Amendment, Clause, Operation, same_number
from thangdiem.dsl.diagnostic import Diagnostic, Related
from thangdiem.dsl.dialect import dialect


def as_amended(clauses: Sequence[Clause], amendments: Sequence[Amendment], found: list[Diagnostic]) -> list[Clause]:
    """The clauses after those that repeal or replace clauses of other amending documents.

    What acts on a clause goes before what that clause does: a repeal that was repealed takes nothing away.
    """
    numbers = [each.document.number for each in amendments]
    kept = list(clauses)
    for stated in sorted(clauses, key=lambda each: (-_length(each.amends, amendments), each.in_force or date.min)):
        clause = next((each for each in kept if each.code == stated.code and each.source is stated.source), None)
        target = next((number for number in numbers if same_number(number, stated.amends)), None)
        if clause is None or target is None:
            continue
        for operation, following in _on_clauses(clause):
            assert operation.address is not None
            index = _of_clause(kept, amendments, target, operation.address.code)
            if index is None:
                known = next(each for each in amendments if each.document.number == target)
                if not any(each.code == operation.address.code for each in known.clauses):
                    nearest = ", ".join(each.label for each in known.clauses)
                    found.append(clause.finding("TD620", target=operation.address.words, nearest=nearest))
                continue
            if operation.name == "repeal":
                found += _unless_revived(clause, operation, kept[index])
                del kept[index]
            else:
                kept[index] = evolve(kept[index], operations=following, label=_amended_label(kept[index], clause))
    return [evolve(each, operations=_on_text(each)) for each in kept]


def _amended_label(target: Clause, by: Clause) -> str:
    """A clause whose operations another one replaced is cited with that one."""
    words = dialect(by.operations[0].head.dialect).spell("AMENDED_BY")
    return f"{target.label} ({words} {by.label})"


def _length(amended: str, amendments: Sequence[Amendment], seen: frozenset[str] = frozenset()) -> int:
    """How many amending documents, the amended one first, lie in a row before the one that is amended in the end."""
    targets = [each for each in amendments if same_number(each.document.number, amended)]
    behind = {clause.amends for each in targets for clause in each.clauses} - seen
    return max((1 + _length(each, amendments, seen | {amended}) for each in behind), default=0)


def _on_clauses(clause: Clause) -> Iterator[tuple[Operation, tuple[Operation, ...]]]:
    """The operations on clauses, each with those that follow it: what the clause orders from then on."""
    for index, operation in enumerate(clause.operations):
        if operation.address is not None and operation.address.kind == "clause":
            following = clause.operations[index + 1 :]
            end = next((place for place, each in enumerate(following) if _is_on_clause(each)), len(following))
            yield operation, following[:end]


def _is_on_clause(operation: Operation) -> bool:
    return operation.address is not None and operation.address.kind == "clause"


def _on_text(clause: Clause) -> tuple[Operation, ...]:
    """The operations that act on the text itself: those before the first that acts on a clause."""
    if any(_is_on_clause(each) and each.name == "replace" for each in clause.operations):
        return tuple(each for each in clause.operations[: _first_on_clause(clause)])
    return tuple(each for each in clause.operations if not _is_on_clause(each))


def _first_on_clause(clause: Clause) -> int:
    return next(index for index, each in enumerate(clause.operations) if _is_on_clause(each))


def _of_clause(clauses: Sequence[Clause], amendments: Sequence[Amendment], number: str, code: str) -> int | None:
    source = next(each.source for each in amendments if each.document.number == number)
    return next((index for index, each in enumerate(clauses) if each.code == code and each.source is source), None)


def _unless_revived(clause: Clause, operation: Operation, target: Clause) -> Iterator[Diagnostic]:
    """What a clause replaced comes back only where the text says so."""
    revives = any(isinstance(child, Token) and child.type == "REVIVE" for child in operation.node.children)
    began = target.in_force is not None and clause.in_force is not None and target.in_force < clause.in_force
    if began and not revives:
        place = target.source.place(target.span.start, target.span.end)
        yield clause.finding(
            "TD637", (Related(place, "document-here", {"document": target.label}),), target=target.label
        )
