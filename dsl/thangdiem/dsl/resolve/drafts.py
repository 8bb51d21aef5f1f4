"""Statements gathered under the document, scale, item or bonus they stand in."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import define, field
from lark import Token, Tree

from thangdiem.dsl.indentation import OPERATIONS
from thangdiem.dsl.numbering import nest
from thangdiem.dsl.resolve.scope import Findings, span_of
from thangdiem.dsl.rulebook import Span
from thangdiem.dsl.syntax import Node

MOST_LEVELS = 20
"""So many items stand inside each other at most: whatever goes down a tree calls itself."""


@define
class ItemDraft:
    """An item, or a bonus (``key``), with the statements below it."""

    head: Node
    code: str
    kind: int = -1
    parent: str = ""
    statements: list[Node] = field(factory=list)

    @property
    def span(self) -> Span:
        """From the head to the last statement."""
        last = self.statements[-1] if self.statements else self.head
        return Span(span_of(self.head).start, span_of(last).end)


@define
class ScaleDraft:
    """A scale with its own statements, its items and its bonuses."""

    head: Node
    statements: list[Node] = field(factory=list)
    items: list[ItemDraft] = field(factory=list)
    bonuses: list[ItemDraft] = field(factory=list)


@define
class FileDraft:
    """The whole file, gathered."""

    documents: list[Node] = field(factory=list)
    statements: list[Node] = field(factory=list)
    scales: list[ScaleDraft] = field(factory=list)
    examples: list[Node] = field(factory=list)


_DOCUMENT_ONLY = frozenset(("issued", "in_force", "periods", "one_period", "article"))
_SCALE_ONLY = frozenset(("audience", "counts", "layers", "data_field", "grades", "ranking", "better"))
_DOCUMENT_FIELDS = frozenset(("TITLE", "ISSUER", "SOURCE", "ILLUSTRATION"))


def gather(statements: Sequence[Node], findings: Findings) -> FileDraft:
    """The statements under what they stand in; numbering makes the tree of items."""
    draft = FileDraft()
    item: ItemDraft | None = None
    for node in statements:
        name = str(node.data)
        scale = draft.scales[-1] if draft.scales else None
        if name in OPERATIONS or name in ("clause", "plain_clause", "rest", "alternative_reading"):
            findings.tell("TD647", node)
        elif name == "document":
            draft.documents.append(node)
        elif name == "example":
            draft.examples.append(node)
        elif name == "scale":
            draft.scales.append(ScaleDraft(node))
            item = None
        elif name in ("item", "bonus"):
            if scale is None:
                findings.tell("TD113", node)
                continue
            item = _item(node, scale) if name == "item" else _bonus(node, scale)
        elif _of_document(node, name, scale):
            draft.statements.append(node)
        elif scale is None:
            findings.tell("TD113", node)
        elif name in _SCALE_ONLY or _holds_grades(node):
            scale.statements.append(node)
            if name in ("grades", "ranking") or _holds_grades(node):
                item = None
        else:
            (scale if item is None else item).statements.append(node)
    for scale in draft.scales:
        _number(scale, findings)
    return draft


def _of_document(node: Node, name: str, scale: ScaleDraft | None) -> bool:
    if name in _DOCUMENT_ONLY:
        return True
    if name == "text_field":
        token = node.children[0]
        assert isinstance(token, Token)
        return token.type in _DOCUMENT_FIELDS or scale is None
    return scale is None and name in ("citation", "reading", "amended")


def _holds_grades(node: Node) -> bool:
    last = node.children[-1] if node.children else None
    return node.data == "guard" and isinstance(last, Tree) and last.data == "grades"


def _item(node: Node, scale: ScaleDraft) -> ItemDraft:
    draft = ItemDraft(node, str(node.children[1]))
    scale.items.append(draft)
    return draft


def _bonus(node: Node, scale: ScaleDraft) -> ItemDraft:
    form, title = node.children[:2]
    assert isinstance(form, Token)
    draft = ItemDraft(node, f"{'+' if form.type == 'BONUS' else '-'}{title}")
    code = next((child for child in node.children[2:] if isinstance(child, Token) and child.type == "CODE"), None)
    draft.parent = str(code) if code is not None else ""
    scale.bonuses.append(draft)
    return draft


def _number(scale: ScaleDraft, findings: Findings) -> None:
    """Kinds, parents, and codes that stand twice or hang in the air."""
    spellings = findings.dialect.spellings["KIND"]
    seen: dict[str, ItemDraft] = {}
    kept = []
    for draft in scale.items:
        kind = draft.head.children[0]
        draft.kind = spellings.index(" ".join(str(kind).lower().split()))
        if (first := seen.get(draft.code)) is not None:
            one, other = sorted((first.head, draft.head), key=findings.is_taken_over, reverse=True)
            findings.tell_related("TD111", other, (findings.related("first-here", span_of(one)),), code=draft.code)
            continue
        seen[draft.code] = draft
        kept.append(draft)
    scale.items = kept
    levels = {"": 0}
    for draft, parent in zip(kept, nest([(draft.code, draft.kind) for draft in kept]), strict=True):
        if parent == -1:
            findings.tell("TD112", draft.head, code=draft.code, parent=draft.code.rpartition(".")[0])
        elif parent is not None and levels[kept[parent].code] == MOST_LEVELS:
            findings.tell("TD160", draft.head, code=draft.code, most=MOST_LEVELS)
        elif parent is not None:
            draft.parent = kept[parent].code
        levels[draft.code] = levels[draft.parent] + 1
    bonuses: dict[str, ItemDraft] = {}
    for bonus in scale.bonuses:
        if (first := bonuses.get(bonus.code)) is not None:
            related = (findings.related("first-here", span_of(first.head)),)
            findings.tell_related("TD131", bonus.head, related, name=bonus.code[1:])
        bonuses[bonus.code] = bonus
        if bonus.parent and bonus.parent not in seen:
            findings.tell("TD115", bonus.head, code=bonus.parent, nearest=", ".join(list(seen)[:8]))
            bonus.parent = ""
