"""The rank of every unit: a chain of keys, ties sharing a rank (1-2-2-4), in each block where the rule says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import lcm
from operator import itemgetter

from attrs import frozen

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.rulebook import State
from thangdiem.engine.evaluation.expressions import evaluate
from thangdiem.engine.evaluation.unit import UnitEvaluation
from thangdiem.engine.facts import UnitFacts


@frozen
class Standing:
    """A unit that takes part, with its keys, the greater the better."""

    unit: str
    block: str
    keys: tuple[Fraction, ...]


def standing(ranking: rb.Ranking, unit: UnitEvaluation) -> Standing | None:
    """The keys of a unit; None where a key has no value, so that the unit is not ranked."""
    keys = []
    for key in ranking.keys:
        value = _key(key, unit)
        if value is None:
            return None
        keys.append(-value if key.ascending else value)
    return Standing(unit.facts.unit, unit.facts.block, tuple(keys))


def _key(key: rb.RankKey, unit: UnitEvaluation) -> Fraction | None:
    if key.value is None:
        return decided(key, unit.facts)
    step = evaluate(key.value, unit)
    if step.state is State.NOT_APPLICABLE:
        return Fraction(0)
    return step.value if isinstance(step.value, Fraction) else None


def decided(key: rb.RankKey, facts: UnitFacts) -> Fraction | None:
    """The place a decision gives a unit, the greater the better; None where what is recorded is no place."""
    fact = facts.columns.get(key.decided_by)
    # A decision is recorded only for units that tie: none is the last place among them.
    if fact is None or fact.state is State.MISSING:
        return Fraction(-(10**9))
    return -fact.value if isinstance(fact.value, Fraction) and not isinstance(fact.value, bool) else None


def ranks(ranking: rb.Ranking, units: Sequence[Standing]) -> Mapping[str, int]:
    """The rank of each unit: one more than the number of units of its block before it."""
    blocks: dict[str, list[tuple[_Comparable, str]]] = {}
    for each, keys in zip(units, _comparable([each.keys for each in units]), strict=True):
        blocks.setdefault(each.block if ranking.per_block else "", []).append((keys, each.unit))
    found: dict[str, int] = {}
    for members in blocks.values():
        ordered = sorted(members, key=itemgetter(0), reverse=True)
        rank, last = 0, None
        for place, (keys, unit) in enumerate(ordered, start=1):
            rank, last = (rank if keys == last else place), keys
            found[unit] = rank
    return found


_Comparable = tuple[Fraction, ...] | tuple[int, ...]
_LARGEST_DENOMINATOR = 10**30


def _comparable(keys: Sequence[tuple[Fraction, ...]]) -> Sequence[_Comparable]:
    """The keys as whole parts of one common denominator, which compare faster; as they are where it grows large."""
    common = 1
    for denominator in {each.denominator for unit in keys for each in unit}:
        common = lcm(common, denominator)
        if common > _LARGEST_DENOMINATOR:
            return keys
    return [tuple([each.numerator * (common // each.denominator) for each in unit]) for unit in keys]
