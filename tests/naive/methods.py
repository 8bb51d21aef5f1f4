"""A method and where it stands in; the points it gives out."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from lark import Token

from naive import expressions, facts
from naive.cells import state_of
from naive.letters import fold
from naive.limits import limited
from naive.outline import Guarded
from naive.place import Place
from naive.ranges import lies_in
from naive.reals import Number, combined, compared
from naive.states import INVALID, NOT_APPLICABLE, NOT_ASSESSED, Value, all_hold, any_holds, given, gravest
from naive.unit import Given
from naive.written import has, nodes, texts, tokens
from thangdiem.dsl.syntax import Node


def by_method(methods: list[Guarded], place: Place) -> Value:
    """The points of an item by its method, or by the first whose condition holds."""
    if not methods and not place.owner.counted:
        return given(Fraction(0))  # it is only shown
    if not methods:
        return facts.points(place.owner, place.unit)
    chosen = first_that_holds(methods, place)
    return chosen if isinstance(chosen, Value) else _of_method(chosen, place)


def first_that_holds(guarded: list[Guarded], place: Place) -> Node | Value:
    """The first line whose condition holds; an open one before it leaves all open."""
    for each in guarded:
        if each.condition is None:
            return each.node
        found = expressions.condition(each.condition, place)
        if not found.known:
            return found
        if found.true:
            return each.node
    return INVALID


def _of_method(method: Node, place: Place) -> Value:
    match method.data:
        case "choose":
            return _chosen(method, place)
        case "checklist":
            return _ticked(method, place)
        case "direct":
            return facts.points(place.owner, place.unit)
        case "score":
            return formula_or_rows(nodes(method)[0], place)
        case _:
            return formula_or_rows(method, place)


def formula_or_rows(node: Node, place: Place) -> Value:
    """A value by a formula with its limits, by steps, by cases, or by the best case."""
    match node.data:
        case "formula":
            first, *limits = nodes(node)
            return limited(expressions.value_of(first, place), [Guarded(limit) for limit in limits], place)
        case "steps":
            return _by_steps(node, place)
        case "cases":
            return _by_cases(node, place)
        case _:
            return _best(node, place)


# --- what somebody says


def _chosen(method: Node, place: Place) -> Value:
    cell, absent = facts.cell_of(place.owner, place.unit)
    if absent:
        return NOT_ASSESSED
    state = state_of(cell)
    levels = {fold(texts(level, "LABEL")[0]): level for level in nodes(method)}
    label = fold(cell) if isinstance(cell, str) else ""
    level = levels.get(place.owner.former.get(label, label))
    if level is None:
        return state or INVALID
    return expressions.value_of(nodes(level)[0], place)


def _ticked(method: Node, place: Place) -> Value:
    """The marks that are ticked, and those whose condition holds."""
    letters = [texts(mark, "LETTER")[0] for mark in nodes(method) if mark.data == "mark"]
    ticks = _ticks(letters, place) if letters else {}
    if isinstance(ticks, Value):
        return ticks
    return total_of(_mark(mark, ticks, place) for mark in nodes(method))


def _mark(mark: Node, ticks: dict[str, Value], place: Place) -> Value:
    if mark.data == "mark":
        met, worth = ticks[texts(mark, "LETTER")[0]], nodes(mark)[0]
    else:
        met, worth = expressions.condition(nodes(mark)[0], place), nodes(mark)[1]
    if not met.known:
        return met
    return expressions.value_of(worth, place) if met.true else given(Fraction(0))


def _ticks(letters: list[str], place: Place) -> dict[str, Value] | Value:
    """Which letters are ticked: by one column of letters, or by a column for each."""
    cell, absent = facts.cell_of(place.owner, place.unit)
    own = {letter: place.unit.column(f"{place.owner.code}.{letter}") for letter in letters}
    if cell is None and any(each is not None for each in own.values()):
        return {letter: _tick(each) for letter, each in own.items()}
    if absent:
        return NOT_ASSESSED
    state = state_of(cell)
    if state is not None:
        return state
    named = _letters(cell)
    if named is None or not set(named) <= _all_letters(place):
        return INVALID
    return {letter: given(value=letter in named) for letter in letters}


def _all_letters(place: Place) -> set[str]:
    """Also those of the checklists that hold under another condition: they are not asked for."""
    marks = [mark for each in place.owner.methods for mark in nodes(each.node) if each.node.data == "checklist"]
    return {texts(mark, "LETTER")[0] for mark in marks if mark.data == "mark"}


def _letters(cell: Given) -> list[str] | None:
    if isinstance(cell, tuple | list):
        return list(cell)
    if not isinstance(cell, str):
        return None
    if fold(cell) in (fold("không ý nào"), "none"):
        return []
    return [part.strip() for part in cell.split(",")]


_TICKED, _UNTICKED = ("x", "✓", "đạt", "có", "yes", "true"), ("không đạt", "không", "no", "false")


def _tick(cell: Given) -> Value:
    if isinstance(cell, bool):
        return given(cell)
    state = state_of(cell)
    if state is not None:
        return state
    word = fold(cell) if isinstance(cell, str) else ""
    if word in map(fold, _TICKED):
        return given(value=True)
    return given(value=False) if word in map(fold, _UNTICKED) else INVALID


# --- rows


def _by_steps(node: Node, place: Place) -> Value:
    rows = [row for row in nodes(node) if row.data in ("row", "per_mark")]
    subjects = [(each, expressions.value_of(each, place)) for each in nodes(node) if each not in rows]
    state = gravest(value for _, value in subjects)
    if state is not None:
        return state
    if rows and rows[0].data == "per_mark":
        return total_of(_marks(row, subjects[0][1], place) for row in rows)
    return _first(((_row_fits(row, subjects, place), nodes(row)[-1]) for row in rows), place)


def _first(rows: Iterable[tuple[Value, Node]], place: Place) -> Value:
    """The value of the first row that fits; an open one before it leaves all open."""
    for fits, outcome in rows:
        if not fits.known:
            return fits
        if fits.true:
            return expressions.value_of(outcome, place)
    return INVALID


def _row_fits(row: Node, subjects: list[tuple[Node, Value]], place: Place) -> Value:
    cells = [each for each in nodes(row) if each.data == "cell"]
    if len(cells) == 1 and has(cells[0], "OTHERWISE"):
        return given(value=True)
    pairs = zip(cells, subjects, strict=True)
    return all_hold(_cell_fits(cell, subject, value, place) for cell, (subject, value) in pairs)


def _cell_fits(cell: Node, subject: Node, value: Value, place: Place) -> Value:
    if has(cell, "ANYTHING"):
        return given(value=True)
    item = expressions.item_named(subject, place.unit) if subject.data == "item_score" else None
    return any_holds(lies_in(each, value, place.at(item or place.looked_at)) for each in nodes(cell))


def _marks(row: Node, value: Value, place: Place) -> Value:
    """How many marks are exceeded or reached, times the points."""
    *marks, worth = (expressions.value_of(each, place) for each in nodes(row))
    over = tokens(row)[0].type == "EACH_OVER"

    def counted(number: Number, points: Number, *edges: Number) -> Number:
        orders = [compared(number, edge) for edge in edges]
        passed = sum(each > 0 or (each == 0 and not over) for each in orders)
        return combined(Fraction(passed), "*", points)

    return expressions.all_numbers([value, worth, *marks], counted)


def _by_cases(node: Node, place: Place) -> Value:
    return _first(((expressions.condition(_of_case(case), place), nodes(case)[-1]) for case in nodes(node)), place)


def _of_case(case: Node) -> Node | str:
    first = case.children[0]
    return "otherwise" if isinstance(first, Token) else first


def _best(node: Node, place: Place) -> Value:
    """The highest value of all rows that hold; ``otherwise`` only where none does."""
    rows = [(_of_case(case), nodes(case)[-1]) for case in nodes(node)]
    tried = [(expressions.condition(when, place), outcome) for when, outcome in rows if not isinstance(when, str)]
    values = [expressions.value_of(outcome, place) for when, outcome in tried if when.true]
    state = gravest([*(when for when, _ in tried), *values])
    if state is not None:
        return state
    if not values:
        values = [expressions.value_of(outcome, place) for when, outcome in rows if isinstance(when, str)]
    return extreme(values, 1) if values else INVALID


# --- gathered values


def total_of(values: Iterable[Value]) -> Value:
    """The sum: of none it is 0."""

    def added(*numbers: Number) -> Number:
        found: Number = Fraction(0)
        for number in numbers:
            found = combined(found, "+", number)
        return found

    return expressions.all_numbers(list(values), added)


def extreme(values: list[Value], direction: int) -> Value:
    """The greatest of the values, or with the direction -1 the least; of none there is none."""

    def found(*numbers: Number) -> Number:
        best = numbers[0]
        for number in numbers[1:]:
            best = number if compared(number, best) == direction else best
        return best

    return expressions.all_numbers(values, found) if values else NOT_APPLICABLE


def mean_of(values: list[Value]) -> Value:
    """The mean: of none there is none."""
    if not values:
        return NOT_APPLICABLE
    total = total_of(values)
    return expressions.all_numbers([total], lambda each: combined(each, "/", Fraction(len(values))))
