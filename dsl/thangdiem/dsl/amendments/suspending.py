"""``Ngưng hiệu lực … đến hết …``: an item does not apply for a while; ``Tiếp tục hiệu lực`` ends that."""

from __future__ import annotations

from itertools import pairwise

from lark import Tree

from thangdiem.dsl.amendments.clauses import Operation
from thangdiem.dsl.amendments.draft import Draft
from thangdiem.dsl.amendments.locating import Spot, locate
from thangdiem.dsl.dialect import dialect
from thangdiem.dsl.passages import Passage, Row
from thangdiem.dsl.printer import row_text
from thangdiem.dsl.respelling import Respelling
from thangdiem.dsl.source import source_of
from thangdiem.dsl.syntax import end_of, start_of


def suspend(draft: Draft, operation: Operation) -> None:
    """Writes into an item that it is suspended, until when, and what becomes of its maximum."""
    spot = _item(draft, operation)
    own = draft.outline.own(spot.scale, spot.code)
    if any(draft.passages[index].name == "suspended" for index in own):
        raise draft.refuse("TD642", draft.last_change(draft.passages[spot.index].identity), target=operation.words)
    spell = dialect(draft.dialect).spell
    before = draft.text_of(own)
    identity = draft.passages[spot.index].identity
    identities = draft.identities([spot.index])
    until = _date_after(operation, "_UNTIL", draft.dialect)
    words = spell("SUSPENDED")
    end_word = f" {spell('UNTIL')} {until}" if until else ""
    lines = [("suspended", f"{words[0].upper()}{words[1:]}{end_word}")]
    policy = next(
        (part for part in operation.node.children if isinstance(part, Tree) and part.data in ("policy", "rescale")),
        None,
    )
    if policy is not None:
        start, end = start_of(policy), end_of(policy)
        tokens = [token for token in operation.head.tokens if start <= start_of(token) < end]
        respelling = Respelling(dialect(operation.head.dialect), dialect(draft.dialect))
        head = spell("NA_POLICY")
        written = row_text(tokens, respelling, operation.head.source.text)
        lines.append(("na_policy", f"{head[0].upper()}{head[1:]}: {written}"))
        draft.aside[identity] = _take_away(draft, spot, "na_policy")
    at = draft.outline.own(spot.scale, spot.code)[0] + 1
    passages = [_passage(draft, name, line, spot) for name, line in lines]
    draft.insert(at, passages)
    index = draft.outline.heads[spot.scale, spot.code]
    draft.set(index, draft.passages[index].with_head(draft.note(draft.passages[index].head, "suspended")))
    draft.tell("suspended", identities, before=before, after=draft.text_of(draft.outline.own(spot.scale, spot.code)))


def resume(draft: Draft, operation: Operation) -> None:
    """Takes the suspension of an item away."""
    spot = _item(draft, operation)
    own = draft.outline.own(spot.scale, spot.code)
    if not any(draft.passages[index].name == "suspended" for index in own):
        raise draft.refuse("TD651", target=operation.words)
    before = draft.text_of(own)
    identities = draft.identities([spot.index])
    _take_away(draft, spot, "suspended")
    _put_back(draft, spot)
    index = draft.outline.heads[spot.scale, spot.code]
    draft.set(index, draft.passages[index].with_head(draft.note(draft.passages[index].head, "amended")))
    draft.tell("amended", identities, before=before, after=draft.text_of(draft.outline.own(spot.scale, spot.code)))


def _item(draft: Draft, operation: Operation) -> Spot:
    assert operation.address is not None
    spot = locate(draft, operation.address)
    if operation.address.kind != "item":
        raise draft.refuse("TD652", target=operation.address.words)
    return spot


def _take_away(draft: Draft, spot: Spot, name: str) -> tuple[Passage, ...]:
    indexes = [index for index in draft.outline.own(spot.scale, spot.code) if draft.passages[index].name == name]
    taken = tuple(draft.passages[index] for index in indexes)
    if indexes:
        draft.replace(indexes, ())
    return taken


def _put_back(draft: Draft, spot: Spot) -> None:
    """The policy that the suspension brought goes; the one it took the place of comes back."""
    former = draft.aside.pop(draft.passages[spot.index].identity, None)
    if former is not None:
        _take_away(draft, spot, "na_policy")
        draft.insert(draft.outline.own(spot.scale, spot.code)[-1] + 1, former)


def _date_after(operation: Operation, terminal: str, target: str) -> str:
    tokens = operation.head.tokens
    respelling = Respelling(dialect(operation.head.dialect), dialect(target))
    for before, token in pairwise(tokens):
        if before.type == terminal and token.type == "DATE":
            return respelling.write(token, None, operation.head.source.text)
    return ""


def _passage(draft: Draft, name: str, text: str, spot: Spot) -> Passage:
    row = Row((), source_of(text), draft.dialect, written=text)
    identity = draft.passages[spot.index].identity
    return draft.read_again(Passage(name, (row,), f"{identity}/{name}"))
