"""Two versions of steps or of counted marks in; thresholds moved, rows added, removed, of other points, out."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.comparison.change import (
    EVERYBODY,
    NOBODY,
    About,
    Change,
    ChangeKind,
    Consequence,
    some,
)
from thangdiem.dsl.comparison.consequences import joined
from thangdiem.dsl.comparison.edges import moved
from thangdiem.dsl.comparison.pairing import Pair
from thangdiem.dsl.comparison.regions import Line, is_whole, line, touching, within
from thangdiem.dsl.comparison.rows import Rows, aligned
from thangdiem.dsl.constants import constant


def steps_changes(old: rb.Steps, new: rb.Steps, pair: Pair) -> Iterator[Change]:
    """The changes of steps over the same values."""
    rows = aligned(old.rows, new.rows, lambda row: row.cells, lambda row: (row.cells == (), row.value))
    on = _line(old, new, pair)
    yield from _thresholds(rows, old, new, on, pair)
    for before, after in rows.pairs:
        if before.value != after.value:
            effect = _units(on, old, new, (before, after), pair)
            yield pair.change(ChangeKind.STEP_POINTS, before.value, after.value, effect, row_head(pair.new, after))
    for row in rows.removed:
        effect = _units(on, old, new, (row, None), pair)
        yield pair.change(ChangeKind.STEP_REMOVED, row, None, effect, row_head(pair.old, row))
    for row in rows.added:
        effect = _units(on, old, new, (None, row), pair)
        yield pair.change(ChangeKind.STEP_ADDED, None, row, effect, row_head(pair.new, row))
    if rows.disordered:
        yield pair.change(ChangeKind.ROW_ORDER, old, new, _differing(on, old, new, pair) or EVERYBODY)


def row_head(book: rb.Rulebook, row: rb.Row) -> str:
    """What a row asks for, as the file writes it."""
    return book.source.text[row.span.start : row.value.span.start].strip(" -–•+:\n")


def _thresholds(rows: Rows[rb.Row], old: rb.Steps, new: rb.Steps, on: Line | None, pair: Pair) -> Iterator[Change]:
    kept = [(one, other) for one, other in rows.pairs if one.cells != other.cells]
    simple = [(one, other) for one, other in kept if _range(one) is not None and _range(other) is not None]
    for one, other in kept:
        if (one, other) not in simple:
            effect = _units(on, old, new, (one, other), pair, moved_only=True)
            heads = (row_head(pair.old, one), row_head(pair.new, other))
            change = pair.change(ChangeKind.THRESHOLD, one.cells or one, other.cells or other, effect, heads[1])
            yield change
    edges = moved([_only(one) for one, _ in simple], [_only(other) for _, other in simple])
    for edge in edges:
        pairs = [simple[place] for place in edge.places]
        found = [_units(on, old, new, each, pair, moved_only=True) for each in pairs]
        bounded = [row_head(pair.new, other) for _, other in pairs]
        effect = joined(found) or EVERYBODY  # both rows a boundary separates may be touched
        yield pair.change(ChangeKind.THRESHOLD, edge.old, edge.new, effect, *bounded)


def _range(row: rb.Row) -> rb.Range | None:
    """The one range of a row, where it is one."""
    if len(row.cells) == 1 and row.cells[0] is not None and len(row.cells[0]) == 1:
        return row.cells[0][0]
    return None


def _only(row: rb.Row) -> rb.Range:
    found = _range(row)
    assert found is not None
    return found


def _line(old: rb.Steps, new: rb.Steps, pair: Pair) -> Line | None:
    """The line the thresholds of one value stand on; None for tables and for thresholds that are computed."""
    if len(old.subjects) != 1:
        return None
    before, after = (
        [each for row in rows for cell in row.cells for each in cell or ()] for rows in (old.rows, new.rows)
    )
    return line(pair, before, after, is_whole(old.subjects[0], pair))


def _differing(on: Line | None, old: rb.Steps, new: rb.Steps, pair: Pair) -> Consequence | None:
    if on is None:
        return None
    return touching(pair, on, _pieces(on, old, new), About.VALUE, new.subjects[0])


def _pieces(on: Line, old: rb.Steps, new: rb.Steps) -> tuple[int, ...]:
    """Where the first row that fits does not give the same."""
    return on.touched(lambda value: not _same(_first(value, old, on), _first(value, new, on)))


def _first(value: Fraction, steps: rb.Steps, on: Line) -> rb.Row | None:
    return next((row for row in steps.rows if _holds(value, row, on)), None)


def _holds(value: Fraction, row: rb.Row, on: Line) -> bool:
    return all(cell is None or within(value, cell, on) for cell in row.cells)


def _same(one: rb.Row | None, other: rb.Row | None) -> bool:
    if one is None or other is None:
        return one is other
    return one.value == other.value


def _units(
    on: Line | None,
    old: rb.Steps,
    new: rb.Steps,
    rows: tuple[rb.Row | None, rb.Row | None],
    pair: Pair,
    *,
    moved_only: bool = False,
) -> Consequence:
    """Units that one of the two rows fits (``moved_only``: and not both), among those whose result is another."""
    if on is None:
        heads = [row_head(book, row) for book, row in zip((pair.old, pair.new), rows, strict=True) if row is not None]
        return some(About.HOLDS, "", *dict.fromkeys(heads))
    kept = []
    for piece in _pieces(on, old, new):
        value = on.sample(piece)
        fits = [value is not None and row is not None and _holds(value, row, on) for row in rows]
        if any(fits) and not (moved_only and all(fits)):
            kept.append(piece)
    return touching(pair, on, tuple(kept), About.VALUE, new.subjects[0])


def marks_changes(old: rb.Marks, new: rb.Marks, pair: Pair) -> Iterator[Change]:
    """The changes of ``mỗi mốc`` rows over the same value: which marks count, and how much each."""
    effect = _of_marks(old, new, pair)
    if len(old.rows) != len(new.rows):
        yield pair.change(ChangeKind.METHOD, old, new, effect)
        return
    for before, after in zip(old.rows, new.rows, strict=True):
        if (before.marks, before.reached) != (after.marks, after.reached):
            sides = (before.marks, after.marks) if before.reached is after.reached else (before, after)
            yield pair.change(ChangeKind.THRESHOLD, sides[0], sides[1], effect)
        if before.value != after.value:
            yield pair.change(ChangeKind.STEP_POINTS, before.value, after.value, effect)


def _of_marks(old: rb.Marks, new: rb.Marks, pair: Pair) -> Consequence:
    before, after = (
        [_reached(mark, row.reached) for row in rows for mark in row.marks] for rows in (old.rows, new.rows)
    )
    on = line(pair, before, after, is_whole(new.subject, pair))
    if on is None:
        return EVERYBODY
    known = on
    if any(constant(row.value) is None for row in (*old.rows, *new.rows)):
        return EVERYBODY
    pieces = on.touched(lambda value: _sum(value, old, known) != _sum(value, new, known))
    return touching(pair, on, pieces, About.VALUE, new.subject) if pieces else NOBODY


def _reached(mark: rb.Expression, reached: bool) -> rb.Range:
    return rb.Range(low=mark, low_open=not reached)


def _sum(value: Fraction, marks: rb.Marks, on: Line) -> Fraction:
    total = Fraction(0)
    for row in marks.rows:
        count = sum(within(value, (_reached(mark, row.reached),), on) for mark in row.marks)
        total += count * (constant(row.value) or Fraction(0))
    return total
