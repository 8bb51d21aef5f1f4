"""What anything comes to: a value, or why there is none."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import Enum
from fractions import Fraction

from attrs import frozen

from naive.reals import Real


class State(Enum):
    """The five states of the language."""

    VALUE = "value"
    NOT_APPLICABLE = "not_applicable"
    MISSING = "missing"
    NOT_ASSESSED = "not_assessed"
    INVALID = "invalid"


Plain = Fraction | Real | bool | date | str | tuple[str, ...]


@frozen
class Value:
    """A state, and with the state VALUE what the value is."""

    state: State
    value: Plain | None = None

    @property
    def known(self) -> bool:
        """Whether there is a value."""
        return self.state is State.VALUE

    @property
    def true(self) -> bool:
        """Whether it is a condition that holds."""
        return self.known and self.value is True

    @property
    def false(self) -> bool:
        """Whether it is a condition that does not hold."""
        return self.known and self.value is False


@frozen
class Exempt(Value):
    """Not applicable by a row of the rules, which needs nobody's leave."""


NOT_APPLICABLE = Value(State.NOT_APPLICABLE)
EXEMPT = Exempt(State.NOT_APPLICABLE)
MISSING = Value(State.MISSING)
NOT_ASSESSED = Value(State.NOT_ASSESSED)
INVALID = Value(State.INVALID)

_GRAVEST_FIRST = (INVALID, MISSING, NOT_ASSESSED, NOT_APPLICABLE)


def given(value: Plain) -> Value:
    """There is this value."""
    return Value(State.VALUE, value)


def gravest(values: Iterable[Value]) -> Value | None:
    """The gravest state among those that have no value; None where all have one."""
    found = list(values)
    states = {each.state for each in found}
    worst = next((each for each in _GRAVEST_FIRST if each.state in states), None)
    return EXEMPT if worst == NOT_APPLICABLE and EXEMPT in found else worst


# --- Kleene logic


def all_hold(parts: Iterable[Value]) -> Value:
    """A and B and …: false as soon as one is, else open as soon as one is."""
    found = list(parts)
    if any(part.false for part in found):
        return given(value=False)
    return gravest(found) or (INVALID if any(not isinstance(part.value, bool) for part in found) else given(value=True))


def any_holds(parts: Iterable[Value]) -> Value:
    """A or B or …: true as soon as one is, else open as soon as one is."""
    found = list(parts)
    if any(part.true for part in found):
        return given(value=True)
    return gravest(found) or (
        INVALID if any(not isinstance(part.value, bool) for part in found) else given(value=False)
    )


def opposite(part: Value) -> Value:
    """Not A: open where A is."""
    if not part.known:
        return part
    return given(value=not part.value) if isinstance(part.value, bool) else INVALID
