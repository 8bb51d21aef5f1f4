"""The facts of a unit in, what straight code is given of it out, found once for all versions that read the same."""

from __future__ import annotations

from fractions import Fraction

from attrs import define, field

from thangdiem.dsl.rulebook import State
from thangdiem.engine.facts import FactValue, UnitFacts
from thangdiem.engine.straight import Values

_PLAIN = (State.VALUE, State.MISSING)


@define(eq=False)
class Givens:
    """What is given of each unit, by the identity of its facts, which must live as long as this does."""

    _known: dict[int, Values | None] = field(factory=dict)

    def of(self, facts: UnitFacts) -> Values | None:
        """What straight code is given; None for a unit that only the plain interpreter takes."""
        key = id(facts)
        if key not in self._known:
            self._known[key] = _values(facts)
        return self._known[key]


def _values(facts: UnitFacts) -> Values | None:
    if facts.total is not None and facts.total.state is not State.MISSING:
        return None
    values = {name: _plainest(fact.value) for name, fact in facts.data.items() if fact.value is not None}
    for code, fact in facts.scores.items():
        if fact.state not in _PLAIN:
            return None
        if fact.value is not None:
            values[f"@{code}"] = _plainest(fact.value)
    return values


def _plainest(value: FactValue) -> FactValue | int:
    """A whole number as Python's own, which straight code takes as it is."""
    if type(value) is Fraction and value.denominator == 1:
        return value.numerator
    return value
