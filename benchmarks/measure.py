"""Calls in, medians out; tables printed as Markdown."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable, Sequence


def microseconds(call: Callable[[], object], calls: int, rounds: int = 7) -> float:
    """The median over the rounds of the mean time of a call."""
    found = []
    for _ in range(rounds):
        start = time.perf_counter()
        for _ in range(calls):
            call()
        found.append((time.perf_counter() - start) / calls * 1e6)
    return statistics.median(found)


def over(call: Callable[[object], object], units: Sequence[object], rounds: int = 7) -> float:
    """The median over the rounds of the mean time of a unit."""

    def all_units() -> None:
        for unit in units:
            call(unit)

    return microseconds(all_units, 1, rounds) / len(units)


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
