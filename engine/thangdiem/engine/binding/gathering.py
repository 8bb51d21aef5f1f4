"""The typed values of one unit in, its facts out: layers settled, letters gathered."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from attrs import define, evolve, field

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.rulebook import State
from thangdiem.engine.binding.columns import (
    Column,
    DatumColumn,
    DecisionColumn,
    MarkColumn,
    ScoreColumn,
    Special,
    counting_layer,
)
from thangdiem.engine.facts import MISSING, Fact, Origin, UnitFacts

Tell = Callable[[str, Mapping[str, object]], None]
_GRAVITY = (State.INVALID, State.MISSING, State.NOT_ASSESSED)


@define(eq=False)
class Gathering:
    """What is known of one unit so far."""

    data: dict[str, Fact] = field(factory=dict)
    scores: dict[str, Fact] = field(factory=dict)
    columns: dict[str, Fact] = field(factory=dict)
    layers: dict[str, dict[str, Fact]] = field(factory=dict)
    marks: dict[tuple[str, str], dict[str, Fact]] = field(factory=dict)
    total: Fact | None = None
    about: dict[Special, str] = field(factory=dict)

    def take(self, column: Column, layer: str, fact: Fact) -> None:
        """Put a fact where its column says."""
        match column:
            case DatumColumn():
                self.data[column.datum.name] = fact
            case ScoreColumn() if layer:
                self.layers.setdefault(column.code, {})[layer] = evolve(fact, layer=layer)
            case ScoreColumn():
                self.scores[column.code] = fact
            case MarkColumn():
                self.marks.setdefault((column.code, layer), {})[column.letter] = fact
            case DecisionColumn():
                self.columns[column.name] = fact
            case Special.TOTAL:
                self.total = fact
            case _:
                self.about[column] = fact.value if isinstance(fact.value, str) else ""

    def facts(
        self, unit: str, scale: rb.Scale, scores: Mapping[str, ScoreColumn], origin: Origin | None, tell: Tell
    ) -> UnitFacts:
        """The facts of the unit; ``tell(code, arguments)`` notes what does not fit together."""
        for (code, layer), given in self.marks.items():
            fact = _checked(code, given, scores[code].letters, tell)
            if layer:
                self.layers.setdefault(code, {})[layer] = evolve(fact, layer=layer)
            else:
                self.scores[code] = fact
        if scale.layers is not None:
            for code, by_layer in self.layers.items():
                self.scores[code] = _settled(by_layer, scale.layers)
        total = self.total
        has_total = total is not None and total.state is not State.MISSING
        if total is not None and has_total and self._has_parts() and is_computable(scale):
            tell("TD477", {})
            total = evolve(total, state=State.INVALID, value=None)
        return UnitFacts(
            unit,
            scale.id,
            self.data,
            self.scores,
            self.layers,
            total,
            self.about.get(Special.BLOCK, ""),
            self.about.get(Special.SUPERIOR, ""),
            self.columns,
            origin,
        )

    def _has_parts(self) -> bool:
        return any(fact.state is not State.MISSING for fact in self.scores.values())


def is_computable(scale: rb.Scale) -> bool:
    """Whether the points of every item are known, so that the total can only be computed."""
    return all(item.points.form is not rb.PointsForm.UNKNOWN for item in scale.walk())


def _checked(code: str, given: Mapping[str, Fact], letters: Sequence[str], tell: Tell) -> Fact:
    """The letters that are ticked, once every letter has its answer."""
    facts = [given.get(letter, MISSING) for letter in letters]
    first = next(iter(given.values()))
    states = {fact.state for fact in facts}
    written = ", ".join(f"{letter}: {given[letter].written}" for letter in letters if letter in given)
    if states == {State.NOT_APPLICABLE}:
        return Fact(State.NOT_APPLICABLE, None, written, first.origin)
    worst = next((state for state in _GRAVITY if state in states), None)
    if worst is None and State.NOT_APPLICABLE in states:
        tell("TD479", {"code": code})
        worst = State.INVALID
    if worst is not None:
        return Fact(worst, None, written, first.origin)
    ticked = tuple(letter for letter, fact in zip(letters, facts, strict=True) if fact.value)
    return Fact(State.VALUE, ticked, written, first.origin)


def _settled(by_layer: Mapping[str, Fact], layers: rb.Layers) -> Fact:
    """The fact of the layer that counts; an obligatory layer that is empty has not been assessed."""
    if layers.rule is rb.LayerRule.REQUIRED:
        name = counting_layer(layers)
        fact = by_layer.get(name, MISSING)
        return evolve(fact, state=State.NOT_ASSESSED, layer=name) if fact.state is State.MISSING else fact
    there = [by_layer[name] for name in layers.names if name in by_layer]
    return next((fact for fact in reversed(there) if fact.state is not State.MISSING), MISSING)
