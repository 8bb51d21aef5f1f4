"""``python -m assurance differential [--seconds N] [--seed N]``: the engine against the naive reading.

Rule files and units are drawn for so long. Those on which both disagree are counted, the first three are printed as
small as they still show it, and the run ends with the figures; with 1 where there is any disagreement.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Sequence
from random import Random

import naive  # of the tests
from agreement import Difference, DoesNotResolve, of_drawn
from generated.freely import Drawn, drawn
from smallest import smallest

LARGEST_SEED = 10**9
SHOWN = 3
"""So many disagreements are made small and printed."""


def run(arguments: Sequence[str]) -> int:
    """Draws for so long; 1 where the two readings disagree."""
    parser = argparse.ArgumentParser(prog="assurance differential", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1949)
    asked = parser.parse_args(arguments)
    numbers, counts, begun = Random(asked.seed), Counter[str](), time.monotonic()
    shown: list[tuple[int, Drawn]] = []
    disagreeing = 0
    while time.monotonic() < begun + asked.seconds:
        number = numbers.randrange(LARGEST_SEED)
        candidate = drawn(Random(number))
        if _differences(candidate, counts):
            disagreeing += 1
            shown += [(number, candidate)] if len(shown) < SHOWN else []
    seconds = time.monotonic() - begun
    for number, candidate in shown:
        _tell_difference(number, candidate)
    _tell(counts, seconds)
    print(f"{disagreeing} files on which both disagree")
    return 1 if disagreeing else 0


def _differences(candidate: Drawn, counts: Counter[str]) -> list[Difference]:
    try:
        found = of_drawn(candidate)
    except DoesNotResolve:
        counts["without meaning"] += 1
        return []
    except naive.Unsupported as unsupported:
        counts[f"unsupported: {unsupported.reason}"] += 1
        return []
    except Exception as broken:  # one of the two readings breaks: as bad as a wrong result
        return [Difference("", type(broken).__name__, str(broken), "")]
    counts["files"] += 1
    counts["units"] += len(candidate.units)
    counts["comparisons"] += sum(6 + 3 * candidate.text.count(' "Mục ') for _ in candidate.units)
    return found


def _tell(counts: Counter[str], seconds: float) -> None:
    kinds = ("files", "units", "comparisons")
    print(", ".join(f"{counts[kind]} {kind}" for kind in kinds) + f" in {seconds:.0f} s")
    print(", ".join(f"{counts[kind] / seconds:.1f} {kind} a second" for kind in kinds))
    unsupported = {reason: count for reason, count in counts.items() if reason not in kinds}
    for reason, count in unsupported.items() or {"unsupported": 0}.items():
        print(f"  not compared: {count} ({reason})")


def _tell_difference(number: int, candidate: Drawn) -> None:
    kinds = _kinds(candidate)
    small = smallest(candidate, lambda each: bool(_kinds(each) & kinds))
    print(f"The two readings disagree on the file of seed {number}; year assessed: {small.period}\n\n{small.text}")
    for unit in (*small.units, *small.others):
        print({heading: str(value) for heading, value in unit.items()})
    for difference in _differences(small, Counter()):
        print(difference)
    print()


def _kinds(candidate: Drawn) -> set[tuple[str, str]]:
    """What differs, without where; with how, where that is a state: a smaller file is to show the same."""
    found = _differences(candidate, Counter())
    states = {(str(each.engine), str(each.naive)) for each in found if each.what.startswith("state of")}
    return states or {(each.what.split(" of ")[0], "") for each in found}
