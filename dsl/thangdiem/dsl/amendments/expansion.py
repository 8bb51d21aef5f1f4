"""A file with scales that are like others, and with other readings: the plain text it stands for, and those readings.

``Thang điểm cấp-xã "…": 360 điểm, như cấp-huyện, trừ:`` begins as a copy; the lines below it change the copy.
``Cách khác CH1b của CH1`` heads operations that take effect only when somebody asks for that reading.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import evolve, field, frozen
from lark import Token, Tree

from thangdiem.dsl.amendments.applying import apply
from thangdiem.dsl.amendments.clauses import Clause, same_number
from thangdiem.dsl.amendments.draft import Draft
from thangdiem.dsl.amendments.outline import outline
from thangdiem.dsl.amendments.reading import operations_in
from thangdiem.dsl.amendments.replacing import about
from thangdiem.dsl.indentation import OPERATIONS
from thangdiem.dsl.parser import parse, vocabulary
from thangdiem.dsl.passages import Passage, compose, passages_of
from thangdiem.dsl.resolve.scope import Findings, span_of
from thangdiem.dsl.rulebook import Span, where
from thangdiem.dsl.suggestion import suggest
from thangdiem.dsl.syntax import Node, SyntaxFile, tree

_MARGIN = frozenset(("document", "scale", "example", "alternative_reading"))


@frozen
class Alternative:
    """Another reading of what the text left open: its id, the reading it is an alternative to, and what it changes."""

    id: str
    reading: str
    text: str
    clause: Clause = field(eq=False, repr=False)
    span: Span = where()


@frozen
class Expanded:
    """The text a file stands for – the file itself where nothing is to be expanded – and its other readings."""

    syntax: SyntaxFile
    alternatives: tuple[Alternative, ...] = ()


@frozen
class _Block:
    """A statement at the margin with everything below it."""

    node: Node
    passages: tuple[Passage, ...]
    inside: tuple[tuple[Node, Passage], ...]


def expand(syntax: SyntaxFile, texts: Mapping[str, SyntaxFile], findings: Findings) -> Expanded:
    """The plain text of a file; ``texts`` are other documents by number, whose scales may be taken over."""
    if not any(_is_like(node) or node.data == "alternative_reading" for node in syntax.statements):
        return Expanded(syntax)
    blocks = _blocks(syntax)
    alternatives = [_alternative(block, syntax, findings) for block in blocks if _named(block) == "alternative_reading"]
    plain: list[Passage] = []
    for block in blocks:
        if _named(block) == "alternative_reading":
            continue
        copied = _like(block, plain, syntax, texts, findings) if _is_like(block.node) else None
        plain += copied if copied is not None else block.passages
    source = compose(plain, syntax.dialect, syntax.source.name)
    read, slips = parse(source)
    findings.found += slips
    return Expanded(read or syntax, tuple(alternatives))


def _named(block: _Block) -> str:
    return str(block.node.data)


def _is_like(node: Node) -> bool:
    return node.data == "scale" and any(isinstance(child, Tree) and child.data == "like" for child in node.children)


def _blocks(syntax: SyntaxFile) -> list[_Block]:
    found: list[tuple[Node, list[Passage], list[tuple[Node, Passage]]]] = []
    for node, passage in zip(syntax.statements, passages_of(syntax, syntax.source.name), strict=True):
        if node.data in _MARGIN or not found:
            found.append((node, [passage], []))
        else:
            found[-1][1].append(passage)
            found[-1][2].append((node, passage))
    return [_Block(node, tuple(passages), tuple(inside)) for node, passages, inside in found]


def _alternative(block: _Block, syntax: SyntaxFile, findings: Findings) -> Alternative:
    tokens = [str(child) for child in block.node.children if isinstance(child, Token)]
    span = span_of(block.node)
    words = syntax.source.text[span.start : span.end].split('"')[0].strip()
    operations = operations_in(block.inside, findings)
    if not operations:
        findings.tell("TD639", block.node)
    clause = Clause("", words, words, operations, "", span=span, source=syntax.source)
    return Alternative(tokens[0], tokens[1], tokens[2] if tokens[2:] else "", clause, span=span)


# --- a scale like another


def _like(
    block: _Block, plain: Sequence[Passage], syntax: SyntaxFile, texts: Mapping[str, SyntaxFile], findings: Findings
) -> list[Passage] | None:
    """The copy of the other scale with what the lines below change; None where there is no such scale."""
    like = next(tree(child) for child in block.node.children if isinstance(child, Tree) and child.data == "like")
    wanted = str(like.children[0])
    cited = str(tree(like.children[1]).children[-1]) if like.children[1:] else ""
    others = [] if cited else list(plain)
    for number, text in texts.items():
        if cited and same_number(cited, number):
            others = list(passages_of(text, syntax.source.name))
    found = outline(others)
    base = found.scale(wanted)
    if base is None:
        nearest = suggest(wanted, list(found.scales))
        findings.tell("TD644", like, scale=wanted, document=cited or "–", nearest=nearest)
        return None
    first = [place for place, (node, _) in enumerate(block.inside) if str(node.data) in OPERATIONS]
    own = block.inside[: first[0]] if first else block.inside
    head = _plain_head(block.passages[0])
    copied = [others[index] for index in found.of_scale(base)][1:]
    scale = head.code
    copy = [evolve(each, identity=f"{scale} {each.identity}") for each in copied]
    copy = _with_own(head, copy, [passage for _, passage in own])
    words = vocabulary("\n".join(each.source.text for each in (syntax, *texts.values())), syntax.dialect)
    draft = Draft((*plain, head, *copy), syntax.dialect, syntax.source.name, words)
    operations = operations_in(block.inside[len(own) :], findings)
    clause = Clause("", _label(head), "", operations, "", scale=scale, span=span_of(block.node), source=syntax.source)
    findings.found += apply(draft, clause)
    return list(draft.passages[len(plain) :])


def _label(head: Passage) -> str:
    return head.head.text(head.head.dialect).split('"')[0].strip()


def _plain_head(passage: Passage) -> Passage:
    """The head of the scale without the words that say what it is like."""
    tokens = passage.head.tokens
    end = next(place for place, token in enumerate(tokens) if token.type == "_LIKE")
    rest = next((place for place in range(end, len(tokens)) if tokens[place].type == "_EXCEPT"), len(tokens))
    kept = (*tokens[: end - 1], *_limits(tokens[end:rest]))
    return passage.with_head(evolve(passage.head, tokens=kept))


def _limits(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """What stands behind the words of likeness but belongs to the scale: ``, không quá 360 điểm``."""
    comma = next((place for place, token in enumerate(tokens) if token.type == "_COMMA"), len(tokens))
    kept = tuple(tokens[comma:])
    return kept[:-1] if kept and kept[-1].type == "_COMMA" else kept


def _with_own(head: Passage, copy: list[Passage], own: Sequence[Passage]) -> list[Passage]:
    """The copy with the scale's own statements in the place of those about the same."""
    subjects = {about(each) for each in own}
    standing = outline((head, *copy))
    kept = [
        each
        for index, each in enumerate(copy, 1)
        if standing.owner_of[index] or about(each) not in subjects or each.name == "item"
    ]
    return [*own, *kept]
