"""An error of the machine at reading a file in; why the file cannot be read, in both languages, out."""

from __future__ import annotations

import errno

from thangdiem.dsl.diagnostic import catalogue, entry

NOT_A_FILE = "unreadable-NO_FILE"
"""The reason where a pipe or a device stands in the place of a file."""

_BAD_NAME = "unreadable-BAD_NAME"
_OTHERWISE = "unreadable-OTHER"


def reasons(error: OSError | ValueError) -> dict[str, object]:
    """``reason_vi`` and ``reason_en`` for the message; what no catalogue names is told by its number."""
    if not isinstance(error, OSError):
        return reasons_of(_BAD_NAME)
    key = f"unreadable-{errno.errorcode.get(error.errno or 0, '')}"
    if key in catalogue():
        return reasons_of(key)
    number = error.errno or 0
    return {name: f"{text} {number}" for name, text in reasons_of(_OTHERWISE).items()}


def reasons_of(key: str) -> dict[str, object]:
    """A reason of the catalogue as the arguments of a message."""
    return {"reason_vi": entry(key)["vi"], "reason_en": entry(key)["en"]}
