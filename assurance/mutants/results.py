"""The verdict on each mutant, appended to a file as it is found: a run that was stopped goes on where it was."""

from __future__ import annotations

import json
from pathlib import Path

from attrs import define, field

from assurance.mutants.mutant import Mutant
from assurance.mutants.trial import Verdict

Known = tuple[str, int, int, str, str]


@define
class Results:
    """By place and change."""

    path: Path
    verdicts: dict[Known, Verdict] = field(factory=dict)

    def read(self) -> Results:
        if self.path.exists():
            for line in self.path.read_text(encoding="utf-8").splitlines():
                file, start, end, instead, operator, what, test = json.loads(line)
                self.verdicts[file, start, end, instead, operator] = Verdict(what, test)
        return self

    def add(self, mutant: Mutant, verdict: Verdict) -> None:
        known = _known(mutant)
        self.verdicts[known] = verdict
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps([*known, verdict.what, verdict.test]) + "\n")

    def of(self, mutant: Mutant) -> Verdict | None:
        return self.verdicts.get(_known(mutant))

    def judged(self, mutants: list[Mutant]) -> list[tuple[Mutant, Verdict]]:
        return [(each, found) for each in mutants if (found := self.of(each))]


def _known(mutant: Mutant) -> Known:
    return mutant.file, mutant.start, mutant.end, mutant.instead, mutant.operator
