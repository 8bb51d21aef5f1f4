"""Roots, logarithms and broken powers that reach points, or what units are compared by, without being rounded."""

from __future__ import annotations

from collections.abc import Iterator

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl import walk
from thangdiem.dsl.bounds.totals import extent
from thangdiem.dsl.checks.survey import Ground, branches, grounds
from thangdiem.dsl.diagnostic import Diagnostic

_FUNCTIONS = (rb.Function.ROOT, rb.Function.LN, rb.Function.LOG10, rb.Function.EXP)


def check_irrational(book: rb.Rulebook) -> Iterator[Diagnostic]:
    """TD240 points, or values that units are compared by, that are no exact number."""
    for ground in grounds(book):
        tables = ground.world.tables
        told: set[int] = set()
        for node in ground.nodes:
            rounding = (
                (node.rounding or tables.kind_roundings.get(node.kind_word)) if isinstance(node, rb.Item) else None
            )
            if node.method is None or rounding is not None:
                continue
            for found in _reaching(node.method, ground):
                if id(found) not in told:
                    told.add(id(found))
                    yield ground.tell("TD240", found.span, node, expression=ground.text(found.span))
        for method in _of_the_scale(ground.scale):
            for found in _reaching(method, ground):
                if id(found) not in told:
                    told.add(id(found))
                    yield ground.tell("TD240", found.span, None, expression=ground.text(found.span))


def _of_the_scale(scale: rb.Scale) -> Iterator[rb.Method]:
    """The method of a total that is not rounded, and what units are compared by."""
    if scale.total is not None and all(rule.step is not rb.RoundingStep.TOTAL for rule in scale.roundings):
        yield scale.total
    yield from map(rb.Formula, _compared(scale))


def _compared(scale: rb.Scale) -> Iterator[rb.Expression]:
    """What units are compared or ranked by: two equal values must be told to be equal."""
    for outermost in walk.expressions_of(scale):
        for value in walk.all_of(outermost):
            if isinstance(value, rb.OverUnits | rb.RankAmong):
                yield value.value
    for key in scale.ranking.keys if scale.ranking is not None else ():
        if key.value is not None:
            yield key.value


def _reaching(method: rb.Method, ground: Ground) -> Iterator[rb.Expression]:
    """The irrational parts that the value of a method is made of, also through names."""
    seen: set[tuple[str, str]] = set()
    waiting = list(_values(method))
    while waiting:
        value = waiting.pop()
        match value:
            case rb.Rounded() | rb.Within() | rb.AllOf() | rb.AnyOf() | rb.Not() | rb.SomeItem() | rb.ItemCount():
                continue
            case rb.Call() if value.function in _FUNCTIONS:
                if not _is_exact(value, ground):
                    yield value
            case rb.Power() if value.exponent.denominator != 1:
                if not _is_exact(value, ground):
                    yield value
            case rb.NameRef() if (value.owner, value.name) not in seen:
                seen.add((value.owner, value.name))
                named = ground.world.tables.names.get((value.owner, value.name))
                waiting.extend(_values(named.method) if named is not None else ())
            case _:
                waiting.extend(walk.inner(value))


def _is_exact(value: rb.Expression, ground: Ground) -> bool:
    """Whether it is a constant that happens to be a fraction, as the root of 16."""
    found = extent(value, ground.world)
    return found is not None and found.exact is not None


def _values(method: rb.Method) -> Iterator[rb.Expression]:
    """The expressions that a method's value is made of, without conditions and subjects."""
    for branch in branches(method):
        match branch:
            case rb.Formula():
                yield branch.value
                yield from (limit.bound for limit in branch.limits)
            case rb.Choice():
                yield from (each for level in branch.levels for each in walk.of_outcome(level.value))
            case rb.Checklist():
                yield from (mark.value for mark in branch.marks)
            case rb.Steps():
                yield from (each for row in branch.rows for each in walk.of_outcome(row.value))
            case rb.Marks():
                yield from (row.value for row in branch.rows)
            case rb.Cases():
                yield from (each for case in branch.cases for each in walk.of_outcome(case.value))
            case _:
                pass
