"""What a text says of each of its nodes: an outline in, the lines of a node and the nodes below it out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import groupby

from attrs import define, field, frozen

from thangdiem.dsl.amendments.outline import Outline
from thangdiem.dsl.passages import Passage

Lines = tuple[str, ...]
"""A statement, line by line, as it is printed."""

_LAST = ("grades", "ranking")
"""Statements of a scale that stand behind its items, in this order; what comes first is of no consequence."""


@frozen
class Tree:
    """All that is said of a node: its own statements, the items and the bonuses below it."""

    own: tuple[Lines, ...]
    items: tuple[Tree, ...]
    bonuses: tuple[Tree, ...]


@define
class Reader:
    """Passages to their lines in one dialect; each passage is written out once."""

    dialect: str
    _written: dict[int, tuple[Passage, Lines]] = field(factory=dict)

    def lines(self, passage: Passage) -> Lines:
        """The lines of a statement, without comments."""
        known = self._written.get(id(passage))
        if known is None or known[0] is not passage:
            known = passage, tuple(row.text(self.dialect) for row in passage.rows)
            self._written[id(passage)] = known
        return known[1]

    def own(self, text: Outline, scale: str, code: str) -> list[Passage]:
        """The statements of a node itself, its head first; who amended it is not said of the rules."""
        found = [text.passages[index] for index in text.own(scale, code)]
        found = [each for each in found if each.name != "amended"]
        return [each for each in found if each.name not in _LAST] + [
            each for name in _LAST for each in found if each.name == name
        ]

    def tree(self, text: Outline, scale: str, code: str) -> Tree:
        """All that is said of a node."""
        below = text.below(scale, code)
        items, bonuses = ([each for each in below if (each[0] in "+-") is of] for of in (False, True))
        return Tree(
            tuple(self.lines(each) for each in self.own(text, scale, code)),
            tuple(self.tree(text, scale, each) for each in items),
            tuple(self.tree(text, scale, each) for each in bonuses),
        )

    def written(self, text: Outline, scale: str, code: str) -> list[str]:
        """The lines of a node with all that is below it."""
        passages = (text.passages[index] for index in text.extent(scale, code))
        return [line for each in passages if each.name != "amended" for line in self.lines(each)]


def distance(old: Sequence[Lines], new: Sequence[Lines]) -> tuple[int, int]:
    """How far statements are from others: lines that have no equal, then words; (0, 0) where they are the same."""
    before, after = ([line for lines in each for line in lines] for each in (old, new))
    lines = words = 0
    for tag, start, end, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            one, other = (Counter(" ".join(each).split()) for each in (before[start:end], after[first:last]))
            lines += end - start + last - first
            words += (one - other).total() + (other - one).total()
    return lines, words


@frozen
class Block:
    """A stretch in which two sequences differ."""

    old: range
    new: range


def blocks(old: Sequence[Lines] | Sequence[str], new: Sequence[Lines] | Sequence[str]) -> list[Block]:
    """Where two sequences differ."""
    found = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [Block(range(a, b), range(c, d)) for tag, a, b, c, d in found if tag != "equal"]


def runs(codes: Sequence[str], known: frozenset[str]) -> list[tuple[bool, list[str]]]:
    """Codes in stretches of those that are known and those that are not."""
    return [(is_known, list(each)) for is_known, each in groupby(codes, key=known.__contains__)]


def displaced(codes: Sequence[str], order: Sequence[str]) -> list[str]:
    """As few codes as can be without which the others stand in an order."""
    longest: list[list[str]] = []
    for code in codes:
        before = [run for run in longest if order.index(run[-1]) < order.index(code)]
        longest.append([*max(before, key=len, default=[]), code])
    kept = max(longest, key=len, default=[])
    return [code for code in codes if code not in kept]
