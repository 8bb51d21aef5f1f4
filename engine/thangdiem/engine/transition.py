"""Units and the clauses that let some keep the former rules in; which rules each is judged by out."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import field, frozen

from thangdiem.dsl.diagnostic import Diagnostic
from thangdiem.dsl.letters import fold, toneless
from thangdiem.dsl.library import ScaleRules
from thangdiem.dsl.rulebook import State
from thangdiem.dsl.versions import Transition
from thangdiem.engine.evaluation import nodes
from thangdiem.engine.evaluation.conditions import condition
from thangdiem.engine.evaluation.population import Units
from thangdiem.engine.evaluation.unit import Plan, UnitEvaluation
from thangdiem.engine.facts import UnitFacts


@frozen
class Division:
    """Which units keep the former rules, by the clause that says so; the others are judged by the present ones.

    All by place among the units. ``open`` are units of which data are missing that decide.
    """

    present: tuple[int, ...]
    former: tuple[tuple[Transition, tuple[int, ...]], ...] = ()
    open: frozenset[int] = frozenset()
    diagnostics: tuple[Diagnostic, ...] = field(default=())


def divide(
    rules: ScaleRules, units: Sequence[UnitFacts], transitions: Sequence[Transition], period: int | None
) -> Division:
    """Divides the units of a scale among the versions; of several clauses the first that is met decides."""
    counting = [each for each in transitions if _counts(each, rules, period)]
    plan = Plan(rules.book, rules.scale, period)
    kept: dict[int, list[int]] = {}
    present: list[int] = []
    undecided: set[int] = set()
    told: list[Diagnostic] = []
    for place, facts in enumerate(units):
        chosen, gaps = _chosen(UnitEvaluation(plan, facts, Units(), nodes), counting)
        if gaps:
            undecided.add(place)
            told.append(Diagnostic("TD519", {"unit": facts.unit, "gaps": ", ".join(gaps)}, facts.place))
        if chosen is None:
            present.append(place)
        else:
            kept.setdefault(chosen, []).append(place)
    former = tuple((counting[index], tuple(places)) for index, places in sorted(kept.items()))
    return Division(tuple(present), former, frozenset(undecided), tuple(told))


def _counts(transition: Transition, rules: ScaleRules, period: int | None) -> bool:
    """Whether a clause speaks of the scale, which the former rules must have, and of the year assessed."""
    if transition.last_period is not None and period is not None and period > transition.last_period:
        return False
    wanted = toneless(rules.scale.id)
    before = {toneless(each.id) for each in transition.book.scales}
    return wanted in before and toneless(transition.scale) in ("", wanted)


def _chosen(unit: UnitEvaluation, transitions: Sequence[Transition]) -> tuple[int | None, tuple[str, ...]]:
    """The first transition the unit falls under, or the data that would decide."""
    for index, transition in enumerate(transitions):
        if transition.condition is None:
            if fold(unit.facts.unit) in {fold(name) for name in transition.units}:
                return index, ()
            continue
        step = condition(transition.condition, unit)
        if step.state is not State.VALUE:
            return None, step.gaps or (unit.facts.unit,)
        if step.value is True:
            return index, ()
    return None, ()
