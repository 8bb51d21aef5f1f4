"""``Đánh số lại 2.4 thành 2.3`` and ``Chuyển 3.1 vào chỉ số 1``: codes change everywhere, items stay who they are."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from attrs import evolve
from lark import Token, Tree

from thangdiem.dsl.amendments.clauses import Operation
from thangdiem.dsl.amendments.draft import Draft
from thangdiem.dsl.amendments.locating import Spot, locate, scales_of
from thangdiem.dsl.amendments.outline import EXAMPLES
from thangdiem.dsl.dialect import dialect
from thangdiem.dsl.passages import Passage, Row

_NO_ITEMS = frozenset(("reading", "article", "clause", "plain_clause", "citation", "alternative_reading"))
"""Statements whose codes are no items' codes."""


def renumber(draft: Draft, operation: Operation) -> None:
    """Carries out a renumbering; all of one sentence at once, so that two items may change places."""
    assert operation.address is not None
    scale = _only_scale(draft, operation)
    stated: dict[str, str] = {}
    kinds: dict[str, Token] = {}
    for part in operation.node.children:
        if isinstance(part, Tree) and part.data == "renumbering":
            tokens = [token for token in part.children if isinstance(token, Token)]
            old, fresh = (str(token) for token in tokens if token.type == "CODE")
            locate(draft, evolve(operation.address, kind="item", code=old, scale=scale, words=old))
            stated[old] = fresh
            if tokens[-2].type == "KIND":
                kinds[old] = tokens[-2]
    codes = _with_those_below(draft, scale, stated)
    _refuse_taken(draft, scale, codes)
    identities = [draft.passages[draft.outline.heads[scale, code]].identity for code in codes]
    before = _listed(codes)
    for code, kind in kinds.items():
        _set_kind(draft, draft.outline.heads[scale, code], kind, operation)
    _rename(draft, scale, codes, "renumbered")
    draft.tell(
        "renumbered",
        identities,
        before=before,
        after=_listed(dict(zip(codes.values(), codes, strict=True))),
        gone=[(scale, each) for each in codes if each not in codes.values()],
    )


def move(draft: Draft, operation: Operation) -> None:
    """Carries out a move below another item, or to the top of the scale, to the end of what stands there."""
    assert operation.address is not None
    tokens = [token for token in operation.node.children if isinstance(token, Token)]
    codes = [str(token) for token in tokens if token.type == "CODE"]
    to_scale = next((str(token) for token in tokens if token.type == "SCALE_ID"), "")
    moved, parent, fresh = codes[0], "" if to_scale else codes[1], codes[(1 if to_scale else 2) :]
    spot = locate(draft, evolve(operation.address, kind="item", code=moved))
    scale = spot.scale
    if parent:
        locate(draft, evolve(operation.address, kind="item", code=parent, scale=scale))
    if parent in _with_those_below(draft, scale, {moved: moved}):
        raise draft.refuse("TD652", target=operation.address.words)
    if not fresh and "." in moved:
        raise draft.refuse("TD643", code=moved, parent=parent)
    mapping = _with_those_below(draft, scale, {moved: fresh[0]} if fresh else {})
    _refuse_taken(draft, scale, mapping)
    identities = draft.identities(spot.indexes[:1])
    content = [draft.passages[index] for index in spot.indexes]
    before = draft.text_of(spot.indexes[:1])
    draft.replace(spot.indexes, ())
    head = content[0].with_head(draft.note(content[0].head, "moved"))
    at = _end(draft, scale, parent)
    draft.insert(at, [head, *content[1:]])
    if fresh and tokens[-2].type == "KIND":
        _set_kind(draft, at, tokens[-2], operation)
    _rename(draft, scale, mapping, "")
    place = draft.outline.heads[scale, fresh[0] if fresh else moved]
    draft.tell(
        "moved",
        (*identities, *draft.identities([place])),
        before=before,
        after=draft.text_of([place]),
        gone=[(scale, each) for each in mapping if each not in mapping.values()],
    )


