"""Quotas: at most so many units may hold a grade; the best by total keep it, the others take the next.

Where lower is better, so it is here: the lowest totals keep the grade.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from attrs import frozen

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.rounding import round_to
from thangdiem.engine.trace import QuotaTrial


@frozen
class Contender:
    """A graded unit with what quotas look at."""

    unit: str
    block: str
    grade: str
    total: Fraction


def apply(
    grading: rb.Grading, units: Sequence[Contender], names: Mapping[str, str]
) -> tuple[Mapping[str, str], Mapping[str, tuple[QuotaTrial, ...]]]:
    """The grade of each unit after all quotas, and for each unit what each quota did with it.

    Only units with a grade are counted. ``Contender.unit`` is a key; ``names`` gives the name to be shown.
    """
    grades = {contender.unit: contender.grade for contender in units}
    trials: dict[str, list[QuotaTrial]] = {contender.unit: [] for contender in units}
    for quota in grading.quotas:
        for group in _groups(quota, units):
            _apply_one(quota, grading, group, grades, trials, names)
    return grades, {unit: tuple(found) for unit, found in trials.items()}


def _groups(quota: rb.Quota, units: Sequence[Contender]) -> list[list[Contender]]:
    if not quota.per_block:
        return [list(units)]
    blocks: dict[str, list[Contender]] = {}
    for contender in units:
        blocks.setdefault(contender.block, []).append(contender)
    return list(blocks.values())


def _apply_one(
    quota: rb.Quota,
    grading: rb.Grading,
    group: list[Contender],
    grades: dict[str, str],
    trials: dict[str, list[QuotaTrial]],
    names: Mapping[str, str],
) -> None:
    order = grading.grades
    counted = [each for each in group if not quota.among or order.index(grades[each.unit]) <= order.index(quota.among)]
    places = int(round_to(quota.share * len(counted), quota.rounding))
    best_first = 1 if grading.lower_is_better else -1
    holders = [each for each in group if grades[each.unit] == quota.grade]
    holders.sort(key=lambda each: each.total * best_first)
    kept = _kept(holders, places, quota)
    kept_keys = {each.unit for each in kept}
    kept_names = tuple(names[each.unit] for each in kept)
    holder_names = tuple(names[each.unit] for each in holders)
    totals = tuple(each.total for each in holders)
    for each in group:
        before = grades[each.unit]
        if before == quota.grade and each.unit not in kept_keys:
            grades[each.unit] = quota.otherwise
        trials[each.unit].append(
            QuotaTrial(
                quota.grade,
                places,
                len(counted),
                holder_names,
                kept_names,
                before,
                grades[each.unit],
                totals,
                quota.share,
                quota.rounding,
                quota.ties.value,
                quota.otherwise,
                grading.lower_is_better,
                quota.span,
            )
        )


def _kept(holders: list[Contender], places: int, quota: rb.Quota) -> list[Contender]:
    if len(holders) <= places:
        return holders
    edge = holders[places].total
    before = [each for each in holders[:places] if each.total != edge]
    if len(before) < places and quota.ties is rb.QuotaTies.ALL_PASS:
        return [*before, *(each for each in holders if each.total == edge)]
    return before
