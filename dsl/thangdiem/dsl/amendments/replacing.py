"""``Sửa đổi, bổ sung`` and ``Thay … bằng``: a node, some lines or a whole statement give way to what the clause brings.

What the clause does not repeat – components, provisions, conditions of grades – is kept or dropped as it says, never
by guessing.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve, frozen

from thangdiem.dsl.amendments.clauses import Address, Operation, Rest
from thangdiem.dsl.amendments.draft import Draft, text_of
from thangdiem.dsl.amendments.locating import Spot, band_rows, locate
from thangdiem.dsl.amendments.outline import Outline, outline
from thangdiem.dsl.dialect import dialect
from thangdiem.dsl.letters import toneless
from thangdiem.dsl.passages import Passage, Row
from thangdiem.dsl.printer import row_text
from thangdiem.dsl.respelling import Respelling

_METHODS = frozenset(("choose", "checklist", "steps", "cases", "best", "score", "direct", "guard", "let"))
_NODES = frozenset(("item", "scale", "bonus"))
_AFTER_ITEMS = frozenset(("grades", "ranking"))


def replace(draft: Draft, operation: Operation) -> None:
    """Carries out a replacement of what the address names."""
    address = operation.address
    assert address is not None
    spot = locate(draft, address)
    if not operation.content and not operation.rows:
        raise draft.refuse("TD655", target=address.words)
    match address.kind:
        case "item" | "bonus" | "scale":
            _node(draft, operation, address, spot)
        case "grades":
            _grades(draft, operation, spot)
        case _ if spot.rows is not None:
            _lines(draft, operation, spot, spot.rows)
        case _:
            _statement(draft, operation, spot)


def exchange(draft: Draft, operation: Operation) -> None:
    """``Thay các chỉ số thành phần 2.1 đến 2.3 bằng:`` – several nodes give way to several."""
    assert operation.address is not None
    spot = locate(draft, operation.address)
    if not operation.content:
        raise draft.refuse("TD655", target=operation.address.words)
    before = draft.text_of(spot.indexes)
    identities = draft.identities(spot.indexes)
    old = {draft.passages[index].code for index in spot.indexes if draft.passages[index].name in _NODES}
    content = told(draft, _with_identities(draft, spot, operation.content), "replaced")
    codes = {each.code for each in content if each.name in _NODES}
    refuse_twins(draft, spot.scale, [each for each in content if each.code not in old])
    gone = [(spot.scale, code) for code in old - codes]
    draft.replace(spot.indexes, content)
    identities += tuple(each.identity for each in content if each.name in _NODES)
    draft.tell("replaced", identities, before=before, after=text_of(content, draft.dialect), gone=gone)


def refuse_twins(draft: Draft, scale: str, content: Sequence[Passage]) -> None:
    """A code, a title or an id that the text has already cannot be brought again."""
    for passage in content:
        if passage.name in ("item", "bonus") and (scale, passage.code) in draft.outline.heads:
            head = draft.passages[draft.outline.heads[scale, passage.code]]
            where = draft.last_change(head.identity)
            raise draft.refuse("TD629", where, code=passage.code.lstrip("+-"))
        if passage.name == "scale":
            if draft.outline.scale(passage.code) is not None:
                raise draft.refuse("TD629", code=passage.code)
            scale = passage.code


# --- nodes


@frozen
class _Parts:
    """A node: its head, its own statements by what they are about, and the nodes below it with theirs."""

    head: Passage
    own: tuple[tuple[str, Passage], ...]
    below: tuple[tuple[str, tuple[Passage, ...]], ...]


def _node(draft: Draft, operation: Operation, address: Address, spot: Spot) -> None:
    content = operation.content
    if not content or content[0].name != draft.passages[spot.index].name or operation.rows:
        raise draft.refuse("TD628", target=address.words)
    wanted = spot.code if content[0].name != "scale" else spot.scale
    if toneless(content[0].code) != toneless(wanted) or (content[0].name == "bonus" and content[0].code != wanted):
        raise draft.refuse("TD628", target=address.words)
    old = _parts(draft.outline, spot.scale, spot.code, spot.indexes)
    fresh = _brought(content, spot.code)
    kept = operation.rest
    missing = _missing(old, fresh)
    if missing and kept is Rest.UNSAID:
        raise draft.refuse("TD625", target=address.words, parts="; ".join(_shown(draft, each) for each in missing))
    before = draft.text_of(spot.indexes)
    identities = draft.identities(spot.indexes)
    merged = _merged(draft, old, fresh, keep=kept is Rest.KEEP)
    gone = [(spot.scale, each.code) for each in _nodes(draft, spot)]
    left = {each.code for each in merged}
    added = [each for each in merged if each.name in ("item", "bonus") and (spot.scale, each.code) not in gone]
    refuse_twins(draft, spot.scale, added)
    draft.replace(spot.indexes, merged)
    identities += tuple(each.identity for each in added)
    lost = [key for key in gone if key[1] not in left]
    draft.tell("amended", identities, before=before, after=text_of(merged, draft.dialect), gone=lost)


def _nodes(draft: Draft, spot: Spot) -> list[Passage]:
    return [draft.passages[index] for index in spot.indexes if draft.passages[index].name in ("item", "bonus")]


def _parts(found: Outline, scale: str, code: str, indexes: Sequence[int]) -> _Parts:
    own = [index for index in found.own(scale, code) if index in frozenset(indexes)]
    head, *statements = (found.passages[index] for index in own)
    below = [
        (each, tuple(found.passages[index] for index in found.extent(scale, each))) for each in found.below(scale, code)
    ]
    return _Parts(head, tuple((about(each), each) for each in statements), tuple(below))


def _brought(content: Sequence[Passage], code: str) -> _Parts:
    """The parts of what a clause brings: its head, and below it what stands under the head."""
    found = outline(content)
    scale = found.scale_of[0]
    owner = "" if content[0].name == "scale" else content[0].code
    own = [content[index] for index in found.own(scale, owner)]
    own = own if own and own[0] is content[0] else [content[0], *own]
    first = [key for key in found.heads if key[1] != owner]
    tops = [key for key in first if found.parents.get(key, "") in ("", owner)]
    below = [(key[1], tuple(content[index] for index in found.extent(scale, key[1]))) for key in tops]
    return _Parts(own[0], tuple((about(each), each) for each in own[1:]), tuple(below))


def about(passage: Passage) -> str:
    """What a statement below a node is about: two of one sort take each other's place."""
    if passage.name in _METHODS:
        return "method"
    if passage.name == "text_field":
        return passage.head.tokens[0].type
    if passage.name == "data_field":
        return f"data {passage.head.token('DATUM').casefold()}"
    if passage.name == "reading":
        return f"reading {passage.head.token('CODE')}"
    return passage.name


