"""Mutants of what runs when modules are loaded in; their verdicts out, each tried in a process that loads it anew."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from types import CodeType
from typing import IO

from assurance.mutants.choosing import Choosing
from assurance.mutants.compiled_otherwise import compiled
from assurance.mutants.mutant import Mutant
from assurance.mutants.replacing import code
from assurance.mutants.suite import Tests, with_suite
from assurance.mutants.trial import Verdict, first_failure, little_memory, verdict

_LIBRARIES = (
    "lark",
    "jinja2",
    "click",
    "openpyxl",
    "cryptography.hazmat.primitives.serialization",
    "hypothesis",
    "jsonschema",
)
_FIRST = 4
"""So many files of tests are collected first; the others only where these notice nothing."""


def load_libraries() -> None:
    """Once, before the first fork: what is not ours need not be loaded anew."""
    for name in _LIBRARIES:
        import_module(name)


def try_afresh(mutant: Mutant, choosing: Choosing) -> Verdict:
    """For a process that has not loaded our modules."""
    order = choosing.order(choosing.executing(mutant))
    files = list(dict.fromkeys(choosing.executed.tests[each].partition("::")[0] for each in order))
    found = Verdict("survived")
    for part in (files[:_FIRST], files[_FIRST:]):
        if part and found.what == "survived":
            chosen = {
                choosing.executed.tests[each]: choosing.executed.seconds[each]
                for each in order
                if choosing.executed.tests[each].partition("::")[0] in part
            }
            found = verdict(partial(_in_fork, mutant, part, chosen), sum(chosen.values()))
    return found


def _in_fork(mutant: Mutant, files: list[str], chosen: dict[str, float], out: IO[bytes]) -> None:
    little_memory()
    compiled(partial(_compile, mutant))
    if not with_suite(partial(_try, chosen, out), files):
        out.write(b"killed by loading it")


def _compile(mutant: Mutant, file: str, text: str) -> CodeType | None:
    if file != mutant.file:
        return None
    return code(file, mutant.mutated(text))


def _try(chosen: dict[str, float], out: IO[bytes], tests: Tests) -> None:
    by_id = {test.nodeid: test for test in tests}
    out.write(
        first_failure([(by_id[each], seconds) for each, seconds in chosen.items() if each in by_id], out).encode()
    )
