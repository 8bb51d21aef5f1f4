"""One clause on a text: each of its operations in order, or why one cannot be carried out."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from attrs import evolve

from thangdiem.dsl.amendments.clauses import Clause, Operation
from thangdiem.dsl.amendments.draft import Draft, Refusal
from thangdiem.dsl.amendments.figures import change_figure, move_edge
from thangdiem.dsl.amendments.inserting import insert
from thangdiem.dsl.amendments.phrases import replace_phrase, retitle
from thangdiem.dsl.amendments.renumbering import move, renumber
from thangdiem.dsl.amendments.repealing import repeal
from thangdiem.dsl.amendments.replacing import exchange, replace
from thangdiem.dsl.amendments.suspending import resume, suspend
from thangdiem.dsl.diagnostic import Diagnostic
from thangdiem.dsl.passages import Passage

OPERATIONS: Mapping[str, Callable[[Draft, Operation], None]] = {
    "amend_item": replace,
    "amend_scale": replace,
    "amend_bonus": replace,
    "amend_data": replace,
    "replace": replace,
    "insert": insert,
    "insert_named": insert,
    "repeal": repeal,
    "exchange": exchange,
    "figure": change_figure,
    "edge": move_edge,
    "phrase": replace_phrase,
    "retitle": retitle,
    "renumber": renumber,
    "move": move,
    "suspend": suspend,
    "resume": resume,
}
"""What changes the text; a transition only says who keeps the former one."""


def apply(draft: Draft, clause: Clause) -> tuple[Diagnostic, ...]:
    """Carries out a clause; an operation that is refused leaves the text as it was."""
    refused: list[Diagnostic] = []
    draft.clause = clause
    for operation in clause.operations:
        draft.operation = operation
        if operation.name not in OPERATIONS:
            continue
        before, tail, changes = draft.passages, draft.tail, len(draft.changes)
        try:
            OPERATIONS[operation.name](draft, _in_dialect(draft, operation))
        except Refusal as refusal:
            refused.append(refusal.diagnostic)
            draft.put(before)
            draft.tail = tail
            del draft.changes[changes:]
    draft.clause = draft.operation = None
    return tuple(refused)


def _in_dialect(draft: Draft, operation: Operation) -> Operation:
    """What the operation brings, in the dialect of the text."""
    content = tuple(_translated(draft, each) for each in operation.content)
    return evolve(operation, content=content) if content != operation.content else operation


def _translated(draft: Draft, passage: Passage) -> Passage:
    return passage if passage.head.dialect == draft.dialect else draft.read_again(passage)
