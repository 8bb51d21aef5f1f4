"""Where the tables built from the grammar are kept between runs: a private folder of the user, or nowhere."""

from __future__ import annotations

import hashlib
import os
import sys
from importlib.metadata import version
from pathlib import Path


def grammar_cache(grammar: str) -> str | bool:
    """The file for the parser's tables of this grammar, this lark and this Python; False where none can be private."""
    folder = _folder()
    if folder is None:
        return False
    identity = f"{grammar}{version('lark')}{sys.version}".encode()
    return str(folder / f"grammar-{hashlib.sha256(identity).hexdigest()[:24]}.lark")


def _folder() -> Path | None:
    """A folder that only this user can write to: lark keeps its tables as a pickle, which must not be another's."""
    if os.name == "nt":
        base = os.environ.get("LOCALAPPDATA")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    if not base or not Path(base).is_absolute():
        return None
    folder = Path(base) / "thangdiem"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        state = folder.stat()
    except OSError:
        return None
    if os.name != "nt" and (state.st_uid != os.getuid() or state.st_mode & 0o022):
        return None
    return folder if os.access(folder, os.W_OK) else None
