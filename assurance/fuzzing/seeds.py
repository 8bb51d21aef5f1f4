"""Files that ship, and the cases of the tests, in; small inputs the targets begin with out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from random import Random

from assurance.fuzzing.targets import target

ROOT = Path(__file__).parents[2]
_FENCE = re.compile(r"^```rubric[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def write_seeds(name: str, folder: Path, most: int | None = None, seed: int = 0) -> int:
    """Writes the seeds of a target, or so many of them drawn by chance, each named for its content; how many."""
    folder.mkdir(parents=True, exist_ok=True)
    every = seeds_of(name)
    drawn = every if most is None or most >= len(every) else Random(seed).sample(every, most)
    seeds = {sha256(each).hexdigest()[:16]: each for each in drawn}
    for key, content in seeds.items():
        (folder / key).write_bytes(content)
    return len(seeds)


@cache
def seeds_of(name: str) -> tuple[bytes, ...]:
    """The seeds of a target that are no longer than its inputs may be, the inputs that once broke it among them."""
    module = target(name)
    once = [path.read_bytes() for path in sorted((ROOT / "tests" / "fuzzed" / name).glob("*"))]
    return tuple(seed for seed in (*once, *module.seeds()) if len(seed) <= module.LONGEST)


def shipped_rules() -> Iterator[str]:
    """The text of every rule file that ships."""
    yield from (path.read_text(encoding="utf-8") for path in sorted((ROOT / "rules").rglob("*.rubric")))


def cases() -> Iterator[tuple[str, ...]]:
    """The rule files of each Markdown case of the tests."""
    for path in sorted((ROOT / "tests" / "cases").rglob("*.md")):
        files = tuple(found[1] for found in _FENCE.finditer(path.read_text(encoding="utf-8")))
        if files:
            yield files
