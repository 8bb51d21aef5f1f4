"""A text in, the readable form in which the corpus holds it out."""

from __future__ import annotations

from typing import Any

Content = Any
"""A list of lines, or an object with one of the keys ``text``, ``base64``, ``repeat``, ``all`` and ``zip``."""


def content_of(text: str) -> Content:
    """Its lines, where each of them ends in a line feed and nothing else; else the text as it is."""
    lines = text.removesuffix("\n").split("\n")
    plain = text.endswith("\n") and all(line.isprintable() for line in lines)
    return lines if plain else {"text": text}
