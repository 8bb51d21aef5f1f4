"""An item or bonus of a unit in; what of its data may be changed, and to which values, out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from thangdiem.dsl import rulebook as rb
from thangdiem.engine.facts import MISSING, FactValue
from thangdiem.engine.goal.axes import axis_of
from thangdiem.engine.goal.axis import Input
from thangdiem.engine.goal.scene import Scene

MOST_MARKS = 10
"""Letters of a checklist of which every combination is tried; beyond it, those that differ in two letters at most."""


def inputs_of(scene: Scene, key: str) -> tuple[Input, ...]:
    """What an item or bonus is made of: its level, marks or points, then its data in the order of the text."""
    data = tuple(("datum", name) for name in scene.reads[key].data)
    return (("score", key), *data) if reads_score(scene, key) else data


def reads_score(scene: Scene, key: str) -> bool:
    """Whether the data give a level, marks or points of the item itself."""
    given = any(
        isinstance(method, rb.Choice | rb.Direct)
        or (isinstance(method, rb.Checklist) and any(mark.when is None for mark in method.marks))
        for method in methods_of(scene, key)
    )
    return given or _is_judged(scene, key)


def _is_judged(scene: Scene, key: str) -> bool:
    return any(isinstance(part, rb.Judged) for part in scene.reads[key].every)


def methods_of(scene: Scene, key: str) -> Iterator[rb.Method]:
    """The method of an item or bonus, or the branches of it."""
    item = scene.plan.items.get(key)
    method = item.method if item is not None else scene.plan.bonuses[key].method
    waiting = [method] if method is not None else []
    while waiting:
        current = waiting.pop(0)
        if isinstance(current, rb.Guarded):
            waiting.extend(guard.method for guard in current.guards)
        else:
            yield current


def is_computed(scene: Scene, key: str, found: Input) -> bool:
    """Whether every value of a number counts, not only between which marks it lies."""
    return found[0] == "score" or found[1] in scene.reads[key].computed


def present(scene: Scene, found: Input) -> FactValue | None:
    """What an input holds; None where it has no value."""
    kind, name = found
    return (scene.facts.data if kind == "datum" else scene.facts.scores).get(name, MISSING).value


def candidates(scene: Scene, key: str, found: Input) -> tuple[FactValue, ...]:
    """The values of an input that are tried besides the present one, the nearest first."""
    now = present(scene, found)
    return tuple(value for value in _values(scene, key, found) if value != now)


def _values(scene: Scene, key: str, found: Input) -> tuple[FactValue, ...]:
    along = axis_of(scene, key, found)
    if along is not None:
        steps = sorted(along.around_cuts(), key=lambda step: (along.distance(step), step))
        return tuple(along.value(step) for step in steps)
    return tuple(_of_score(scene, key)) if found[0] == "score" else tuple(_of_datum(scene, key, found[1]))


def _of_datum(scene: Scene, key: str, name: str) -> Iterator[FactValue]:
    """The values of a datum that holds no numbers: words declared, else the texts it is compared with."""
    declared = scene.rules.scale.data[name]
    match declared.form:
        case rb.DataForm.YES_NO:
            yield from (True, False)
        case rb.DataForm.ONE_OF:
            yield from declared.options
        case _:
            yield from scene.reads[key].texts.get(name, ())


def _of_score(scene: Scene, key: str) -> Iterator[FactValue]:
    now = present(scene, ("score", key))
    for method in methods_of(scene, key):
        match method:
            case rb.Choice():
                yield from (level.label for level in method.levels)
            case rb.Checklist():
                letters = tuple(mark.letter for mark in method.marks if mark.when is None)
                yield from _ticked(letters, now if isinstance(now, tuple) else ())
            case _:
                continue


def _ticked(letters: tuple[str, ...], now: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Every combination of letters, those that differ least from the present one first."""
    widest = len(letters) if len(letters) <= MOST_MARKS else 2
    for count in range(1, widest + 1):
        for turned in combinations(letters, count):
            yield tuple(letter for letter in letters if (letter in now) is not (letter in turned))
