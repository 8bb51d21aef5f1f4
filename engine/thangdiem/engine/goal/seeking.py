"""A unit and a grade in; the smallest changes that reach it, what stands in the way, what may be lost, out."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from itertools import islice

from attrs import evolve, frozen

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.diagnostic import Diagnostic
from thangdiem.dsl.letters import fold, toneless
from thangdiem.dsl.library import ScaleRules
from thangdiem.dsl.suggestion import closest
from thangdiem.engine.evaluation.maxima import scale_maximum
from thangdiem.engine.facts import UnitFacts
from thangdiem.engine.goal.answer import Goal, Obstacle
from thangdiem.engine.goal.attainable import Lever
from thangdiem.engine.goal.axis import Input
from thangdiem.engine.goal.exhaustive import Exhaustive
from thangdiem.engine.goal.influence import influence, threshold
from thangdiem.engine.goal.inputs import inputs_of
from thangdiem.engine.goal.margin import margin
from thangdiem.engine.goal.obstacles import decided, standing
from thangdiem.engine.goal.polarity import lower_is_better, rises
from thangdiem.engine.goal.scene import Changes, Outcome, Scene
from thangdiem.engine.goal.search import Budget, Exhausted, Found, Scope, Search
from thangdiem.engine.goal.witness import way
from thangdiem.engine.result import Status, UnitResult

MOST_TRIALS = 20_000
"""Combinations that are tried unless the caller says otherwise."""

MOST_GROUNDS = 200
"""Settings of shared data at which the best that can be is looked for; where there are more, it is not told."""


@frozen
class Wish:
    """What is asked for: a grade (None: the next better one), what stays as it is, how many ways, how long to try.

    ``fixed`` are codes of items, titles of bonuses and names of data in brackets; ``free`` data that may change though
    they stand under a fraction stroke.
    """

    grade: str | None = None
    fixed: tuple[str, ...] = ()
    free: tuple[str, ...] = ()
    most: int = 5
    trials: int = MOST_TRIALS


class NoGoalError(ValueError):
    """What was asked for makes no sense of this unit; the diagnostic says why."""

    def __init__(self, *diagnostics: Diagnostic) -> None:
        super().__init__(diagnostics[0].message("en"))
        self.diagnostics = diagnostics


def seek(
    rules: ScaleRules,
    units: Sequence[UnitFacts],
    place: int,
    wish: Wish,
    period: int | None = None,
    others: Mapping[str, Sequence[UnitFacts]] | None = None,
) -> Goal:
    """What unit ``place`` of the units must change to reach a grade; the other units stay as they are.

    NoGoalError where the unit is refused, has no grade, or the wish names what is not there.
    """
    scene = Scene(rules, units, place, period, others)
    grading, current = _graded(scene)
    target = _target(grading, current, wish)
    kept = _kept(scene, wish)
    divisors = _divisors(scene, wish)
    scope = _scope(scene, grading, target, kept, divisors, wish)
    rising = rises(scene.plan, grading) and not (scene.choice.scores or scene.choice.units)
    free = {key: inputs_of(scene, key) for key in scene.levers if not _exempt(scene, key)}
    losing = {
        key: Lever(scene, key, tuple(each for each in inputs if each not in divisors), {}, scope.signs[key])
        for key, inputs in free.items()
    }
    found = Goal(
        "reached", rules, period, scene.unit, target,
        kept=tuple(_named(each) for each in kept), divisors=tuple(name for _, name in divisors),
        margin=margin(scene, losing, rises=rising, trials=wish.trials),
    )  # fmt: skip
    if grading.grades.index(current) <= grading.grades.index(target):
        return found
    return _sought(found, scene, scope, grading, target, wish, rising=rising)


def _graded(scene: Scene) -> tuple[rb.Grading, str]:
    unit = scene.unit
    if unit.status is Status.REFUSED:
        raise NoGoalError(Diagnostic("TD540", {"unit": unit.unit}), *unit.diagnostics)
    if scene.block is None or unit.grade is None:
        raise NoGoalError(Diagnostic("TD541", {"unit": unit.unit, "scale": scene.rules.scale.id}))
    return scene.block, unit.grade


def _target(grading: rb.Grading, current: str, wish: Wish) -> str:
    grades = grading.grades
    if wish.grade is None:
        return grades[max(0, grades.index(current) - 1)]
    for key in (str, fold, toneless):
        found = [grade for grade in grades if key(grade) == key(wish.grade)]
        if len(found) == 1:
            return found[0]
    near = closest(wish.grade, grades) or grades
    raise NoGoalError(Diagnostic("TD542", {"grade": wish.grade, "grades": _quoted(near)}))


def _kept(scene: Scene, wish: Wish) -> tuple[Input, ...]:
    """What the caller wants left as it is: every input of an item, or one datum."""
    found: list[Input] = []
    for asked in wish.fixed:
        found.extend(each for each in _meant(scene, asked) if each not in found)
    return tuple(found)


def _meant(scene: Scene, asked: str) -> tuple[Input, ...]:
    keys = {fold(code): (code, *_below(scene, code)) for code in scene.plan.items}
    for bonus in scene.plan.bonuses.values():
        keys.setdefault(fold(bonus.title), (bonus.key,))
    named = asked.strip()
    bracketed = named.startswith("[") and named.endswith("]")
    data = {fold(name): name for name in scene.rules.scale.data}
    wanted = fold(named.strip("[]"))
    if not bracketed and wanted in keys:
        return tuple(("score", key) for key in keys[wanted])
    if wanted in data:
        return (("datum", data[wanted]),)
    titles = [bonus.title for bonus in scene.plan.bonuses.values()]
    known = [*scene.plan.items, *titles, *(f"[{name}]" for name in data.values())]
    near = closest(named, known) or closest(f"[{named}]", known) or known[:5]
    raise NoGoalError(Diagnostic("TD543", {"named": asked, "nearest": _quoted(near)}))


def _below(scene: Scene, code: str) -> tuple[str, ...]:
    item = scene.plan.items[code]
    found = tuple(each.code for each in item.walk() if each.code != code)
    return (*found, *(bonus.key for each in item.walk() for bonus in each.bonuses))


def _quoted(names: Collection[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)


def _divisors(scene: Scene, wish: Wish) -> tuple[Input, ...]:
    """The data that stand alone under a fraction stroke: how much there is to do, not how much was done."""
    free = {each for asked in wish.free for each in _meant(scene, asked)}
    names = dict.fromkeys(name for found in scene.reads.values() for name in found.data if name in found.divisors)
    return tuple(key for name in names if (key := ("datum", name)) not in free)


def _scope(
    scene: Scene, grading: rb.Grading, target: str, kept: tuple[Input, ...], divisors: tuple[Input, ...], wish: Wish
) -> Scope:
    """What may be changed: nothing that is kept, nor any datum of an item that is kept."""
    fixed_keys = {name for kind, name in kept if kind == "score"}
    still = {*kept, *divisors, *(each for key in fixed_keys & set(scene.levers) for each in inputs_of(scene, key))}
    inputs = {}
    for key in scene.levers:
        own = tuple(each for each in inputs_of(scene, key) if each not in still)
        if own and key not in fixed_keys and not _exempt(scene, key):
            inputs[key] = own
    every = [each for key in scene.levers for each in inputs_of(scene, key)]
    structure = {("datum", name) for name in scene.structure.data}
    shared = frozenset(each for each in every if every.count(each) > 1 or each in structure)
    sign = -1 if lower_is_better(grading) else 1
    turned = {key: -sign if scene.plan.bonuses[key].deduction else sign for key in scene.plan.bonuses}
    signs = {key: turned.get(key, sign) for key in scene.levers}
    better = grading.grades[: grading.grades.index(target) + 1]

    def reached(outcome: Outcome) -> bool:
        return outcome.grade in better

    return Scope(scene, inputs, shared, signs, reached, Budget(wish.trials))


def _exempt(scene: Scene, key: str) -> bool:
    """Whether an item has no points to move: it does not apply, or the total is given without it."""
    trace = scene.unit.trace
    assert trace is not None
    if trace.total.children and trace.total.children[0].kind == "total_given":
        return True
    return scene.leaf(key, {}) is None or scene.is_exempt(key)


def _named(found: Input) -> str:
    return f"[{found[1]}]" if found[0] == "datum" else found[1]


def _sought(
    found: Goal, scene: Scene, scope: Scope, grading: rb.Grading, target: str, wish: Wish, *, rising: bool
) -> Goal:
    movable = frozenset(name for inputs in scope.inputs.values() for kind, name in inputs if kind == "datum")
    if not scope.keys:
        return evolve(found, status="unreachable", obstacles=(Obstacle("nothing", target),))
    if sure := decided(scene, target, movable):
        return _unreachable(found, sure, _best(scene, scope)[0] if rising else None)
    if not rising:
        return _by_everything(found, scene, scope, wish)
    best, complete = _best(scene, scope)
    surely = complete and not scope.given_up and not scene.displaces
    if best is not None and surely and not scope.reached(_outcome(best)):
        return _unreachable(found, tuple(standing(scene, target, best, movable)), best)
    ends = (scene.unit,) if best is None else (scene.unit, best)
    stays = movable.isdisjoint(scene.choice.data)
    edge = threshold(grading, target, scene.unit.maximum) if stays else None
    need = None if edge is None or scene.unit.total is None else max(Fraction(0), edge - scene.unit.total)
    search = Search(scope, wish.most, influence(scene.plan, _before_rescaling(scene), ends), need)
    stopped = False
    try:
        search.run()
    except Exhausted:
        stopped = True
        search.close()
    return _told(found, scene, scope, search.found, (), more=search.more, stopped=stopped)


def _unreachable(found: Goal, obstacles: tuple[Obstacle, ...], best: UnitResult | None) -> Goal:
    total = best.total if best is not None else None
    return evolve(found, status="unreachable", obstacles=obstacles, best=total)


def _by_everything(found: Goal, scene: Scene, scope: Scope, wish: Wish) -> Goal:
    search, stopped = Exhaustive(scope, wish.most), False
    try:
        search.run()
    except Exhausted:
        stopped = True
    return _told(found, scene, scope, search.found, tuple(search.cut), more=search.more, stopped=stopped)


def _told(
    found: Goal, scene: Scene, scope: Scope, ways: list[Found], cut: tuple[str, ...], *, more: bool, stopped: bool
) -> Goal:
    """The ways, each evaluated again with all units; one that does not hold then would be a bug, and is not shown."""
    witnesses = tuple(way(scene, each.keys, each.changes) for each in ways)
    held = tuple(each for each in witnesses if scope.reached(_outcome(each.after)) and scene.states_kept(each.after))
    rough = tuple(key for key in scope.keys if key in {*cut, *scope.given_up})
    status = "found" if held else "open" if stopped or rough or scene.displaces else "unreachable"
    return evolve(
        found, status=status, ways=held, more=more, stopped=stopped, trials=scope.budget.spent, rough=rough
    )  # fmt: skip


def _outcome(unit: UnitResult) -> Outcome:
    return Outcome(unit.total, unit.grade)


def _before_rescaling(scene: Scene) -> Fraction | None:
    """The maximum before the total is brought back to the points of the scale."""
    member = scene.member(scene.facts)
    member.nodes.total(member)
    return scale_maximum(member)


def _best(scene: Scene, scope: Scope) -> tuple[UnitResult | None, bool]:
    """The unit with every item at its best, on the ground where that comes to most; whether all grounds were tried.

    Where other grades hold it stands only if they reach the goal.
    """
    sign = -1 if scene.block is not None and lower_is_better(scene.block) else 1
    grounds = list(islice(scope.grounds(scope.keys), MOST_GROUNDS + 1))
    best: tuple[bool, Fraction, Changes] | None = None
    for ground in grounds[:MOST_GROUNDS]:
        changes = dict(ground)
        for key in scope.keys:
            top = scope.lever(key, ground).best()
            changes.update(top.changes if top is not None else {})
        outcome = scene.outcome(changes)
        reached = scope.reached(outcome)
        if outcome.grade is None or not (reached or scene.block_after(changes) is scene.block):
            continue
        rank = (reached, sign * (outcome.total or Fraction(0)))
        if best is None or rank > best[:2]:
            best = (*rank, changes)
    return (None if best is None else scene.confirmed(best[2])), len(grounds) <= MOST_GROUNDS
