"""Text as typed or pasted in; the one form the parser reads, with the way back to each character, out."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from unicodedata import combining, is_normalized, normalize

from attrs import field, frozen

from thangdiem.dsl.letters import HIDDEN

MOST_MARKS = 30
"""So many marks may stand on one letter (Stream-Safe Text Format); sorting them goes by the square."""

_SPACES = "\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
_QUOTES = "\u201c\u201d\u201e\u201f"
_UNSEEN = "\xad\u200b-\u200d\u2060\ufeff"  # soft hyphen, zero-width space and joiners, byte-order mark

_USUAL = re.compile(f"[^\r{_SPACES}{_QUOTES}{_UNSEEN}{HIDDEN}]*")  # a match is twice as fast as a search
_SPACE = re.compile(f"[{_SPACES}]")
_QUOTE = re.compile(f"[{_QUOTES}]")
_SHORTENED = re.compile(f"\r\n?|[{_UNSEEN}]+")
_IS_UNSEEN = re.compile(f"[{_UNSEEN}]")
_RUN = re.compile("[\0-\x7f]?[^\0-\x7f]+")  # nothing composes across the start of an ASCII character
_LONG_RUN = re.compile(f"[^\0-\x7f]{{{MOST_MARKS + 1},}}")

_Replacement = tuple[int, int, str]


@frozen(eq=False)
class Change:
    """The stretches of a text that stand for stretches of another length in the text it was made from."""

    starts: array[int] = field(factory=lambda: array("l"))
    ends: array[int] = field(factory=lambda: array("l"))
    starts_before: array[int] = field(factory=lambda: array("l"))
    ends_before: array[int] = field(factory=lambda: array("l"))

    def before(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the text before the change that a stretch of the text after it was made from."""
        first = self._made_from(start)[0]
        return first, (self._made_from(end - 1)[1] if end > start else first)

    def _made_from(self, index: int) -> tuple[int, int]:
        nearest = bisect_right(self.starts, index) - 1
        if nearest < 0:
            return index, index + 1
        if index < self.ends[nearest]:
            return self.starts_before[nearest], self.ends_before[nearest]
        moved = self.ends_before[nearest] + index - self.ends[nearest]
        return moved, moved + 1

    def _add(self, start: int, end: int, start_before: int, end_before: int) -> None:
        self.starts.append(start)
        self.ends.append(end)
        self.starts_before.append(start_before)
        self.ends_before.append(end_before)


def is_normal(text: str) -> bool:
    """Whether a text is in normal form already and holds no hidden control."""
    return is_normalized("NFC", text) and _USUAL.fullmatch(text) is not None


def normal_form(text: str) -> tuple[str, tuple[Change, ...]]:
    """NFC, LF, ordinary spaces and quotes, nothing unseen; and the changes of length, in their order.

    A text with ``piled_marks`` takes time by the square of their number: ask that first.
    """
    changes = []
    if not _USUAL.fullmatch(text):
        text, change = _replace(_QUOTE.sub('"', _SPACE.sub(" ", text)), _shortened)
        changes.append(change)
    if not is_normalized("NFC", text):
        text, change = _replace(text, _composed)
        changes.append(change)
    return text, tuple(change for change in changes if change.starts)


def piled_marks(text: str) -> int | None:
    """The offset at which more marks than ``MOST_MARKS`` begin to stand on one letter, if any do."""
    for run in _LONG_RUN.finditer(text):
        marks = 0
        for index, char in enumerate(run[0]):
            if combining(char):
                marks += 1
                if marks > MOST_MARKS:
                    return run.start() + index
            elif not _IS_UNSEEN.match(char):
                marks = 0
    return None


def _replace(text: str, replacements: Callable[[str], Iterable[_Replacement]]) -> tuple[str, Change]:
    """A text with some stretches replaced, and the way back."""
    pieces: list[str] = []
    change, copied, length = Change(), 0, 0
    for start, end, replacement in replacements(text):
        pieces += (text[copied:start], replacement)
        at = length + start - copied
        length = at + len(replacement)
        copied = end
        change._add(at, length, start, end)
    return "".join((*pieces, text[copied:])), change


def _shortened(text: str) -> Iterator[_Replacement]:
    for found in _SHORTENED.finditer(text):
        yield found.start(), found.end(), "\n" if found[0][0] == "\r" else ""


def _composed(text: str) -> Iterator[_Replacement]:
    for run in _RUN.finditer(text):
        if is_normalized("NFC", run[0]):
            continue
        for start, end in _clusters(run[0]):
            composed = normalize("NFC", run[0][start:end])
            if composed != run[0][start:end]:
                yield run.start() + start, run.start() + end, composed


def _clusters(run: str) -> Iterator[tuple[int, int]]:
    """The stretches that compose apart from each other: a letter with its marks, mostly."""
    start = 0
    for index in range(1, len(run)):
        if not combining(run[index]) and not _composes(run[start:index], run[index]):
            yield start, index
            start = index
    yield start, len(run)


def _composes(cluster: str, char: str) -> bool:
    """Whether a character that is no mark still melts into what stands before it (Korean, Indian vowels)."""
    return normalize("NFC", cluster + char) != normalize("NFC", cluster) + normalize("NFC", char)
