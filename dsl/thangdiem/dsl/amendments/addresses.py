"""From an address of the syntax to what it names: ``dòng "Làm tròn" của cấp-tỉnh``."""

from __future__ import annotations

from attrs import evolve
from lark import Token

from thangdiem.dsl.amendments.clauses import Address
from thangdiem.dsl.resolve.scope import span_of
from thangdiem.dsl.source import Source
from thangdiem.dsl.syntax import Node, tree

_KINDS = {
    "item_address": "item",
    "several_address": "several",
    "listed_address": "listed",
    "scale_address": "scale",
    "grade_address": "grade",
    "grades_address": "grades",
    "line_address": "line",
    "mark_address": "mark",
    "clause_address": "clause",
    "document_address": "document",
    "example_address": "example",
    "bonus_address": "bonus",
    "data_address": "data",
}


def is_address(node: Node | Token) -> bool:
    """Whether a part of an operation is an address."""
    return not isinstance(node, Token) and str(node.data) in _KINDS


def address(node: Node, source: Source) -> Address:
    """What a node of the syntax addresses."""
    kind = _KINDS[str(node.data)]
    span = span_of(node)
    tokens = {token.type: str(token) for token in node.children if isinstance(token, Token)}
    codes = [str(token) for token in node.children if isinstance(token, Token) and token.type == "CODE"]
    found = Address(
        kind,  # type: ignore[arg-type]  # the values of the table are the literals
        " ".join(source.text[span.start : span.end].split()),
        code=codes[0] if codes else "",
        last=codes[-1] if kind == "several" else "",
        text=next((tokens[name] for name in ("TEXT", "GRADE_NAME", "DATUM") if name in tokens), ""),
        deduction="DEDUCTION" in tokens,
        scale=tokens.get("SCALE_ID", ""),
        span=span,
    )
    if kind == "clause":
        return evolve(found, code=clause_code(tree(node.children[0])))
    return placed(found, [tree(child) for child in node.children if not isinstance(child, Token)])


def addresses(node: Node, source: Source) -> tuple[Address, ...]:
    """What a node of the syntax addresses, each of several by itself."""
    found = address(node, source)
    if found.kind != "listed":
        return (found,)
    codes = [str(token) for token in node.children if isinstance(token, Token) and token.type == "CODE"]
    return tuple(evolve(found, kind="item", code=code, words=f"{found.words} ({code})") for code in codes)


def placed(found: Address, parts: list[Node]) -> Address:
    """The address with the scale, the item or the bonus it is said to be of."""
    for part in parts:
        tokens = [token for token in part.children if isinstance(token, Token)]
        match str(part.data):
            case "of_scale":
                found = evolve(found, scale=str(tokens[-1]))
            case "of_item":
                found = evolve(found, item=str(tokens[-1]))
            case "of_bonus":
                sign = "+" if tokens[0].type == "BONUS" else "-"
                found = evolve(found, bonus=f"{sign}{tokens[1]}")
            case _:
                pass
    return found


def clause_code(provision: Node) -> str:
    """``1.2.a`` of ``điểm a khoản 2 Điều 1``: the article first, as in the tree of a decision."""
    return ".".join(str(token) for token in reversed(provision.children))
