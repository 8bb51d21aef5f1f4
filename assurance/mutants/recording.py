"""The suite in; which lines each test executes out, each in a fork, so that none uses what another kept."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import IO

import pytest
from _pytest.runner import runtestprotocol

from assurance.mutants.apart import End, apart, ended_well, limited, process
from assurance.mutants.compiled_otherwise import compiled, modules
from assurance.mutants.executed import Executed, kept
from assurance.mutants.mutant import ROOT
from assurance.mutants.probes import Probes
from assurance.mutants.suite import Tests, load_every_module, with_suite

LONGEST = 2.0
"""Seconds of a processor; a test that needs more tries no mutant."""
_OFTEN = 100


def recorded(path: Path, processes: int, tests: Sequence[str]) -> Executed:
    """What is kept, with the tests that were not there yet; written back."""
    known = kept(path) or Executed()
    parts = [path.with_suffix(f".{part}") for part in range(processes)]
    forks = [process(partial(_keep_part, known.tests, tests, each, part, processes)) for part, each in enumerate(parts)]
    if sum(ended_well(fork) for fork in forks) < processes:
        raise SystemExit("the tests could not be collected")
    for each in parts:
        if found := kept(each):
            known.merge(found)
            each.unlink()
    known.keep(path)
    return known


def _keep_part(there: list[str], tests: Sequence[str], path: Path, part: int, parts: int) -> None:
    """One test in ``parts`` of those not there yet. For a process of its own: it compiles the modules otherwise."""
    probes = Probes()
    compiled(probes.compile)
    if not with_suite(partial(_record, frozenset(there), probes, path, part, parts), tests):
        raise SystemExit("the tests could not be collected")


def _record(there: frozenset[str], probes: Probes, path: Path, part: int, parts: int, tests: Tests) -> None:
    load_every_module()
    found = Executed(loading=probes.seen(bytes(probes.executed)))
    found.texts = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in modules()}
    for number, test in enumerate([test for test in tests if test.nodeid not in there][part::parts]):
        began = time.monotonic()
        ended = apart(partial(_one, test, probes), seconds=LONGEST * 20)
        if ended.end is End.DONE:
            head, executed = ended.said.split(b"\n", 1)
            passed, seconds = json.loads(head)
            found.add(test.nodeid, seconds, passed, probes.seen(executed))
        else:
            found.add(test.nodeid, time.monotonic() - began, False, {})
        if number % _OFTEN == 0:
            found.keep(path)
    found.keep(path)


def _one(test: pytest.Item, probes: Probes, out: IO[bytes]) -> None:
    limited(LONGEST)
    probes.forget()
    began = time.process_time()
    reports = runtestprotocol(test, log=False, nextitem=None)
    seconds = time.process_time() - began
    passed = all(report.passed for report in reports)
    out.write(json.dumps([passed, seconds]).encode() + b"\n" + probes.executed)
