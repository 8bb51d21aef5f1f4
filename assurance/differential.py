"""``python -m assurance differential [--seconds N] [--seed N]``: the engine against the naive reading.

Rule files and units are drawn for so long. The smallest rule file and unit on which both disagree is printed, and the
run ends with 1.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import naive  # the tests are no package that is installed
from agreement import Difference, DoesNotResolve, of_drawn
from generated.freely import Drawn, drawn
from smallest import smallest

LARGEST_SEED = 10**9


def run(arguments: Sequence[str]) -> int:
    """Draws for so long; 1 where the two readings disagree."""
    parser = argparse.ArgumentParser(prog="assurance differential", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1949)
    asked = parser.parse_args(arguments)
    numbers, counts, begun = Random(asked.seed), Counter[str](), time.monotonic()
    found = None
    while found is None and time.monotonic() < begun + asked.seconds:
        candidate = drawn(Random(numbers.randrange(LARGEST_SEED)))
        found = candidate if _differences(candidate, counts) else None
    _tell(counts, time.monotonic() - begun)
    if found is None:
        return 0
    _tell_difference(smallest(found, lambda each: bool(_differences(each, Counter()))))
    return 1


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


def _tell_difference(small: Drawn) -> None:
    print(f"\nThe two readings disagree; year assessed: {small.period}\n\n{small.text}")
    for unit in (*small.units, *small.others):
        print({heading: str(value) for heading, value in unit.items()})
    for difference in _differences(small, Counter()):
        print(difference)
