"""Text in; what a terminal shows of it, and how many columns that takes, out."""

from __future__ import annotations

import re
from unicodedata import category, east_asian_width

from thangdiem.dsl.letters import HIDDEN

TAB = 4
"""A tab goes to the next multiple of so many columns."""

_HIDDEN = re.compile(f"[{HIDDEN}\r]")
_NO_WIDTH = ("Mn", "Me", "Cf")


def visible(text: str) -> str:
    """The text without anything that could move the cursor, change colours or turn the direction of letters."""
    return text if text.isascii() and text.isprintable() else _HIDDEN.sub("�", text)


def on_one_line(text: str) -> str:
    """What is visible of a text that has no lines of its own: the name of a file, the argument of a message."""
    return visible(text).replace("\n", "�")


def width(text: str) -> int:
    """The columns a text takes: marks that combine take none, wide characters two."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def expanded(text: str) -> str:
    """The text with spaces for its tabs."""
    if "\t" not in text:
        return text
    parts = []
    at = 0
    for char in text:
        shown = " " * (TAB - at % TAB) if char == "\t" else char
        parts.append(shown)
        at += width(shown)
    return "".join(parts)


def _columns(char: str) -> int:
    if char.isascii():
        return 1
    if category(char) in _NO_WIDTH:
        return 0
    return 2 if east_asian_width(char) in "WF" else 1
