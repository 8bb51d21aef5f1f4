"""Clauses that count in; the same in the order of their effect, and the documents whose order nobody states, out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby

from thangdiem.dsl.amendments.clauses import Amendment, Clause, is_any_of, same_number
from thangdiem.dsl.rulebook import Deed


def in_order(
    clauses: Sequence[Clause], amendments: Sequence[Amendment]
) -> tuple[list[Clause], tuple[tuple[str, str], ...]]:
    """Corrections right behind what they correct, then by the day, then by what follows what."""
    days = {each.document.number: each.document.in_force for each in amendments}

    def day(clause: Clause) -> tuple[date, int]:
        if not clause.correction:
            return clause.in_force or date.min, 0
        corrected = next((days[each] for each in days if same_number(each, clause.amends)), None)
        return corrected or date.min, 1

    ordered: list[Clause] = []
    apart: list[tuple[str, str]] = []
    for _, together in groupby(sorted(clauses, key=day), key=day):
        documents = _following(list(together), amendments)
        for earlier, later in _pairs(documents):
            if not follows(later, earlier, amendments):
                apart.append((earlier, later))
        ordered += [clause for document in documents for clause in documents[document]]
    return ordered, tuple(apart)


def _following(together: list[Clause], amendments: Sequence[Amendment]) -> dict[str, list[Clause]]:
    """The clauses of one day by document, those that follow others behind them."""
    by_document: dict[str, list[Clause]] = {}
    for clause in together:
        by_document.setdefault(_number_of(clause, amendments), []).append(clause)
    names = sorted(by_document)
    placed: list[str] = []
    while names:
        free = next((each for each in names if not any(follows(each, other, amendments) for other in names)), names[0])
        placed.append(free)
        names.remove(free)
    return {name: by_document[name] for name in placed}


def _number_of(clause: Clause, amendments: Sequence[Amendment]) -> str:
    return next(each.document.number for each in amendments if each.source is clause.source)


def follows(later: str, earlier: str, amendments: Sequence[Amendment]) -> bool:
    """Whether a document says that it follows another, or amends it, or follows one that does."""
    behind, seen = [later], {later}
    while behind:
        cited = _said_before(behind.pop(), amendments)
        if later != earlier and earlier in cited:
            return True
        behind += cited - seen
        seen |= cited
    return False


def _said_before(number: str, amendments: Sequence[Amendment]) -> set[str]:
    """The documents one says that it follows or amends."""
    document = next(each.document for each in amendments if each.document.number == number)
    cited = [
        other.number
        for reference in document.references
        if reference.deed in (Deed.FOLLOWS, Deed.AMENDS, Deed.CORRECTS)
        for other in reference.documents
    ]
    return {each.document.number for each in amendments if is_any_of(each.document.number, cited)}


def _pairs(documents: Iterable[str]) -> Iterator[tuple[str, str]]:
    names = list(documents)
    for index, earlier in enumerate(names):
        for later in names[index + 1 :]:
            yield earlier, later
