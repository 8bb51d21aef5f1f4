"""Vietnamese text in; keys to compare, suggest and sort by, and the characters that deceive a reader, out."""

from __future__ import annotations

import re
from unicodedata import name, normalize

CollationKey = tuple[tuple[tuple[int, tuple[int, ...], tuple[int, ...]], ...], str]
"""Syllable by syllable (kind, letters, tones), then the text itself, so that no two texts share a place."""

HIDDEN = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # C0 but tab and line ends, C1
    "\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0"  # fillers and joiners of other scripts
    "\u200e\u200f\u202a-\u202e\u2066-\u2069"  # direction: marks, embeddings, overrides, isolates
    "\u2028\u2029\u2061-\u2065\u206a-\u206f"  # separators that look like line ends, unseen operators
    "\ufe00-\ufe0f\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff"  # variants, annotations, tags
)
"""The inside of a character class: controls that show nothing and must not stand in a rule file."""

_TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền hỏi ngã sắc nặng: the order of dictionaries
_QUALITIES = "\u0306\u0302\u031b"  # ă â ơ: marks that make another letter
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_WEIGHTS = {letter: weight for weight, letter in enumerate(_ALPHABET)}
_TONED = "".join(normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in _TONES)
_VOWELS = re.compile(f"[aăâeêioôơuưy{_TONED}]{{2,}}")
_MARKS = re.compile("[\u0300-\u036f]+")
_CHUNK = re.compile(r"[0-9]+|[^\W\d_]+|[^\w\s]|[\d_]")
_HIDDEN = re.compile(f"[{HIDDEN}]")

_OTHER_D = {"Ð": "Đ", "Ɖ": "Đ", "ð": "đ", "ɖ": "đ"}
_CYRILLIC = dict(zip("АВЕЅІЈКМНОРСТУХаеѕіјкорсухԁԛԝһ", "ABESIJKMHOPCTYXaesijkopcyxdqwh", strict=True))
_GREEK = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧονϲ", "ABEZHIKMNOPTYXovc", strict=True))
_LOOK_ALIKES = _OTHER_D | _CYRILLIC | _GREEK
_ANY_LOOK_ALIKE = re.compile("[" + "".join(_LOOK_ALIKES) + "]")
_WORD = re.compile("(?:[^\\W\\d_][\u0300-\u036f]*)+")
_TO_D = str.maketrans(_OTHER_D)


def fold(text: str) -> str:
    """The key names are compared by: case, runs of spaces, tone placement (hòa, hoà), Ð or Đ do not count."""
    if text.isascii():
        return " ".join(text.lower().split())
    folded = normalize("NFC", text.translate(_TO_D).casefold())
    return _VOWELS.sub(_tone_last, " ".join(folded.split()))


def toneless(text: str) -> str:
    """The key suggestions are found by: the fold key without any mark, đ as d."""
    folded = fold(text)
    return folded if folded.isascii() else _MARKS.sub("", normalize("NFD", folded)).replace("đ", "d")


def collation_key(text: str) -> CollationKey:
    """The place in a Vietnamese dictionary: by syllable, letters before tones; whole numbers by size."""
    composed = normalize("NFC", text.translate(_TO_D))
    return tuple(_chunk_key(chunk) for chunk in _CHUNK.findall(composed.casefold())), composed


def look_alikes(text: str) -> tuple[tuple[int, str, str], ...]:
    """Each letter that only looks Latin, as (index, the letter, the letter meant); foreign words are left."""
    if text.isascii() or not _ANY_LOOK_ALIKE.search(text):
        return ()
    words = list(_WORD.finditer(text))
    foreign_text = any(_is_foreign(word[0]) for word in words)
    return tuple(
        (word.start() + index, char, _LOOK_ALIKES[char])
        for word in words
        if not _is_foreign(word[0]) and not (foreign_text and _is_all_look_alike(word[0]))
        for index, char in enumerate(word[0])
        if char in _LOOK_ALIKES
    )


def hidden_controls(text: str) -> tuple[tuple[int, str, str], ...]:
    """Each control that shows nothing, as (index, the character, its Unicode name or number)."""
    return tuple((found.start(), found[0], _control_name(found[0])) for found in _HIDDEN.finditer(text))


def without_hidden_controls(text: str) -> str:
    """The text without what could move a cursor, change colours or turn the direction of letters."""
    return text if text.isprintable() else _HIDDEN.sub("", text)


def _control_name(char: str) -> str:
    number = f"U+{ord(char):04X}"
    return f"{number} {name(char, '')}".rstrip()


def _tone_last(vowels: re.Match[str]) -> str:
    """A syllable has one tone: it may stand on any of its vowels, and here stands on the last."""
    marked = normalize("NFD", vowels[0])
    tones = [char for char in marked if char in _TONES]
    if len(tones) != 1:
        return vowels[0]
    return normalize("NFC", marked.replace(tones[0], "") + tones[0])


def _chunk_key(chunk: str) -> tuple[int, tuple[int, ...], tuple[int, ...]]:
    if chunk[0] in "0123456789":
        digits = chunk.lstrip("0")
        return 1, (len(digits), *map(ord, digits)), (len(chunk),)
    if not chunk[0].isalpha():
        return 0, tuple(map(ord, chunk)), ()
    letters, tones = [], []
    for char in chunk:
        letter, *marks = _apart_for_order(char)
        letters.append(_WEIGHTS.get(letter, len(_ALPHABET) + ord(letter)))
        tones.append(sum(_TONES.find(mark) + 1 or len(_TONES) + ord(mark) for mark in marks))
    return 2, tuple(letters), tuple(tones)


def _apart_for_order(char: str) -> list[str]:
    """The letter of the alphabet, then the marks that only order equals."""
    if char in _WEIGHTS:
        return [char]
    first, *marks = list(normalize("NFD", char))
    quality = "".join(mark for mark in marks if mark in _QUALITIES)
    return [normalize("NFC", first + quality)[0], *(mark for mark in marks if mark not in _QUALITIES)]


def _is_foreign(word: str) -> bool:
    """Whether a letter of another script stands in it that nobody takes for a Latin one."""
    return any(char not in _LOOK_ALIKES and _is_other_script(char) for char in word)


def _is_all_look_alike(word: str) -> bool:
    return all(char in _LOOK_ALIKES and _is_other_script(char) for char in word)


def _is_other_script(char: str) -> bool:
    """Whether a letter is of a script behind Latin; Vietnamese letters stand before them and at U+1Exx."""
    return "\u0370" <= char < "\u1d00" or "\u1f00" <= char < "\u2c60"
