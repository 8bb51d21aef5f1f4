"""The list of mutants that no test need notice, each with its argument; which mutants it argues."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

from assurance.mutants.mutant import Mutant

LIST = Path(__file__).parents[1] / "survivors.toml"
Key = tuple[str, str, str, str]
"""The file, the function, the line and what it becomes."""


def key(mutant: Mutant, text: str) -> Key:
    return (mutant.file, mutant.function, *mutant.change(text))


def argued(path: Path = LIST) -> Mapping[Key, str]:
    """The arguments."""
    entries = tomllib.loads(path.read_text(encoding="utf-8")).get("survivor", [])
    return {(it["file"], it["function"], it["line"], it["becomes"]): it["argument"] for it in entries}


def entry(found: Key) -> str:
    """How the list would name a mutant."""
    file, function, line, becomes = (f"'{each}'" if "'" not in each else f"'''{each}'''" for each in found)
    return f"[[survivor]]\nfile = {file}\nfunction = {function}\nline = {line}\nbecomes = {becomes}\nargument = ''\n"
