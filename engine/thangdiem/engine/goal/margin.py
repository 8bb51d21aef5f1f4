"""A unit with a grade in; how much it may lose, in all and item by item, before the grade is lost, out."""

from __future__ import annotations

from fractions import Fraction

from thangdiem.dsl import rulebook as rb
from thangdiem.engine.goal.answer import Loss, Margin
from thangdiem.engine.goal.attainable import Alternative, Lever
from thangdiem.engine.goal.polarity import lower_is_better
from thangdiem.engine.goal.scene import Changes, Scene
from thangdiem.engine.goal.search import Budget, Exhausted
from thangdiem.engine.goal.witness import data_changes


def margin(scene: Scene, levers: dict[str, Lever], *, rises: bool, trials: int) -> Margin:
    """How much a graded unit may lose, in each item and in all; ``rises`` allows to find each loss by halving."""
    grading, grade = scene.block, scene.unit.grade
    assert grading is not None
    assert grade is not None
    budget = Budget(trials)
    kept = set(grading.grades[: grading.grades.index(grade) + 1])
    losses, safe, stopped = [], [], False
    for key, lever in levers.items():
        try:
            found = _loss(scene, lever, kept, budget, rises=rises)
        except Exhausted:
            stopped = True
            break
        if found is None:
            safe.append(key)
        else:
            losses.append(_told(scene, key, lever, found))
    total, held = _to_the_edge(scene, grading)
    losses.sort(key=lambda each: each.points)
    return Margin(grade, total, held, tuple(losses), tuple(safe), stopped)


def _loss(scene: Scene, lever: Lever, kept: set[str], budget: Budget, *, rises: bool) -> Alternative | None:
    """The greatest value below the present one that costs the grade."""

    def costs(changes: Changes) -> bool:
        budget.spend()
        return scene.outcome(changes).grade not in kept

    worst = lever.worst()
    if lever.now is None or worst is None or worst.value >= lever.now:
        return None
    if not rises:
        current = lever.below(lever.now)
        while current is not None and not costs(current.changes):
            current = lever.below(current.value)
        return current
    if not costs(worst.changes):
        return None
    first = lever.below(lever.now)
    if first is None or costs(first.changes):
        return first
    holding = first.value
    while True:
        middle = (holding + worst.value) / 2
        other = lever.at_most(middle)
        if other is not None and other.value > worst.value:
            if costs(other.changes):
                worst = other
            else:
                holding = other.value
            continue
        above = lever.at_least(middle)
        if above is None or above.value >= holding or not costs(above.changes):
            return worst
        worst = above


def _told(scene: Scene, key: str, lever: Lever, found: Alternative) -> Loss:
    assert lever.now is not None
    item = scene.plan.items.get(key)
    title = item.title if item is not None else scene.plan.bonuses[key].title
    grade = scene.outcome(found.changes).grade or ""
    points = abs(lever.now - found.value)
    return Loss(key, title, points, abs(lever.now), data_changes(scene, found.changes), grade)


def _to_the_edge(scene: Scene, grading: rb.Grading) -> tuple[Fraction | None, bool]:
    """How much of the total separates the unit from the edge of its band, and whether the edge still belongs to it."""
    trace = scene.unit.trace
    assert trace is not None
    if trace.grading is None or grading.basis is rb.GradeBasis.EXPRESSION:
        return None, True
    met = next((trial for trial in trace.grading.bands if trial.met), None)
    band = next((band for band in grading.bands if met is not None and band.grade == met.grade), None)
    if met is None or band is None or band.grade != scene.unit.grade or band.within is None:
        return None, True
    basis = trace.grading.basis.value
    ends = [part for step in met.conditions[:1] for part in step.children]
    end, held = (band.within.high, not band.within.high_open) if lower_is_better(grading) else (
        band.within.low, not band.within.low_open)  # fmt: skip
    if end is None or not isinstance(basis, Fraction) or not ends:
        return None, True
    edge = (ends[-1] if lower_is_better(grading) else ends[0]).value
    assert isinstance(edge, Fraction)  # the band was found to hold the value
    maximum = scene.unit.maximum if grading.basis is rb.GradeBasis.SHARE else Fraction(1)
    return (None, True) if maximum is None else (abs(basis - edge) * maximum, held)
