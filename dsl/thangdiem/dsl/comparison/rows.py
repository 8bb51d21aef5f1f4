"""Two lists of rows in; which row is which, what was added, removed and reordered, out."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar

from attrs import frozen

Row = TypeVar("Row")


@frozen
class Rows(Generic[Row]):
    """Rows of both versions that are one; those of one version only; whether the kept ones changed places."""

    pairs: tuple[tuple[Row, Row], ...]
    removed: tuple[Row, ...]
    added: tuple[Row, ...]
    places: tuple[tuple[int, int], ...]

    @property
    def disordered(self) -> bool:
        """Whether rows that were kept stand in another order."""
        later = [place for _, place in self.places]
        return later != sorted(later)


def aligned(
    old: Sequence[Row],
    new: Sequence[Row],
    key: Callable[[Row], Hashable],
    content: Callable[[Row], Hashable] | None,
) -> Rows[Row]:
    """Rows that are the same; then of one key; then of one content, between the same neighbours; then one for one."""
    places: dict[int, int] = {}
    _pair_off(old, new, places, lambda row: row)
    _pair_off(old, new, places, key)
    if content is not None:
        _pair_off(old, new, places, content, between=places)
        left = [place for place in range(len(old)) if place not in places]
        right = [place for place in range(len(new)) if place not in places.values()]
        if len(left) == len(right):
            found = zip(left, right, strict=True)
            places.update((one, other) for one, other in found if _fits(one, other, places))
    kept = sorted(places.items())
    return Rows(
        tuple((old[one], new[other]) for one, other in kept),
        tuple(row for place, row in enumerate(old) if place not in places),
        tuple(row for place, row in enumerate(new) if place not in places.values()),
        tuple(kept),
    )


def _pair_off(
    old: Sequence[Row],
    new: Sequence[Row],
    places: dict[int, int],
    key: Callable[[Row], Hashable],
    between: dict[int, int] | None = None,
) -> None:
    """Pairs rows of one key in order; ``between``: only where no pair made before would be crossed."""
    taken = set(places.values())
    free: dict[Hashable, list[int]] = {}
    for place, row in enumerate(new):
        if place not in taken:
            free.setdefault(key(row), []).append(place)
    for place, row in enumerate(old):
        if place in places:
            continue
        found = free.get(key(row), [])
        fitting = [other for other in found if between is None or _fits(place, other, places)]
        if fitting:
            places[place] = fitting[0]
            found.remove(fitting[0])


def _fits(one: int, other: int, places: dict[int, int]) -> bool:
    """Whether the pair crosses no other."""
    return all((one < before) is (other < after) for before, after in places.items())
