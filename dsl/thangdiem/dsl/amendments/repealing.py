"""``Bãi bỏ``: nodes, statements or lines go; a comment stays where they were."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve

from thangdiem.dsl.amendments.addresses import addresses, is_address
from thangdiem.dsl.amendments.clauses import Address, Operation
from thangdiem.dsl.amendments.draft import Draft
from thangdiem.dsl.amendments.locating import Spot, locate
from thangdiem.dsl.dialect import dialect
from thangdiem.dsl.passages import Row
from thangdiem.dsl.syntax import tree


def repeal(draft: Draft, operation: Operation) -> None:
    """Carries out a repeal of everything its sentence names."""
    source = operation.head.source
    for node in operation.node.children:
        for what in addresses(tree(node), source) if is_address(node) else ():
            _repeal(draft, what)


def _repeal(draft: Draft, what: Address) -> None:
    spot = locate(draft, what)
    if what.kind == "document":
        raise draft.refuse("TD652", target=what.words)
    before = draft.text_of(spot.indexes)
    identities = draft.identities(spot.indexes)
    if spot.rows is not None:
        _take_lines(draft, spot.index, spot.rows)
        draft.tell("repealed", identities, before=before, after=draft.text_of([spot.index]))
        return
    gone = [
        (spot.scale, draft.passages[index].code)
        for index in spot.indexes
        if draft.passages[index].name in ("item", "bonus")
    ]
    if what.kind == "scale":
        gone.append(("", spot.scale))
    _leave_word(draft, spot)
    draft.replace(spot.indexes, ())
    draft.tell("repealed", identities, before=before, gone=gone)


def _take_lines(draft: Draft, index: int, lines: range) -> None:
    """Takes lines of a statement away."""
    passage = draft.passages[index]
    behind = passage.rows[lines.stop :]
    words = _words(draft, passage.rows[lines.start : lines.stop])
    if behind:
        behind = (evolve(behind[0], above=(*words, *behind[0].above)), *behind[1:])
    else:
        _leave(draft, index + 1, words)
    draft.set(index, evolve(passage, rows=(*passage.rows[: lines.start], *behind)))


def _leave_word(draft: Draft, spot: Spot) -> None:
    """Says before what follows that something stood here, and which clause repealed it."""
    behind = range(spot.index, len(draft.passages))
    following = next((index for index in behind if index not in spot.indexes), len(draft.passages))
    _leave(draft, following, _words(draft, [row for index in spot.indexes for row in draft.passages[index].rows]))


def _leave(draft: Draft, following: int, words: Sequence[str]) -> None:
    """Puts comments before a passage, or at the end of the text."""
    if following == len(draft.passages):
        draft.tail = (*words, *draft.tail)
        return
    passage = draft.passages[following]
    draft.set(following, passage.with_head(evolve(passage.head, above=("", *words, *passage.head.above))))


def _words(draft: Draft, rows: Sequence[Row]) -> tuple[str, ...]:
    """What is left of lines: that the first was repealed, behind what was left of others that stood before them."""
    mark = f": {dialect(draft.dialect).spell('REPEALED_BY')} "
    earlier = (comment for row in rows for comment in row.above if mark in comment)
    return *earlier, _word(draft, rows[0].text(draft.dialect))


def _word(draft: Draft, line: str) -> str:
    assert draft.clause is not None
    return f"# {line.rstrip(':')}: {dialect(draft.dialect).spell('REPEALED_BY')} {draft.clause.label}"
