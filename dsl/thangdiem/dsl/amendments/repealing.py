"""``Bãi bỏ``: nodes, statements or lines go; a comment stays where they were."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from thangdiem.dsl.amendments.addresses import addresses, is_address
from thangdiem.dsl.amendments.clauses import Address, Operation
from thangdiem.dsl.amendments.draft import Draft
from thangdiem.dsl.amendments.locating import Spot, locate
from thangdiem.dsl.dialect import dialect
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
        passage = draft.passages[spot.index]
        behind = passage.rows[spot.rows.stop :]
        if behind:
            word = _word(draft, passage.rows[spot.rows.start].text(draft.dialect))
            words = (*_earlier_words(draft, spot), word)
            behind = (evolve(behind[0], above=(*words, *behind[0].above)), *behind[1:])
        draft.set(spot.index, evolve(passage, rows=(*passage.rows[: spot.rows.start], *behind)))
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


def _leave_word(draft: Draft, spot: Spot) -> None:
    """Says before what follows that something stood here, and which clause repealed it."""
    following = next((index for index in range(spot.index, len(draft.passages)) if index not in spot.indexes), None)
    if following is None:
        return
    words = (*_earlier_words(draft, spot), _word(draft, draft.passages[spot.index].head.text(draft.dialect)))
    passage = draft.passages[following]
    draft.set(following, passage.with_head(evolve(passage.head, above=("", *words, *passage.head.above))))


def _earlier_words(draft: Draft, spot: Spot) -> Iterator[str]:
    """What was left where something stood that was repealed before: it does not go with what stood behind it."""
    mark = f": {dialect(draft.dialect).spell('REPEALED_BY')} "
    lines = slice(spot.rows.start, spot.rows.stop) if spot.rows is not None else slice(None)
    rows = (row for index in spot.indexes for row in draft.passages[index].rows[lines])
    return (comment for row in rows for comment in row.above if mark in comment)


def _word(draft: Draft, line: str) -> str:
    assert draft.clause is not None
    return f"# {line.rstrip(':')}: {dialect(draft.dialect).spell('REPEALED_BY')} {draft.clause.label}"
