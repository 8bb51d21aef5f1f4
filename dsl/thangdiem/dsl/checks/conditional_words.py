"""Bands whose free text sounds like a condition: it is kept as written, and nothing is evaluated of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.checks.finding import finding
from thangdiem.dsl.diagnostic import Diagnostic
from thangdiem.dsl.dialect import dialect

_WORDS = {
    "vi": r"nếu|trừ +khi|trừ +trường +hợp|trong +trường +hợp|với +điều +kiện|miễn +là",
    "en": r"if|unless|provided|except +when|in +case",
}
_SOUNDS = {name: re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE) for name, words in _WORDS.items()}


def check_conditional_words(book: rb.Rulebook) -> Iterator[Diagnostic]:
    """TD318 at the word with which the condition seems to begin."""
    for scale in book.scales:
        for grading in scale.gradings:
            for band in grading.bands:
                yield from _of_band(band, book)


def _of_band(band: rb.Band, book: rb.Rulebook) -> Iterator[Diagnostic]:
    sounds = _SOUNDS[book.dialect]
    said = sounds.search(book.source.text, band.span.start, band.span.end)
    if said is not None and any(sounds.search(each) for each in (band.grade, band.subject)):
        spell = dialect(book.dialect).spell
        place = rb.Span(said.start(), said.end())
        yield finding(book, "TD318", place, words=said[0], also=spell("AND"), when=spell("WHEN"))
