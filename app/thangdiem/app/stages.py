"""Two versions of the rules in, the clauses that lead from one to the other out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import evolve

from thangdiem.app.rule_sets import Chosen
from thangdiem.app.wording import messages
from thangdiem.dsl.amendments.clauses import Clause, Operation, same_number
from thangdiem.dsl.amendments.drafting import draft_amendment
from thangdiem.dsl.letters import toneless
from thangdiem.dsl.library import ScaleRules
from thangdiem.dsl.rulebook import Rulebook
from thangdiem.dsl.steps import Step, steps_between
from thangdiem.engine.impact import Stage

_MOST_CHANGES = 20
"""More changes than that between two files are told together: each is applied and scored twice."""


def stages_between(before: Chosen, after: Chosen, scale: str) -> tuple[Stage, ...]:
    """The clauses between two versions of a scale, in the order of their effect.

    Of documents that do not amend each other none are known: what a draft that leads from one to the other would order
    takes their place.
    """
    number = after.book.document.number
    base = next((book for book in after.documents.documents if same_number(book.document.number, number)), None)
    same = base is not None and same_number(number, before.book.document.number)
    if base is not None and same and (_clauses(before) or _clauses(after)):
        return _stages(steps_between(base, _clauses(before), _clauses(after)), scale)
    return _drafted(before.book, after.book, scale)


def _stages(steps: Iterable[Step], scale: str) -> tuple[Stage, ...]:
    stages = []
    for step in steps:
        rules = _scale(step.book, scale)
        if rules is not None:
            stages.append(Stage(", ".join(clause.label for clause in step.clauses), rules, _scale(step.alone, scale)))
    return tuple(stages)


def _drafted(before: Rulebook, after: Rulebook, scale: str) -> tuple[Stage, ...]:
    """The changes one by one, each named by its number and the words that would order it."""
    drafted = draft_amendment(before, after, (scale,))
    if len(drafted.orders) > _MOST_CHANGES:
        return ()
    say = messages(before.dialect)
    clauses = [
        evolve(clause, label=say("drafted-change", number=number, words=order.split("\n")[0].rstrip(":")))
        for number, (clause, order) in enumerate(zip(drafted.amendment.clauses, drafted.orders, strict=True), start=1)
    ]
    return _stages(steps_between(before, (), clauses), scale)


def _clauses(chosen: Chosen) -> Sequence[Clause]:
    """The clauses that made the document of a version."""
    version = chosen.version
    for book, text in zip(version.books, version.consolidated, strict=False):
        if book is chosen.book:
            return [each for each in text.clauses if any(_acts(one) for one in each.operations)]
    return ()


def _acts(operation: Operation) -> bool:
    """Whether an operation changes the rules: a transition and examples do not."""
    brings = [each.name for each in operation.content]
    return operation.name != "transition" and not (brings and all(name == "example" for name in brings))


def _scale(book: Rulebook | None, wanted: str) -> ScaleRules | None:
    if book is None:
        return None
    return next((ScaleRules(book, each) for each in book.scales if toneless(each.id) == toneless(wanted)), None)
