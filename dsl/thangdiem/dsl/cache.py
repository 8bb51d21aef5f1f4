"""What is kept between runs, in a private folder of the user or nowhere: the parser's tables, checked rule files."""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from functools import cache
from pathlib import Path

MOST_KEPT = 200
"""So many checked rule files are kept; the oldest go first."""

_DIGEST = hashlib.sha256().digest_size


def grammar_cache(grammar: str) -> str | bool:
    """The file for the parser's tables of this grammar, this lark and this Python; False where none can be private."""
    import lark

    folder = _folder()
    if folder is None:
        return False
    identity = f"{grammar}{lark.__version__}{sys.version}".encode()
    return str(folder / f"grammar-{hashlib.sha256(identity).hexdigest()[:24]}.lark")


def kept_file(*identity: bytes) -> Path | None:
    """Where what was made of this very content, by this very code, is kept."""
    folder = _folder()
    if folder is None:
        return None
    key = hashlib.sha256(b"\0".join((*identity, _code())))
    return folder / f"rules-{key.hexdigest()[:40]}.pickle"


def kept(path: Path) -> bytes | None:
    """What was kept there; None where nothing was, or where it is not what was kept: a disk may have lost a part."""
    try:
        found = path.read_bytes()
    except OSError:
        return None
    digest, content = found[:_DIGEST], found[_DIGEST:]
    return content if hashlib.sha256(content).digest() == digest else None


def keep(path: Path, content: bytes) -> None:
    """Keeps something, all of it or nothing; a folder that cannot be written to keeps nothing."""
    unfinished = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        unfinished.write_bytes(hashlib.sha256(content).digest() + content)
        os.replace(unfinished, path)
        every = sorted(path.parent.glob("rules-*.pickle"), key=lambda each: each.stat().st_mtime)
        for old in every[:-MOST_KEPT]:
            old.unlink(missing_ok=True)
    except OSError:
        return


@cache
def _code() -> bytes:
    """What tells this code from any other: the time and size of every file of the language."""
    here = Path(__file__).parent
    states: list[tuple[str, os.stat_result]] = []
    for folder, folders, files in os.walk(here):
        folders[:] = [each for each in folders if each != "__pycache__"]
        states.extend((each, os.stat(os.path.join(folder, each))) for each in sorted(files))
    return repr(
        [sys.version, str(here), *((name, state.st_mtime_ns, state.st_size) for name, state in states)]
    ).encode()


@cache
def _folder() -> Path | None:
    """A folder that is this user's alone: what is kept are pickles, which must not be another's."""
    if os.environ.get("THANGDIEM_NO_CACHE"):
        return None
    if os.name == "nt":  # unreached: on Windows only
        base = os.environ.get("LOCALAPPDATA")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    if not base or not Path(base).is_absolute():
        return None
    folder = Path(base) / "thangdiem"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        state = folder.lstat()  # a link could lead elsewhere after it was looked at
    except OSError:
        return None
    if not stat.S_ISDIR(state.st_mode):
        return None
    if os.name != "nt" and (state.st_uid != os.getuid() or state.st_mode & 0o077):
        return None
    return folder if os.access(folder, os.W_OK) else None
