"""The extremes of every item in; whole units from the least total to the greatest, one item raised at a time, out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen

from thangdiem.dsl.proofs.proof import Given
from thangdiem.engine.witnesses.inputs import Input, Unit
from thangdiem.engine.witnesses.seeking import Extremes
from thangdiem.engine.witnesses.trials import Inputs, merged

MOST_RUNGS = 160
"""So many units between the least and the greatest are evaluated."""

MOST_SCORES = 6
"""So many different scores of one item are tried."""


@frozen
class Ladder:
    """What each item with a method and each bonus came to, and the inputs that only grades look at."""

    levers: Mapping[str, Extremes]
    others: Inputs
    deductions: frozenset[str]

    def ends(self) -> tuple[Unit, Unit]:
        """A unit of which everything is as low as found, and one of which everything is as high."""
        low = merged([*(one for one, _ in self._pairs()), self._rest()])
        high = merged([*(other for _, other in self._pairs()), self._rest()])
        return low, high

    def rungs(self) -> Iterator[Unit]:
        """The least, the greatest, and between them one item after the other raised."""
        low, high = self.ends()
        yield high
        yield low
        steps = list(self._pairs())
        fewer = max(1, len(steps) // MOST_RUNGS)
        unit: dict[Input, Given] = dict(low)
        for at, (_, raised) in enumerate(steps):
            unit.update(raised)
            if at % fewer == 0:
                yield dict(unit)

    def finer(self, bases: Sequence[Unit]) -> Iterator[Unit]:
        """Around given units: each other score of each item, each value of what only grades look at."""
        count = 0
        for base in bases:
            for key, values in self.others.items():
                yield from ({**base, key: value} for value in values if value != base.get(key))
        for base in bases:
            for found in self.levers.values():
                scores = sorted(found.by_score)
                few = scores[:: max(1, len(scores) // MOST_SCORES)]
                for score in few:
                    count += 1
                    if count > 2 * MOST_RUNGS:
                        return
                    yield {**base, **found.by_score[score]}

    def _pairs(self) -> Iterator[tuple[Unit, Unit]]:
        for key, found in self.levers.items():
            least, greatest = found.least, found.greatest
            if least is not None and greatest is not None:
                ends = (least[1], greatest[1])
                yield ends[::-1] if key in self.deductions else ends

    def _rest(self) -> Unit:
        return {key: values[0] for key, values in self.others.items()}
