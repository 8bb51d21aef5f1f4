"""Ranges of two versions in; the values that lie in one and not in the other, as stretches with an instance, out.

The line of values is cut at every bound that either version writes: between two neighbouring cuts nothing changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from fractions import Fraction
from itertools import chain

from attrs import frozen

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.comparison.change import (
    EVERYBODY,
    NOBODY,
    About,
    Condition,
    Consequence,
    Effect,
    Given,
    Instance,
    Stretch,
)
from thangdiem.dsl.comparison.pairing import Pair, written
from thangdiem.dsl.constants import constant
from thangdiem.dsl.numerals import write_date, write_number, write_percent

Ranges = tuple[rb.Range, ...]


@frozen
class Bound:
    """A literal bound: its sort, its place on the line of that sort, and what it is."""

    sort: str
    place: Fraction
    value: Given | None


@frozen
class Line:
    """The values of one sort, cut at ``cuts``; ``texts`` are the cuts as written."""

    sort: str
    cuts: tuple[Fraction, ...]
    texts: tuple[str, ...]
    values: tuple[Given | None, ...]
    whole: bool = False

    @property
    def pieces(self) -> range:
        """The pieces of the line: gaps are even, cuts are odd; of texts only the cuts and what is none of them."""
        return range(2 * len(self.cuts) + 1)

    def sample(self, piece: int) -> Fraction | None:
        """A value in a piece; None where it holds none (between two neighbouring whole numbers, or texts)."""
        if piece % 2:
            cut = self.cuts[piece // 2]
            return None if self.whole and cut.denominator != 1 else cut
        if self.sort in ("text", "yes_no"):
            return self.cuts[-1] + 1 if piece == 2 * len(self.cuts) and self.sort == "text" else None
        low = self.cuts[piece // 2 - 1] if piece else None
        high = self.cuts[piece // 2] if piece // 2 < len(self.cuts) else None
        return _between(low, high, self.grid, self.whole)

    @property
    def grid(self) -> Fraction:
        """The steps in which people write such values."""
        return Fraction(1, 100) if self.sort == "ratio" else Fraction(1)

    def touched(self, differs: Callable[[Fraction], bool]) -> tuple[int, ...]:
        """The pieces whose values something holds of."""
        samples = ((piece, self.sample(piece)) for piece in self.pieces)
        return tuple(piece for piece, value in samples if value is not None and differs(value))

    def stretches(self, pieces: Iterable[int]) -> tuple[Stretch, ...]:
        """Pieces as stretches, neighbours joined."""
        runs: list[list[int]] = []
        for piece in sorted(pieces):
            if runs and piece == runs[-1][1] + 1 and self.sort not in ("text", "yes_no"):
                runs[-1][1] = piece
            else:
                runs.append([piece, piece])
        return tuple(self._stretch(first, last) for first, last in runs)

    def _stretch(self, first: int, last: int) -> Stretch:
        low = first // 2 if first % 2 else first // 2 - 1
        high = last // 2
        has_low, has_high = low >= 0, high < len(self.cuts)
        return Stretch(
            self.cuts[low] if has_low else None,
            self.cuts[high] if has_high else None,
            first % 2 == 0 and has_low,
            last % 2 == 0 and has_high,
            self.texts[low] if has_low else "",
            self.texts[high] if has_high else "",
        )


def _between(low: Fraction | None, high: Fraction | None, grid: Fraction, whole: bool) -> Fraction | None:
    """A value between two cuts, a round one where there is one."""
    if low is None or high is None:
        return (
            (low // grid + 1) * grid if low is not None else (-(-high // grid) - 1) * grid if high is not None else None
        )
    round_one = (low // grid + 1) * grid
    if round_one < high:
        return round_one
    return None if whole else (low + high) / 2


def bound(value: rb.Expression) -> Bound | None:
    """A bound made of literals; None for any other, and for 29/02 of no stated year."""
    match value:
        case rb.Text():
            return Bound("text", Fraction(0), value.value)
        case rb.YesNo():
            return Bound("yes_no", Fraction(int(value.value)), value.value)
        case rb.Day(year=None):
            if (value.month, value.day) == (2, 29):
                return None
            return Bound("yearly", Fraction((value.after * 12 + value.month) * 31 + value.day), None)
        case rb.Day(month, day, int() as year):
            found = date(year, month, day)
            return Bound("day", Fraction(found.toordinal()), found)
        case _:
            found_number = constant(value)
            if found_number is None:
                return None
            return Bound("ratio" if _is_ratio(value) else "number", found_number, found_number)


def _is_ratio(value: rb.Expression) -> bool:
    return isinstance(value, rb.Number) and value.kind is rb.Kind.RATIO


def line(pair: Pair, old: Iterable[rb.Range], new: Iterable[rb.Range], whole: bool = False) -> Line | None:
    """The line all bounds of both versions stand on; None where one is no literal or they are not of one sort."""
    found: dict[Fraction | str, tuple[Bound, str]] = {}
    sorts: set[str] = set()
    for book, ranges in ((pair.old, old), (pair.new, new)):
        for end in chain.from_iterable((each.low, each.high) for each in ranges):
            if end is None:
                continue
            literal = bound(end)
            if literal is None:
                return None
            key = literal.value if isinstance(literal.value, str) else literal.place
            found.setdefault(key, (literal, written(book, end)))
            sorts.add("number" if literal.place == 0 and literal.sort == "ratio" else literal.sort)
    if "ratio" in sorts:
        sorts.discard("number")
    if len(sorts) != 1:
        return None
    sort = sorts.pop()
    if sort == "text":
        ordered = sorted(found.values(), key=lambda each: str(each[0].value))
        cuts = tuple(Fraction(index) for index in range(len(ordered)))
    elif sort == "yes_no":
        return Line(sort, (Fraction(0), Fraction(1)), *_both(found))
    else:
        ordered = sorted(found.values(), key=lambda each: each[0].place)
        cuts = tuple(each.place for each, _ in ordered)
    whole = whole or sort in ("day", "yearly")
    return Line(sort, cuts, tuple(text for _, text in ordered), tuple(each.value for each, _ in ordered), whole)


def _both(found: dict[Fraction | str, tuple[Bound, str]]) -> tuple[tuple[str, ...], tuple[Given | None, ...]]:
    texts = tuple(found[key][1] if key in found else "" for key in (Fraction(0), Fraction(1)))
    return texts, (False, True)


def within(value: Fraction, ranges: Ranges, on: Line) -> bool:
    """Whether a value of the line lies in one of the ranges."""
    return any(_in_one(value, found, on) for found in ranges)


def _in_one(value: Fraction, found: rb.Range, on: Line) -> bool:
    low, high = (None if end is None else _place(end, on) for end in (found.low, found.high))
    inside = not (
        (low is not None and (value < low or (found.low_open and value == low)))
        or (high is not None and (value > high or (found.high_open and value == high)))
    )
    return inside is not found.negated


def _place(end: rb.Expression, on: Line) -> Fraction:
    literal = bound(end)
    assert literal is not None
    return on.cuts[on.values.index(literal.value)] if on.sort == "text" else literal.place


def touching(pair: Pair, on: Line, pieces: tuple[int, ...], about: About, subject: object = None) -> Consequence:
    """Units whose value lies in these pieces; nobody where there are none."""
    if not pieces:
        return NOBODY
    text = "" if subject is None else subject if isinstance(subject, str) else pair.new_text(subject)
    instance = next(_instances(pair, on, pieces, subject), None)
    if on.sort in ("text", "yes_no"):
        names = tuple(on.texts[piece // 2] if piece % 2 else "" for piece in pieces)
        if not all(names):  # a value that neither version names
            return EVERYBODY
        return Consequence(Effect.SOME, Condition(about, text, (), names), instance)
    return Consequence(Effect.SOME, Condition(about, text, on.stretches(pieces)), instance)


def _instances(pair: Pair, on: Line, pieces: tuple[int, ...], subject: object) -> Iterator[Instance]:
    """Values in the pieces that a unit may have, those at a cut first."""
    field = pair.data.get(subject.name) if isinstance(subject, rb.Datum) else None
    column = f"[{subject.name}]" if isinstance(subject, rb.Datum) else ""
    for piece in sorted(pieces, key=lambda each: (each % 2 == 0, each == 0, each)):
        sample = on.sample(piece)
        if sample is None or (field is not None and not _allowed(sample, field, on)):
            continue
        match on.sort:
            case "text":
                if piece % 2:
                    yield Instance(on.texts[piece // 2], column, on.values[piece // 2])
            case "yes_no":
                yield Instance(on.texts[piece // 2], column, on.values[piece // 2])
            case "day":
                day = date.fromordinal(int(sample))
                yield Instance(write_date(day, pair.new.dialect), column, day)
            case "yearly":
                if piece % 2:
                    yield Instance(on.texts[piece // 2])
            case "ratio":
                yield Instance(write_percent(sample, pair.new.dialect), column, sample)
            case _:
                yield Instance(write_number(sample, pair.new.dialect), column, sample)


def _allowed(value: Fraction, field: rb.DataField, on: Line) -> bool:
    """Whether a unit may have the value, as far as literals tell."""
    if on.sort not in ("number", "ratio"):
        return True
    if any(bound(end) is None for each in field.domain for end in (each.low, each.high) if end is not None):
        return True
    return not field.domain or within(value, field.domain, on)


def symmetric(pair: Pair, old: Ranges, new: Ranges, about: About, subject: object = None) -> Consequence | None:
    """Units whose value lies in the one and not in the other; None where that cannot be told from literals."""
    on = line(pair, old, new, is_whole(subject, pair))
    if on is None:
        return None
    pieces = on.touched(lambda value: within(value, old, on) is not within(value, new, on))
    return touching(pair, on, pieces, about, subject)


def either(pair: Pair, old: Ranges, new: Ranges, about: About, subject: object = None) -> Consequence | None:
    """Units whose value lies in one of the two, or in both; None where that cannot be told from literals."""
    on = line(pair, old, new, is_whole(subject, pair))
    if on is None:
        return None
    pieces = on.touched(lambda value: within(value, old, on) or within(value, new, on))
    return touching(pair, on, pieces, about, subject)


def is_whole(subject: object, pair: Pair) -> bool:
    """Whether the value can only be a whole number."""
    if not isinstance(subject, rb.Datum):
        return False
    field = pair.data.get(subject.name)
    return field is not None and field.form is rb.DataForm.INTEGER
