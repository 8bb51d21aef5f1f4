"""A path in; the bytes of the rule files it stands for, within limits, out."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from attrs import frozen

from thangdiem.dsl.diagnostic import Diagnostic, Place
from thangdiem.dsl.letters import toneless
from thangdiem.dsl.source import LARGEST_FILE
from thangdiem.dsl.unreadable import NOT_A_FILE, reasons, reasons_of

SUFFIX = ".rubric"
"""What the name of a rule file ends in."""

MOST_FILES = 500
"""A rule set has so many files at most."""


@frozen
class RuleFile:
    """A rule file's name, as it is shown, and its bytes: one more than are allowed, at most."""

    name: str
    data: bytes


def rule_files(path: Path) -> tuple[tuple[RuleFile, ...], tuple[Diagnostic, ...]]:
    """The file, or the rule files of the folder by name; folders inside it are other rule sets."""
    try:
        folder = path.is_dir()
        if not folder and not path.exists():
            return (), (_about("TD900", path),)
        paths = _in_folder(path) if folder else [path]
    except (OSError, ValueError) as error:
        return (), (_about("TD901", path, **reasons(error)),)
    if not paths:
        return (), (_about("TD904", path, ending=f"*{SUFFIX}"),)
    if len(paths) > MOST_FILES:
        return (), (_about("TD612", path, most=MOST_FILES, found=len(paths)),)
    files: list[RuleFile] = []
    faults: list[Diagnostic] = []
    for each in paths:
        found = read_regular(each)
        if isinstance(found, bytes):
            files.append(RuleFile(str(each), found))
        else:
            faults.append(found)
    return tuple(files), tuple(faults)


def files_of(path: Path, shipped: tuple[Path, ...]) -> tuple[tuple[RuleFile, ...], tuple[Diagnostic, ...]]:
    """The rule files of a path; where nothing is there, of the folder below the ``shipped`` ones that it names."""
    files, faults = rule_files(path)
    if any(found.code == "TD900" for found in faults) and (folder := shipped_folder(str(path), shipped)):
        return rule_files(folder)
    return files, faults


def shipped_folder(wanted: str, roots: tuple[Path, ...]) -> Path | None:
    """The folder below one of the roots with that name, or that holds the document of that number."""
    folders = [folder for root in roots for folder in _folders(root)]
    for folder in folders:
        if toneless(folder.name) == toneless(wanted):
            return folder
    number = _squeezed(wanted)
    if not any(char.isdigit() for char in number):
        return None
    for folder in folders:
        if any(_names_document(each, number) for each in rule_files(folder)[0]):
            return folder
    return None


def _names_document(file: RuleFile, number: str) -> bool:
    """Whether the line that heads the document names this number."""
    lines = (line.strip() for line in file.data.decode("utf-8", "replace").splitlines())
    head = next((line for line in lines if line and not line.startswith("#")), "")
    return any(_squeezed(word) == number for word in head.split()) or _squeezed(head).endswith(number)


def _squeezed(number: str) -> str:
    return toneless("".join(number.split()))


def _folders(root: Path) -> Iterator[Path]:
    try:
        yield from sorted(each for each in root.iterdir() if each.is_dir())
    except OSError:
        return


def _in_folder(folder: Path) -> list[Path]:
    return sorted(each for each in folder.iterdir() if each.suffix == SUFFIX)


def read_regular(path: Path) -> bytes | Diagnostic:
    """A regular file's bytes, one more than are allowed at most; a pipe or a device is refused before it can block."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with open(handle, "rb") as opened:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                return _about("TD901", path, **reasons_of(NOT_A_FILE))
            return opened.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        return _about("TD901", path, **reasons(error))


def _about(code: str, path: Path, **arguments: object) -> Diagnostic:
    return Diagnostic(code, {"file": str(path), **arguments}, Place(str(path)))
