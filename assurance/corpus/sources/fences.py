"""A page of Markdown in, its fenced blocks and its title out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import frozen

_FENCE = re.compile(r"^```(\w+)([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@frozen
class Fence:
    """A fenced block: its language, what stands behind that, its text, and the offset at which it begins."""

    language: str
    info: str
    text: str
    start: int


def fences(text: str) -> Iterator[Fence]:
    """The blocks of a page, in their order."""
    for found in _FENCE.finditer(text):
        yield Fence(found[1], found[2].strip(), found[3], found.start())


def title(text: str) -> str:
    """The heading of a page."""
    return text.partition("\n")[0].removeprefix("# ").strip()
