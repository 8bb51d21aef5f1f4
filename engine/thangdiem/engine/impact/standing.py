"""A ranking in, what each unit is ranked by out: by straight code, or out of the plain interpreter's result."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from attrs import frozen

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.rulebook import State
from thangdiem.engine.evaluation.ranking import decided
from thangdiem.engine.facts import MISSING, Fact, UnitFacts
from thangdiem.engine.result import UnitResult
from thangdiem.engine.straight import Scorer, Values
from thangdiem.engine.straight.given import Leave

Keys = tuple[Fraction, ...]
"""What a unit is ranked by, the greater the better."""

Scored = tuple[Fraction, str | None, Keys | None]
"""A total, a grade, and the keys; None where the unit takes no part in the ranking."""

Run = Callable[[Values, UnitFacts], Scored | None]
"""Straight code over one unit; None where the unit is left to the plain interpreter."""


@frozen
class _Taped:
    """Where the tape holds a value, and what divides it: a number, or another place of the tape."""

    place: int
    divisor: int
    divisor_place: int | None

    def read(self, tape: tuple[object, ...]) -> Fraction:
        value = tape[self.place]
        divisor = self.divisor if self.divisor_place is None else tape[self.divisor_place]
        assert isinstance(value, int) and isinstance(divisor, int)
        return Fraction(value, divisor)


def is_plain(ranking: rb.Ranking | None) -> bool:
    """Whether units are ranked by totals, points of items, data and decisions only, which need no interpreter."""
    return ranking is None or all(
        key.value is None
        or isinstance(key.value, rb.ItemScore | rb.Datum)
        or (isinstance(key.value, rb.TotalPoints) and not key.value.before_bonus)
        for key in ranking.keys
    )


def runner(scorer: Scorer) -> Run | None:
    """Straight code over one unit; None where the scale has none, or it does not tell what units are ranked by."""
    ranking = scorer.rules.scale.ranking
    if not scorer.straight or not is_plain(ranking):
        return None
    keys = ranking.keys if ranking is not None else ()
    taped = {key.value.code: _taped(scorer, key.value.code) for key in keys if isinstance(key.value, rb.ItemScore)}
    if any(place is None for place in taped.values()):
        return None
    places = {code: place for code, place in taped.items() if place is not None}
    return _with_tape(scorer, keys, places) if places else _bare(scorer, keys)


def keys_of_result(ranking: rb.Ranking | None, unit: UnitResult) -> Keys | None:
    """What the plain interpreter ranked a unit by; None where it did not rank it."""
    if ranking is None or unit.rank is None:
        return None
    assert unit.trace is not None
    total, items = unit.trace.total, unit.trace.items
    return _keys(
        ranking.keys,
        unit.facts,
        _number(total.value),
        lambda code: _number(items[code].value),
    )


def _bare(scorer: Scorer, keys: tuple[rb.RankKey, ...]) -> Run:
    scored, grades = scorer.scored, scorer.grades
    assert scored is not None
    by_total = len(keys) == 1 and isinstance(keys[0].value, rb.TotalPoints)
    points: dict[str, Fraction] = {}  # nothing is ranked by the points of an item here

    def run(values: Values, facts: UnitFacts) -> Scored | None:
        try:
            n, d, grade = scored(values)
        except (Leave, KeyError, TypeError):
            return None
        total = Fraction(n, d)
        if by_total:
            standing: Keys | None = (-total if keys[0].ascending else total,)
        else:
            standing = _keys(keys, facts, total, points.__getitem__)
        return total, grades[grade] if grade >= 0 else None, standing

    return run


def _with_tape(scorer: Scorer, keys: tuple[rb.RankKey, ...], places: dict[str, _Taped]) -> Run:
    recorded, grades = scorer.recorded, scorer.grades
    assert recorded is not None

    def run(values: Values, facts: UnitFacts) -> Scored | None:
        try:
            n, d, grade, tape = recorded(values)
        except (Leave, KeyError, TypeError):
            return None
        total = Fraction(n, d)
        standing = _keys(keys, facts, total, lambda code: places[code].read(tape))
        return total, grades[grade] if grade >= 0 else None, standing

    return run


def _taped(scorer: Scorer, code: str) -> _Taped | None:
    """Where the tape holds the points of an item; nowhere if they are the same for all units."""
    names = {name: place for place, name in enumerate(scorer.tape_names)}
    for entry in scorer.entries:
        if entry.kind == "item" and entry.of == code:
            if isinstance(entry.denominator, str):
                return _Taped(names[entry.name], 1, names[entry.denominator])
            return _Taped(names[entry.name], entry.denominator, None)
    return None


def _keys(
    keys: tuple[rb.RankKey, ...], facts: UnitFacts, total: Fraction, points: Callable[[str], Fraction]
) -> Keys | None:
    found = []
    for key in keys:
        match key.value:
            case None:
                value = decided(key, facts)
            case rb.ItemScore(code=code):
                value = points(code)
            case rb.Datum(name=name):
                value = _datum(facts.data.get(name, MISSING))
            case _:
                value = total
        if value is None:
            return None
        found.append(-value if key.ascending else value)
    return tuple(found)


def _datum(fact: Fact) -> Fraction | None:
    """What a unit is ranked by: a number; what does not apply counts as nothing."""
    if fact.state is State.NOT_APPLICABLE:
        return Fraction(0)
    return fact.value if isinstance(fact.value, Fraction) else None


def _number(value: object) -> Fraction:
    """What does not apply counts as nothing; what lacks a value is not ranked, and is not asked for."""
    return value if isinstance(value, Fraction) else Fraction(0)
