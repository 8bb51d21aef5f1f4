"""Two versions of the rules in, the clauses that lead from one to the other out."""

from __future__ import annotations

from collections.abc import Sequence

from thangdiem.app.rule_sets import Chosen
from thangdiem.dsl.amendments.clauses import Clause
from thangdiem.dsl.amendments.timeline import same_number
from thangdiem.dsl.letters import toneless
from thangdiem.dsl.library import ScaleRules
from thangdiem.dsl.rulebook import Rulebook
from thangdiem.dsl.steps import steps_between
from thangdiem.engine.impact import Stage


def stages_between(before: Chosen, after: Chosen, scale: str) -> tuple[Stage, ...]:
    """The clauses between two versions of a scale, in the order of their effect.

    None are known of documents that do not amend each other: then only the whole difference can be told.
    """
    number = after.book.document.number
    if not same_number(number, before.book.document.number):
        return ()
    base = next((book for book in after.documents.documents if same_number(book.document.number, number)), None)
    if base is None:
        return ()
    stages = []
    for step in steps_between(base, _clauses(before), _clauses(after)):
        rules = _scale(step.book, scale)
        if rules is not None:
            stages.append(Stage(", ".join(clause.label for clause in step.clauses), rules, _scale(step.alone, scale)))
    return tuple(stages)


def _clauses(chosen: Chosen) -> Sequence[Clause]:
    """The clauses that made the document of a version."""
    version = chosen.version
    for book, text in zip(version.books, version.consolidated, strict=False):
        if book is chosen.book:
            return [each for each in text.clauses if any(one.name != "transition" for one in each.operations)]
    return ()


def _scale(book: Rulebook | None, wanted: str) -> ScaleRules | None:
    scales = book.scales if book is not None else ()
    return (
        next((ScaleRules(book, each) for each in scales if toneless(each.id) == toneless(wanted)), None)
        if book
        else None
    )
