"""The rules of a scale in; what to draw its data from – values that decide, units by what they score – out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import lru_cache
from typing import cast

from attrs import field, frozen
from hypothesis.strategies import SearchStrategy

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl import walk
from thangdiem.dsl.bounds import totals
from thangdiem.dsl.checks.survey import Ground
from thangdiem.dsl.library import ScaleRules
from thangdiem.dsl.proofs.proof import Given
from thangdiem.engine.binding.columns import Columns
from thangdiem.engine.binding.gathering import is_computable
from thangdiem.engine.binding.mapping import Given as Spelled
from thangdiem.engine.boundaries.thresholds import thresholds_of
from thangdiem.engine.witnesses.inputs import MOST_VALUES, Input, Unit
from thangdiem.engine.witnesses.scene import Scene

_MOST_TRIALS = 90
"""So many units are evaluated to see what an item can come to."""

_FINE = Fraction(1, 100)


@frozen(eq=False)
class Material:
    """What the data of a unit are drawn from.

    ``inputs`` holds the values of each datum and of each score given, ``outcomes`` what to give for an item or a bonus
    from the worst score to the best, ``totals`` the totals worth giving where the rules leave points open.
    """

    rules: ScaleRules
    columns: Columns
    inputs: Mapping[Input, tuple[Given, ...]]
    outcomes: tuple[tuple[Unit, ...], ...]
    totals: tuple[Fraction, ...]
    in_blocks: bool
    has_superiors: bool
    spelled: dict[tuple[str, type, Given], SearchStrategy[Spelled]] = field(factory=dict, repr=False)
    """The ways of handing over a value of a column, once they were asked for."""
    refused: dict[str, tuple[Spelled, ...]] = field(factory=dict, repr=False)
    """What the column of a heading does not take, once it was asked for."""


def material_of(rules: ScaleRules, period: int | None) -> Material:
    """What the data of units of a scale are drawn from, found once for rules that are used again and again."""
    return _found(_Same(rules), period)


class _Same:
    """Rules that are the very same object: rulebooks are too large to be compared."""

    def __init__(self, rules: ScaleRules) -> None:
        self.rules = rules

    def __hash__(self) -> int:
        return id(self.rules.scale)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.rules.scale is self.rules.scale


@lru_cache(maxsize=32)
def _found(same: _Same, period: int | None) -> Material:
    rules = same.rules
    scene = Scene(Ground(rules.book, rules.scale), period, _MOST_TRIALS)
    inputs = _inputs(scene)
    parts = [part for whole in walk.expressions_of(rules.scale) for part in walk.all_of(whole)]
    cohorts = {each.cohort for each in parts if isinstance(each, rb.OverUnits | rb.RankAmong | rb.UnitsGraded)}
    return Material(
        rules,
        scene.columns,
        inputs,
        tuple(found for key in _levers(scene) if (found := _outcomes(scene, key))),
        tuple(_totals(scene)) if _is_open(rules.scale) else (),
        rb.Cohort.BLOCK in cohorts or _blocks_matter(rules.scale),
        rb.Cohort.SUBORDINATE in cohorts,
    )


def _levers(scene: Scene) -> Iterator[str]:
    yield from (item.code for item in scene.plan.items.values() if not item.children)
    yield from scene.plan.bonuses


def _inputs(scene: Scene) -> dict[Input, tuple[Given, ...]]:
    """Part by part, so that a datum is tried near what it is compared with."""
    scale = scene.ground.scale
    found: dict[Input, tuple[Given, ...]] = {}
    for parts in _parts(scene):
        for key, values in scene.inputs(*parts).items():
            found[key] = tuple(dict.fromkeys((*found.get(key, ()), *values)))[: 2 * MOST_VALUES]
    rest = (rb.Datum(name) for name in scale.data if ("datum", name) not in found)
    return {**found, **scene.inputs(*rest)}


def _parts(scene: Scene) -> Iterator[tuple[rb.Item | rb.Bonus | rb.Expression, ...]]:
    for item in scene.plan.items.values():
        yield tuple(walk.of_item(item)) if item.children else (item,)
    yield from ((bonus,) for bonus in scene.plan.bonuses.values())
    yield from (tuple(walk.of_grading(grading)) for grading in scene.ground.scale.gradings)
    yield tuple(each for each in walk.expressions_of(scene.ground.scale) if isinstance(each, rb.Datum))


def _outcomes(scene: Scene, key: str) -> tuple[Unit, ...]:
    """What to give for the item or the bonus, from the worst score within its range to the best."""
    by_score = scene.extremes_of(key).by_score
    bonus = scene.plan.bonuses.get(key)
    return tuple(by_score[score] for score in sorted(by_score, reverse=bonus is not None and bonus.deduction))


def _is_open(scale: rb.Scale) -> bool:
    """Whether a total may be given beside its parts, or there are no parts."""
    return scale.points.form is not rb.PointsForm.NO_TOTAL and (scale.only_given or not is_computable(scale))


def _totals(scene: Scene) -> Iterator[Fraction]:
    """Just below, at and just above each edge of a grade, and the ends."""
    scale, ends = scene.ground.scale, scene.ground.scale.points
    possible = totals.of_total(scene.ground.world).value
    step = possible.grid if possible is not None and possible.grid else _FINE
    low, high = ends.low or Fraction(0), ends.high
    edges = [
        each.value * cast(Fraction, high) if each.of_share else each.value
        for each in thresholds_of(scale, scene.plan.period or 0)
        if isinstance(each.subject, rb.TotalPoints) and isinstance(each.value, Fraction)
    ]
    near = [edge + by * step for edge in edges for by in (0, -1, 1)]
    between = [(low + (low + 100 if high is None else high)) / 2]
    for value in dict.fromkeys((*near, *([high] if high is not None else []), low, *between)):
        if low <= value and (high is None or value <= high):
            yield value


def _blocks_matter(scale: rb.Scale) -> bool:
    quotas = (quota.per_block for grading in scale.gradings for quota in grading.quotas)
    return any(quotas) or (scale.ranking is not None and scale.ranking.per_block)
