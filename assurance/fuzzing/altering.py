"""An input and a source of chance in; the input a little altered, in the manner of its form, out."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from random import Random
from typing import Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from thangdiem.dsl.dialect import DIALECTS, dialect

Holder = Any
"""A list or an object of a JSON document, which is both read and written by its keys."""
_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
_FIGURES = ("0", "1", "-1", "0,5", "100", "1.000", "1,000", "999999999999999", "0,000001", "1/3", "30%", "31/12/2024")
_SCALARS: tuple[object, ...] = (
    None, True, 0, -1, "", "0", "1/0", "1/3", "value", [], {}, {"approx": "NaN"}, {"approx": "1e999999"}, 1e9,
    "9" * 400, "2024-02-30", "1e5",
)  # fmt: skip
_STRANGE = (
    "\ufeff", "\u202e", "\x00", "\x1b[2J", "\u0301" * 3, "Đ", "Ð", "\u00a0", "\r", "\t", "𝟙", "\ud800", '"', "“", "```",
    "#", "(" * 80, "không phải " * 40, "|", "=", ";", ":", "[", "]", "<", "&",
)  # fmt: skip


@cache
def keywords() -> tuple[str, ...]:
    """Every spelling of both dialects."""
    spellings = (option for name in DIALECTS for options in dialect(name).spellings.values() for option in options)
    return tuple(sorted(set(spellings)))


def altered_text(text: str, chance: Random, words: Sequence[str] = ()) -> str:
    """One to four alterations of lines, tokens or signs; ``words`` are put in beside the keywords of the dialects."""
    for _ in range(chance.choice((1, 1, 1, 2, 2, 4))):
        text = chance.choice((_lines, _lines, _tokens, _tokens, _tokens, _signs))(text, chance, words)
    return text


def _lines(text: str, chance: Random, _words: Sequence[str]) -> str:
    lines = text.split("\n")
    at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    match chance.randrange(6):
        case 0:
            del lines[at]
        case 1:
            lines[at], lines[other] = lines[other], lines[at]
        case 2:
            lines.insert(at, lines[other])
        case 3:
            begin, end = sorted((at, other))
            lines[begin:begin] = lines[begin : min(end, begin + 8)]
        case 4:
            lines[at] = chance.choice(("", "  ", "    ", "      ")) + lines[at].strip()
        case _:
            begin, end = sorted((at, other))
            del lines[begin : min(end, begin + 8)]
    return "\n".join(lines)


def _tokens(text: str, chance: Random, words: Sequence[str]) -> str:
    tokens = _TOKEN.findall(text) or [""]
    at, other = chance.randrange(len(tokens)), chance.randrange(len(tokens))
    match chance.randrange(6):
        case 0:
            tokens[at] = ""
        case 1:
            tokens[at], tokens[other] = tokens[other], tokens[at]
        case 2:
            tokens[at] = tokens[other]
        case 3:
            figures = [place for place, token in enumerate(tokens) if token.isdigit()] or [at]
            tokens[chance.choice(figures)] = chance.choice(_FIGURES)
        case 4:
            tokens[at] = chance.choice(words or keywords())
        case _:
            tokens[at] += f" {chance.choice(words or keywords())} "
    return "".join(tokens)


def _signs(text: str, chance: Random, _words: Sequence[str]) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + chance.choice(_STRANGE) + text[at + chance.choice((0, 0, 1)) :]


def altered_bytes(data: bytes, chance: Random) -> bytes:
    """A byte changed, taken out or repeated; a stretch cut out or repeated."""
    if not data:
        return b"\0"
    at = chance.randrange(len(data))
    end = at + chance.choice((1, 1, 2, 4, 16, 64))
    match chance.randrange(5):
        case 0:
            return data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]
        case 1:
            return data[:at] + data[end:]
        case 2:
            return data[:end] + data[at:]
        case 3:
            return data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]
        case _:
            return data[:at] + chance.choice((b"\xff" * 4, b"\0" * 4, b"\x7f\xff\xff\xff")) + data[end:]


def as_text(alter: Callable[[str, Random], str]) -> Callable[[bytes, Random], bytes]:
    """An alteration of bytes: mostly that of the text they hold, sometimes of the bytes alone."""

    def altered(data: bytes, chance: Random) -> bytes:
        if chance.random() < 0.05:
            return altered_bytes(data, chance)
        return alter(data.decode("utf-8", "surrogatepass" if chance.random() < 0.5 else "replace"), chance).encode(
            "utf-8", "surrogatepass"
        )

    def safe(data: bytes, chance: Random) -> bytes:
        try:
            return altered(data, chance)
        except UnicodeError:
            return altered_bytes(data, chance)

    return safe


def altered_json(data: bytes, chance: Random, scalars: Sequence[object] = ()) -> bytes:
    """A value somewhere in a JSON document replaced, dropped, repeated or exchanged for another of it."""
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        return altered_bytes(data, chance)
    places = list(_places(document))
    if not places:
        return altered_bytes(data, chance)
    strange = (*_SCALARS, *scalars)
    for _ in range(chance.choice((1, 1, 2))):
        (holder, key), (other, other_key) = chance.choice(places), chance.choice(places)
        if key not in _keys(holder) or other_key not in _keys(other):
            continue
        match chance.randrange(4):
            case 0:
                holder[key] = chance.choice(strange)
            case 1:
                holder[key] = other[other_key]
            case 2:
                del holder[key]
            case _ if isinstance(holder, list):
                holder.insert(key, other[other_key])
            case _:
                holder[key], other[other_key] = other[other_key], holder[key]
    try:
        return json.dumps(document, ensure_ascii=False).encode("utf-8", "surrogatepass")
    except (ValueError, RecursionError):  # a value was put into itself
        return data


def _keys(holder: Holder) -> range | Mapping[str, object]:
    return range(len(holder)) if isinstance(holder, list) else holder


def _places(value: object) -> list[tuple[Holder, Any]]:
    """Every value of the document, by what holds it and the key or number it has there."""
    found: list[tuple[Holder, Any]] = []
    waiting = [value]
    while waiting:
        holder = waiting.pop()
        if isinstance(holder, dict | list):
            pairs = [*(holder.items() if isinstance(holder, dict) else enumerate(holder))]
            found += [(holder, key) for key, _ in pairs]
            waiting += [each for _, each in pairs]
    return found


def members_of(data: bytes) -> dict[str, bytes] | None:
    """What a ZIP file holds, or None where it cannot be taken apart."""
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            if sum(each.file_size for each in archive.infolist()) > 10_000_000:
                return None
            return {name: archive.read(name) for name in archive.namelist()}
    except Exception:  # whatever zipfile says of a damaged file
        return None


def zipped(members: Mapping[str, bytes]) -> bytes:
    """A ZIP file of these members, always the same bytes."""
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in members.items():
            try:
                archive.writestr(name, content)
            except (BadZipFile, UnicodeError, ValueError):
                continue
    return out.getvalue()
