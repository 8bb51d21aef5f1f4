"""Names of files in; the members of a dossier, each with its role and a name any system takes, out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum
from hashlib import sha256
from pathlib import PurePath
from unicodedata import normalize

from attrs import field, frozen

MANIFEST = "manifest.json"
"""Lists every other member but the signature."""

SIGNATURE = "manifest.sig"
"""The 64 bytes of the Ed25519 signature over the bytes of the manifest."""

LONGEST_NAME = 200
"""Bytes of a name within its folder."""

_UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f\ud800-\udfff/\\:*?"<>|]')
_FOLDERS = ("rules", "data", "consolidated", "former", "traces", "explanations")


class Role(Enum):
    """What a member is."""

    RULES = "rules"
    DATA = "data"
    RESULT = "result"
    CONSOLIDATED = "consolidated"
    FORMER = "former"
    RANKING = "ranking"
    DIAGNOSTICS = "diagnostics"
    TRACE = "trace"
    EXPLANATION = "explanation"


@frozen
class Member:
    """One file of a dossier; of a trace and an explanation the unit they are about."""

    name: str
    role: Role
    content: bytes = field(repr=False)
    unit: str | None = None

    @property
    def digest(self) -> str:
        """The SHA-256 of the content in hexadecimal digits."""
        return sha256(self.content).hexdigest()

    @property
    def file(self) -> str:
        """The name without the folder: what findings and traces call the file."""
        return self.name.rpartition("/")[2]


def safe_names(paths: Iterable[str]) -> list[str]:
    """The last part of each path, composed (NFC), without what a system forbids; one that is taken gets a prefix."""
    names: list[str] = []
    taken: set[str] = set()
    for path in paths:
        plain = _UNSAFE.sub("_", normalize("NFC", PurePath(path).name)).strip(" .") or "_"
        name, number = _shortened(plain), 1
        while name.casefold() in taken:
            number += 1
            name = _shortened(f"{number}-{plain}")
        taken.add(name.casefold())
        names.append(name)
    return names


def is_member_name(name: str) -> bool:
    """Whether a member may be called so: a safe name by itself or in one of the folders of a dossier."""
    folder, _, file = name.rpartition("/")
    return (not folder or folder in _FOLDERS) and safe_names((file,)) == [file] and file not in ("", ".", "..")


def _shortened(name: str) -> str:
    """A name within the limit, its ending kept."""
    stem, dot, ending = name.rpartition(".")
    while len(name.encode()) > LONGEST_NAME:
        stem, ending = (stem[:-1], ending) if stem else (stem, ending[:-1])
        name = f"{stem}{dot}{ending}" if stem else ending
    return name.strip(" .") or "_"
