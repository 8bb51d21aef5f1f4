"""What JSON can hold in; its one canonical form as bytes (RFC 8785 for what we use: no floats) out."""

from __future__ import annotations

from json import dumps

from thangdiem.engine.writing.plain import Json


def canonical(value: Json) -> bytes:
    """Keys sorted by their UTF-16 units, no spaces, UTF-8; half a character stays an escape."""
    text = dumps(_sorted(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8", "backslashreplace")


def _sorted(value: Json) -> Json:
    match value:
        case dict():
            return {key: _sorted(value[key]) for key in sorted(value, key=_units)}
        case list():
            return [_sorted(each) for each in value]
        case _:
            return value


def _units(key: str) -> bytes:
    return key.encode("utf-16-be", "surrogatepass")
