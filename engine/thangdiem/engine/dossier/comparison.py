"""A member as it was sealed and as it is computed now in; the first place where they differ, in words, out."""

from __future__ import annotations

import json
from collections.abc import Mapping

from attrs import frozen

from thangdiem.dsl.diagnostic import Diagnostic, Language
from thangdiem.engine.dossier.canonical import canonical
from thangdiem.engine.dossier.members import Member, Role
from thangdiem.engine.explanation.phrases import Phrases, phrases
from thangdiem.engine.writing.plain import Json

_AS_JSON = (Role.RESULT, Role.TRACE, Role.DIAGNOSTICS)
_FIRST = ("schema", "units", "unit", "status", "steps", "items", "code", "state", "score", "total", "grade", "rank")
"""Where to look first: what came about earlier comes before what came of it; then by the alphabet."""

_LAST = ("rules",)
_STATES = (("status",), ("state",))
_WIDEST = 80
_BEFORE = 30
_LANGUAGES: tuple[Language, ...] = ("vi", "en")

Path = tuple[str | int, ...]


class _Absent:
    """There is nothing at that place."""


_Side = Json | _Absent


@frozen
class _Difference:
    path: Path
    sealed: _Side
    computed: _Side


def differs(member: Member, sealed: bytes) -> Diagnostic:
    """The first difference of a member that is not as it was sealed."""
    if member.role in _AS_JSON:
        computed = json.loads(member.content)
        try:
            found = _first(json.loads(sealed), computed, ())
        except (ValueError, RecursionError):
            found = None
        if found is not None:
            return _told_of_json(member, computed, found)
    return _told_of_text(member, sealed)


def differs_in_size(member: Member, size: int) -> Diagnostic:
    """A member so large that there is no need to look into it."""
    arguments: dict[str, object] = {}
    for language in _LANGUAGES:
        arguments[f"where_{language}"] = f"{member.name}: {phrases(language)('sealed_size')}"
        arguments[f"sealed_{language}"], arguments[f"computed_{language}"] = str(size), str(len(member.content))
    return Diagnostic("TD928", arguments)


def _first(sealed: _Side, computed: _Side, path: Path) -> _Difference | None:
    match sealed, computed:
        case dict(), dict():
            for key in sorted({*sealed, *computed}, key=_turn):
                found = _first(sealed.get(key, _Absent()), computed.get(key, _Absent()), (*path, key))
                if found is not None:
                    return found
            return None
        case list(), list():
            for index in range(max(len(sealed), len(computed))):
                one = sealed[index] if index < len(sealed) else _Absent()
                other = computed[index] if index < len(computed) else _Absent()
                if (found := _first(one, other, (*path, index))) is not None:
                    return found
            return None
        case _:
            same = type(sealed) is type(computed) and (sealed == computed or isinstance(sealed, _Absent))
            return None if same else _Difference(path, sealed, computed)


def _turn(key: str) -> tuple[int, str]:
    if key in _FIRST:
        return _FIRST.index(key), ""
    return len(_FIRST) + (key in _LAST), key


def _told_of_json(member: Member, computed: Json, found: _Difference) -> Diagnostic:
    arguments: dict[str, object] = {}
    for language in _LANGUAGES:
        words = phrases(language)
        where = [member.name, *_place(member, computed, found.path, words)]
        arguments[f"where_{language}"] = f"{where[0]}: {', '.join(where[1:])}"
        state = found.path[-1:] in _STATES
        arguments[f"sealed_{language}"] = _shown(found.sealed, words, state)
        arguments[f"computed_{language}"] = _shown(found.computed, words, state)
    return Diagnostic("TD928", arguments)


def _place(member: Member, computed: Json, path: Path, words: Phrases) -> list[str]:
    """The way to a value, by the names of units, items and steps where there are any."""
    told = [words("sealed_unit", unit=member.unit)] if member.unit is not None else []
    at: object = computed
    for index, key in enumerate(path):
        above = path[index - 1] if index else ""
        at = _below(at, key)
        if isinstance(key, int):
            told.append(_named(at, above, words) or words("sealed_number", number=key + 1))
        elif key in ("units", "items", "steps") and index + 1 < len(path):
            continue
        else:
            told.append(words.texts.get(f"sealed_field_{key}", key))
    return told


def _below(at: object, key: str | int) -> object:
    if isinstance(at, Mapping):
        return at.get(key)
    return at[key] if isinstance(at, list) and isinstance(key, int) and key < len(at) else None


def _named(at: object, within: str | int, words: Phrases) -> str:
    if not isinstance(at, Mapping):
        return ""
    match within:
        case "units":
            return words("sealed_unit", unit=at.get("unit"))
        case "items":
            return words("sealed_item", code=at.get("code"))
        case "steps":
            return words("sealed_step", step=at.get("id"))
        case _:
            return ""


def _shown(value: _Side, words: Phrases, state: bool) -> str:
    match value:
        case _Absent() | None:
            return words("sealed_nothing")
        case str() if state and value in words.texts:
            return words(value)
        case str():
            return value if _is_number(value) else f"“{_cut(value)}”"
        case _:
            return _cut(canonical(value).decode())


def _is_number(text: str) -> bool:
    return text.isascii() and text.replace("/", "", 1).replace(".", "", 1).removeprefix("-").isdigit()


def _told_of_text(member: Member, sealed: bytes) -> Diagnostic:
    """The first line that differs, from a little before the difference on."""
    one, other = sealed.split(b"\n"), member.content.split(b"\n")
    line = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    texts = [lines[line].decode("utf-8", "replace") if line < len(lines) else None for lines in (one, other)]
    start = max(_common(texts[0] or "", texts[1] or "") - _BEFORE, 0)
    arguments: dict[str, object] = {}
    for language in _LANGUAGES:
        words = phrases(language)
        place = words("sealed_line", line=line + 1)
        whose = f"{words('sealed_unit', unit=member.unit)}, " if member.unit is not None else ""
        arguments[f"where_{language}"] = f"{member.name}: {whose}{place}"
        for side, text in zip(("sealed", "computed"), texts, strict=True):
            arguments[f"{side}_{language}"] = words("sealed_nothing") if text is None else f"“{_cut(text[start:])}”"
    return Diagnostic("TD928", arguments)


def _common(one: str, other: str) -> int:
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _cut(text: str) -> str:
    return text if len(text) <= _WIDEST else f"{text[:_WIDEST]}…"
