"""A mutant in; the tests that execute it out, of each test function its cheapest case first."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from functools import cached_property

from attrs import define, field

from assurance.mutants.executed import Executed
from assurance.mutants.mutant import ROOT, Mutant
from assurance.mutants.places import Places

_STEPS = 3
"""A table is read by tables that are made of it: so far that is followed."""


@define(slots=False)
class Choosing:
    """Chooses by what was recorded."""

    executed: Executed
    most: float
    """Seconds that the tests of one mutant take together when nothing is wrong."""
    _mentions: dict[str, int] = field(factory=dict, init=False)

    def executing(self, mutant: Mutant) -> int:
        """The set of the tests. Of what runs at import also those that run a line, or stand in a file, naming it."""
        tests, names = self.executed.of(mutant.file, mutant.lines), set(mutant.defines)
        for _ in range(_STEPS):
            for name in names:
                tests |= self._mentioning(name)
            names = {made for name in names for made in self._made_of.get(name, ())}
        return tests

    def order(self, tests: int) -> list[int]:
        """Numbers of tests, as many as there is time for."""
        seconds = self.executed.seconds
        cases: dict[str, int] = defaultdict(int)
        ranked = []
        for number in sorted(self.executed.numbers(tests), key=seconds.__getitem__):
            function = self.executed.tests[number].partition("[")[0]
            ranked.append((cases[function], seconds[number], number))
            cases[function] += 1
        chosen: list[int] = []
        left = self.most
        for _, needed, number in sorted(ranked):
            if chosen and needed > left:
                continue
            chosen.append(number)
            left -= needed
        return chosen

    def _mentioning(self, name: str) -> int:
        """Tests that execute a statement that names it."""
        if name not in self._mentions:
            word = re.compile(rf"\b{re.escape(name)}\b")
            tests = self._in_files_naming(word)
            for file, lines in self._recorded.items():
                for number, text in enumerate(self.executed.texts[file].split("\n"), start=1):
                    if word.search(text) and (at := bisect_right(lines, number)):
                        tests |= self.executed.lines[file][lines[at - 1]]
            self._mentions[name] = tests
        return self._mentions[name]

    def _in_files_naming(self, word: re.Pattern[str]) -> int:
        """What is generated, as constructors are, has no line that could be executed."""
        return sum(
            tests for file, tests in self._tests.items() if word.search((ROOT / file).read_text(encoding="utf-8"))
        )

    @cached_property
    def _tests(self) -> dict[str, int]:
        """The tests of each file of tests."""
        found: dict[str, int] = defaultdict(int)
        for number, test in enumerate(self.executed.tests):
            found[test.partition("::")[0]] |= 1 << number
        return found

    @cached_property
    def _recorded(self) -> dict[str, list[int]]:
        return {file: sorted(lines) for file, lines in self.executed.lines.items()}

    @cached_property
    def _made_of(self) -> dict[str, set[str]]:
        """Names of tables by the names in what they are made of."""
        found: dict[str, set[str]] = defaultdict(set)
        for text in self.executed.texts.values():
            for names, value in Places(text).tables():
                for word in re.findall(r"\w+", value):
                    found[word].update(names)
        return found
