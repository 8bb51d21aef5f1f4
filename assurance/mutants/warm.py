"""Mutants of functions in; their verdicts out, each tried in a fork of a process that has everything loaded."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache, partial

from assurance.mutants.choosing import Choosing
from assurance.mutants.mutant import Mutant
from assurance.mutants.replacing import Functions, code
from assurance.mutants.suite import Tests, load_every_module, with_suite
from assurance.mutants.trial import Verdict, tried

Tell = Callable[[Mutant, Verdict], None]


def try_warm(mutants: Iterable[Mutant], choosing: Choosing, tell: Tell) -> None:
    """For a process of its own: it loads every module."""
    files = dict.fromkeys(test.partition("::")[0] for test in choosing.executed.tests)
    if not with_suite(partial(_try_each, mutants, choosing, tell), files):
        raise SystemExit("the suite could not be collected")


def _try_each(mutants: Iterable[Mutant], choosing: Choosing, tell: Tell, tests: Tests) -> None:
    load_every_module()
    functions = Functions()
    module = lru_cache(maxsize=1)(code)
    by_id = {test.nodeid: test for test in tests}
    executed = choosing.executed
    for mutant in mutants:
        order = choosing.order(choosing.executing(mutant))
        chosen = [
            (by_id[executed.tests[each]], executed.seconds[each]) for each in order if executed.tests[each] in by_id
        ]
        text = mutant.text()
        after = code(mutant.file, mutant.mutated(text))
        tell(mutant, tried(chosen, partial(functions.replace, module(mutant.file, text), after)))
