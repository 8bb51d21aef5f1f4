"""A step of a method in; the formula by which it is computed, out: what was tried, in order, and what it gave."""

from __future__ import annotations

from fractions import Fraction

from thangdiem.dsl.rulebook import State
from thangdiem.engine.trace import Step, Value
from thangdiem.engine.writing.sheet.formula import Formula, Workings, gravest


def choice(step: Step, workings: Workings) -> Formula:
    """The first level that is the one chosen."""
    fact, tried = step.fact, step.detail.get("tried", ())
    assert fact is not None
    assert isinstance(tried, tuple)
    chosen = _ticked(step, workings)
    if fact.state is not State.VALUE:
        return Formula("copy", (chosen,))
    pairs: list[Step | None] = []
    for label in tried:
        met = bool(step.children) and label is tried[-1]
        aliases = step.detail["aliases"] if met else ()
        assert isinstance(aliases, tuple)
        level = Step("level", met, detail={"label": label})
        pairs += [
            workings.tell(level, "one_of", chosen, names=(label, *aliases)),
            step.children[0] if met else None,
        ]
    return Formula("first", tuple(pairs))


def checklist(step: Step, workings: Workings) -> Formula:
    """The points of every mark, added."""
    if not step.children:
        return Formula("copy", (_ticked(step, workings),))
    chosen = _ticked(step, workings) if step.fact is not None else None
    for each in step.children:
        _mark(each, chosen, workings)
    return Formula("add", step.children)


def _mark(step: Step, chosen: Step | None, workings: Workings) -> None:
    conditions, value = _tried(step)
    if not conditions:
        assert chosen is not None
        letter = step.detail["letter"]
        ticked = Step("level", bool(step.detail["met"]), detail={"letter": letter})
        conditions = (workings.tell(ticked, "one_of", chosen, names=(letter,)),)
    workings.tell(step, "first", conditions[0], value, workings.number(0))


def _ticked(step: Step, workings: Workings) -> Step:
    fact = step.fact
    assert fact is not None
    return workings.tell(Step("ticked", fact.value, fact.state, gaps=step.gaps, fact=fact, span=step.span), "datum")


def first_row(step: Step, workings: Workings) -> Formula:
    """The first row that holds."""
    rows = [child for child in step.children if child.kind == "row"]
    if not rows:
        return Formula("no_value", step.children)
    return Formula("first", tuple(each for row in rows for each in _pair(row, workings)))


def cases(step: Step, workings: Workings) -> Formula:
    """The first case that holds, or the best of all; what remains is asked only where none holds."""
    held = [_tried(row)[1] for row in step.children if _tried(row)[0] and row.detail.get("met")]
    if not step.detail.get("best") or (step.state is State.VALUE and not held):
        return first_row(step, workings)
    if step.state is State.NOT_APPLICABLE:
        return Formula("no_value", tuple(each for each in held if each is not None))
    away = workings.state(State.NOT_APPLICABLE)
    rows = [
        workings.tell(Step("row", *_worth(row), span=row.span), "first", *_pair(row, workings), away)
        for row in step.children
    ]
    return Formula("max", tuple(rows), {"skip": "not_applicable", "if_none": "invalid"})


def _worth(row: Step) -> tuple[Value | None, State]:
    """What a case comes to among others: nothing that applies where it does not hold."""
    return (None, State.NOT_APPLICABLE) if row.detail.get("met") is False else (row.value, row.state)


def _pair(row: Step, workings: Workings) -> tuple[Step, Step | None]:
    """Whether every condition of a row holds, and the value it then gives."""
    conditions, value = _tried(row)
    failed = any(each.value is False for each in conditions)
    state = State.VALUE if failed else gravest(conditions)
    test = Step("row", not failed if state is State.VALUE else None, state, span=row.span)
    return workings.tell(test, "all", *conditions), value


def _tried(step: Step) -> tuple[tuple[Step, ...], Step | None]:
    """The conditions of a row or a mark, and its value if they hold."""
    if not step.detail.get("met"):
        return step.children, None
    return step.children[:-1], step.children[-1]


def marks(step: Step, workings: Workings) -> Formula:
    """The points of every row of marks, added."""
    rows = tuple(child for child in step.children if child.kind == "per_mark")
    return Formula("add", rows) if rows else Formula("no_value", step.children)


def per_mark(step: Step, workings: Workings) -> Formula:
    """How many marks are reached, times the points of one."""
    *reached, value = step.children
    state = gravest(tuple(reached))
    count = sum(each.value is True for each in reached)
    counted = Step("count", Fraction(count) if state is State.VALUE else None, state)
    return Formula("multiply", (workings.tell(counted, "count", *reached), value))
