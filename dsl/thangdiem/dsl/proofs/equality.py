"""Two versions of a rulebook in; for each item that no change names a proof that it is scored alike in both, out."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve, frozen

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.bounds.world import World, world_of
from thangdiem.dsl.comparison import Change, ChangeKind, Effect, SubjectForm, compare
from thangdiem.dsl.comparison.rekeying import rekeyed
from thangdiem.dsl.comparison.scales import renaming
from thangdiem.dsl.proofs.proof import Claim, Outcome, Proof, Reason
from thangdiem.dsl.proofs.reading import Ground, rests_on


@frozen
class _Side:
    """A scale of one version, under the later names."""

    scale: rb.Scale
    world: World


def prove_same(old: rb.Rulebook, new: rb.Rulebook) -> Iterator[Proof]:
    """Scale by scale, of the items both versions have, those that no change with an effect names."""
    changes = [each for each in compare(old, new).changes if each.consequence.effect is not Effect.NONE]
    former = {scale.id: scale for scale in old.scales}
    for scale in new.scales:
        if scale.id not in former:
            continue
        before = former[scale.id]
        early = rekeyed(before, renaming(before, scale))
        sides = (_Side(early, world_of(early)), _Side(scale, world_of(scale)))
        yield from _of_scale(sides, [each for each in changes if each.scale in ("", scale.id)])


def _of_scale(sides: tuple[_Side, _Side], changes: list[Change]) -> Iterator[Proof]:
    earlier, later = sides
    for item in later.scale.walk():
        before = earlier.world.tables.items.get(item.code)
        if before is None:
            continue
        grounds = (rests_on((before,), earlier.world), rests_on((item,), later.world))
        if any(_names(change, ground) for change in changes for ground in grounds):
            continue
        proof = Proof(Claim.SAME, later.scale.id, item.code, Outcome.PROVED, Reason.STRUCTURE, span=item.head)
        if any(_looks_around(ground) for ground in grounds):
            yield evolve(proof, outcome=Outcome.OPEN, why=Reason.OTHER_UNITS)
        elif _rules(before, grounds[0], earlier) == _rules(item, grounds[1], later):
            yield proof
        else:
            yield evolve(proof, outcome=Outcome.OPEN, why=Reason.NO_WITNESS)


def _names(change: Change, ground: Ground) -> bool:
    """Whether a change is about something the item rests on."""
    subject = change.subject
    match subject.form:
        case SubjectForm.ITEM:
            return any(isinstance(each, rb.Item) and each.code == subject.key for each in ground.nodes)
        case SubjectForm.BONUS:
            keys = [each.key for each in ground.nodes if isinstance(each, rb.Bonus)]
            return subject.key in keys or f"+{subject.key}" in keys or f"-{subject.key}" in keys
        case SubjectForm.NAME:
            return any(isinstance(each, rb.Named) and each.name == subject.key for each in ground.nodes)
        case SubjectForm.DATUM:
            return subject.key in ground.data
        case SubjectForm.SCALE:
            return change.kind in _OF_ITEMS or _looks_up(ground)
        case SubjectForm.GRADES | SubjectForm.DOCUMENT | SubjectForm.EXAMPLE:
            return False


_OF_ITEMS = (ChangeKind.POLICY, ChangeKind.ROUNDING, ChangeKind.LAYERS)
"""Lines of a scale by which its items are scored."""


def _looks_up(ground: Ground) -> bool:
    """Whether the total or the maximum of the scale is looked at, which follow from all of it."""
    return any(
        isinstance(each, rb.TotalPoints) or (isinstance(each, rb.MaximumOf) and not each.code)
        for each in ground.expressions
    )


def _looks_around(ground: Ground) -> bool:
    """Whether grades of other units are looked at, or units that may be of other scales."""
    return any(
        isinstance(each, rb.UnitsGraded)
        or (isinstance(each, rb.OverUnits | rb.RankAmong) and each.cohort is rb.Cohort.SUBORDINATE)
        for each in ground.expressions
    )


def _rules(item: rb.Item, ground: Ground, side: _Side) -> tuple[object, ...]:
    """Everything the score of an item follows from, without words and places."""
    scale = side.scale
    data = {name: _datum(scale.data[name]) for name in ground.data if name in scale.data}
    nodes = tuple(_bare(node, side) for node in ground.nodes)
    above = (scale.points, scale.total, scale.limits, scale.aggregation) if _looks_up(ground) else ()
    steps = tuple(rule for rule in scale.roundings if rule.step is not rb.RoundingStep.KIND)
    return (item.code, nodes, data, above, steps, scale.layers)


def _datum(declared: rb.DataField) -> rb.DataField:
    return evolve(declared, unit="", source="", evidence="", used_by=())


def _bare(node: rb.Item | rb.Bonus | rb.Named, side: _Side) -> object:
    if not isinstance(node, rb.Item):
        return evolve(node, provision=rb.Provision()) if isinstance(node, rb.Bonus) else node
    rounding = node.rounding or side.world.tables.kind_roundings.get(node.kind_word)
    policy = side.scale.policy_of(node.code, side.world.tables.items)
    children = tuple((child.code, child.weight, child.points.counted) for child in node.children)
    bonuses = tuple(bonus.key for bonus in node.bonuses)
    bare = evolve(
        node, kind_word="", title="", parent="", weight=None, children=(), bonuses=(), rounding=rounding,
        provision=rb.Provision(), aggregation=evolve(node.aggregation, written=False),
        method=None if node.method is None else _unlabelled(node.method),
    )  # fmt: skip
    return (bare, policy, children, bonuses)


def _unlabelled(method: rb.Method) -> rb.Method:
    """The method without the words of its levels and letters: units choose among them as each version calls them."""
    match method:
        case rb.Choice():
            levels = (evolve(each, label=str(at), aliases=()) for at, each in enumerate(method.levels))
            return evolve(method, levels=tuple(levels))
        case rb.Checklist():
            marks = (evolve(each, label="") if each.label else each for each in method.marks)
            return evolve(method, marks=tuple(marks))
        case rb.Guarded():
            guards = (evolve(each, method=_unlabelled(each.method)) for each in method.guards)
            return evolve(method, guards=tuple(guards))
        case _:
            return method
