"""Orders that bring the own lines of a node nearer to what they should be, the narrowest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from attrs import frozen
from lark import Token

from thangdiem.dsl.amendments.drafting.nodes import Block, Lines, Reader, blocks
from thangdiem.dsl.amendments.drafting.sentences import (
    AT_LEAST,
    AT_MOST,
    MAXIMUM,
    NUMBER,
    THRESHOLD,
    WEIGHT,
    Sentences,
)
from thangdiem.dsl.amendments.figures import FINDERS
from thangdiem.dsl.amendments.locating import band_rows
from thangdiem.dsl.amendments.phrases import phrase_places
from thangdiem.dsl.amendments.replacing import about
from thangdiem.dsl.passages import Passage, Row

_WORDS = frozenset(("TEXT", "LABEL", "SUBJECT", "FREE"))
_OF_NODE = (MAXIMUM, WEIGHT, AT_MOST, AT_LEAST, THRESHOLD)
_OF_LINE = (THRESHOLD, NUMBER)
_OF_HEAD = (MAXIMUM, WEIGHT, AT_MOST, AT_LEAST)
_MOST_FIGURES = 2
"""More figures than that on one line, and the line is better stated anew."""


_FEWEST_LINES = 3
"""A statement with more lines is stated anew where most of them differ."""

_FEWEST_WORDS = 2
"""A single word is seldom a phrase: the one beside it is said too."""

_SHORT = 4
"""A text of so few words is said as a whole."""


@frozen
class Place:
    """A node in both texts: its own statements as they are and as they should be, and all that stands below it."""

    scale: str
    old: Sequence[Passage]
    new: Sequence[Passage]
    extent: Sequence[Passage]
    sentences: Sentences
    reader: Reader

    @property
    def head(self) -> Passage:
        """The head of the node as it is."""
        return self.old[0]

    @property
    def address(self) -> str:
        """How an order names the node."""
        return self.sentences.node(self.head, self.scale)

    def line(self, passage: Passage, place: int = 0) -> str:
        """How an order names a line of the node."""
        beside = [line for each in self.old for line in self.reader.lines(each)]
        return self.sentences.line(passage, place, self.head, self.scale, beside)

    def lines(self, passage: Passage) -> Lines:
        """The lines of a statement."""
        return self.reader.lines(passage)


def orders(at: Place) -> Iterator[str]:
    """What may be ordered of the own lines of a node; each is worth trying, none is sure to be right."""
    if at.lines(at.old[0]) != at.lines(at.new[0]):
        yield from _of_head(at)
    old, new = at.old[1:], at.new[1:]
    for block in blocks([at.lines(each) for each in old], [at.lines(each) for each in new]):
        pairs = _pairs(old, new, block)
        for one, other in pairs:
            yield from _changed(at, old[one], new[other])
        partners = {other: one for one, other in pairs}
        gone = [_named(at, old[one]) for one in block.old if one not in partners.values()]
        if gone:
            yield at.sentences.repeal(*gone)
            yield at.sentences.repeal(gone[0])
        for is_new, run in groupby(block.new, key=lambda each: each not in partners):
            if is_new:
                fresh = list(run)
                before = [partners[each] for each in block.new if each < fresh[0] and each in partners]
                content = [new[each] for each in fresh]
                yield from _inserted(at, old, content, before[-1] + 1 if before else block.old.start)


def _pairs(old: Sequence[Passage], new: Sequence[Passage], block: Block) -> list[tuple[int, int]]:
    """Statements of a block about the same, in one order."""
    found: list[tuple[int, int]] = []
    start = block.new.start
    for one in block.old:
        kind = (old[one].name, about(old[one]))
        other = next(
            (each for each in range(start, block.new.stop) if (new[each].name, about(new[each])) == kind), None
        )
        if other is not None:
            found.append((one, other))
            start = other + 1
    return found


# --- the head


def _of_head(at: Place) -> Iterator[str]:
    old, new = at.old[0], at.new[0]
    for form in _OF_HEAD:
        yield from _figures(at, form, at.address, old, (old.head, new.head))
    yield from _phrases(at, at.address, at.extent, (old.head, new.head))
    said = at.sentences.renew(new.head, at.scale, ())
    yield f"{said}\n{at.sentences.keep()}"


def _figures(at: Place, form: int, where: str, passage: Passage, rows: tuple[Row, Row]) -> Iterator[str]:
    """One figure of a line where it has another now, or none before."""
    head = passage.rows[0] is rows[0]
    stretches = [list(FINDERS[form](passage.name, row.tokens, head)) for row in rows]
    texts = [
        [at.sentences.tokens(row.tokens[start:end], row) for start, end in found]
        for row, found in zip(rows, stretches, strict=True)
    ]
    if not texts[0] and len(texts[1]) == 1 and form in (WEIGHT, AT_MOST, AT_LEAST):
        yield at.sentences.figure(form, where, "", texts[1][0])
    if len(texts[0]) == len(texts[1]):
        changed = [(one, other) for one, other in zip(*texts, strict=True) if one != other]
        if len(set(changed)) <= _MOST_FIGURES:
            yield from (at.sentences.figure(form, where, *each) for each in dict.fromkeys(changed))


def _phrases(at: Place, where: str, scope: Sequence[Passage], rows: tuple[Row, Row]) -> Iterator[str]:
    """Words of a title, a label or a quotation, first no more of them than changed, then all."""
    if not where or len(rows[0].tokens) != len(rows[1].tokens):
        return
    for one, other in zip(rows[0].tokens, rows[1].tokens, strict=True):
        if one.type == other.type and one.type in _WORDS and one != other:
            for old, new in dict.fromkeys((_narrowed(one, other), (str(one), str(other)))):
                count = sum(_count(each, old) for each in scope)
                if old and count:
                    yield at.sentences.phrase(old, new, where, count)


def _count(passage: Passage, words: str) -> int:
    found = phrase_places(passage, range(len(passage.rows)), words)
    return sum(str(passage.rows[place].tokens[at]).count(words) for place, at in found)


def _narrowed(one: Token, other: Token) -> tuple[str, str]:
    """The words in which two texts differ; and some beside them where they are few."""
    old, new = one.split(), other.split()
    if len(old) <= _SHORT:
        return str(one), str(other)
    ahead = 0
    while ahead < min(len(old), len(new)) and old[ahead] == new[ahead]:
        ahead += 1
    behind = 0
    while behind < min(len(old), len(new)) - ahead and old[-1 - behind] == new[-1 - behind]:
        behind += 1
    while ahead and len(old) - ahead - behind < _FEWEST_WORDS:
        ahead -= 1
    while behind and len(old) - ahead - behind < _FEWEST_WORDS:
        behind -= 1
    return " ".join(old[ahead : len(old) - behind]), " ".join(new[ahead : len(new) - behind])


# --- statements


def _named(at: Place, passage: Passage) -> str:
    return at.sentences.grades(at.head, at.scale) if passage.name == "grades" else at.line(passage)


def _inserted(at: Place, old: Sequence[Passage], content: Sequence[Passage], place: int) -> Iterator[str]:
    """Statements come behind the one before them, before the one behind them, or to the end of the node."""
    lines = [line for each in content for line in at.lines(each)]
    if place and (where := at.line(old[place - 1])):
        yield at.sentences.insert("INSERT_AFTER", where, lines)
    if place < len(old) and (where := at.line(old[place])):
        yield at.sentences.insert("INSERT_BEFORE", where, lines)
    yield at.sentences.insert("INSERT_AT_END", at.address, lines)


def _changed(at: Place, old: Passage, new: Passage) -> Iterator[str]:
    """A statement that says something else now."""
    before, after = at.lines(old), at.lines(new)
    differing = blocks(before, after)
    pairs = [
        (one, other) for each in differing if len(each.old) == len(each.new) for one, other in _zipped(each)
    ]  # fmt: skip
    longer = max(len(before), len(after))
    mostly = sum(max(len(each.old), len(each.new)) for each in differing) * 2 > longer > _FEWEST_LINES
    if old.name == "grades":
        yield from _edges(at, old, new, pairs)
    if old.name != "data_field":
        for one, other in pairs:
            if _alike(old.rows[one], new.rows[other]):
                yield from _narrow(at, old, one, new.rows[other])
    else:
        yield at.sentences.renew(new.head, at.scale, ())
    if before[0] == after[0] or old.name != "grades":
        if not mostly:
            yield from _rows(at, old, new, differing)
        yield from _whole(at, old, new)
    yield at.sentences.repeal(_named(at, old))


def _alike(one: Row, other: Row) -> bool:
    """Whether two lines are built alike, and differ in no more than a figure or two, or some words."""
    if [token.type for token in one.tokens] != [token.type for token in other.tokens]:
        return False
    return sum(a != b for a, b in zip(one.tokens, other.tokens, strict=True)) <= _MOST_FIGURES


def _zipped(block: Block) -> Iterator[tuple[int, int]]:
    return zip(block.old, block.new, strict=True)


def _narrow(at: Place, old: Passage, place: int, fresh: Row) -> Iterator[str]:
    """A figure or some words of a line."""
    row = old.rows[place]
    where = at.line(old, place)
    if place == 0 or old.name != "grades":
        for form in _OF_NODE:
            if at.head.name != "scale" or old.name == "limit_line":
                yield from _figures(at, form, at.address, old, (row, fresh))
    if where:
        for form in _OF_LINE:
            yield from _figures(at, form, where, old, (row, fresh))
        yield from _phrases(at, where, [old.with_head(row)] if place == 0 else [_only(old, row)], (row, fresh))


def _only(passage: Passage, row: Row) -> Passage:
    """A line of a statement alone."""
    return Passage(passage.name, (row,), passage.identity)


def _edges(at: Place, old: Passage, new: Passage, pairs: Sequence[tuple[int, int]]) -> Iterator[str]:
    """The edge of two grades, where both lines have another figure for the same."""
    fresh = dict(pairs)
    for upper, lower in pairwise(range(1, len(old.rows))):
        rows = [old.rows[place] for place in (upper, lower)]
        if upper not in fresh or lower not in fresh or not all(band_rows(row) for row in rows):
            continue
        changes = [
            {
                (at.sentences.tokens(one.tokens[a:b], one), at.sentences.tokens(other.tokens[c:d], other))
                for (a, b), (c, d) in zip(_thresholds(one), _thresholds(other), strict=False)
            }
            for one, other in zip(rows, (new.rows[fresh[upper]], new.rows[fresh[lower]]), strict=True)
        ]
        grades = [at.sentences.tokens(row.tokens[1:2], row) for row in rows]
        for before, after in sorted(changes[0] & changes[1]):
            if before != after:
                inside = at.sentences.within(at.head, at.scale)
                yield at.sentences.edge((grades[0], grades[1]), inside, before, after)


def _thresholds(row: Row) -> list[tuple[int, int]]:
    return list(FINDERS[THRESHOLD]("grades", row.tokens, False))


def _rows(at: Place, old: Passage, new: Passage, differing: Sequence[Block]) -> Iterator[str]:
    """Levels, steps, marks, grades: one gives way to others, comes, or goes."""
    after = at.lines(new)
    listed = [row for each in (old, new) for row in each.rows if row.tokens[0].type == "LETTER"]
    if old.name == "grades" and listed:
        return
    for block in differing:
        if 0 in block.old or 0 in block.new:
            continue
        lines = [after[place] for place in block.new]
        if len(block.old) == len(block.new):
            for one, other in _zipped(block):
                if where := at.line(old, one):
                    yield at.sentences.replace(where, [after[other]])
        elif len(block.old) == 1 and (where := at.line(old, block.old[0])) and lines:
            yield at.sentences.replace(where, lines)
        for one in block.old:
            if len(block.new) < len(block.old) and (where := at.line(old, one)):
                yield at.sentences.repeal(where)
        if not block.old:
            yield from _rows_inserted(at, old, block.old.start, lines)


def _rows_inserted(at: Place, old: Passage, place: int, lines: Sequence[str]) -> Iterator[str]:
    if place > 1 and (where := at.line(old, place - 1)):
        yield at.sentences.insert("INSERT_AFTER", where, lines)
    if place < len(old.rows) and (where := at.line(old, place)):
        yield at.sentences.insert("INSERT_BEFORE", where, lines)
    if place == len(old.rows):
        yield at.sentences.insert("INSERT_AT_END", at.address, lines)


def _whole(at: Place, old: Passage, new: Passage) -> Iterator[str]:
    lines = at.lines(new)
    if old.name == "grades":
        said = at.sentences.regrade(at.sentences.grades(at.head, at.scale), lines[1:])
        yield said
        yield f"{said}\n{at.sentences.drop()}"
    else:
        yield at.sentences.replace(at.line(old), lines)
