"""The parts of a rulebook, one level or all the way down, for everything that looks at all of them."""

from __future__ import annotations

from collections.abc import Iterator

from thangdiem.dsl import rulebook as rb


def inner(value: rb.Expression) -> Iterator[rb.Expression]:
    """The expressions directly inside an expression."""
    match value:
        case rb.Arithmetic():
            yield value.left
            yield value.right
        case rb.Negative() | rb.Rounded() | rb.OverUnits() | rb.RankAmong():
            yield value.value
        case rb.Power():
            yield value.base
        case rb.Call():
            yield from value.arguments
        case rb.ItemCount() | rb.SomeItem():
            yield from bounds(value.within)
        case rb.Within():
            yield value.subject
            for found in value.ranges:
                yield from bounds(found)
        case rb.AllOf() | rb.AnyOf():
            yield from value.parts
        case rb.Not():
            yield value.part
        case _:
            return


def bounds(found: rb.Range) -> Iterator[rb.Expression]:
    """The ends of a range; one where both are the same expression."""
    if found.low is not None:
        yield found.low
    if found.high is not None and found.high is not found.low:
        yield found.high


def all_of(value: rb.Expression) -> Iterator[rb.Expression]:
    """An expression and everything inside it."""
    waiting = [value]
    while waiting:
        current = waiting.pop()
        yield current
        waiting.extend(reversed(list(inner(current))))


def height(value: rb.Expression) -> int:
    """How many operations stand in each other, found without calling itself."""
    deepest = 0
    waiting = [(value, 1)]
    while waiting:
        current, depth = waiting.pop()
        deepest = max(deepest, depth)
        waiting.extend((each, depth + 1) for each in inner(current))
    return deepest


def of_method(method: rb.Method) -> Iterator[rb.Expression]:
    """The outermost expressions of a method."""
    match method:
        case rb.Formula():
            yield method.value
            yield from of_limits(method.limits)
        case rb.Choice():
            for level in method.levels:
                yield from of_outcome(level.value)
        case rb.Checklist():
            for mark in method.marks:
                if mark.when is not None:
                    yield mark.when
                yield mark.value
        case rb.Steps():
            for subject in method.subjects:
                yield from (rb.Within(subject, ranges, span=subject.span) for ranges in _cells(method, subject))
                yield subject
            for row in method.rows:
                yield from of_outcome(row.value)
        case rb.Marks():
            ranges = tuple(rb.Range(low=mark) for row in method.rows for mark in row.marks)
            yield rb.Within(method.subject, ranges, span=method.subject.span)
            for per_mark in method.rows:
                yield per_mark.value
        case rb.Cases():
            for case in method.cases:
                if case.when is not None:
                    yield rb.AllOf((case.when,), span=case.when.span)
                yield from of_outcome(case.value)
        case rb.Direct():
            return
        case rb.Guarded():
            for guard in method.guards:
                if guard.when is not None:
                    yield rb.AllOf((guard.when,), span=guard.when.span)
                yield from of_method(guard.method)


def _cells(method: rb.Steps, subject: rb.Expression) -> Iterator[tuple[rb.Range, ...]]:
    """The cells of a subject's column, as ranges it may lie in."""
    at = next(index for index, each in enumerate(method.subjects) if each is subject)
    for row in method.rows:
        if row.cells and (cell := row.cells[at]) is not None:
            yield cell


def of_outcome(value: rb.Outcome | None) -> Iterator[rb.Expression]:
    """The expression of an outcome, if it is one."""
    if value is not None and not isinstance(value, rb.NotApplicable):
        yield value


def of_limits(limits: tuple[rb.Limit, ...]) -> Iterator[rb.Expression]:
    """The bounds and conditions of limits."""
    for limit in limits:
        yield limit.bound
        if limit.when is not None:
            yield rb.AllOf((limit.when,), span=limit.when.span)


def of_item(item: rb.Item) -> Iterator[rb.Expression]:
    """The outermost expressions of an item itself, without its children."""
    for named in item.names:
        yield from of_method(named.method)
    if item.method is not None:
        yield from of_method(item.method)
    conditions = (
        *item.applicability.conditions,
        *((item.counts_when,) if item.counts_when is not None else ()),
    )
    for condition in conditions:
        yield rb.AllOf((condition,), span=condition.span)
    for replacement in item.replacements:
        yield rb.AllOf((replacement.when,), span=replacement.when.span)
        yield replacement.value
    yield from of_outcome(item.missing)
    yield from of_limits(item.limits)
    for bonus in item.bonuses:
        yield from of_bonus(bonus)


def of_bonus(bonus: rb.Bonus) -> Iterator[rb.Expression]:
    """The outermost expressions of a bonus."""
    for named in bonus.names:
        yield from of_method(named.method)
    yield from of_method(bonus.method)
    yield from of_limits(bonus.limits)
    yield from of_outcome(bonus.missing)


def of_grading(grading: rb.Grading) -> Iterator[rb.Expression]:
    """The outermost expressions of a block of grades."""
    if grading.expression is not None:
        yield grading.expression
    if grading.when is not None:
        yield rb.AllOf((grading.when,), span=grading.when.span)
    for band in grading.bands:
        if band.within is not None:
            yield from bounds(band.within)
        for when in band.conditions:
            yield rb.AllOf((when,), span=when.span)
    for rule in grading.rules:
        yield rb.AllOf((rule.when,), span=rule.when.span)


def expressions_of(scale: rb.Scale) -> Iterator[rb.Expression]:
    """The outermost expressions of a scale; a condition is wrapped in an AllOf of one part."""
    for named in scale.names:
        yield from of_method(named.method)
    for item in scale.walk():
        yield from of_item(item)
    for bonus in scale.bonuses:
        yield from of_bonus(bonus)
    if scale.total is not None:
        yield from of_method(scale.total)
    yield from of_limits(scale.limits)
    for grading in scale.gradings:
        yield from of_grading(grading)
    if scale.ranking is not None:
        for key in scale.ranking.keys:
            if key.value is not None:
                yield key.value
