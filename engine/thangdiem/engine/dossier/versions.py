"""This installation in; the versions of all that has a part in a result out."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from platform import python_version

from attrs import frozen

from thangdiem.engine.writing.plain import Json

_ALWAYS = ("attrs", "jinja2", "lark", "markupsafe")
_WORKBOOKS = "openpyxl"
_PARTS = ("phrases", "templates")


@frozen
class Versions:
    """Of the engine, of the templates and phrases (a digest of them), of Python, of each library that was used."""

    engine: str
    templates: str
    python: str
    dependencies: Mapping[str, str]

    def to_json(self) -> dict[str, Json]:
        """As the manifest has it."""
        return {
            "engine": self.engine,
            "templates": self.templates,
            "python": self.python,
            "dependencies": dict(self.dependencies),
        }

    def others(self, here: Versions) -> list[tuple[str, str, str]]:
        """What is of another version here: its name, the version there, the version here."""
        mine = {"thangdiem": self.engine, "templates": self.templates[:12], "python": self.python, **self.dependencies}
        ours = {"thangdiem": here.engine, "templates": here.templates[:12], "python": here.python, **here.dependencies}
        names = [name for name in mine if mine[name] != ours.get(name)]
        return [(name, mine[name], ours.get(name, "–")) for name in names]


def versions_here(workbook: bool) -> Versions:
    """The versions of this installation; the library for workbooks counts where a workbook was read."""
    names = (*_ALWAYS, *((_WORKBOOKS,) if workbook else ()))
    return Versions(_of("thangdiem"), _templates(), python_version(), {name: _of(name) for name in names})


def _of(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:  # unreached: run from its sources, not installed, which tests are not
        return "0"


@cache
def _templates() -> str:
    """The digest of every template and phrase, whatever ends their lines."""
    digest = sha256()
    for part in _PARTS:
        folder = files("thangdiem.engine").joinpath(part)
        for each in sorted(folder.iterdir(), key=lambda path: path.name):
            content = each.read_bytes().replace(b"\r\n", b"\n")
            digest.update(f"{part}/{each.name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()
