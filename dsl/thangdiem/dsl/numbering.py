"""Numbering is structure: the codes and kinds of the items of a scale in, the parent of each out."""

from __future__ import annotations

from collections.abc import Sequence

NO_PARENT = -1
"""What ``nest`` gives for a dotted code whose parent the scale does not hold before it."""

# By position among the spellings of KIND: parts stand above groups, those above indicators, those above components.
_PARTS = frozenset((7,))
_GROUPS = frozenset((2, 5, 6, 12, 14))
_COMPONENTS = frozenset((1, 4))


def rank(kind_index: int) -> int:
    """How high a kind stands: 0 for parts, 1 for groups, 2 for what is scored, 3 for components."""
    if kind_index in _PARTS:
        return 0
    if kind_index in _GROUPS:
        return 1
    return 3 if kind_index in _COMPONENTS else 2


def nest(items: Sequence[tuple[str, int]]) -> tuple[int | None, ...]:
    """For each (code, kind) in the order of the file, the index of its parent, None at the top, or NO_PARENT.

    ``1.2`` goes to ``1``; a code without a dot goes to the last one before it whose kind stands higher.
    """
    parents: list[int | None] = []
    seen: dict[str, int] = {}
    open_ranks: list[tuple[int, int]] = []
    for index, (code, kind_index) in enumerate(items):
        if "." in code:
            parents.append(_dotted_parent(code, seen))
        else:
            height = rank(kind_index)
            while open_ranks and open_ranks[-1][0] >= height:
                open_ranks.pop()
            parents.append(open_ranks[-1][1] if open_ranks else None)
            open_ranks.append((height, index))
        seen[code] = index
    return tuple(parents)


def _dotted_parent(code: str, seen: dict[str, int]) -> int:
    prefix, dot, _ = code.rpartition(".")
    while dot:
        if prefix in seen:
            return seen[prefix]
        prefix, dot, _ = prefix.rpartition(".")
    return NO_PARENT


def levels(parents: Sequence[int | None]) -> tuple[int, ...]:
    """How deep each item stands below the top, from what ``nest`` gave."""
    found: list[int] = []
    for parent in parents:
        found.append(0 if parent is None or parent == NO_PARENT else found[parent] + 1)
    return tuple(found)
