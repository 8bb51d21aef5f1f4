"""Inputs with the values worth trying in; the units with the least and the greatest score among those tried, out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import product

from attrs import define, field

from thangdiem.dsl.proofs.proof import Given
from thangdiem.engine.witnesses.inputs import Input, Unit
from thangdiem.engine.witnesses.trials import Inputs

MOST_TRIALS = 600
"""So many units are evaluated for one item."""

Score = Callable[[Unit], tuple[Fraction, bool] | None]
"""What a unit comes to, and whether that lies within its range."""


@define(eq=False)
class Extremes:
    """The scores met within the range and outside it, each with the first unit that came to it."""

    by_score: dict[Fraction, Unit] = field(factory=dict)
    outside: dict[Fraction, Unit] = field(factory=dict)
    trials: int = 0

    @property
    def least(self) -> tuple[Fraction, Unit] | None:
        """The least score and its unit."""
        return min(self.by_score.items(), key=_score, default=None)

    @property
    def greatest(self) -> tuple[Fraction, Unit] | None:
        """The greatest score and its unit."""
        return max(self.by_score.items(), key=_score, default=None)


def _score(pair: tuple[Fraction, Unit]) -> Fraction:
    return pair[0]


def extremes(inputs: Inputs, score: Score, starts: tuple[Unit, ...] = (), most: int = MOST_TRIALS) -> Extremes:
    """Every combination where there are few, else one input after the other from several starts."""
    found = Extremes()
    combinations = 1
    for values in inputs.values():
        combinations *= len(values)
    if combinations <= most:
        for each in product(*inputs.values()):
            _try(dict(zip(inputs, each, strict=True)), score, found)
        return found
    for sign in (1, -1):
        for start in (*starts, *_starts(inputs)):
            _climb(dict(start), inputs, score, sign, found, most)
    return found


def _starts(inputs: Inputs) -> Iterator[Unit]:
    """The first value of each input; the last; the middle."""
    yield {key: values[0] for key, values in inputs.items()}
    yield {key: values[-1] for key, values in inputs.items()}
    yield {key: values[len(values) // 2] for key, values in inputs.items()}


def _try(unit: Unit, score: Score, found: Extremes) -> Fraction | None:
    found.trials += 1
    came = score(unit)
    if came is None:
        return None
    value, within = came
    (found.by_score if within else found.outside).setdefault(value, dict(unit))
    return value


def _climb(unit: dict[Input, Given], inputs: Inputs, score: Score, sign: int, found: Extremes, most: int) -> None:
    """Takes the best value of each input in turn, until none is better."""
    best = _try(unit, score, found)
    stop = found.trials + most // 6
    while True:
        before = best
        for key, values in inputs.items():
            kept = unit[key]
            for value in values:
                if value == kept or found.trials >= stop:
                    continue
                came = _try({**unit, key: value}, score, found)
                if came is not None and (best is None or came * sign > best * sign):
                    best, unit[key] = came, value
        if best == before or found.trials >= stop:
            return
