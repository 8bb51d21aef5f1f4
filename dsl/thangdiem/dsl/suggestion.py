"""A word nobody knows and the words there are in, the few nearest ones out."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from thangdiem.dsl.diagnostic import NOTHING_NEAR
from thangdiem.dsl.letters import fold, toneless

LONGEST_WORD = 100
"""Words are compared by so many characters at most."""

MOST_SLIPS = 8
"""A candidate with more slips than this is never near, however long the word."""

MOST_CANDIDATES = 10_000
"""So many candidates are looked at, at most."""


def closest(word: str, candidates: Iterable[str], most: int = 3) -> tuple[str, ...]:
    """The candidates within about one slip in three letters, tones aside, best first; often none."""
    wanted = toneless(word[:LONGEST_WORD])
    if not wanted:
        return ()
    slips = _Slips(wanted)
    allowed = max(min(len(wanted) - 1, 1), min(len(wanted) // 3, MOST_SLIPS))
    near: dict[str, int] = {}
    for candidate in dict.fromkeys(islice(candidates, MOST_CANDIDATES)):
        key = toneless(candidate[:LONGEST_WORD])
        if key and not slips.surely_over(key, allowed) and (count := slips.to(key)) <= allowed:
            near[candidate] = count
    return _best(word, near, most)


def _best(word: str, near: dict[str, int], most: int) -> tuple[str, ...]:
    """The candidates with the fewest slips; tones decide between equals, then the order they came in."""
    over = max(sorted(near.values())[:most], default=-1) + 1
    toned = _Slips(fold(word[:LONGEST_WORD]))
    ranks = {
        candidate: (count, toned.to(fold(candidate[:LONGEST_WORD])))
        for candidate, count in near.items()
        if count < over
    }
    return tuple(sorted(ranks, key=ranks.__getitem__)[:most])


def suggest(word: str, known: list[str]) -> str:
    """The names meant most likely, in quotes, else all there are (up to eight), else NOTHING_NEAR."""
    near = closest(word, known) or tuple(known[:8])
    return ", ".join(f"“{name}”" for name in near) or NOTHING_NEAR


class _Slips:
    """Counts the letters left out, added, changed or swapped between a word (not empty) and others.

    Hyyrö's bit-parallel form of the optimal string alignment distance: a column of the table is one integer.
    """

    def __init__(self, word: str) -> None:
        self._length = len(word)
        self._letters = set(word)
        self._places: dict[str, int] = {}
        for index, char in enumerate(word):
            self._places[char] = self._places.get(char, 0) | 1 << index

    def surely_over(self, other: str, allowed: int) -> bool:
        """Whether the lengths or the sets of letters already tell that more slips than these are needed."""
        if abs(len(other) - self._length) > allowed:
            return True
        return len(self._letters.symmetric_difference(other)) > 2 * allowed

    def to(self, other: str) -> int:
        """The number of slips between the word and another."""
        column = (1 << self._length) - 1
        last = 1 << self._length >> 1
        rises, falls, diagonal, before, count = column, 0, 0, 0, self._length
        for char in other:
            here = self._places.get(char, 0)
            swapped = ((~diagonal & here) << 1) & before
            diagonal = (((here & rises) + rises) ^ rises) | here | falls | swapped
            right_rises = falls | (column & ~(diagonal | rises))
            right_falls = diagonal & rises
            count += bool(right_rises & last) - bool(right_falls & last)
            right_rises = right_rises << 1 | 1
            right_falls <<= 1
            rises = (right_falls | ~(diagonal | right_rises)) & column
            falls = right_rises & diagonal & column
            before = here
        return count
