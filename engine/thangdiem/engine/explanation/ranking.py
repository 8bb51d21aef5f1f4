"""The rank explained: all units in, the keys of this one, its ties and its neighbours out."""

from __future__ import annotations

from fractions import Fraction

from thangdiem.dsl.rulebook import ItemScore, RankKey, TotalPoints
from thangdiem.engine.explanation.arithmetic import MOST_LISTED
from thangdiem.engine.explanation.parts import Statement
from thangdiem.engine.explanation.standings import notice
from thangdiem.engine.explanation.subject import Subject
from thangdiem.engine.result import UnitResult


def ranking(subject: Subject) -> tuple[Statement, ...]:
    """How the rank was found; nothing where the scale has no ranking."""
    rule, words, unit = subject.scale.ranking, subject.words, subject.unit
    if rule is None:
        return ()
    found = [Statement("rule", words("rule"), subject.quoted(rule.span), place=subject.place(rule.span))]
    if provisional := notice(subject.results, subject.language):
        found.append(Statement("reason", words("note"), provisional))
    if unit.rank is None:
        return (*found, Statement("conclusion", words("rank"), words("unranked")))
    rivals = [
        each
        for each in subject.results.units
        if each.rank is not None and (not rule.per_block or each.block == unit.block)
    ]
    found.extend(_key(key, unit, subject) for key in rule.keys)
    above = [each for each in rivals if each.rank is not None and each.rank < unit.rank]
    below = [each for each in rivals if each.rank is not None and each.rank > unit.rank]
    if above:
        found.append(_neighbour("rank_above", max(above, key=_rank), subject))
    if below:
        found.append(_neighbour("rank_below", min(below, key=_rank), subject))
    tied = [each.unit for each in rivals if each.rank == unit.rank and each is not unit]
    names = ", ".join(tied[:MOST_LISTED]) + ("…" if len(tied) > MOST_LISTED else "")
    note = words("rank_ties", units=names) if tied else ""
    # A result explained by itself knows its rank, but not among how many it was found.
    key = "rank_alone" if len(subject.results.units) == 1 else "rank_text"
    return (
        *found,
        Statement("conclusion", words("rank"), words(key, rank=unit.rank, count=len(rivals)), note),
    )


def _rank(unit: UnitResult) -> int:
    return unit.rank or 0


def _key(key: RankKey, unit: UnitResult, subject: Subject) -> Statement:
    """One link of the chain, with this unit's value where it is the total or an item."""
    value: Fraction | None = None
    match key.value:
        case TotalPoints():
            value = unit.total
        case ItemScore():
            known = subject.item_results.get(key.value.code)
            value = known.score if known else None
        case _:
            pass
    text = subject.written(key.span) or key.decided_by
    return Statement(
        "datum",
        subject.words("rank_key"),
        f"{text}: {subject.wording.points(value)}" if value is not None else text,
    )


def _neighbour(key: str, unit: UnitResult, subject: Subject) -> Statement:
    total = f": {subject.wording.points(unit.total)}" if unit.total is not None else ""
    return Statement("datum", subject.words(key), f"{unit.unit}{total}", f"{subject.words('rank').lower()} {unit.rank}")
