"""Whether any score, name or total of a scale needs itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from attrs import frozen

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.checks.finding import crumbs, finding, related
from thangdiem.dsl.diagnostic import Diagnostic
from thangdiem.dsl.dialect import dialect
from thangdiem.dsl.exemption import may_shrink
from thangdiem.dsl.rulebook import Rulebook, Span
from thangdiem.dsl.walk import all_of, height, inner, of_bonus, of_grading, of_item, of_limits, of_method

MOST_CYCLES = 5
"""So many cycles of a scale are shown, at most."""

Node = tuple[str, str, str]
"""What is computed: ("item", code, ""), ("name", owner, name), ("bonus", key, ""), or a top below."""

_SUBTOTAL: Node = ("subtotal", "", "")
_TOTAL: Node = ("total", "", "")
_GRADE: Node = ("grade", "", "")


def check_cycles(book: Rulebook) -> Iterator[Diagnostic]:
    """Each cycle with everything on it, in the order in which one needs the next."""
    for scale in book.scales:
        found = graph(scale)
        places = found.places
        for cycle in _cycles(found.needs):
            shown = [node_name(book, node) for node in (*cycle, cycle[0])]
            others = [related(book, "needs-here", places[node], node=node_name(book, node)) for node in cycle[1:]]
            at = places[cycle[0]]
            yield finding(book, "TD312", at, crumbs(book, scale), others, cycle=" → ".join(shown))


def node_name(book: Rulebook, node: Node) -> str:
    """A node as a message names it."""
    words = dialect(book.dialect)
    match node:
        case ("item", code, _):
            return code
        case ("name", owner, name):
            return f"“{name}” ({owner})" if owner else f"“{name}”"
        case ("bonus", key, _):
            return f"“{key[1:]}”"
        case ("grade", _, _):
            return words.spell("GRADES")
        case ("subtotal", _, _):
            return words.spell("SUBTOTAL")
        case _:
            return words.spell("TOTAL_POINTS")


Needs = dict[Node, list[Node]]


@frozen
class Graph:
    """What each node of a scale needs, where it is written, and how many operations stand in each other in it."""

    needs: Needs
    places: dict[Node, Span]
    heights: dict[Node, int]


def graph(scale: rb.Scale) -> Graph:
    """Everything of a scale that is computed, with what it needs."""
    needs: Needs = {}
    places: dict[Node, Span] = {}
    heights: dict[Node, int] = {}
    maxima = _maxima(scale)

    def add(node: Node, span: Span, whole: Iterable[rb.Expression], more: Iterable[Node] = (), at: str = "") -> None:
        own = tuple(whole)
        found = dict.fromkeys(found for each in own for found in _needed(each))
        shrunk = dict.fromkeys(found for each in own for code in _maxima_in(each) for found in maxima(code, at))
        needs[node] = [*more, *found, *(each for each in shrunk if each not in found)]
        places[node] = span
        heights[node] = max(map(height, own), default=0)

    def names(owned: tuple[rb.Named, ...], at: str = "") -> None:
        for named in owned:
            add(("name", named.owner, named.name), named.span, of_method(named.method), at=at)

    names(scale.names)
    for item in scale.walk():
        names(item.names, item.code)
        own = list(_without_bonuses(item))
        below = _counted(item.children)
        below.extend(("bonus", bonus.key, "") for bonus in item.bonuses)
        add(("item", item.code, ""), item.head, own, below, item.code)
    for owner, bonus in _bonuses(scale):
        names(bonus.names, owner)
        add(("bonus", bonus.key, ""), bonus.span, of_bonus(_alone(bonus)), at=owner)
    tops = _counted(scale.items)
    total = list(of_method(scale.total)) if scale.total is not None else []
    where = scale.total.span if scale.total is not None else scale.head
    add(_SUBTOTAL, where, total, tops if scale.total is None else ())
    extra: list[Node] = [("bonus", bonus.key, "") for bonus in scale.bonuses]
    add(_TOTAL, scale.head, of_limits(scale.limits), (_SUBTOTAL, *extra))
    for grading in scale.gradings:
        known = needs.get(_GRADE, [])
        add(_GRADE, grading.span, of_grading(grading), (*known, _TOTAL))
    return Graph(needs, places, heights)


def _counted(children: tuple[rb.Item, ...]) -> list[Node]:
    return [("item", child.code, "") for child in children if child.points.counted]


def _maxima(scale: rb.Scale) -> Callable[[str, str], list[Node]]:
    """What a maximum needs, by its code and by the code of where it stands: of its own, what may leave it below."""
    shrinking, items = may_shrink(scale), {item.code: item for item in scale.walk()}

    def needed(code: str, at: str) -> list[Node]:
        if code not in shrinking:
            return []
        if code and code != at:
            return [("item", code, "")]
        below = items[code].children if code else scale.items
        return [node for node in _counted(below) if node[1] in shrinking]

    return needed


def _maxima_in(whole: rb.Expression) -> Iterator[str]:
    """The codes whose maximum an expression asks for; that of an item looked at is found with its score."""
    return (part.code for part in all_of(whole) if isinstance(part, rb.MaximumOf) and part.code != "*")


def _bonuses(scale: rb.Scale) -> Iterator[tuple[str, rb.Bonus]]:
    """Each bonus, behind the code of what it belongs to."""
    yield from (("", bonus) for bonus in scale.bonuses)
    yield from ((item.code, bonus) for item in scale.walk() for bonus in item.bonuses)


def _alone(bonus: rb.Bonus) -> rb.Bonus:
    """A bonus without its names, which are things of their own."""
    return rb.Bonus(bonus.title, bonus.deduction, bonus.owner, bonus.method, bonus.points, bonus.limits)


def _without_bonuses(item: rb.Item) -> Iterator[rb.Expression]:
    """The expressions an item itself needs: its names and bonuses are things of their own."""
    bare = rb.Item(
        item.code,
        item.kind_word,
        item.title,
        item.points,
        method=item.method,
        applicability=item.applicability,
        counts_when=item.counts_when,
        replacements=item.replacements,
        missing=item.missing,
        limits=item.limits,
    )
    return of_item(bare)


def _needed(whole: rb.Expression) -> Iterator[Node]:
    """What an expression needs of its own scale; subordinate units come before, so they are no cycle."""
    waiting = [whole]
    while waiting:
        part = waiting.pop()
        match part:
            case rb.NameRef():
                yield ("name", part.owner, part.name)
            case rb.ItemScore():
                yield ("item", part.code, "")
            case rb.BonusPoints():
                yield ("bonus", part.title, "")
            case rb.TotalPoints():
                yield _SUBTOTAL if part.before_bonus else _TOTAL
            case rb.OverItems() | rb.ItemCount() | rb.SomeItem():
                yield from (("item", code, "") for code in part.codes)
            case rb.UnitsGraded() if part.cohort is not rb.Cohort.SUBORDINATE:
                yield _GRADE
            case rb.OverUnits() | rb.RankAmong() if part.cohort is rb.Cohort.SUBORDINATE:
                continue
            case _:
                pass
        waiting.extend(inner(part))


def _cycles(needs: Needs) -> Iterator[tuple[Node, ...]]:
    """Some cycle through each knot, by a walk in depth that keeps its own stack."""
    done: set[Node] = set()
    told = 0
    for start in needs:
        if start in done:
            continue
        path: dict[Node, Iterator[Node]] = {start: iter(needs[start])}
        while path:
            node = next(reversed(path))
            following = next((each for each in path[node] if each in needs and each not in done), None)
            if following is None:
                done.add(node)
                del path[node]
            elif following in path:
                order = list(path)
                yield tuple(order[order.index(following) :])
                told += 1
                if told == MOST_CYCLES:
                    return
            else:
                path[following] = iter(needs[following])
