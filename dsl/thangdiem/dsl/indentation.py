"""How deep each line of a file is set: the heads of its statements in, a depth for each statement and row out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from attrs import frozen
from lark import Token, Tree

from thangdiem.dsl.dialect import dialect
from thangdiem.dsl.numbering import levels, nest
from thangdiem.dsl.syntax import Node, SyntaxFile, start_of

OPERATIONS = frozenset(
    [
        "amend_item",
        "amend_scale",
        "amend_bonus",
        "amend_data",
        "replace",
        "insert",
        "insert_named",
        "repeal",
        "exchange",
        "figure",
        "edge",
        "phrase",
        "retitle",
        "renumber",
        "move",
        "suspend",
        "resume",
        "transition",
    ]
)
"""Statements that order a change; what they bring follows them."""

_AT_THE_MARGIN = frozenset(("document", "scale", "example", "clause", "plain_clause", "alternative_reading"))
_BROUGHT_TOO = frozenset(("scale", "example"))
"""At the margin in a decision; set deeper where a clause of an amending one brings them."""
_OF_DOCUMENT = frozenset(("issued", "in_force", "periods", "one_period", "article"))
_DOCUMENT_TEXTS = frozenset(("TITLE", "ISSUER", "SOURCE", "ILLUSTRATION"))
_OF_SCALE = frozenset(("audience", "counts", "layers", "data_field", "grades", "ranking", "better"))
_AFTER_ITEMS = frozenset(("grades", "ranking"))
_BROUGHT = 2
"""What an operation brings stands below it, and that below its clause."""


@frozen
class Head:
    """What a statement is (a guard is what it guards where that stands in the scale), and its first line."""

    name: str
    tokens: Sequence[Token]
    kinds: Sequence[str]
    """How the dialect it is written in spells the kinds of items."""

    def token(self, terminal: str) -> str:
        """The first token of that type on the line, or nothing."""
        return next((str(token) for token in self.tokens if token.type == terminal), "")

    @property
    def kind(self) -> int:
        """Where the kind of an item stands among the kinds."""
        return self.kinds.index(" ".join(self.token("KIND").lower().split()))


def statement_name(node: Node) -> str:
    """What a statement is; a guard is what it guards where that stands in the scale."""
    last = node.children[-1] if node.children else None
    guards_grades = node.data == "guard" and isinstance(last, Tree) and last.data == "grades"
    return "grades" if guards_grades else str(node.data)


def line_depths(syntax: SyntaxFile, lines: Sequence[Sequence[Token]]) -> tuple[int, ...]:
    """The depth of each line: that of its statement where it begins one, one more for the rows below."""
    names = {start_of(node): statement_name(node) for node in syntax.statements}
    kinds = dialect(syntax.dialect).spellings["KIND"]
    starts = [line[0].start_pos for line in lines]
    heads = (
        Head(names[start], line, kinds)
        for start, line in zip(starts, lines, strict=True)
        if start is not None and start in names
    )
    found = iter(tuple(statement_depths(tuple(heads))))
    depths = []
    depth, name = 0, ""
    for start, line in zip(starts, lines, strict=True):
        if start is not None and start in names:
            name, depth = names[start], next(found)
            depths.append(depth)
        else:
            depths.append(row_depth(depth, name, line[0]))
    return tuple(depths)


def row_depth(depth: int, name: str, first: Token) -> int:
    """The depth of a row below a statement: the conditions of a grade stand below the grade."""
    return depth + (2 if name == "grades" and first.type == "LETTER" else 1)


def statement_depths(heads: Sequence[Head]) -> Iterator[int]:
    """How deep each statement is set."""
    item_depths = iter(tuple(_item_levels(heads)))
    depth_of_code: dict[str, int] = {}
    ground = owner = 0
    amending = False
    for head in heads:
        name = head.name
        amending = amending or name in ("clause", "plain_clause")
        if name in _AT_THE_MARGIN and not (name in _BROUGHT_TOO and ground and amending):
            depth = ground = owner = 0
            depth_of_code = {} if name == "scale" else depth_of_code
        elif name in OPERATIONS:
            depth = ground = owner = 1
            depth_of_code = {}
        elif name == "rest":
            depth = _BROUGHT
        elif name in _BROUGHT_TOO:
            depth = ground = owner = _BROUGHT
        elif name == "item":
            depth = owner = ground + next(item_depths) + 1
            depth_of_code[head.token("CODE")] = depth
        elif name == "bonus":
            depth = owner = depth_of_code.get(head.token("CODE"), ground) + 1
        elif name in _OF_SCALE or _belongs_to_document(head):
            depth = ground + 1
            owner = ground if name in _AFTER_ITEMS else owner
        else:
            depth = owner + 1
        yield depth


def _belongs_to_document(head: Head) -> bool:
    if head.name != "text_field":
        return head.name in _OF_DOCUMENT
    return head.tokens[0].type in _DOCUMENT_TEXTS


def _item_levels(heads: Iterable[Head]) -> Iterator[int]:
    """How deep items stand among each other; numbering begins anew in each scale and below each operation."""
    together: list[tuple[str, int]] = []
    for head in heads:
        if head.name in _AT_THE_MARGIN or head.name in OPERATIONS:
            yield from levels(nest(together))
            together = []
        elif head.name == "item":
            together.append((head.token("CODE"), head.kind))
    yield from levels(nest(together))
