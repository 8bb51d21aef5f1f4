"""What was written: statements as trees of the grammar, every token for printing, and the comments."""

from __future__ import annotations

from attrs import field, frozen
from lark import Token, Tree

from thangdiem.dsl.source import Source

Node = Tree[Token]


@frozen
class Comment:
    """A comment with its ``#``; ``alone`` tells whether it has a line to itself."""

    text: str
    start: int
    alone: bool


@frozen
class SyntaxFile:
    """A parsed file; ``dropped`` are the lines that could not be read, from 0."""

    dialect: str
    statements: tuple[Node, ...]
    tokens: tuple[Token, ...]
    comments: tuple[Comment, ...]
    dropped: tuple[int, ...] = ()
    source: Source = field(eq=False, repr=False, kw_only=True)


def start_of(node: Node | Token) -> int:
    """Where a node begins in the normalised text."""
    return (node.start_pos if isinstance(node, Token) else getattr(node.meta, "start_pos", 0)) or 0


def end_of(node: Node | Token) -> int:
    """Where a node ends in the normalised text, not counting the end of its line."""
    return (node.end_pos if isinstance(node, Token) else getattr(node.meta, "end_pos", 0)) or 0


def tree(node: Node | Token) -> Node:
    """What the grammar says is no token."""
    assert isinstance(node, Tree)
    return node


def first_token(node: Node) -> Token:
    """The token a node begins with."""
    token = node.children[0]
    assert isinstance(token, Token)
    return token


def last_token(node: Node) -> Token:
    """The token a node ends with."""
    token = node.children[-1]
    assert isinstance(token, Token)
    return token
