"""A page of the documentation in; its fences and its links out."""

from __future__ import annotations

import re
from pathlib import Path

from attrs import frozen

DOCS = Path(__file__).parents[1] / "docs"
_FENCE = re.compile(r"^```(\w+)([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")


@frozen
class Fence:
    """A fenced block: its language, what stands behind it, its text, and where it begins (line from 1)."""

    language: str
    info: str
    text: str
    line: int


def pages() -> list[Path]:
    return sorted(DOCS.rglob("*.md"))


def read_page(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def fences(path: Path, language: str) -> list[Fence]:
    text = read_page(path)
    return [
        Fence(found[1], found[2].strip(), found[3], text.count("\n", 0, found.start()) + 1)
        for found in _FENCE.finditer(text)
        if found[1] == language
    ]


def links(path: Path) -> list[str]:
    text = re.sub(r"`[^`\n]*`", "", _FENCE.sub("", read_page(path)))
    return _LINK.findall(text)


def anchors(path: Path) -> set[str]:
    """The places in a page a link may name, as GitHub names them."""
    text = _FENCE.sub("", read_page(path))
    return {_anchor(heading) for heading in re.findall(r"^#+ +(.+)$", text, re.MULTILINE)}


def _anchor(heading: str) -> str:
    kept = re.sub(r"[^\w\- ]", "", heading.strip().lower())
    return kept.replace(" ", "-")
