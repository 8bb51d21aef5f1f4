"""``Thay cụm từ "A" bằng "B" tại … (2 lần)``: in titles, labels and quotations, as often as stated; never in data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import evolve
from lark import Token

from thangdiem.dsl.amendments.addresses import addresses, is_address
from thangdiem.dsl.amendments.clauses import Operation
from thangdiem.dsl.amendments.draft import Draft
from thangdiem.dsl.amendments.locating import locate
from thangdiem.dsl.dialect import dialect
from thangdiem.dsl.numerals import read_number
from thangdiem.dsl.passages import Passage, Row
from thangdiem.dsl.source import source_of
from thangdiem.dsl.syntax import tree

_TEXTS_OF = frozenset(("document", "text_field", "article", "reading", "scale", "item", "bonus"))
"""Statements whose quoted text is a title or a quotation; elsewhere it is a value that data have."""
_FREE = frozenset(("LABEL", "SUBJECT", "FREE"))


def replace_phrase(draft: Draft, operation: Operation) -> None:
    """Carries out a replacement of words."""
    tokens = [token for token in operation.node.children if isinstance(token, Token)]
    old, fresh = (str(token) for token in tokens if token.type == "TEXT")
    stated = read_number(next(str(token) for token in tokens if token.type == "NUMBER"), operation.head.dialect)
    where = _scope(draft, operation)
    indexes = list(where)
    places = [
        (index, place, at) for index in indexes for place, at in phrase_places(draft.passages[index], where[index], old)
    ]
    found = sum(str(draft.passages[index].rows[place].tokens[at]).count(old) for index, place, at in places)
    if found != stated:
        in_data = any(old in each for index in indexes for each in _data(draft.passages[index]))
        raise draft.refuse("TD627" if in_data and not found else "TD626", phrase=old, stated=stated, found=found)
    changed = sorted({index for index, _, _ in places})
    before, identities = draft.text_of(changed), draft.identities(changed)
    renamed: list[tuple[int, str, str]] = []
    for index, place, at in places:
        row = draft.passages[index].rows[place]
        token = row.tokens[at]
        label = str(token).replace(old, fresh)
        if token.type == "LABEL" and row.tokens[0].type == "_BULLET":
            renamed.append((index, str(token), label))
        draft.reword(index, place, _written(row, at, label, draft.dialect), "amended")
    for index, former, label in sorted(renamed, key=lambda each: -each[0]):
        draft.insert(_end_of(draft, index), [_former_label(draft, index, former, label)])
    draft.tell("amended", identities, before=before, after=draft.text_of(changed))


def retitle(draft: Draft, operation: Operation) -> None:
    """``Sửa đổi tên chỉ số 1.4 từ "…" thành "…"``: another title for an item, a scale or a bonus."""
    assert operation.address is not None
    spot = locate(draft, operation.address)
    passage = draft.passages[spot.index]
    place = next((at for at, token in enumerate(passage.head.tokens) if token.type == "TEXT"), None)
    if spot.rows is not None or place is None or passage.name not in ("item", "scale", "bonus"):
        raise draft.refuse("TD652", target=operation.address.words)
    *old, fresh = (str(token) for token in operation.head.tokens if _behind_address(token, operation))
    written = str(passage.head.tokens[place])
    if old and old[0] != written:
        raise draft.refuse("TD623", target=operation.address.words, stated=old[0], found=f"“{written}”")
    before, identities = draft.text_of([spot.index]), draft.identities([spot.index])
    draft.reword(spot.index, 0, _written(passage.head, place, fresh, draft.dialect), "amended")
    draft.tell("amended", identities, before=before, after=draft.text_of([spot.index]))


def _behind_address(token: Token, operation: Operation) -> bool:
    assert operation.address is not None
    return token.type == "TEXT" and (token.start_pos or 0) >= operation.address.span.end


def _scope(draft: Draft, operation: Operation) -> dict[int, range]:
    """The passages the words may stand in, each with its lines."""
    found: dict[int, range] = {}
    named = [tree(node) for node in operation.node.children if is_address(node)]
    for what in (each for node in named for each in addresses(node, operation.head.source)):
        spot = locate(draft, what)
        for index in spot.indexes:
            found[index] = spot.rows or range(len(draft.passages[index].rows))
    if named:
        return found
    return {index: range(len(each.rows)) for index, each in enumerate(draft.passages)}


def phrase_places(passage: Passage, rows: Sequence[int], old: str) -> Iterator[tuple[int, int]]:
    """The lines of a passage, each with the token, where words stand that may be replaced."""
    for place in rows:
        for at, token in enumerate(passage.rows[place].tokens):
            quoted = token.type == "TEXT" and passage.name in _TEXTS_OF
            if (quoted or token.type in _FREE) and old in token:
                yield place, at


def _data(passage: Passage) -> Iterator[str]:
    for row in passage.rows:
        for token in row.tokens:
            if token.type in ("DATUM", "TEXT"):
                yield str(token)


def _written(row: Row, at: int, fresh: str, target: str) -> str:
    token = row.tokens[at]
    text = f'"{fresh}"' if token.type == "TEXT" else fresh
    tokens = (*row.tokens[:at], Token("NUMBER", text), *row.tokens[at + 1 :])
    return evolve(row, tokens=tokens).text(target)


def _end_of(draft: Draft, index: int) -> int:
    """Behind the last statement of the item itself."""
    own = draft.outline.own(draft.outline.scale_of[index], draft.outline.owner_of[index])
    return own[-1] + 1


def _former_label(draft: Draft, index: int, former: str, label: str) -> Passage:
    """The old label stays one that data may have."""
    spell = dialect(draft.dialect).spell
    first = spell("FORMER_LABEL")
    text = f'{first[0].upper()}{first[1:]} "{former}" {spell("NOW")} "{label}"'
    like = draft.passages[index]
    row = Row((), source_of(text), draft.dialect, written=text)
    return draft.read_again(Passage("former_label", (row,), f"{like.identity}/{former}"))