def _missing(old: _Parts, fresh: _Parts) -> list[Passage]:
    """The parts of the old node that the new one does not repeat."""
    repeated = {name for name, _ in fresh.own}
    below = {code for code, _ in fresh.below}
    lost = [each for name, each in old.own if name not in repeated and each.name != "amended"]
    return [*lost, *(passages[0] for code, passages in old.below if code not in below)]


def _merged(draft: Draft, old: _Parts, fresh: _Parts, *, keep: bool) -> list[Passage]:
    head = fresh.head.with_head(_of_its_item(draft, old.head, fresh.head))
    head = head.with_head(draft.note(_carried(old.head.head, head.head), "amended"))
    own = _statements(old, fresh, keep=keep)
    behind = [each for each in own if each.name in _AFTER_ITEMS]
    before = [each for each in own if each.name not in _AFTER_ITEMS]
    return [evolve(head, identity=old.head.identity), *before, *_below(draft, old, fresh, keep=keep), *behind]


def _of_its_item(draft: Draft, old: Passage, fresh: Passage) -> Row:
    """The head of a bonus stays that of the item the bonus is of."""
    tokens = old.head.tokens
    into = next((place for place, token in enumerate(tokens) if token.type == "_INTO"), None)
    if into is None or any(token.type == "_INTO" for token in fresh.head.tokens):
        return fresh.head
    target = dialect(draft.dialect)
    owner = row_text(tokens[into : into + 3], Respelling(dialect(old.head.dialect), target), old.head.source.text)
    title = evolve(fresh.head, tokens=fresh.head.tokens[:2]).text(draft.dialect)
    written = f"{title} {owner}{fresh.head.text(draft.dialect)[len(title) :]}"
    return draft.read_again(fresh.with_head(evolve(fresh.head, written=written))).head


def _below(draft: Draft, old: _Parts, fresh: _Parts, *, keep: bool) -> list[Passage]:
    known = dict(old.below)
    left = [code for code, _ in fresh.below]
    merged: list[Passage] = []
    if not keep:
        return [each for code, content in fresh.below for each in _child(draft, known.get(code), content)]
    brought = dict(fresh.below)
    for code, passages in old.below:
        if code in brought:
            # what is brought before it and was not there goes before it
            while left and left[0] != code and left[0] not in known:
                merged += _child(draft, None, brought[left.pop(0)])
            merged += _child(draft, passages, brought[code])
            left = [each for each in left if each != code]
        else:
            merged += passages
    return [*merged, *(each for code in left for each in _child(draft, None, brought[code]))]


def _statements(old: _Parts, fresh: _Parts, *, keep: bool) -> list[Passage]:
    if not keep:
        return [each for _, each in fresh.own]
    merged: list[Passage] = []
    done: set[str] = set()
    brought = [name for name, _ in fresh.own]
    for name, passage in old.own:
        if name not in brought:
            merged.append(passage)
        elif name not in done:
            done.add(name)
            merged += [each for other, each in fresh.own if other == name]
    return [*merged, *(each for name, each in fresh.own if name not in done)]


