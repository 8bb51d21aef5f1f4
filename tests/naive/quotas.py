"""Graded units of one scale in; their grades after the quotas out."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from naive.grades import bands, name
from naive.letters import fold
from naive.literals import percentage
from naive.rounding import Rounding
from naive.unit import Unit
from naive.written import has, nodes, texts
from thangdiem.dsl.syntax import Node

_TIES = {"ROUNDED_UP": "UP_ALWAYS", "ROUNDED_DOWN": "DOWN_ALWAYS", "ROUNDED_HALF_UP": "HALF_UP"}


def after_quotas(grading: Node, graded: dict[int, str], totals: dict[int, Fraction], units: list[Unit]) -> None:
    """Changes the grades of those who find no place; all by the index of the unit."""
    for quota in nodes(grading):
        if quota.data == "quota":
            for members in _blocks(quota, list(graded), units):
                _apply(quota, grading, members, graded, totals, units[0].dialect)


def _blocks(quota: Node, indexes: list[int], units: list[Unit]) -> Iterator[list[int]]:
    if not has(quota, "IN_EACH_BLOCK"):
        yield indexes
        return
    for block in dict.fromkeys(fold(units[index].block) for index in indexes):
        yield [index for index in indexes if fold(units[index].block) == block]


def _apply(
    quota: Node, grading: Node, members: list[int], graded: dict[int, str], totals: dict[int, Fraction], dialect: str
) -> None:
    order = [fold(name(band)) for band in bands(grading)]
    first, *among, rest = texts(quota, "GRADE_NAME")
    worst = order.index(fold(among[0])) if among else len(order) - 1
    pool = [index for index in members if order.index(fold(graded[index])) <= worst]
    share = percentage(texts(quota, "PERCENT")[0], dialect)
    tie = next(tie for terminal, tie in _TIES.items() if has(quota, terminal))
    places = int(Rounding(Fraction(1), tie).of(share * len(pool)))
    low_is_good = has(grading, "LOWER_BETTER")
    holders = [index for index in members if fold(graded[index]) == fold(first)]
    holders.sort(key=lambda index: totals[index] if low_is_good else -totals[index])
    for index in _without_a_place(holders, places, totals, all_pass=has(quota, "TIES_PASS")):
        graded[index] = next(name(band) for band in bands(grading) if fold(name(band)) == fold(rest))


def _without_a_place(holders: list[int], places: int, totals: dict[int, Fraction], *, all_pass: bool) -> list[int]:
    """Those behind the last place; who ties across that edge is treated alike."""
    inside, outside = holders[:places], holders[places:]
    if not inside or not outside or totals[inside[-1]] != totals[outside[0]]:
        return outside
    edge = totals[outside[0]]
    if all_pass:
        return [index for index in outside if totals[index] != edge]
    return [index for index in holders if index in outside or totals[index] == edge]
