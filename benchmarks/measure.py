"""Calls in, medians out; tables printed as Markdown."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

Unit = TypeVar("Unit")


def microseconds(call: Callable[[], object], calls: int, rounds: int = 7) -> float:
    """The median over the rounds of the mean time of a call."""
    found = []
    for _ in range(rounds):
        start = time.perf_counter()
        for _ in range(calls):
            call()
        found.append((time.perf_counter() - start) / calls * 1e6)
    return statistics.median(found)


def over(call: Callable[[Unit], object], units: Sequence[Unit], rounds: int = 7) -> float:
    """The median over the rounds of the mean time of a unit."""

    def all_units() -> None:
        for unit in units:
            call(unit)

    return microseconds(all_units, 1, rounds) / len(units)


_ROUNDS = 7
_OBJECTS = 200_000
"""The program looks for garbage after so many objects, not after every 700."""


def taking_turns(*calls: Callable[[], object]) -> list[float]:
    """The median time of each call; they take turns, so that what else the machine does meets all alike."""
    gc.set_threshold(_OBJECTS)
    found: list[list[float]] = [[] for _ in calls]
    for _ in range(_ROUNDS):
        for call, times in zip(calls, found, strict=True):
            gc.collect()
            start = time.perf_counter()
            call()
            times.append(time.perf_counter() - start)
    return [statistics.median(times) for times in found]


def print_table(title: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    print(f"\n### {title}\n")
    print(f"| {' | '.join(heads)} |")
    print(f"|{'---|' * len(heads)}")
    for row in rows:
        print(f"| {' | '.join(_shown(cell) for cell in row)} |")


def _shown(cell: object) -> str:
    if not isinstance(cell, float):
        return str(cell)
    return f"{cell:.0f}" if cell >= 100 else f"{cell:.1f}" if cell >= 10 else f"{cell:.2f}"
