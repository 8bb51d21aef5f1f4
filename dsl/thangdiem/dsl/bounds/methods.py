"""What a method may yield: the rows still possible, each assuming that the rows before it fail."""

from __future__ import annotations

from collections.abc import Iterator

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.bounds import conditions, expressions, narrowing, nodes
from thangdiem.dsl.bounds.extent import ZERO, Extent, either, greatest, least, point
from thangdiem.dsl.bounds.world import Possible, World, any_of
from thangdiem.dsl.letters import fold


def of_method(method: rb.Method, code: str, world: World) -> Possible:
    """What a method may yield; ``code`` is where the data give choices, ticks and points."""
    match method:
        case rb.Formula():
            return Possible(limited(expressions.extent(method.value, world), method.limits, world))
        case rb.Direct():
            return Possible(nodes.given(code, world))
        case rb.Checklist():
            return _checklist(method, code, world)
        case rb.Marks():
            return _marks(method, world)
        case rb.Cases() if method.best:
            return _best(method, world)
        case rb.Guarded():
            return any_of([of_method(each, code, under) for each, under in _branches(method, world)])
        case rb.Choice() | rb.Steps() | rb.Cases():
            return any_of([of_outcome(each, under) for each, under in outcomes(method, code, world)])


def of_outcome(value: rb.Outcome, world: World) -> Possible:
    """What a row yields."""
    return (
        Possible(None, exempt=True)
        if isinstance(value, rb.NotApplicable)
        else Possible(expressions.extent(value, world))
    )


def outcomes(method: rb.Method, code: str, world: World) -> Iterator[tuple[rb.Outcome, World]]:
    """The values of the rows that may be the one that counts, each with the world in which it does."""
    match method:
        case rb.Formula() if not method.limits:
            yield method.value, world
        case rb.Choice():
            yield from ((level.value, world) for level in _levels(method, code, world))
        case rb.Steps():
            yield from ((row.value, under) for row, under in rows(method, world))
        case rb.Cases() if not method.best:
            whens = [case.when for case in method.cases]
            yield from ((method.cases[at].value, under) for at, under in _first(whens, world))
        case _:  # a value with limits, points that are given or added up
            return


def limited(value: Extent | None, limits: tuple[rb.Limit, ...], world: World) -> Extent | None:
    """The values after the limits, one after the other."""
    for limit in limits:
        met = True if limit.when is None else conditions.truth(limit.when, world)
        bound = None if value is None or met is False else expressions.extent(limit.bound, world)
        if value is None or met is False:
            continue
        after = None if bound is None else least(value, bound) if limit.most else greatest(value, bound)
        value = after if met else either(value, after)
    return value


def _levels(method: rb.Choice, code: str, world: World) -> tuple[rb.Level, ...]:
    chosen = world.tables.known.score(code)
    if not isinstance(chosen, str):
        return method.levels
    wanted = fold(chosen)
    return tuple(level for level in method.levels if wanted in map(fold, (level.label, *level.aliases)))[:1]


def _checklist(method: rb.Checklist, code: str, world: World) -> Possible:
    ticked = world.tables.known.score(code)
    total: Extent | None = point(ZERO)
    for mark in method.marks:
        if mark.when is not None:
            met, under = conditions.truth(mark.when, world), narrowing.assuming(world, mark.when, holds=True)
        else:
            met, under = mark.letter in ticked if isinstance(ticked, tuple) else None, world
        if met is False or total is None:
            continue
        value = expressions.extent(mark.value, under)
        value = either(value, point(ZERO)) if met is None else value
        total = None if value is None else total + value
    return Possible(total)


def _marks(method: rb.Marks, world: World) -> Possible:
    total: Extent | None = point(ZERO)
    for row in method.rows:
        met = [
            conditions.within(method.subject, (rb.Range(low=mark, low_open=not row.reached),), world)
            for mark in row.marks
        ]
        count = nodes.counted(met)
        value = expressions.extent(row.value, world)
        total = None if total is None or value is None else total + value * count
    return Possible(total)


def rows(method: rb.Steps, world: World) -> Iterator[tuple[rb.Row, World]]:
    """The rows that may be the first to hold, each with the world in which it does."""
    left = [
        None if _worded(method, at) else expressions.extent(subject, world)
        for at, subject in enumerate(method.subjects)
    ]
    single = len(method.subjects) == 1
    for row in method.rows:
        met, under = _tried(method, row, left, world)
        if met is False:
            continue
        yield row, under
        if met is True:
            return
        value = left[0]
        if single and value is not None and row.cells and row.cells[0] is not None:
            left[0] = narrowing.only_outside(value, row.cells[0], world)
            if left[0] is None:
                return


def _tried(method: rb.Steps, row: rb.Row, left: list[Extent | None], world: World) -> tuple[bool | None, World]:
    """Whether a row holds, and the world in which it does."""
    under, met = world, []
    for at, subject in enumerate(method.subjects):
        cell = row.cells[at] if row.cells else None
        value = left[at]
        if value is None:
            met.append(True if cell is None else conditions.within(subject, cell, world))
            continue
        here = world if isinstance(subject, rb.Number) else narrowing.narrowed_to(world, subject, value)
        lies = True if cell is None else _lies(value, cell, here)
        met.append(lies)
        kept = value if cell is None or lies is True else narrowing.only_within(value, cell, world)
        if kept is None:
            return False, world
        under = narrowing.narrowed_to(under, subject, kept) if value.exact is None else under
    return conditions.every(met), under


def _lies(value: Extent, cell: tuple[rb.Range, ...], world: World) -> bool | None:
    return conditions.some([conditions.in_range(value, each, world) for each in cell])


def _worded(method: rb.Steps, at: int) -> bool:
    """Whether a column compares texts or answers."""
    for row in method.rows:
        for each in (row.cells[at] if row.cells else None) or ():
            if isinstance(each.low, rb.Text | rb.YesNo):
                return True
    return False


def _first(whens: list[rb.Expression | None], world: World) -> Iterator[tuple[int, World]]:
    """Which conditions may be the first to hold, each with the world in which it is."""
    for at, condition in enumerate(whens):
        met = True if condition is None else conditions.truth(condition, world)
        if condition is None or met is False:
            if met:
                yield at, world
                return
            continue
        yield at, world if met else narrowing.assuming(world, condition, holds=True)
        if met:
            return
        world = narrowing.assuming(world, condition, holds=False)


def _branches(method: rb.Guarded, world: World) -> Iterator[tuple[rb.Method, World]]:
    whens = [guard.when for guard in method.guards]
    return ((method.guards[at].method, under) for at, under in _first(whens, world))


def _best(method: rb.Cases, world: World) -> Possible:
    """The highest value of all cases that hold; ``còn lại`` holds only where no other does."""
    sure: list[Possible] = []
    open_: list[Possible] = []
    for case in method.cases:
        if case.when is not None and (met := conditions.truth(case.when, world)) is not False:
            found = of_outcome(case.value, world if met else narrowing.assuming(world, case.when, holds=True))
            (sure if met else open_).append(found)
    exempt = any(found.exempt for found in (*sure, *open_))
    floor: Extent | None = None
    for found in sure:
        if found.value is not None:
            floor = found.value if floor is None else greatest(floor, found.value)
    if floor is not None:
        for found in open_:
            if found.value is not None and floor is not None:
                floor = either(floor, greatest(floor, found.value))
        return Possible(floor, exempt)
    rest = [of_outcome(case.value, world) for case in method.cases if case.when is None]
    return any_of([*open_, *sure, *rest]) if open_ or not sure else Possible(None, exempt)
