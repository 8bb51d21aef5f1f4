"""The syntax tree of a rule file in; small questions about its nodes answered."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from attrs import frozen
from lark import Token, Tree

from thangdiem.dsl.parser import parse
from thangdiem.dsl.source import source_of
from thangdiem.dsl.syntax import Node, SyntaxFile


@frozen
class File:
    """The statements of a rule file, in order, and its dialect."""

    dialect: str
    statements: tuple[Node, ...]
    syntax: SyntaxFile


@lru_cache(maxsize=4)
def read(text: str) -> File:
    """The statements of a rule file; ValueError where a line cannot be read."""
    syntax, slips = parse(source_of(text))
    if syntax is None or slips:
        raise ValueError(slips)
    return File(syntax.dialect, syntax.statements, syntax)


def nodes(node: Node) -> list[Node]:
    """The children that are no tokens."""
    return [child for child in node.children if isinstance(child, Tree)]


def tokens(node: Node) -> list[Token]:
    """The children that are tokens."""
    return [child for child in node.children if isinstance(child, Token)]


def texts(node: Node, *types: str) -> list[str]:
    """What the tokens of these terminals say."""
    return [str(token) for token in tokens(node) if token.type in types]


def has(node: Node, *types: str) -> bool:
    """Whether a token of one of these terminals stands in it."""
    return any(token.type in types for token in tokens(node))


def child(node: Node, *names: str) -> Node | None:
    """The first child made by one of these rules."""
    return next((each for each in nodes(node) if each.data in names), None)


def inside(node: Node, *names: str) -> Iterator[Node]:
    """Everything in the node that one of these rules made."""
    return (each for each in node.iter_subtrees_topdown() if each.data in names)
