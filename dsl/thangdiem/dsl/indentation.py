"""How deep each line of a parsed file is set: the statements in, a depth for every line's first token out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lark import Token, Tree

from thangdiem.dsl.dialect import dialect
from thangdiem.dsl.numbering import levels, nest
from thangdiem.dsl.syntax import Node, SyntaxFile, start_of

_AT_THE_MARGIN = frozenset(("document", "scale", "example"))
_OF_DOCUMENT = frozenset(("issued", "in_force", "periods", "one_period", "article"))
_DOCUMENT_TEXTS = frozenset(("TITLE", "ISSUER", "SOURCE", "ILLUSTRATION"))
_OF_SCALE = frozenset(("audience", "counts", "layers", "data_field", "grades", "ranking", "better"))
_AFTER_ITEMS = frozenset(("grades", "ranking"))


def line_depths(syntax: SyntaxFile, lines: Sequence[Sequence[Token]]) -> tuple[int, ...]:
    """The depth of each line: that of its statement where it begins one, one more for the rows below."""
    depths = []
    statements = iter([*_statement_depths(syntax), (None, 0, "")])
    following = next(statements)
    depth, name = 0, ""
    for line in lines:
        if line[0].start_pos == following[0]:
            _, depth, name = following
            following = next(statements)
            depths.append(depth)
        else:
            lettered = name == "grades" and line[0].type == "LETTER"
            depths.append(depth + (2 if lettered else 1))
    return tuple(depths)


def _statement_depths(syntax: SyntaxFile) -> Iterator[tuple[int | None, int, str]]:
    """Where each statement starts, how deep it is set, and what it is."""
    item_depths = iter(_item_depths(syntax))
    depth_of_code: dict[str, int] = {}
    owner = 0
    for node in syntax.statements:
        name = _name(node)
        if name in _AT_THE_MARGIN:
            depth = owner = 0
            if name == "scale":
                depth_of_code = {}
        elif name == "item":
            depth = owner = next(item_depths)
            depth_of_code[str(node.children[1])] = depth
        elif name == "bonus":
            depth = owner = depth_of_code.get(_into(node), 0) + 1
        elif name in _OF_SCALE or _belongs_to_document(node, name):
            depth = 1
            owner = 0 if name in _AFTER_ITEMS else owner
        else:
            depth = owner + 1
        yield start_of(node), depth, name


def _name(node: Node) -> str:
    """What a statement is; a guard is what it guards where that stands in the scale."""
    last = node.children[-1] if node.children else None
    guards_grades = node.data == "guard" and isinstance(last, Tree) and last.data == "grades"
    return "grades" if guards_grades else str(node.data)


def _belongs_to_document(node: Node, name: str) -> bool:
    if name != "text_field":
        return name in _OF_DOCUMENT
    head = node.children[0]
    return isinstance(head, Token) and head.type in _DOCUMENT_TEXTS


def _into(node: Node) -> str:
    """The code of the item a bonus belongs to, or nothing for the scale."""
    codes = (child for child in node.children if isinstance(child, Token) and child.type == "CODE")
    return str(next(codes, ""))


def _item_depths(syntax: SyntaxFile) -> Iterator[int]:
    """The depths of all items in the order of the file; numbering begins anew in each scale."""
    kinds = {kind: index for index, kind in enumerate(dialect(syntax.dialect).spellings["KIND"])}
    scale: list[tuple[str, int]] = []
    for node in syntax.statements:
        if node.data == "scale":
            yield from (level + 1 for level in levels(nest(scale)))
            scale = []
        elif node.data == "item":
            kind = " ".join(str(node.children[0]).lower().split())
            scale.append((str(node.children[1]), kinds[kind]))
    yield from (level + 1 for level in levels(nest(scale)))
