"""Which tests execute each line of dsl and engine, and how long each takes: kept from one run of the suite."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from attrs import define, field

from assurance.mutants.mutant import ROOT, Mutant

KEPT = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "thangdiem-assurance" / "executed-lines.json"


@define
class Executed:
    """Tests by number; a set of tests is an integer with their bits."""

    tests: list[str] = field(factory=list)
    seconds: list[float] = field(factory=list)
    passed: list[bool] = field(factory=list)
    lines: dict[str, dict[int, int]] = field(factory=dict)
    loading: dict[str, list[int]] = field(factory=dict)
    """Lines that run before the first test: when modules are loaded and tests are collected."""
    texts: dict[str, str] = field(factory=dict)
    """The sources as they were."""

    def add(self, test: str, seconds: float, passed: bool, lines: dict[str, list[int]]) -> None:
        bit = 1 << len(self.tests)
        self.tests.append(test)
        self.seconds.append(seconds)
        self.passed.append(passed)
        for file, numbers in lines.items():
            found = self.lines.setdefault(file, {})
            for number in numbers:
                found[number] = found.get(number, 0) | bit

    def merge(self, other: Executed) -> None:
        """The tests of another after these; what was read while loading is the same."""
        shift = len(self.tests)
        self.tests += other.tests
        self.seconds += other.seconds
        self.passed += other.passed
        for file, lines in other.lines.items():
            found = self.lines.setdefault(file, {})
            for line, tests in lines.items():
                found[line] = found.get(line, 0) | tests << shift
        self.loading, self.texts = other.loading, other.texts

    def of(self, file: str, lines: Iterable[int]) -> int:
        """The tests that execute one of the lines."""
        found = self.lines.get(file, {})
        every = 0
        for line in lines:
            every |= found.get(line, 0)
        return every

    def numbers(self, tests: int) -> Iterator[int]:
        """The tests of a set that pass and end in time when nothing is wrong."""
        while tests:
            number = (tests & -tests).bit_length() - 1
            if self.passed[number]:
                yield number
            tests &= tests - 1

    def while_loading(self, mutant: Mutant) -> bool:
        return bool(set(mutant.lines) & set(self.loading.get(mutant.file, ())))

    def stands(self, file: str) -> bool:
        """Whether the file is what it was when the lines were recorded."""
        return self.texts.get(file) == (ROOT / file).read_text(encoding="utf-8")

    def keep(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = {file: {str(line): f"{tests:x}" for line, tests in found.items()} for file, found in self.lines.items()}
        content = [self.tests, self.seconds, self.passed, lines, self.loading, self.texts]
        unfinished = path.with_name(f"{path.name}.{os.getpid()}")
        unfinished.write_text(json.dumps(content), encoding="utf-8")
        unfinished.replace(path)


def kept(path: Path) -> Executed | None:
    """What was kept; None where nothing was."""
    if not path.exists():
        return None
    tests, seconds, passed, lines, loading, texts = json.loads(path.read_text(encoding="utf-8"))
    by_line = {file: {int(line): int(bits, 16) for line, bits in found.items()} for file, found in lines.items()}
    return Executed(tests, seconds, passed, by_line, loading, texts)
