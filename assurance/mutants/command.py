"""``python -m assurance mutants``: mutants are drawn, tried with the tests that execute them, and told.

It fails where a mutant survives that ``assurance/survivors.toml`` does not argue. Which tests execute each line is
found out once, which takes as long as the suite, and kept outside the repository: ``--record``.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from assurance.mutants.afresh import load_libraries, try_afresh
from assurance.mutants.apart import ended_well, process
from assurance.mutants.choosing import Choosing
from assurance.mutants.drawing import drawn
from assurance.mutants.executed import KEPT, Executed, kept
from assurance.mutants.mutant import Mutant
from assurance.mutants.recording import recorded
from assurance.mutants.report import lines, state
from assurance.mutants.results import Results
from assurance.mutants.survivors import argued
from assurance.mutants.trial import Verdict
from assurance.mutants.warm import try_warm


def run(arguments: Sequence[str]) -> int:
    asked = _asked(arguments)
    executed = recorded(asked.executed, asked.processes, asked.tests) if asked.record else _kept(asked.executed)
    mutants = drawn(asked.paths, asked.sample, asked.seed)
    _check_same(executed, mutants, asked.executed)
    results = Results(asked.results).read()
    left = [each for each in mutants if results.of(each) is None]
    print(f"{len(mutants)} mutants, {len(left)} to try, seed {asked.seed}", flush=True)
    began = time.monotonic()
    _try(left, Choosing(executed, asked.seconds), results)
    needed = time.monotonic() - began
    judged = results.read().judged(mutants)
    print(*lines(judged, argued()), sep="\n")
    if left:
        print(f"\n{needed:.0f} s, {needed / len(left):.2f} s a mutant")
    return int(any(state(*each, argued()) == "open" for each in judged))


def _asked(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m assurance mutants", description=__doc__)
    parser.add_argument("paths", nargs="*", metavar="PATH", help="files or folders of dsl and engine; else all")
    parser.add_argument("--sample", type=int, help="so many of the mutants, drawn at random; else all")
    parser.add_argument("--seed", type=int, default=1, help="of the sample")
    parser.add_argument("--seconds", type=float, default=10, help="the tests of a mutant take no longer together")
    parser.add_argument(
        "--record", action="store_true", help="find out which tests execute each line; adds tests not known"
    )
    parser.add_argument("--tests", nargs="+", default=["tests"], help="those to record")
    parser.add_argument("--processes", type=int, default=2, help="that record")
    parser.add_argument("--executed", type=Path, default=KEPT, help="where that is kept")
    parser.add_argument("--results", type=Path, default=KEPT.with_name("mutants.jsonl"), help="verdicts, to go on from")
    return parser.parse_args(arguments)


def _kept(path: Path) -> Executed:
    executed = kept(path)
    if executed is None:
        raise SystemExit("it is not known which tests execute which line: --record")
    return executed


def _check_same(executed: Executed, mutants: Sequence[Mutant], path: Path) -> None:
    """The lines of a file that changed are not those whose tests are known."""
    if changed := [file for file in sorted({each.file for each in mutants}) if not executed.stands(file)]:
        raise SystemExit(f"changed since the lines were recorded: {', '.join(changed)}; delete {path} and --record")


def _try(mutants: Sequence[Mutant], choosing: Choosing, results: Results) -> None:
    """What no test executes first; then functions, in a process of its own; then what must be loaded anew."""
    executed = [each for each in mutants if choosing.executing(each)]
    for mutant in mutants:
        if mutant not in executed:
            results.add(mutant, Verdict("not executed"))
    functions = [each for each in executed if not each.at_import]
    if functions and not ended_well(process(partial(try_warm, functions, choosing, results.add))):
        raise SystemExit("the suite could not be collected")
    results.read()
    load_libraries()
    for mutant in executed:
        if mutant.at_import or _again(mutant, choosing, results):
            results.add(mutant, try_afresh(mutant, choosing))


def _again(mutant: Mutant, choosing: Choosing, results: Results) -> bool:
    """Whether it could not be put in, or survived although it had run before, when tests were collected."""
    found = results.of(mutant)
    return (
        found is None
        or found.what == "refused"
        or (found.what == "survived" and choosing.executed.while_loading(mutant))
    )
