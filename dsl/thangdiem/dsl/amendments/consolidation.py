"""A document and the clauses that count in, the consolidated text and what each clause did out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise

from attrs import evolve, frozen

from thangdiem.dsl.amendments.applying import apply
from thangdiem.dsl.amendments.clauses import Clause, Operation
from thangdiem.dsl.amendments.draft import VERBS, Change, Draft, text_of
from thangdiem.dsl.diagnostic import Diagnostic, Related
from thangdiem.dsl.dialect import dialect
from thangdiem.dsl.parser import Vocabulary, vocabulary
from thangdiem.dsl.passages import Passage, compose, passages_of
from thangdiem.dsl.resolve.documents import named
from thangdiem.dsl.rulebook import Document
from thangdiem.dsl.source import Source
from thangdiem.dsl.syntax import SyntaxFile

MOST_OPERATIONS = 5_000
"""So many changes of one text are carried out at most: each looks at the whole text."""


@frozen
class Consolidated:
    """The text in force: its source, the clauses that made it, what each did, and what could not be carried out."""

    source: Source
    passages: tuple[Passage, ...]
    clauses: tuple[Clause, ...]
    changes: tuple[Change, ...]
    transitions: tuple[tuple[Clause, Operation], ...]
    diagnostics: tuple[Diagnostic, ...]
    tail: tuple[str, ...] = ()
    """Comments at the end of the text: what was repealed there."""


def consolidate(
    base: SyntaxFile,
    document: Document,
    clauses: Sequence[Clause],
    apart: Sequence[tuple[str, str]] = (),
    periods: Collection[int] = (),
) -> Consolidated:
    """The document with the clauses carried out in their order; with none it is what was written.

    Examples of one of the ``periods`` stay, whoever wrote them: the others speak of another version. So do those a
    clause brings without a period: they hold wherever the clause does.
    """
    transitions = tuple((clause, each) for clause in clauses for each in clause.operations if each.name == "transition")
    first = passages_of(base, named(document))
    if not any(each.name != "transition" for clause in clauses for each in clause.operations):
        return Consolidated(base.source, first, tuple(clauses), (), transitions, ())
    if sum(len(clause.operations) for clause in clauses) > MOST_OPERATIONS:
        place = clauses[0].source.place(clauses[0].span.start, clauses[0].span.end)
        too_many = Diagnostic("TD658", {"most": MOST_OPERATIONS}, place)
        return Consolidated(base.source, first, tuple(clauses), (), transitions, (too_many,))
    first = tuple(each for each in first if each.name != "example" or _period(each) in periods)
    draft = Draft(first, base.dialect, base.source.name, _vocabulary(base, clauses))
    found: list[Diagnostic] = list(_unordered(draft, clauses, apart))
    for clause in clauses:
        found += apply(draft, clause)
    _name_documents(draft, clauses)
    passages = tuple(each for each in draft.passages if each.name != "example" or _period(each) in (0, *periods))
    source = compose(passages, base.dialect, base.source.name, draft.tail)
    found += draft.warnings
    return Consolidated(source, passages, tuple(clauses), tuple(draft.changes), transitions, tuple(found), draft.tail)


def example_periods(clauses: Iterable[Clause]) -> frozenset[int]:
    """The periods of the examples that clauses bring."""
    brought = (each for clause in clauses for operation in clause.operations for each in operation.content)
    return frozenset(_period(each) for each in brought if each.name == "example") - {0}


def _period(example: Passage) -> int:
    tokens = example.head.tokens
    years = [token for before, token in pairwise(tokens) if before.type == "_EXAMPLE_PERIOD"]
    return int(years[0]) if years and years[0].isdigit() else 0


def _vocabulary(base: SyntaxFile, clauses: Sequence[Clause]) -> Vocabulary:
    """The names and grades of the document and of everything that amends it."""
    texts = {each.source.text: None for each in clauses}
    found = [vocabulary(text, base.dialect) for text in (base.source.text, *texts)]
    return Vocabulary(
        tuple(dict.fromkeys(name for each in found for name in each.names)),
        tuple(dict.fromkeys(grade for each in found for grade in each.grades)),
    )


def _name_documents(draft: Draft, clauses: Sequence[Clause]) -> None:
    """The head of the document names those that amended it."""
    head = draft.passages[0].head
    verbs: dict[str, set[str]] = {}
    for change in draft.changes:
        verbs.setdefault(change.clause.document, set()).add(change.verb)
    names = dict.fromkeys(clause.document for clause in clauses if clause.document in verbs)
    corrected = VERBS.index("corrected")
    notes = tuple(
        (dialect(draft.dialect).spell("AMENDED_BY", corrected if verbs[name] == {"corrected"} else 0), name)
        for name in names
    )
    draft.set(0, draft.passages[0].with_head(evolve(head, notes=(*head.notes, *notes))))


def _unordered(draft: Draft, clauses: Sequence[Clause], apart: Sequence[tuple[str, str]]) -> list[Diagnostic]:
    """Documents of one day without an order must come to the same text whichever goes first."""
    found = []
    for earlier, later in apart:
        one = [clause for clause in clauses if clause.document.endswith(f" {earlier}")]
        other = [clause for clause in clauses if clause.document.endswith(f" {later}")]
        if not one or not other:
            continue  # nothing of it is running at the moment
        before = _until(clauses, one[0])
        if _text(draft, before, one, other) != _text(draft, before, other, one):
            place = other[0].source.place(other[0].span.start, other[0].span.end)
            first = one[0].source.place(one[0].span.start, one[0].span.end)
            related = (Related(first, "document-here", {"document": one[0].document}),)
            arguments = {"one": one[0].document, "other": other[0].document}
            found.append(Diagnostic("TD633", arguments, place, related))
    return found


def _until(clauses: Sequence[Clause], first: Clause) -> list[Clause]:
    return list(clauses[: next(index for index, each in enumerate(clauses) if each is first)])


def _text(draft: Draft, before: Sequence[Clause], one: Sequence[Clause], other: Sequence[Clause]) -> object:
    """What the text says after them, whatever the order of the notes on who amended it."""
    trial = Draft(draft.passages, draft.dialect, draft.name, draft.vocabulary)
    refused = [found for clause in (*before, *one, *other) for found in apply(trial, clause)]
    return None if refused else text_of(trial.passages, trial.dialect)
