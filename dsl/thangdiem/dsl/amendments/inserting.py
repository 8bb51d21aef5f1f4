"""``Bổ sung vào sau / vào trước / vào cuối``: what the clause brings finds its place; nothing is renumbered."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve
from lark import Token

from thangdiem.dsl.amendments.clauses import Address, Operation
from thangdiem.dsl.amendments.draft import Draft, text_of
from thangdiem.dsl.amendments.locating import Spot, locate
from thangdiem.dsl.amendments.replacing import refuse_twins, told
from thangdiem.dsl.passages import Passage

_PLACES = {
    "INSERT_AFTER": "INSERT_AFTER",
    "INSERT_BEFORE": "INSERT_BEFORE",
    "INSERT_AT_END": "INSERT_AT_END",
    "TO_AFTER": "INSERT_AFTER",
    "TO_BEFORE": "INSERT_BEFORE",
    "TO_END": "INSERT_AT_END",
}
_WITH_ROWS = frozenset(("choose", "checklist", "steps", "cases", "best", "grades", "guard", "let", "total", "example"))
_HEADS = frozenset(("item", "bonus", "scale", "example"))
_AFTER_ITEMS = frozenset(("grades", "ranking"))
_OF_SCALE = frozenset(("data_field", "audience", "counts", "layers", "better"))


def insert(draft: Draft, operation: Operation) -> None:
    """Carries out an insertion before, after or at the end of what the address names."""
    address = operation.address
    assert address is not None
    spot = locate(draft, address)
    if not operation.content and not operation.rows:
        raise draft.refuse("TD655", target=address.words)
    if operation.rows and operation.content:
        raise draft.refuse("TD628", target=address.words)
    where = _where(draft, operation)
    if operation.rows:
        _rows(draft, operation, spot, where)
        return
    refuse_twins(draft, spot.scale, operation.content)
    content = told(draft, operation.content, "inserted")
    identities: dict[str, None] = {}
    apart = address.kind == "scale" and where == "INSERT_AT_END"
    for together in _blocks(content) if apart else [content]:
        at = _place(draft, address, locate(draft, address), where, together)
        draft.insert(at, together)
        identities.update(dict.fromkeys(draft.identities(range(at, at + len(together)))))
    draft.tell("inserted", tuple(identities), after=text_of(content, draft.dialect))


def _blocks(content: Sequence[Passage]) -> list[list[Passage]]:
    """What is brought to a scale, cut where each part finds a place of its own: data among data, items behind items."""
    found: list[list[Passage]] = []
    for passage in content:
        stands_below = found and found[-1][0].name in _HEADS and passage.name not in (*_OF_SCALE, *_AFTER_ITEMS)
        starts = passage.name == "bonus" or (passage.name == "item" and found and found[-1][0].name != "item")
        if stands_below and not starts:
            found[-1].append(passage)
        else:
            found.append([passage])
    return found


def _where(draft: Draft, operation: Operation) -> str:
    """After, before or at the end; where the sentence names what is inserted, that must be what is brought."""
    tokens = {token.type: str(token) for token in operation.node.children if isinstance(token, Token)}
    place = next(name for name in _PLACES if name in tokens)
    if operation.name == "insert_named":
        heads = [each.code for each in operation.content if each.name == "item"]
        if heads[:1] != [tokens["CODE"]]:
            raise draft.refuse("TD628", target=f"{tokens['KIND']} {tokens['CODE']}")
    return _PLACES[place]


def _rows(draft: Draft, operation: Operation, spot: Spot, where: str) -> None:
    index, at = _row_place(draft, operation, spot, where)
    passage = draft.passages[index]
    before = draft.text_of([index])
    rows = [draft.note(row, "inserted") for row in operation.rows]
    changed = evolve(passage, rows=(*passage.rows[:at], *rows, *passage.rows[at:]))
    draft.set(index, draft.read_again(changed))
    draft.tell("inserted", draft.identities([index]), before=before, after=draft.text_of([index]))


def _row_place(draft: Draft, operation: Operation, spot: Spot, where: str) -> tuple[int, int]:
    """The statement the lines go into, and before which of its lines."""
    if where != "INSERT_AT_END":
        if spot.rows is None:
            raise draft.refuse("TD628", target=operation.words)
        return spot.index, spot.rows.stop if where == "INSERT_AFTER" else spot.rows.start
    own = [index for index in spot.indexes if draft.outline.owner_of[index] == spot.code]
    found = [index for index in own if draft.passages[index].name in _WITH_ROWS and draft.passages[index].rows[1:]]
    if len(found) != 1:
        raise draft.refuse("TD628", target=operation.words)
    return found[0], len(draft.passages[found[0]].rows)


def _place(draft: Draft, address: Address, spot: Spot, where: str, content: Sequence[Passage]) -> int:
    """Before which passage the content goes."""
    if where == "INSERT_BEFORE":
        return spot.index
    if where == "INSERT_AFTER" or address.kind in ("line", "mark", "grade", "data", "grades"):
        return spot.end
    name = content[0].name
    if address.kind == "document":
        if name in ("item", "bonus"):
            raise draft.refuse("TD628", target=address.words)
        if name == "example":
            return len(draft.passages)
        if name == "scale":
            return _before_examples(draft)
        return _after_document(draft)
    if address.kind == "scale":
        return _in_scale(draft, spot, name)
    if name in _HEADS:
        return spot.end
    own = [index for index in spot.indexes if draft.outline.owner_of[index] == spot.code]
    return own[-1] + 1


def _before_examples(draft: Draft) -> int:
    examples = (index for index, each in enumerate(draft.passages) if each.name == "example")
    return next(examples, len(draft.passages))


def _after_document(draft: Draft) -> int:
    scales = (index for index, each in enumerate(draft.passages) if each.name == "scale")
    return next(scales, len(draft.passages))


def _in_scale(draft: Draft, spot: Spot, name: str) -> int:
    """Items before the grades, data after the data, other statements of the scale before its first item."""
    passages = draft.passages
    if name in _AFTER_ITEMS:
        return spot.indexes[-1] + 1
    if name in ("item", "bonus"):
        behind = [index for index in spot.indexes if passages[index].name not in _AFTER_ITEMS]
        return behind[-1] + 1
    like = [index for index in spot.indexes if passages[index].name == name and name in _OF_SCALE]
    if like:
        return like[-1] + 1
    first = [index for index in spot.indexes if passages[index].name in ("item", "bonus", *_AFTER_ITEMS)]
    return first[0] if first else spot.indexes[-1] + 1
