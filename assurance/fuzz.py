"""``python -m assurance fuzz [TARGET …] [--seconds N] [--seed-corpus]``: targets in; what broke them, and speed, out.

With atheris (the extra ``fuzz``) inputs are led by the coverage of our own modules; without it the same targets run in
a plain random loop over the same seeds. Both begin from the same number, so that a run can be repeated.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from assurance.fuzzing.seeds import write_seeds
from assurance.fuzzing.targets import TARGETS
from assurance.fuzzing.watched import Outcome, is_guided, watch

FOLDER = Path(".fuzz")


def run(arguments: Sequence[str]) -> int:
    """Fuzzes each target for its share of the time; 1 where any input broke a law."""
    parser = argparse.ArgumentParser(prog="assurance fuzz", description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(TARGETS))
    parser.add_argument("--seconds", type=int, default=60, help="for all targets together")
    parser.add_argument("--seed", type=int, default=1949)
    parser.add_argument("--seed-corpus", action="store_true", help=f"only write the seeds, into {FOLDER}/seeds")
    parser.add_argument("--kept", action="store_true", help=f"begin with what earlier runs kept in {FOLDER}/corpus")
    wanted = parser.parse_args(arguments)
    if unknown := sorted(set(wanted.targets) - set(TARGETS)):
        parser.error(f"unknown: {', '.join(unknown)}; known: {', '.join(TARGETS)}")
    names = wanted.targets or list(TARGETS)
    if wanted.seed_corpus:
        for name in names:
            print(f"{name:12} {write_seeds(name, FOLDER / 'seeds' / name):5} seeds")
        return 0
    print("led by coverage (atheris)" if is_guided() else "plain random loop: atheris is not installed")
    outcomes = list(watch(names, wanted.seconds / len(names), wanted.seed, FOLDER, kept=wanted.kept))
    for outcome in outcomes:
        for found in outcome.found:
            print(f"\n{outcome.target}: {found.sentence}\n  input: {found.file}")
    return int(any(outcome.found for outcome in outcomes) or not all(map(_worked, outcomes)))


def _worked(outcome: Outcome) -> bool:
    """A run in which no input was tried has shown nothing."""
    return outcome.executions > 0
