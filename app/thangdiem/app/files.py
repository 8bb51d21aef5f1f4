"""Names of files in, their bytes out, and the other way round; ``-`` is standard input or output."""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path
from typing import NoReturn

from thangdiem.app.columns import visible
from thangdiem.app.exits import Exit, Stopped
from thangdiem.dsl.diagnostic import Diagnostic, Place
from thangdiem.dsl.rule_files import read_regular
from thangdiem.dsl.suggestion import closest
from thangdiem.dsl.unreadable import reasons

STREAM = "-"
RULES_ENDING = ".rubric"

_LARGEST = 65 * 1024 * 1024
"""One more than anything may be that is read: what is larger is refused by whoever reads it, not held in memory."""


def read(name: str) -> bytes:
    """What a file or standard input holds."""
    if name == STREAM:
        return sys.stdin.buffer.read(_LARGEST)
    try:
        with Path(name).open("rb") as opened:
            return opened.read(_LARGEST)
    except FileNotFoundError:
        missing(name)
    except IsADirectoryError:
        raise Stopped(Exit.NO_INPUT, Diagnostic("TD902", {"file": name}, Place(name))) from None
    except (OSError, ValueError) as error:
        raise Stopped(Exit.NO_INPUT, Diagnostic("TD901", {"file": name, **reasons(error)}, Place(name))) from None


def read_found(name: str) -> bytes:
    """What a file in a folder holds that nobody named: a pipe or a device is refused, not waited for."""
    found = read_regular(Path(name))
    if isinstance(found, Diagnostic):
        raise Stopped(Exit.NO_INPUT, found)
    return found


def missing(name: str) -> NoReturn:
    """There is no such file; its folder may hold one that was meant."""
    folder = Path(name).parent
    try:
        near = closest(Path(name).name, sorted(each.name for each in folder.iterdir()))
    except OSError:
        near = ()
    if near:
        nearest = ", ".join(f"“{folder / each}”" for each in near)
        raise Stopped(Exit.NO_INPUT, Diagnostic("TD903", {"file": name, "nearest": nearest}, Place(name)))
    raise Stopped(Exit.NO_INPUT, Diagnostic("TD900", {"file": name}, Place(name)))


def write(name: str | None, result: bytes | str) -> None:
    """Puts a result into a file, all of it or nothing, or onto standard output."""
    data = _encoded(result)
    if name is None or name == STREAM:
        if isinstance(result, str) and sys.stdout.isatty():
            data = _encoded(visible(result))
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    path = Path(name)
    if os.path.exists(path) and not os.path.isfile(path) and not os.path.isdir(path):
        _into(path, data)  # a device or a pipe: nothing can take its place
    else:
        replace(path, data)


def replace(path: Path, content: bytes | str) -> None:
    """Writes a file so that a reader sees the old one or the whole of this one; a link stays, permissions too."""
    data = _encoded(content)
    target = path.resolve()
    aside = target.with_name(f".{target.name}.{os.urandom(8).hex()}.tmp")
    made = False
    try:
        mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else None
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        with aside.open("xb") as opened:  # never what lies there already, a link that somebody laid least of all
            made = True
            opened.write(data)
        if mode is not None:
            aside.chmod(mode)
        aside.replace(target)
    except OSError as error:
        raise _unwritable(path, error) from None
    finally:
        if made:
            aside.unlink(missing_ok=True)


def make_folder(path: Path) -> None:
    """A folder with those above it; one that is there is left as it is."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(path, error) from None


def _encoded(text: bytes | str) -> bytes:
    """UTF-8; half a character out of a file's name or a JSON file is written as what it is, not refused."""
    return text if isinstance(text, bytes) else text.encode("utf-8", "backslashreplace")


def _into(path: Path, data: bytes) -> None:
    with path.open("wb") as opened:
        opened.write(data)


def _unwritable(path: Path, error: OSError) -> Stopped:
    code, end = ("TD906", Exit.CANNOT_WRITE) if error.errno in _FULL else ("TD905", Exit.CANNOT_CREATE)
    known = _REASONS.get(error.errno or 0)
    why = reasons(error) if known is None else {"reason_vi": known[0], "reason_en": known[1]}
    return Stopped(end, Diagnostic(code, {"file": str(path), **why}, Place(str(path))))


_FULL = (errno.EIO, errno.EFBIG, errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
"""Errors of the disk rather than of the name."""

_REASONS = {
    errno.ENOENT: ("thư mục chứa tệp không tồn tại", "its folder does not exist"),
    errno.ENOTDIR: ("thư mục chứa tệp không phải là thư mục", "its folder is no folder"),
    errno.EISDIR: ("đó là một thư mục", "it is a folder"),
    errno.EACCES: (
        "không có quyền ghi, hoặc chương trình khác đang mở",
        "permission denied, or open in another program",
    ),
    errno.EPERM: ("không có quyền ghi", "permission denied"),
    errno.EROFS: ("ổ đĩa chỉ cho đọc", "the disk is read-only"),
    errno.ENAMETOOLONG: ("tên quá dài", "the name is too long"),
    errno.ENOSPC: ("ổ đĩa đã đầy", "the disk is full"),
}
