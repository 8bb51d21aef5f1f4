"""Points of rows and levels: parts of the maximum in the ways texts write them."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st

from generated.data import written

_BETWEEN = tuple(Fraction(part) for part in ("9/10", "3/4", "2/3", "1/2", "3/10", "1/4", "1/5"))
_SPLITS = {
    2: ((1, 1), (3, 1), (3, 2), (7, 3)),
    3: ((2, 1, 1), (5, 3, 2), (2, 2, 1)),
    4: ((1, 1, 1, 1), (4, 3, 2, 1), (2, 2, 3, 1)),
}


@st.composite
def descending(draw: st.DrawFn, maximum: Fraction, count: int) -> list[str]:
    """Points that fall from the maximum to 0 in so many rows."""
    between = draw(st.lists(st.sampled_from(_BETWEEN), min_size=count - 2, max_size=count - 2, unique=True))
    return [draw(part_of(maximum, part)) for part in (Fraction(1), *sorted(between, reverse=True), Fraction(0))]


def part_of(maximum: Fraction, part: Fraction) -> st.SearchStrategy[str]:
    """A part of the maximum."""
    if part == 0:
        return st.just("0 điểm")
    literal = points(maximum * part)
    if part == 1:
        return st.sampled_from(("điểm tối đa", literal))
    shares = [f"{part.numerator}/{part.denominator} * điểm tối đa"]
    if 100 % part.denominator == 0:
        shares += [literal, literal, f"{written(part * 100)}% điểm tối đa"]
    return st.sampled_from(shares)


@st.composite
def split(draw: st.DrawFn, maximum: Fraction, count: int) -> list[Fraction]:
    """Points that add up to the maximum."""
    shares = draw(st.sampled_from(_SPLITS[count]))
    return [maximum * share / sum(shares) for share in draw(st.permutations(shares))]


def points(value: Fraction) -> str:
    """A number of points."""
    return f"{written(value)} điểm"
