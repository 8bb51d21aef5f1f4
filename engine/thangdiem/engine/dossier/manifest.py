"""What a dossier holds in, the JSON document ``thangdiem/dossier/1`` out; such a document in, what it lists out."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date

from attrs import frozen

from thangdiem.engine.dossier.canonical import canonical
from thangdiem.engine.dossier.container import Refused
from thangdiem.engine.dossier.members import Member, Role, is_member_name
from thangdiem.engine.dossier.question import Question
from thangdiem.engine.dossier.versions import Versions
from thangdiem.engine.result import Mode
from thangdiem.engine.writing.plain import Json

SCHEMA = "thangdiem/dossier/1"

_DIGEST = re.compile(r"[0-9a-f]{64}")
_LONGEST = 1_000


@frozen
class Listed:
    """A member as the manifest lists it."""

    name: str
    role: Role
    size: int
    digest: str
    unit: str | None

    def to_json(self) -> dict[str, Json]:
        """As the manifest has it."""
        return {
            "name": self.name,
            "role": self.role.value,
            "size": self.size,
            "sha256": self.digest,
            "unit": self.unit,
        }


@frozen
class Manifest:
    """The question, the versions it was answered with, every member, and who signed (an Ed25519 key in hexadecimal)."""

    question: Question
    versions: Versions
    members: tuple[Listed, ...]
    signer: str | None = None

    def to_bytes(self) -> bytes:
        """The document in its canonical form."""
        signer: Json = None if self.signer is None else {"algorithm": "Ed25519", "public_key": self.signer}
        return canonical(
            {
                "schema": SCHEMA,
                "question": self.question.to_json(),
                "versions": self.versions.to_json(),
                "members": [each.to_json() for each in self.members],
                "signer": signer,
            }
        )


def listed(member: Member) -> Listed:
    """How a member is listed."""
    return Listed(member.name, member.role, len(member.content), member.digest, member.unit)


def read_manifest(data: bytes) -> Manifest:
    """A manifest of the form; raises ``Refused`` with the path of the first thing that is not of it."""
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        raise _wrong("") from None
    root = _object(document, "", ("schema", "question", "versions", "members", "signer"))
    if root["schema"] != SCHEMA:
        raise _wrong("schema")
    members = root["members"]
    if not isinstance(members, list):
        raise _wrong("members")
    manifest = Manifest(
        _question(root["question"]),
        _versions(root["versions"]),
        tuple(_listed(each, f"members/{index}") for index, each in enumerate(members)),
        _signer(root["signer"]),
    )
    if manifest.to_bytes() != data:
        raise _wrong("")
    return manifest


def _question(value: Json) -> Question:
    path = "question"
    fields = _object(value, path, ("scale", "period", "on", "mode", "sheet"))
    period, mode, day = fields["period"], _text(fields, "mode", path), _optional(fields, "on", path)
    if period is not None and (not isinstance(period, int) or isinstance(period, bool) or not 0 < period < 10_000):
        raise _wrong(f"{path}/period")
    if mode not in {each.value for each in Mode}:
        raise _wrong(f"{path}/mode")
    try:
        if day is not None and date.fromisoformat(day).isoformat() != day:
            raise _wrong(f"{path}/on")
    except ValueError:
        raise _wrong(f"{path}/on") from None
    return Question(_optional(fields, "scale", path), period, day, Mode(mode), _optional(fields, "sheet", path))


def _versions(value: Json) -> Versions:
    path = "versions"
    fields = _object(value, path, ("engine", "templates", "python", "dependencies"))
    found = fields["dependencies"]
    if not isinstance(found, dict) or len(found) > _LONGEST:
        raise _wrong(f"{path}/dependencies")
    dependencies = {name: _text(found, name, f"{path}/dependencies") for name in found}
    engine, templates, python = (_text(fields, name, path) for name in ("engine", "templates", "python"))
    return Versions(engine, templates, python, dependencies)


def _listed(value: Json, path: str) -> Listed:
    fields = _object(value, path, ("name", "role", "size", "sha256", "unit"))
    name, role, digest = (_text(fields, key, path) for key in ("name", "role", "sha256"))
    size, unit = fields["size"], fields["unit"]
    if not is_member_name(name):
        raise _wrong(f"{path}/name")
    if role not in {each.value for each in Role}:
        raise _wrong(f"{path}/role")
    if not isinstance(size, int) or isinstance(size, bool) or size < 0:
        raise _wrong(f"{path}/size")
    if not _DIGEST.fullmatch(digest):
        raise _wrong(f"{path}/sha256")
    if unit is not None and not isinstance(unit, str):
        raise _wrong(f"{path}/unit")
    return Listed(name, Role(role), size, digest, unit)


def _signer(value: Json) -> str | None:
    if value is None:
        return None
    fields = _object(value, "signer", ("algorithm", "public_key"))
    key = _text(fields, "public_key", "signer")
    if fields["algorithm"] != "Ed25519" or not _DIGEST.fullmatch(key):
        raise _wrong("signer")
    return key


def _object(value: Json, path: str, keys: Sequence[str]) -> dict[str, Json]:
    if not isinstance(value, dict) or set(value) != set(keys):
        raise _wrong(path)
    return value


def _text(fields: Mapping[str, Json], key: str, path: str) -> str:
    value = fields[key]
    if not isinstance(value, str) or len(value) > _LONGEST:
        raise _wrong(f"{path}/{key}")
    return value


def _optional(fields: Mapping[str, Json], key: str, path: str) -> str | None:
    return None if fields[key] is None else _text(fields, key, path)


def _wrong(path: str) -> Refused:
    return Refused("TD924", where=f"/{path[:80]}")
