"""A rulebook in; what makes it too long or too deep to be judged or evaluated in bounded time and memory, out."""

from __future__ import annotations

from collections.abc import Iterator

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.checks.cycles import Graph, Node, graph, node_name
from thangdiem.dsl.checks.finding import crumbs, finding, related
from thangdiem.dsl.diagnostic import Diagnostic

MOST_ROWS = 1000
"""So many rows, levels, cases or grades a table has at most: each is compared with every other."""

MOST_STEPS = 140
"""So many steps may wait for each other before a value is found: operations, and names, items and totals."""

_LINK = 2
"""What going from one name, item or total to the next costs besides its operations."""

_SHOWN = 12


def check_size(book: rb.Rulebook) -> Iterator[Diagnostic]:
    """TD340 a table with too many rows; TD341 a value that too many steps wait for."""
    for scale in book.scales:
        for span, rows in _tables(scale):
            if rows > MOST_ROWS:
                yield finding(book, "TD340", span, crumbs(book, scale), rows=rows, most=MOST_ROWS)
        found = graph(scale)
        if path := _too_deep(found):
            others = [related(book, "needs-here", found.places[each], node=node_name(book, each)) for each in path[1:]]
            shown = " → ".join(node_name(book, each) for each in path[:_SHOWN])
            path_shown = f"{shown} → …" if len(path) > _SHOWN else shown
            at = found.places[path[0]]
            yield finding(book, "TD341", at, crumbs(book, scale), others, path=path_shown, most=MOST_STEPS)


def _tables(scale: rb.Scale) -> Iterator[tuple[rb.Span, int]]:
    """Every table of a scale, with the number of its rows."""
    for grading in scale.gradings:
        yield grading.span, len(grading.bands)
    for method in _methods(scale):
        match method:
            case rb.Steps():
                yield method.span, len(method.rows)
            case rb.Choice():
                yield method.span, len(method.levels)
            case rb.Checklist():
                yield method.span, len(method.marks)
            case rb.Cases():
                yield method.span, len(method.cases)
            case rb.Marks():
                yield method.span, sum(len(row.marks) for row in method.rows)
            case rb.Guarded():
                yield method.span, len(method.guards)
            case rb.Formula() | rb.Direct():
                continue


def _methods(scale: rb.Scale) -> Iterator[rb.Method]:
    items = list(scale.walk())
    bonuses = [*scale.bonuses, *(bonus for item in items for bonus in item.bonuses)]
    owners: list[rb.Item | rb.Bonus] = [*items, *bonuses]
    named = [*scale.names, *(name for owner in owners for name in owner.names)]
    written = [*(owner.method for owner in owners), *(name.method for name in named), scale.total]
    waiting = [method for method in written if method is not None]
    while waiting:
        method = waiting.pop()
        yield method
        if isinstance(method, rb.Guarded):
            waiting.extend(guard.method for guard in method.guards)


def _too_deep(found: Graph) -> list[Node]:
    """The nodes of a chain that is too long, the first first; empty where there is none. Circles are told elsewhere."""
    costs: dict[Node, int] = {}
    longest: dict[Node, Node | None] = {}
    for start in found.needs:
        path = {start: iter(found.needs[start])} if start not in costs else {}
        while path:
            node = next(reversed(path))
            following = next((each for each in path[node] if each in found.needs and each not in path), None)
            if following is not None and following not in costs:
                path[following] = iter(found.needs[following])
                continue
            if following is not None:
                continue
            del path[node]
            below = [each for each in found.needs[node] if each in costs]
            deepest = max(below, key=costs.__getitem__, default=None)
            costs[node] = found.heights[node] + _LINK + (costs[deepest] if deepest is not None else 0)
            longest[node] = deepest
    worst = max(costs, key=costs.__getitem__, default=None)
    if worst is None or costs[worst] <= MOST_STEPS:
        return []
    chain = []
    while worst is not None:
        chain.append(worst)
        worst = longest[worst]
    return chain
