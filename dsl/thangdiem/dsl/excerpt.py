"""Many findings in; the first of each code, and one for the number of the others, out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from thangdiem.dsl.diagnostic import MOST_QUOTED, Diagnostic

MOST_OF_A_CODE = 20
"""So many findings of one code are shown; the others are counted."""

MOST_CHARACTERS = 100_000
"""So much is shown of findings that quote long texts or are of many codes; the first is shown whatever it says."""

_LEAST = 200
"""What a finding takes besides what it quotes."""


def excerpt(findings: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The findings in their order, at most ``MOST_OF_A_CODE`` of one code; then, code by code, how many more."""
    shown: list[Diagnostic] = []
    others: defaultdict[str, list[Diagnostic]] = defaultdict(list)
    counts: defaultdict[str, int] = defaultdict(int)
    room = MOST_CHARACTERS
    for found in findings:
        size = _size(found)
        if counts[found.code] < MOST_OF_A_CODE and (size <= room or not shown):
            counts[found.code] += 1
            room -= size
            shown.append(found)
        else:
            others[found.code].append(found)
    return *shown, *(_counted(code, left_out) for code, left_out in others.items())


def _size(found: Diagnostic) -> int:
    """About so many characters are needed to tell it."""
    quoted = [*found.arguments.values(), *found.breadcrumb]
    quoted.extend(value for each in found.related for value in each.arguments.values())
    return _LEAST * (1 + len(found.related)) + sum(min(len(str(value)), MOST_QUOTED) for value in quoted)


def _counted(code: str, left_out: list[Diagnostic]) -> Diagnostic:
    """Tells how many findings of a code are not shown, where the first of them stands."""
    return Diagnostic("TD918", {"told": code, "count": len(left_out)}, left_out[0].place)
