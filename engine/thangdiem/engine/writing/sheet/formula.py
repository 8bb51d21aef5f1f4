"""What a step is computed by: an operation, the steps it is done with, what the rule adds; kept for the whole sheet."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

from attrs import define, field, frozen

from thangdiem.dsl.rounding import Rounding
from thangdiem.dsl.rulebook import Bonus, Item, Scale, State
from thangdiem.engine.binding.columns import bonuses_of
from thangdiem.engine.trace import Step, Trace

_NOTHING: Mapping[str, object] = MappingProxyType({})


@frozen(eq=False)
class Formula:
    """An operation of the sheet; an operand is None where the rule did not come to compute it."""

    op: str
    operands: tuple[Step | None, ...] = ()
    parameters: Mapping[str, object] = _NOTHING


@define(eq=False)
class Workings:
    """One unit's trace being written out: the formulas that a step by itself does not tell, and steps made for them.

    A node tells of its stages and a condition of its ranges, so formulas are asked for from above to below.
    """

    unit: str  # its name in the lists of all units
    trace: Trace
    scale: Scale
    formulas: dict[int, Formula] = field(factory=dict)
    names: dict[int, str] = field(factory=dict)
    shared: dict[str, Step] = field(factory=dict)
    items: dict[str, Item] = field(init=False)
    bonuses: dict[str, Bonus] = field(init=False)
    _kept: list[Step] = field(factory=list)  # formulas are told apart by identity: a step must stay alive

    def __attrs_post_init__(self) -> None:
        self.items = {item.code: item for item in self.scale.walk()}
        self.bonuses = {bonus.key: bonus for bonus in bonuses_of(self.scale)}

    def tell(self, step: Step, op: str, *operands: Step | None, **parameters: object) -> Step:
        """The step, from now on known to be computed so."""
        self.formulas[id(step)] = Formula(op, operands, parameters)
        self._kept.append(step)
        return step

    def named(self, name: str, step: Step) -> Step:
        """The step, to be written under that name and found by it."""
        self.names[id(step)] = name
        self.shared[name] = step
        return step

    def number(self, value: Fraction | int) -> Step:
        """A number that stands in no rule, such as the 0 of what does not count."""
        name = f"number:{value}"
        return self.shared.get(name) or self.named(name, self.tell(Step("number", Fraction(value)), "constant"))

    def state(self, state: State) -> Step:
        """No value, for that reason."""
        name = f"state:{state.value}"
        return self.shared.get(name) or self.named(name, self.tell(Step("state", None, state), "constant"))

    def in_place_of(self, state: State, step: Step, other: Step, made: Step) -> Step:
        """The step made: the other where the step is in that state, else the step itself."""
        return self.tell(made, "first", self.is_state(step, state), other, step)

    def is_state(self, step: Step, state: State) -> Step:
        """Whether the step is in that state."""
        return self.tell(Step("state", step.state is state), "has_state", step, of=state.value)

    def equal(self, one: Step, other: Step) -> Step:
        """Whether two steps come to the same."""
        return self.tell(Step("range", one.value == other.value), "in_range", one, other, signs=("=",))

    def weighed(self, step: Step, weight: Fraction) -> Step:
        """The step times a weight; once is the step itself."""
        if weight == 1:
            return step
        value = step.value * weight if isinstance(step.value, Fraction) else None
        return self.tell(Step("weighed", value, step.state), "multiply", step, self.number(weight))


def rounded(rounding: Rounding) -> dict[str, object]:
    """What a rounding adds to a formula: every step may be rounded after it is computed."""
    return {"unit_of": rounding.unit, "tie": rounding.tie.name}


def gravest(steps: tuple[Step, ...]) -> State:
    """The state of what is computed from steps some of which have no value."""
    order = (State.INVALID, State.MISSING, State.NOT_ASSESSED, State.NOT_APPLICABLE)
    return next((state for state in order if any(step.state is state for step in steps)), State.VALUE)