def _set_kind(draft: Draft, index: int, kind: Token, operation: Operation) -> None:
    """Calls an item by the kind its new code is stated with, where that is another."""
    own, target = dialect(operation.head.dialect), dialect(draft.dialect)
    passage = draft.passages[index]
    written = target.spell("KIND", own.position("KIND", str(kind)))
    tokens = passage.head.tokens
    place = next(place for place, token in enumerate(tokens) if token.type == "KIND")
    if str(tokens[place]).lower() == written:
        return
    other = Token("NUMBER", f"{written[0].upper()}{written[1:]}")
    head = evolve(passage.head, tokens=(*tokens[:place], other, *tokens[place + 1 :]))
    reworded = evolve(passage.head, written=head.text(draft.dialect))
    draft.set(index, draft.read_again(passage.with_head(reworded)))


def _end(draft: Draft, scale: str, parent: str) -> int:
    if parent:
        return Spot(tuple(draft.outline.extent(scale, parent))).end
    indexes = [i for i in draft.outline.of_scale(scale) if draft.passages[i].name not in ("grades", "ranking")]
    return indexes[-1] + 1


def _only_scale(draft: Draft, operation: Operation) -> str:
    assert operation.address is not None
    scales = scales_of(draft, operation.address)
    if len(scales) == 1:
        return scales[0]
    codes = {str(token) for token in operation.head.tokens if token.type == "CODE"}
    holding = [scale for scale in scales if any((scale, code) in draft.outline.heads for code in codes)]
    if len(holding) == 1:
        return holding[0]
    raise draft.refuse("TD622", target=operation.address.words, places=", ".join(holding or scales))


def _with_those_below(draft: Draft, scale: str, codes: Mapping[str, str]) -> dict[str, str]:
    """The codes with those of the items below, which begin with them."""
    found = dict(codes)
    for known_scale, code in draft.outline.heads:
        for old, fresh in codes.items():
            if known_scale == scale and code not in codes and code.startswith(f"{old}."):
                found[code] = fresh + code[len(old) :]
    return found


def _refuse_taken(draft: Draft, scale: str, codes: Mapping[str, str]) -> None:
    taken = {code for known, code in draft.outline.heads if known == scale} - set(codes)
    targets = list(codes.values())
    for fresh in targets:
        if fresh in taken or targets.count(fresh) > 1:
            head = draft.outline.heads.get((scale, fresh))
            where = draft.last_change(draft.passages[head].identity) if head is not None else ()
            raise draft.refuse("TD629", where, code=fresh)


def _rename(draft: Draft, scale: str, codes: Mapping[str, str], verb: str) -> None:
    """Every mention of the codes, in the scale and in its examples, follows; those below, too."""
    passages = list(draft.passages)
    for index, passage in enumerate(passages):
        own = draft.outline.scale_of[index] == scale
        example = draft.outline.scale_of[index] == EXAMPLES and _is_of(passage, scale)
        if (not own and not example) or passage.name in _NO_ITEMS:
            continue
        head = passage.code if passage.name == "item" else ""
        rows = tuple(_renamed(row, codes, example=example) for row in passage.rows)
        if rows != passage.rows:
            passages[index] = evolve(passage, rows=rows)
        if verb and head in codes:
            passages[index] = passages[index].with_head(draft.note(rows[0], verb))
    draft.put(passages)


def _is_of(passage: Passage, scale: str) -> bool:
    return passage.head.token("SCALE_ID") in ("", scale)


def _renamed(row: Row, codes: Mapping[str, str], *, example: bool) -> Row:
    tokens = list(row.tokens)
    for place, (before, token) in enumerate(pairwise([None, *row.tokens])):
        mentions = example or (before is not None and before.type in ("KIND", "_TO"))
        if token is not None and token.type == "CODE" and str(token) in codes and mentions:
            tokens[place] = Token("CODE", codes[str(token)], token.start_pos, end_pos=token.end_pos)
    if tokens == list(row.tokens):
        return row
    return evolve(row, tokens=tuple(tokens))


def _listed(codes: Mapping[str, str]) -> str:
    return "".join(f"{code}\n" for code in codes)
