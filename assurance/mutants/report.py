"""Mutants and their verdicts in; the lines of the report out: by package, then the open ones as entries of the list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from assurance.mutants.mutant import Mutant
from assurance.mutants.survivors import Key, entry, key
from assurance.mutants.trial import Verdict

STATES = ("killed", "time", "argued", "open", "not executed")
Judged = Sequence[tuple[Mutant, Verdict]]


def state(mutant: Mutant, verdict: Verdict, argued: Mapping[Key, str]) -> str:
    """A survivor that the list argues is argued, any other is open."""
    if verdict.what != "survived":
        return verdict.what
    return "argued" if key(mutant, mutant.text()) in argued else "open"


def lines(judged: Judged, argued: Mapping[Key, str]) -> Iterator[str]:
    states = [(mutant, state(mutant, verdict, argued)) for mutant, verdict in judged]
    yield f"{'package':36}{'mutants':>9}" + "".join(f"{each:>14}" for each in STATES)
    counts = Counter((package, found) for mutant, found in states for package in _packages(mutant))
    for package in sorted({package for package, _ in counts}):
        row = [counts[package, each] for each in STATES]
        yield f"{package:36}{sum(row):9}" + "".join(f"{each:14}" for each in row)
    for mutant, found in states:
        if found == "open":
            yield ""
            yield f"# {mutant.file}:{mutant.line(mutant.text())} {mutant.operator}"
            yield entry(key(mutant, mutant.text())).rstrip()


def _packages(mutant: Mutant) -> tuple[str, ...]:
    """The part it counts in, and the package of the part."""
    part, _, _, *rest = mutant.file.split("/")
    return part, f"{part}/{rest[0]}/" if len(rest) > 1 else f"{part}/*.py"
