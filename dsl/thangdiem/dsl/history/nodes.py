"""A code, a scale, a title or a datum in; the nodes that were ever called so out, or what was meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import frozen

from thangdiem.dsl.history.texts import DatedText
from thangdiem.dsl.letters import fold, toneless
from thangdiem.dsl.passages import Passage

_QUOTES = '"“”'


@frozen
class Node:
    """Something with a life: a scale, an item, a bonus, or a datum, which has no passage of its own."""

    form: str
    """``scale``, ``item``, ``bonus`` or ``datum``."""
    identity: str
    heading: str
    """As the text of the last day it was in writes it; ``[Số hồ sơ]`` of a datum."""
    scale: str = ""


def nodes_called(wanted: str, texts: Sequence[DatedText], scale: str = "") -> tuple[Node, ...]:
    """The nodes that bore a name on any day, in the order of the text."""
    if wanted.startswith("[") and wanted.endswith("]"):
        name = next((each for each in _data(texts) if fold(each) == fold(wanted[1:-1])), "")
        return (Node("datum", "", f"[{name}]"),) if name else ()
    found: dict[str, Node] = {}
    for text in texts:
        for index, passage in enumerate(text.passages):
            if _is_called(passage, wanted) and _in_scale(text, index, scale):
                heading = passage.head.text(text.dialect)
                found[passage.identity] = Node(
                    passage.name, passage.identity, heading.rstrip(":"), text.outline.scale_of[index]
                )
    return tuple(found.values())


def names_of(texts: Sequence[DatedText]) -> list[str]:
    """Everything that may be asked for, each once."""
    found: dict[str, None] = {}
    for text in texts:
        for passage in text.passages:
            if passage.name in ("scale", "item", "bonus"):
                found[passage.code.lstrip("+-")] = None
    return [*found, *(f"[{name}]" for name in _data(texts))]


def _is_called(passage: Passage, wanted: str) -> bool:
    match passage.name:
        case "item":
            return passage.code == wanted
        case "scale":
            return toneless(passage.code) == toneless(wanted)
        case "bonus":
            return fold(passage.code[1:]) == fold(wanted.strip(_QUOTES))
        case _:
            return False


def _in_scale(text: DatedText, index: int, scale: str) -> bool:
    return not scale or toneless(text.outline.scale_of[index]) == toneless(scale)


def _data(texts: Sequence[DatedText]) -> Iterator[str]:
    names = dict.fromkeys(
        str(token)
        for text in texts
        for passage in text.passages
        for row in passage.rows
        for token in row.tokens
        if token.type == "DATUM"
    )
    yield from names
