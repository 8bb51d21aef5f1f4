"""Spellings that are one name: without case, runs of spaces and the place of the tone mark."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_TONES = "\u0300\u0301\u0303\u0309\u0323"


@lru_cache(maxsize=10_000)
def fold(text: str) -> str:
    """Two texts name the same thing where this is equal."""
    return " ".join(_toned_at_the_end(word) for word in unicodedata.normalize("NFC", text).casefold().split())


def _toned_at_the_end(word: str) -> str:
    letters = unicodedata.normalize("NFD", word)
    tones = "".join(letter for letter in letters if letter in _TONES)
    return "".join(letter for letter in letters if letter not in _TONES) + tones
