"""Items explained: the steps of a unit in; each item and bonus with what a reader is told of it, out."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from thangdiem.dsl.rulebook import Bonus, Item, State
from thangdiem.engine.explanation.evidence import data, names
from thangdiem.engine.explanation.parts import ItemExplanation, Statement
from thangdiem.engine.explanation.provisions import citations, provision
from thangdiem.engine.explanation.stages import stage_told
from thangdiem.engine.explanation.subject import Subject
from thangdiem.engine.trace import Step


def items(subject: Subject) -> tuple[ItemExplanation, ...]:
    """Every item, in the order of the file, each followed by its bonuses; those of the scale come last."""
    found = [each for item in subject.scale.items for each in _with_children(item, 0, subject)]
    found.extend(_bonus(bonus, 0, subject) for bonus in subject.scale.bonuses if bonus.key in subject.trace.bonuses)
    return tuple(found)


def _with_children(item: Item, depth: int, subject: Subject) -> Iterator[ItemExplanation]:
    yield _item(item, subject.trace.items[item.code], depth, subject)
    for child in item.children:
        yield from _with_children(child, depth + 1, subject)
    for bonus in item.bonuses:
        if bonus.key in subject.trace.bonuses:
            yield _bonus(bonus, depth + 1, subject)


def _item(item: Item, step: Step, depth: int, subject: Subject) -> ItemExplanation:
    maximum = step.detail.get("maximum")
    known = subject.item_results.get(item.code)
    score = _score(step, subject)
    applies = step.state is not State.NOT_APPLICABLE  # what does not apply has no maximum, not one of nought
    if known is not None and step.state is not State.VALUE and (known.low is not None or known.high is not None):
        score = subject.wording.between(known.low, known.high)
    statements = (
        *citations(item.provision, subject),
        *data(item.code, step, subject),
        *names(step, subject),
        *(each for stage in step.children for each in stage_told(stage, item, subject)),
        *_uncounted(item, subject),
        *provision(item.provision, subject),
    )
    return ItemExplanation(
        item.code, subject.heading(item), depth, min(3 + depth, 6),
        step.state.value, subject.words(step.state.value), score,
        subject.wording.figure(maximum) if isinstance(maximum, Fraction) and applies else "",
        item.points.counted, not item.children, statements,
    )  # fmt: skip


def _bonus(bonus: Bonus, depth: int, subject: Subject) -> ItemExplanation:
    step = subject.trace.bonuses[bonus.key]
    title = f"{subject.words('deduction' if bonus.deduction else 'bonus')} “{bonus.title}”"
    statements = (
        *citations(bonus.provision, subject),
        *data(bonus.key, step, subject),
        *names(step, subject),
        *(each for stage in step.children for each in stage_told(stage, None, subject)),
        *provision(bonus.provision, subject),
    )
    return ItemExplanation(
        bonus.key, title, depth, min(3 + depth, 6), step.state.value, subject.words(step.state.value),
        _score(step, subject), "", True, True, statements,
    )  # fmt: skip


def _score(step: Step, subject: Subject) -> str:
    return subject.wording.figure(step.value) if isinstance(step.value, Fraction) else subject.words(step.state.value)


def _uncounted(item: Item, subject: Subject) -> list[Statement]:
    return [] if item.points.counted else [Statement("reason", subject.words("note"), subject.words("uncounted"))]
