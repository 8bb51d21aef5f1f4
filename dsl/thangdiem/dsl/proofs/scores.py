"""Claims about scores: each item within its points and able to reach them, the total within the scale's."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.bounds.extent import Extent
from thangdiem.dsl.bounds.totals import before_bonus, of_total, unchecked_item, unchecked_total
from thangdiem.dsl.checks.reach import is_declared
from thangdiem.dsl.checks.survey import Ground, branches
from thangdiem.dsl.proofs.proof import Claim, Outcome, Proof, Reason
from thangdiem.dsl.proofs.reading import Node, rests_on


def prove_scores(ground: Ground) -> Iterator[Proof]:
    """Every item in the order of the file, then the total."""
    for item in ground.scale.walk():
        value = unchecked_item(item, ground.world).value
        if item.points.low is not None or item.points.high is not None:
            yield _range(item, value, ground)
        if item.points.form is rb.PointsForm.FIXED and item.points.high:
            yield _maximum(item, value, ground)
    points = ground.scale.points
    if (points.low is not None or points.high is not None) and (ground.scale.items or ground.scale.total is not None):
        yield _total(points, ground)


def undeclared(parts: tuple[Node | rb.Expression, ...], ground: Ground) -> tuple[str, ...]:
    """The data that parts of the scale rest on and whose domain the file does not say."""
    return tuple(name for name in rests_on(parts, ground.world).data if not is_declared(name, ground))


def _range(item: rb.Item, value: Extent | None, ground: Ground) -> Proof:
    points = item.points
    range_ = Extent(points.low, points.high)
    proof = Proof(
        Claim.RANGE, ground.scale.id, item.code, Outcome.PROVED, Reason.BOUNDS,
        low=points.low, high=points.high, span=points.span,
    )  # fmt: skip
    if value is None or value.within(range_):
        given = item.method is not None and all(isinstance(each, rb.Direct) for each in branches(item.method))
        return evolve(proof, why=Reason.GIVEN) if given else proof
    rounding = item.rounding or ground.world.tables.kind_roundings.get(item.kind_word)
    base = before_bonus(item, ground.world).value
    if item.bonuses and not item.limits and rounding is None and base is not None and base.within(range_):
        return evolve(proof, why=Reason.WITHOUT_BONUS)
    return _open(proof, value, undeclared((item,), ground))


def _open(proof: Proof, value: Extent, names: tuple[str, ...]) -> Proof:
    """What the bounds leave open, with the end that lies outside, if it is a number."""
    high = proof.high is not None and (value.high is None or value.high > proof.high)
    why = Reason.UNDECLARED if names else Reason.NO_WITNESS
    return evolve(proof, outcome=Outcome.OPEN, why=why, names=names, found=value.high if high else value.low)


def _maximum(item: rb.Item, value: Extent | None, ground: Ground) -> Proof:
    points = item.points
    proof = Proof(
        Claim.MAXIMUM, ground.scale.id, item.code, Outcome.OPEN, Reason.NO_WITNESS, high=points.high, span=points.span
    )
    assert points.high is not None
    if value is not None and value.high is not None and value.high < points.high:
        return evolve(proof, outcome=Outcome.REFUTED, why=Reason.BOUNDS, found=value.high)
    names = undeclared((item,), ground)
    return evolve(proof, why=Reason.UNDECLARED, names=names) if names else proof


def _total(points: rb.Points, ground: Ground) -> Proof:
    scale = ground.scale
    proof = Proof(
        Claim.TOTAL, scale.id, "", Outcome.PROVED, Reason.BOUNDS, low=points.low, high=points.high, span=scale.head
    )
    value = unchecked_total(ground.world).value
    if value is None or value.within(Extent(points.low, points.high)):
        return proof
    unknown = tuple(item.code for item in scale.walk() if item.points.form is rb.PointsForm.UNKNOWN)
    if unknown:
        return evolve(proof, outcome=Outcome.OPEN, why=Reason.UNKNOWN_POINTS, names=unknown)
    plain = evolve(scale, bonuses=())
    if scale.bonuses and not scale.limits and not any(item.bonuses for item in scale.walk()) and not scale.roundings:
        without = _without_bonuses(plain, ground)
        if without is not None and without.within(Extent(points.low, points.high)):
            return evolve(proof, why=Reason.WITHOUT_BONUS)
    return _open(proof, value, undeclared((rb.TotalPoints(),), ground))


def _without_bonuses(scale: rb.Scale, ground: Ground) -> Extent | None:
    """The total of a scale that is the same but for its bonuses, which nothing in it may refer to."""
    from thangdiem.dsl.bounds.world import world_of
    from thangdiem.dsl.walk import all_of, expressions_of

    if any(isinstance(part, rb.BonusPoints) for outer in expressions_of(scale) for part in all_of(outer)):
        return None
    world = world_of(scale, year=ground.world.tables.year)
    of_total(world)
    return unchecked_total(world).value