def _child(draft: Draft, old: tuple[Passage, ...] | None, content: tuple[Passage, ...]) -> list[Passage]:
    """A node below the one that is replaced: it stays who it is where its code was there before."""
    verb = "inserted" if old is None else "amended"
    known = {each.code: each.identity for each in old or () if each.name in ("item", "bonus")}
    return [evolve(each, identity=known.get(each.code, each.identity)) for each in told(draft, content, verb)]


def _carried(old: Row, fresh: Row) -> Row:
    """A head keeps the comments before it and what was done to it."""
    return evolve(fresh, above=old.above, notes=old.notes)


# --- grades, lines, statements


def _grades(draft: Draft, operation: Operation, spot: Spot) -> None:
    passage = draft.passages[spot.index]
    if not operation.rows:
        raise draft.refuse("TD628", target=operation.words)
    kinds = {_kind(row) for row in operation.rows}
    left = [row for row in passage.rows[1:] if _kind(row) not in kinds]
    if left and operation.rest is Rest.UNSAID:
        shown = "; ".join(row.text(draft.dialect) for row in left)
        raise draft.refuse("TD625", target=operation.words, parts=shown)
    before = draft.text_of([spot.index])
    rows = [draft.note(row, "amended") for row in operation.rows]
    kept = left if operation.rest is Rest.KEEP else []
    draft.set(spot.index, evolve(passage, rows=(passage.head, *rows, *kept)))
    draft.tell("amended", draft.identities([spot.index]), before=before, after=draft.text_of([spot.index]))


def _kind(row: Row) -> str:
    """Whether a line of the grades gives a band, states a condition, or a quota."""
    if band_rows(row) or row.tokens[0].type == "LETTER":
        return "band"
    return "quota" if row.tokens[0].type == "_GRADE" else "rule"


def _lines(draft: Draft, operation: Operation, spot: Spot, rows: range) -> None:
    if not operation.rows or operation.content:
        raise draft.refuse("TD628", target=operation.words)
    passage = draft.passages[spot.index]
    before = draft.text_of([spot.index])
    fresh = [draft.note(row, "amended") for row in operation.rows]
    fresh[0] = evolve(fresh[0], above=passage.rows[rows.start].above, notes=_joined(passage, rows, fresh[0]))
    changed = evolve(passage, rows=(*passage.rows[: rows.start], *fresh, *passage.rows[rows.stop :]))
    draft.set(spot.index, draft.read_again(changed))
    draft.tell("amended", draft.identities([spot.index]), before=before, after=draft.text_of([spot.index]))


def _joined(passage: Passage, rows: range, fresh: Row) -> tuple[tuple[str, str], ...]:
    earlier = tuple(note for row in passage.rows[rows.start : rows.stop] for note in row.notes)
    return (*earlier, *(note for note in fresh.notes if note not in earlier))


def _statement(draft: Draft, operation: Operation, spot: Spot) -> None:
    content = operation.content
    old = draft.passages[spot.index]
    if not content or operation.rows or any(each.name in _NODES for each in content):
        raise draft.refuse("TD628", target=operation.words)
    if about(content[0]) != about(old):
        raise draft.refuse("TD628", target=operation.words)
    before = draft.text_of(spot.indexes)
    identities = draft.identities(spot.indexes)
    first = content[0].with_head(draft.note(_carried(old.head, content[0].head), "amended"))
    fresh = [evolve(first, identity=old.identity), *told(draft, content[1:], "inserted")]
    draft.replace(spot.indexes, fresh)
    draft.tell("amended", identities, before=before, after=text_of(fresh, draft.dialect))


# --- what is brought


def told(draft: Draft, content: Sequence[Passage], verb: str) -> list[Passage]:
    """What is brought, each head – or each statement, where there is none – with what was done to it."""
    if any(each.name in _NODES for each in content):
        return [_spaced(draft, each, verb) if each.name in _NODES else each for each in content]
    return [each.with_head(draft.note(each.head, verb)) for each in content]


def _spaced(draft: Draft, passage: Passage, verb: str) -> Passage:
    """A node as it is brought; an empty line goes before it where the text has one before its nodes."""
    head = draft.note(passage.head, verb)
    airy = any(each.name == passage.name and "" in each.head.above for each in draft.passages)
    return passage.with_head(evolve(head, above=("", *head.above)) if airy and "" not in head.above else head)


def _with_identities(draft: Draft, spot: Spot, content: Sequence[Passage]) -> list[Passage]:
    known = {each.code: each.identity for each in _nodes(draft, spot)}
    return [
        evolve(each, identity=known[each.code]) if each.name in _NODES and each.code in known else each
        for each in content
    ]


def _shown(draft: Draft, passage: Passage) -> str:
    return passage.head.text(draft.dialect)
