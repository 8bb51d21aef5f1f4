"""A long piece of work in; on a terminal, a line that says it goes on, out."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from time import monotonic

_BAR = 24
_EVERY = 0.2


@contextmanager
def waiting(task: str, long: bool) -> Iterator[None]:
    """Shows on a terminal's standard error that a long task goes on, and wipes that out in the end."""
    if not long or not sys.stderr.isatty():
        yield
        return
    done = Event()
    thread = Thread(target=_show, args=(task, done), daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _show(task: str, done: Event) -> None:
    start, shown = monotonic(), 0
    while not done.wait(_EVERY):
        elapsed = monotonic() - start
        place = int(elapsed / _EVERY) % _BAR
        bar = "".join("#" if (index - place) % _BAR < 4 else "." for index in range(_BAR))
        line = f"{task} [{bar}] {elapsed:.0f} s"
        shown = max(shown, len(line))
        sys.stderr.write(f"\r{line}")
        sys.stderr.flush()
    sys.stderr.write(f"\r{' ' * shown}\r")
    sys.stderr.flush()
