"""Tests in order; the first that fails out, or that none does, each within its time."""

from __future__ import annotations

import resource
from collections.abc import Callable, Iterable
from functools import partial
from typing import IO

import pytest
from _pytest.runner import runtestprotocol
from attrs import frozen

from assurance.mutants.apart import End, apart, limited

_AT_LEAST, _TIMES = 3.0, 10
"""Seconds of a processor that a test may use: so many, or so many times what it needs when nothing is wrong."""
_LOADING, _WALL = 120, 20
"""A fork that sleeps is stopped after so many seconds, and so many times what its tests need."""
_MEMORY = 4 << 30


@frozen
class Verdict:
    """What became of a mutant: ``killed`` by a test or by ``time``, ``survived``, or not put in: ``refused``."""

    what: str
    test: str = ""


Timed = tuple[pytest.Item, float]


def tried(tests: list[Timed], put_in: Callable[[], bool]) -> Verdict:
    """The tests run in a fork once the mutant is put in; ``put_in`` says whether it could be."""
    return verdict(partial(_in_fork, tests, put_in), sum(seconds for _, seconds in tests))


def verdict(work: Callable[[IO[bytes]], None], seconds: float) -> Verdict:
    """What a fork says whose tests need so long when nothing is wrong."""
    ended = apart(work, _LOADING + _WALL * seconds)
    last = (ended.said.decode().splitlines() or [""])[-1]
    if ended.end is not End.DONE:
        return Verdict("time" if ended.end is End.TIME else "killed", last)
    what, _, test = last.partition(" ")
    return Verdict(what, test)


def _in_fork(tests: list[Timed], put_in: Callable[[], bool], out: IO[bytes]) -> None:
    little_memory()
    if not put_in():
        out.write(b"refused")
        return
    out.write(first_failure(tests, out).encode())


def little_memory() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def first_failure(tests: Iterable[Timed], out: IO[bytes]) -> str:
    """What the last line of a trial says."""
    for test, seconds in tests:
        limited(max(_AT_LEAST, _TIMES * seconds))
        out.write(f"{test.nodeid}\n".encode())  # should the process die, this is where
        out.flush()
        if any(report.failed for report in runtestprotocol(test, log=False, nextitem=None)):
            return f"killed {test.nodeid}"
    return "survived"
