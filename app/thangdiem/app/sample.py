"""A folder in; the rules and data that ship, copied there for the newcomer to edit, out."""

from __future__ import annotations

from pathlib import Path

from attrs import frozen

from thangdiem.app.exits import Exit, Stopped
from thangdiem.app.files import make_folder, read, replace
from thangdiem.app.rule_sets import shipped_rules
from thangdiem.dsl.diagnostic import Diagnostic

DECISION = "hau-giang-1949"
ILLUSTRATION = "minh-hoa"
_KINDS = (".rubric", ".csv", ".md")


@frozen
class DataFile:
    """A data file of the illustration, and the scale its units are scored by."""

    path: str
    scale: str


@frozen
class Sample:
    """Where the copies are; ``later`` has the data of the first period after an amendment, ``edited`` are the copies
    that were there and are not as they ship."""

    decision: str
    illustration: str
    data: tuple[DataFile, ...]
    later: DataFile
    edited: tuple[str, ...]


def sample(folder: Path) -> Sample:
    """Copies what is not there yet; a file that somebody edited stays as it is."""
    rules = folder / "quy-tac"
    edited: list[str] = []
    for name in (DECISION, ILLUSTRATION):
        shipped = shipped_rules() / name
        if not shipped.is_dir():
            raise Stopped(Exit.NO_INPUT, Diagnostic("TD914", {"folder": str(shipped)}))
        make_folder(rules / name)
        of_kind = (each for each in sorted(shipped.iterdir()) if each.suffix in _KINDS)
        copies = ((each, rules / name / each.name) for each in of_kind)
        edited.extend(str(copy) for each, copy in copies if not _copied(each, copy))
    data = (
        DataFile(str(rules / ILLUSTRATION / "so-lieu-so-nganh.csv"), "cấp-tỉnh"),
        DataFile(str(rules / ILLUSTRATION / "so-lieu-huyen.csv"), "cấp-huyện"),
    )
    later = DataFile(str(rules / ILLUSTRATION / "so-lieu-so-nganh-2023.csv"), "cấp-tỉnh")
    return Sample(str(rules / DECISION), str(rules / ILLUSTRATION), data, later, tuple(edited))


def _copied(shipped: Path, copy: Path) -> bool:
    """Whether the copy is now as the file ships."""
    content = read(str(shipped))
    if copy.exists():
        return read(str(copy)) == content
    replace(copy, content)
    return True
