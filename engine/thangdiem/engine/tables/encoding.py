"""The bytes of a text file in, its text out, from UTF-8 or UTF-16, letters composed, nothing unseen."""

from __future__ import annotations

import codecs
import re
from unicodedata import normalize

from thangdiem.dsl.encoding import legacy_encoding
from thangdiem.dsl.normal_form import piled_marks
from thangdiem.engine.tables.findings import Findings

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_UNSEEN = re.compile("[\xad\u200b-\u200d\u2060\ufeff]+")
_LINE_END = re.compile(r"\r\n?|\n")
_NO_VIETNAMESE = re.compile("[¡-¦¨-ª¬®¯²-¶¸-º¼-¿ÄÅÆÇËÎÏÐÑÖØÛÜÞßäåæçëîïðñöøûüþÿ]")
_SAMPLE = 4096


def decode(data: bytes, findings: Findings) -> str | None:
    """The text of a file, or None and a finding that names the encoding it seems to be in."""
    encoding = _encoding(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        legacy = legacy_encoding(data)
        if legacy is not None:
            findings.add("TD408", encoding=legacy)
        else:
            findings.add("TD407", row=str(data.count(b"\n", 0, error.start) + 1))
        return None
    if (pasted := _legacy_letters(text)) is not None:
        findings.add("TD408", encoding=pasted)
        return None
    if (at := text.find("\0")) >= 0:
        findings.add("TD409", row=_row(text, at))
        return None
    if (piled := piled_marks(text)) is not None:
        findings.add("TD418", row=_row(text, piled))
        return None
    return composed(text)


def composed(text: str) -> str:
    """The text with its letters composed and without the characters that show nothing."""
    if text.isascii():
        return text
    return normalize("NFC", _UNSEEN.sub("", text))


def is_fit(text: str) -> bool:
    """Whether a text can be written out again and compared in reasonable time."""
    if text.isascii():
        return "\0" not in text
    return "\0" not in text and not _has_half_character(text) and piled_marks(text) is None


def _has_half_character(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def _legacy_letters(text: str) -> str | None:
    """The legacy encoding whose bytes somebody saved as if they were Latin letters, if any."""
    if text.isascii() or len(_NO_VIETNAMESE.findall(text, 0, _SAMPLE)) < 3:
        return None
    try:
        return legacy_encoding(text[:_SAMPLE].encode("latin-1"))
    except UnicodeEncodeError:
        return None


def _row(text: str, offset: int) -> str:
    return str(sum(1 for _ in _LINE_END.finditer(text, 0, offset)) + 1)


def _encoding(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    sample = data[:_SAMPLE]
    half = max(len(sample) // 2, 1)
    even, odd = sample[::2].count(0) / half, sample[1::2].count(0) / half
    if odd > 0.3 and even < 0.02:  # digits, separators, plain letters: their other byte is 0
        return "utf-16-le"
    if even > 0.3 and odd < 0.02:
        return "utf-16-be"
    return "utf-8"
