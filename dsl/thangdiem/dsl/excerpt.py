"""Many findings in; the first of each code, and one for the number of the others, out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from thangdiem.dsl.diagnostic import Diagnostic

MOST_OF_A_CODE = 20
"""So many findings of one code are shown; the others are counted."""


def excerpt(findings: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The findings in their order, at most ``MOST_OF_A_CODE`` of one code; then, code by code, how many more."""
    shown: list[Diagnostic] = []
    others: defaultdict[str, list[Diagnostic]] = defaultdict(list)
    counts: defaultdict[str, int] = defaultdict(int)
    for found in findings:
        counts[found.code] += 1
        (shown if counts[found.code] <= MOST_OF_A_CODE else others[found.code]).append(found)
    return *shown, *(_counted(code, left_out) for code, left_out in others.items())


def _counted(code: str, left_out: list[Diagnostic]) -> Diagnostic:
    """Tells how many findings of a code are not shown, where the first of them stands."""
    return Diagnostic("TD918", {"told": code, "count": len(left_out)}, left_out[0].place)
