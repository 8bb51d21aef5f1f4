"""Work in; what it said and how it ended out, done in a fork that can neither hang nor disturb."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from enum import Enum
from typing import IO

from attrs import frozen

_LOOKS = 0.002
"""Seconds between two looks at whether the fork is done."""


class End(Enum):
    """How a fork ended."""

    DONE = "done"
    TIME = "time"
    DIED = "died"


@frozen
class Ended:
    """How it ended, and what it wrote before."""

    end: End
    said: bytes


def apart(work: Callable[[IO[bytes]], None], seconds: float) -> Ended:
    """Does the work in a fork with its own process group; killed after so many seconds of the clock."""
    with tempfile.TemporaryFile() as out:
        pid = os.fork()
        if pid == 0:
            _in_fork(work, out)
        status = _wait(pid, seconds)
        out.seek(0)
        return Ended(_end(status), out.read())


def process(work: Callable[[], None]) -> int:
    """Does the work in a process beside this one; its number."""
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            sys.stdout.flush()
            os._exit(code)
    return pid


def ended_well(pid: int) -> bool:
    return os.waitpid(pid, 0)[1] == 0


def limited(seconds: float) -> None:
    """From now on this process may use so many seconds of a processor, even inside one long operation."""
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, seconds)


def _in_fork(work: Callable[[IO[bytes]], None], out: IO[bytes]) -> None:
    code = 1
    try:
        os.setpgid(0, 0)
        nothing = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nothing, stream)
        work(out)
        out.flush()
        code = 0
    finally:
        os._exit(code)


def _wait(pid: int, seconds: float) -> int | None:
    """The status it ended with; None where its time was up. What it started goes with it."""
    until = time.monotonic() + seconds
    found, status = os.waitpid(pid, os.WNOHANG)
    while not found and time.monotonic() < until:
        time.sleep(_LOOKS)
        found, status = os.waitpid(pid, os.WNOHANG)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
    if not found:
        os.waitpid(pid, 0)
        return None
    return status


def _end(status: int | None) -> End:
    if status is None or (os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGPROF):
        return End.TIME
    return End.DONE if status == 0 else End.DIED
