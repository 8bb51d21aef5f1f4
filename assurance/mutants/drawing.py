"""Folders and files in; every mutant in them out, or a sample that is the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Iterable
from pathlib import Path

from assurance.mutants.compiled_otherwise import modules
from assurance.mutants.mutant import ROOT, Mutant
from assurance.mutants.operators import mutants


def drawn(paths: Iterable[str], sample: int | None, seed: int) -> list[Mutant]:
    """In the order of their files and places."""
    every = [each for file in _files(paths) for each in mutants(file, (ROOT / file).read_text(encoding="utf-8"))]
    if sample is None or sample >= len(every):
        return every
    return sorted(random.Random(seed).sample(every, sample))


def _files(paths: Iterable[str]) -> list[str]:
    wanted = [(ROOT / path).resolve() for path in paths]
    for path in wanted:
        if not any(_within(module, path) for module in modules()):
            raise SystemExit(f"no module of dsl or engine there: {path}")
    return [
        module.relative_to(ROOT).as_posix()
        for module in modules()
        if not wanted or any(_within(module, path) for path in wanted)
    ]


def _within(module: Path, path: Path) -> bool:
    return module == path or module.is_relative_to(path)
