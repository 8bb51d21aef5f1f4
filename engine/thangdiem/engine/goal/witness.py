"""Changes of a unit's facts in; all units evaluated again, and the difference, out."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from thangdiem.dsl.rulebook import State
from thangdiem.engine.facts import MISSING
from thangdiem.engine.goal.answer import DatumChange, PointsChange, Way
from thangdiem.engine.goal.scene import Changes, Scene
from thangdiem.engine.result import UnitResult
from thangdiem.engine.trace import Step


def way(scene: Scene, keys: tuple[str, ...], changes: Changes) -> Way:
    """The witness of a way: its data, what the interpreter makes of them, and what that changes."""
    facts = scene.with_changes(changes)
    after = scene.confirmed(changes)
    gain = None if after.total is None or scene.unit.total is None else after.total - scene.unit.total
    return Way(keys, gain, data_changes(scene, changes), tuple(_points(scene, keys, after)), after, facts)


def data_changes(scene: Scene, changes: Changes) -> tuple[DatumChange, ...]:
    """What is to be changed, points and levels first as the rule file lists them, then data."""
    facts = scene.with_changes(changes)
    found = []
    for kind, name in changes:
        if kind == "datum":
            found.append(DatumChange(name, "", scene.facts.data.get(name, MISSING), facts.data[name]))
        else:
            found.append(DatumChange("", name, scene.facts.scores.get(name, MISSING), facts.scores[name]))
    order = {key: at for at, key in enumerate(scene.levers)}
    data = {name: at for at, name in enumerate(scene.rules.scale.data)}
    return tuple(sorted(found, key=lambda each: (order.get(each.code, len(order)), data.get(each.name, 0))))


def _points(scene: Scene, keys: tuple[str, ...], after: UnitResult) -> Iterator[PointsChange]:
    """Every item and bonus that moves, or was meant to, in the order of the rule file."""
    before_trace, after_trace = scene.unit.trace, after.trace
    assert before_trace is not None
    assert after_trace is not None
    steps = {**before_trace.items, **before_trace.bonuses}
    moved = {**after_trace.items, **after_trace.bonuses}
    plan = scene.plan
    places = {code: item.span.start for code, item in plan.items.items()}
    places |= {key: bonus.span.start for key, bonus in plan.bonuses.items()}
    for key in sorted(places, key=lambda key: places[key]):
        before, now = _value(steps.get(key)), _value(moved.get(key))
        if before == now and key not in keys:
            continue
        item = plan.items.get(key)
        title = item.title if item is not None else plan.bonuses[key].title
        yield PointsChange(key, title, before, now, key in keys, item is None or not item.children)


def _value(step: Step | None) -> Fraction | None:
    if step is None or step.state is not State.VALUE:
        return None
    return step.value if isinstance(step.value, Fraction) else None
