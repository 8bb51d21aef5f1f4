"""A way to compile into this process; every module of dsl and engine that is loaded from now on compiled that way."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType
from typing import Any

from attrs import define

from assurance.mutants.mutant import ROOT

PARTS = ("dsl", "engine")
Compile = Callable[[str, str], CodeType | None]
"""The file from the root of the repository and its text in, code out; nothing where it is compiled as ever."""


def modules() -> list[Path]:
    return [path for part in PARTS for path in sorted((ROOT / part).rglob("*.py"))]


def compiled(way: Compile) -> None:
    sys.meta_path.insert(0, _Finder(way))


@define
class _Finder(MetaPathFinder):
    way: Compile

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        """Nothing for modules of others."""
        spec = PathFinder.find_spec(name, path, target)
        if spec is not None and isinstance(spec.loader, SourceFileLoader) and spec.origin:
            origin = Path(spec.origin)
            if any(origin.is_relative_to(ROOT / part) for part in PARTS):
                spec.loader = _Loader(name, spec.origin, self.way)
                return spec
        return None


class _Loader(SourceFileLoader):
    """Compiles the text itself: what Python keeps was compiled as it stands."""

    def __init__(self, name: str, path: str, way: Compile) -> None:
        super().__init__(name, path)
        self._way = way

    def get_code(self, fullname: str) -> CodeType | None:
        file = Path(self.path)
        code = self._way(file.relative_to(ROOT).as_posix(), file.read_text(encoding="utf-8"))
        return code or super().get_code(fullname)
