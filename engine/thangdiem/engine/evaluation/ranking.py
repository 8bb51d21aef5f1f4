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
from thangdiem.engine.evaluation.references import from_fact
from thangdiem.engine.evaluation.unit import UnitEvaluation
from thangdiem.engine.facts import MISSING, UnitFacts
from thangdiem.engine.trace import KeyTrial, Step

NO_PLACE = Fraction(-(10**9))
"""A decision is recorded only for units that tie: none is the last place among them."""


@frozen
class Standing:
    """A unit that takes part, with its keys, the greater the better."""

    unit: str
    block: str
    keys: tuple[Fraction, ...]


def keys_of(ranking: rb.Ranking, unit: UnitEvaluation) -> tuple[KeyTrial, ...]:
    """What each key of the chain comes to."""
    return tuple(
        KeyTrial(_decision(key, unit.facts), ascending=True, decided=True)
        if key.value is None
        else KeyTrial(evaluate(key.value, unit), key.ascending)
        for key in ranking.keys
    )


def standing(keys: Sequence[KeyTrial], facts: UnitFacts) -> Standing | None:
    """The unit with its keys; None where a key has no value, so that the unit is not ranked."""
    found = [_greater_is_better(key) for key in keys]
    values = tuple(value for value in found if value is not None)
    return Standing(facts.unit, facts.block, values) if len(values) == len(found) else None


def _greater_is_better(key: KeyTrial) -> Fraction | None:
    """The key, the greater the better; what does not apply is 0, and a place not on record the last one."""
    if key.decided and key.step.state is State.MISSING:
        return NO_PLACE
    value = Fraction(0) if key.step.state is State.NOT_APPLICABLE and not key.decided else key.step.value
    if not isinstance(value, Fraction):
        return None
    return -value if key.ascending else value


def _decision(key: rb.RankKey, facts: UnitFacts) -> Step:
    """The place a decision gives a unit."""
    return from_fact("datum", facts.columns.get(key.decided_by, MISSING), key.decided_by, key.span, name=key.decided_by)


def decided(key: rb.RankKey, facts: UnitFacts) -> Fraction | None:
    """The place a decision gives a unit, the greater the better; None where what is recorded is no place."""
    return _greater_is_better(KeyTrial(_decision(key, facts), ascending=True, decided=True))


def ranks(ranking: rb.Ranking, units: Sequence[Standing]) -> Mapping[str, int]:
    """The rank of each unit: one more than the number of units of its block before it."""
    blocks: dict[str, list[tuple[_Comparable, str]]] = {}
    for each, keys in zip(units, _comparable([each.keys for each in units]), strict=True):
        blocks.setdefault(each.block if ranking.per_block else "", []).append((keys, each.unit))
    found: dict[str, int] = {}
    for members in blocks.values():
        ordered = sorted(members, key=itemgetter(0), reverse=True)
        first: dict[_Comparable, int] = {}
        for place, (keys, unit) in enumerate(ordered, start=1):
            found[unit] = first.setdefault(keys, place)
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
