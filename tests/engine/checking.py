"""A ``thangdiem/trace/1`` document in; what the auditors' program finds in it that does not follow, out."""

from __future__ import annotations

from decimal import localcontext
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

PROGRAM = Path(__file__).parents[2] / "docs" / "kiem-toan" / "kiem_tra_vet.py"
DIGEST = "sha256"


@cache
def program() -> Any:
    """The shipped file, loaded from where an auditor finds it."""
    spec = spec_from_file_location("kiem_tra_vet", PROGRAM)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def wrong(document: dict[str, Any]) -> list[Any]:
    """What does not follow, or why it cannot be read; nothing where the trace is right and complete."""
    try:
        with localcontext(prec=90):
            return program().check(document)  # type: ignore[no-any-return]
    except program().UNREADABLE as error:
        return [("unreadable", error, None)]


def unfounded(document: dict[str, Any]) -> list[Any]:
    """The same from somebody who knows the digest and has computed it again."""
    return [each for each in wrong(document) if not each[0].startswith(DIGEST)]
