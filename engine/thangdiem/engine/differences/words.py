"""Two texts in, each as runs of words that the other has too and that it has not, out."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from thangdiem.engine.differences.parts import Words

_WORD = re.compile(r"\s+|[^\W_]+(?:[.,][0-9]+)*%?|.", re.DOTALL)
_MOST = 4_000
"""Texts of more words are shown whole: no reader looks for a changed word in them."""


def marked(old: str, new: str) -> tuple[tuple[Words, ...], tuple[Words, ...]]:
    """Both texts with the changed words marked; a text without a counterpart is changed as a whole."""
    if not old or not new:
        return _whole(old), _whole(new)
    before, after = _WORD.findall(old), _WORD.findall(new)
    if len(before) + len(after) > _MOST:
        return _whole(old), _whole(new)
    lefts: list[Words] = []
    rights: list[Words] = []
    for tag, one, one_end, other, other_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        changed = tag != "equal"
        _add(lefts, "".join(before[one:one_end]), changed)
        _add(rights, "".join(after[other:other_end]), changed)
    return tuple(lefts), tuple(rights)


def _whole(text: str) -> tuple[Words, ...]:
    return (Words(text, True),) if text else ()


def _add(runs: list[Words], text: str, changed: bool) -> None:
    if text:
        runs.append(Words(text, changed))
