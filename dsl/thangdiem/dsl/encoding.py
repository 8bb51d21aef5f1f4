"""The bytes of a rule file in, its text out, or the finding that says what the bytes are instead."""

from __future__ import annotations

import re
from typing import Literal
from unicodedata import category, normalize

from thangdiem.dsl.diagnostic import Diagnostic, Place, Position

LegacyEncoding = Literal["TCVN3", "VNI", "VISCII", "cp1258"]

_SAMPLE = 20_000  # bytes looked at to tell one legacy encoding from another
_CONVINCING = 0.7  # the share of accented words that must be Vietnamese syllables
_SHOWN = 200  # characters of a faulty line that are kept to show it

_DOCUMENTS = {
    b"PK\x03\x04": "Word/Excel/ZIP (.docx, .xlsx, .odt)",
    b"\xd0\xcf\x11\xe0": "Word/Excel 97–2003 (.doc, .xls)",
    b"%PDF": "PDF",
    b"{\\rtf": "RTF",
}

_ASCII = "".join(map(chr, range(128)))
_UNDEFINED = "\ufffd"
_TCVN3 = (
    _ASCII + _UNDEFINED * 32 + "\xa0ĂÂÊÔƠƯĐăâêôơưđ" + _UNDEFINED * 6 + "àảãáạ" + _UNDEFINED + "ằẳẵắ"
    + _UNDEFINED * 7 + "ặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ"
)  # fmt: skip
_VISCII = _ASCII + (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ"
    "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"
)
_VNI_MARKS = {  # a byte behind a vowel: the marks of that vowel
    "ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323",
    "â": "\u0302", "á": "\u0302\u0301", "à": "\u0302\u0300", "å": "\u0302\u0309", "ã": "\u0302\u0303",
    "ä": "\u0302\u0323", "ê": "\u0306", "é": "\u0306\u0301", "è": "\u0306\u0300", "ú": "\u0306\u0309",
    "ü": "\u0306\u0303", "ë": "\u0306\u0323",
}  # fmt: skip
_VNI_LETTERS = {"ñ": "đ", "ô": "ơ", "ö": "ư", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI = str.maketrans(
    _VNI_MARKS
    | {vowel.upper(): marks for vowel, marks in _VNI_MARKS.items()}
    | _VNI_LETTERS
    | {letter.upper(): meant.upper() for letter, meant in _VNI_LETTERS.items()}
)

_WORD = re.compile(r"[^\W\d_]+")
_TONES = re.compile("[\u0300\u0309\u0303\u0301\u0323]")
_SYLLABLE = re.compile(
    "(?:ngh?|nh|ch|gh?|gi|kh|ph|qu|th|tr|[bcdđhklmnpqrstvx])?"
    "(?:uyê|uya|iêu|yêu|uôi|ươi|ươu|oai|oay|oao|oeo|uây|uyu|uao|iê|yê|uô|ươ|ia|ya|ua|ưa|oa|oă|oe|uâ|uê|uơ|uy"
    "|ao|au|âu|ay|ây|ai|eo|êu|iu|oi|ôi|ơi|ui|ưi|ưu|[aăâeêioôơuưy])"
    "(?:ng|nh|ch|[cmnpt])?"
)


def decode(name: str, data: bytes) -> str | Diagnostic:
    """The text of a file in UTF-8 or UTF-16 without its byte-order mark, or why it has none."""
    place = Place(name)
    for opening, kind in _DOCUMENTS.items():
        if data.startswith(opening):
            return Diagnostic("TD006", {"file": name, "kind": kind}, place)
    unicode = _unicode_encoding(data)
    try:
        text = data.decode(unicode)
    except UnicodeDecodeError as fault:
        if unicode == "utf-8-sig" and b"\0" in data:
            return Diagnostic("TD005", {"file": name}, place)
        if unicode == "utf-8-sig" and (legacy := legacy_encoding(data)):
            return Diagnostic("TD003", {"file": name, "encoding": legacy}, place)
        return _not_unicode(name, data, unicode, fault)
    if "\0" in text:
        return Diagnostic("TD005", {"file": name}, place)
    return text


def legacy_encoding(data: bytes) -> LegacyEncoding | None:
    """The encoding from before Unicode under which the accented words are mostly Vietnamese syllables."""
    sample = data[:_SAMPLE]
    latin = sample.decode("latin-1")
    readings: dict[LegacyEncoding, str] = {
        "TCVN3": latin.translate(_by_number(_TCVN3)),
        "VNI": latin.translate(_VNI),
        "cp1258": sample.decode("cp1258", errors="replace"),
        "VISCII": latin.translate(_by_number(_VISCII)),
    }
    shares = {encoding: _vietnamese_share(reading) for encoding, reading in readings.items()}
    best = max(shares, key=shares.__getitem__)
    return best if shares[best] >= _CONVINCING else None


def _by_number(table: str) -> dict[int, str]:
    return dict(enumerate(table))


def _vietnamese_share(text: str) -> float:
    """How much of what is not ASCII makes Vietnamese syllables, from 0 to 1."""
    composed = normalize("NFC", text.lower())
    words = [word for word in _WORD.findall(composed) if not word.isascii()]
    good = sum(_is_syllable(word) for word in words)
    stray = sum(category(char)[0] in "MCS" for char in composed if not char.isascii())
    return good / (len(words) + stray) if words else 0.0


def _is_syllable(word: str) -> bool:
    bare, tones = _TONES.subn("", normalize("NFD", word))
    return tones <= 1 and _SYLLABLE.fullmatch(normalize("NFC", bare)) is not None


def _unicode_encoding(data: bytes) -> str:
    """UTF-16 where a byte-order mark or the zero bytes of its ASCII letters say so, otherwise UTF-8."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if b"\0" not in data:
        return "utf-8-sig"
    first, second = data[0::2].count(0), data[1::2].count(0)
    if len(data) % 2 == 0 and max(first, second) > len(data) // 8:
        if first < second // 8:
            return "utf-16-le"
        if second < first // 8:
            return "utf-16-be"
    return "utf-8-sig"


def _not_unicode(name: str, data: bytes, encoding: str, fault: UnicodeDecodeError) -> Diagnostic:
    shown = "UTF-8" if encoding == "utf-8-sig" else "UTF-16"
    # The codec that skips the byte-order mark counts from behind it.
    offset = fault.start + len(data) - len(fault.object)
    arguments = {"file": name, "encoding": shown, "byte": offset + 1}
    if shown == "UTF-16":
        return Diagnostic("TD004", arguments, Place(name))
    return Diagnostic("TD004", arguments, _place_of_byte(name, data[offset - fault.start :], fault.start))


def _place_of_byte(name: str, data: bytes, offset: int) -> Place:
    """The place of a byte that is no UTF-8, all before it being UTF-8."""
    line = len(re.findall(b"\r\n?|\n", data[:offset]))
    start = max(data.rfind(b"\n", 0, offset), data.rfind(b"\r", 0, offset)) + 1
    before = data[start:offset].decode()
    rest = re.split(b"[\r\n]", data[offset : offset + _SHOWN], maxsplit=1)[0].decode(errors="replace")
    utf16 = len(before.encode("utf-16-le")) // 2
    position = Position(line, len(before), utf16)
    shown = before + rest if len(before) <= _SHOWN else ""
    return Place(name, position, Position(line, len(before) + 1, utf16 + 1), shown)
