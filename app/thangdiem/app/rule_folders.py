"""Paths in; the rule sets there, each with its documents and everything that is wrong with it, out."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from attrs import frozen

from thangdiem.app import files
from thangdiem.app.exits import Exit, Stopped
from thangdiem.app.rule_sets import rule_set, shipped_rules
from thangdiem.dsl.checker import check_bytes
from thangdiem.dsl.diagnostic import Diagnostic, Place
from thangdiem.dsl.library import RuleSet
from thangdiem.dsl.rule_files import shipped_folder
from thangdiem.dsl.version_findings import with_versions


@frozen
class Checked:
    """One rule set as it was found; ``files`` are the names of its rule files."""

    files: tuple[str, ...]
    rules: RuleSet


def checked_sets(path: str, standard_input: str) -> Iterator[Checked]:
    """The rule set of a file, of standard input, of a folder and every folder below it, or of what ships."""
    if path == files.STREAM:
        checked = check_bytes(files.read(path), standard_input)
        books = (checked.book,) if checked.book is not None else ()
        yield Checked((standard_input,), RuleSet(books, checked.diagnostics))
    elif not os.path.exists(path):
        shipped = shipped_folder(path, (shipped_rules(),))
        if shipped is None:
            files.missing(path)
        yield Checked(rule_files(str(shipped)), with_versions(rule_set(str(shipped))))
    elif not os.path.isdir(path):
        yield Checked((path,), rule_set(path))
    else:
        for folder in folders(path):
            yield Checked(rule_files(folder), with_versions(rule_set(folder)))


def folders(path: str) -> list[str]:
    """The folders that hold rule files, from this one down."""
    found = [folder for folder, _, names in sorted(os.walk(path)) if any(map(_is_rule_file, names))]
    if not found:
        raise Stopped(Exit.NO_INPUT, Diagnostic("TD904", {"file": path, "ending": files.RULES_ENDING}, Place(path)))
    return found


def rule_files(folder: str) -> tuple[str, ...]:
    """The names of the rule files of one folder, in order."""
    return tuple(str(each) for each in sorted(Path(folder).iterdir()) if _is_rule_file(each.name))


def _is_rule_file(name: str) -> bool:
    return name.endswith(files.RULES_ENDING)
