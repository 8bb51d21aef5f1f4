"""What the nodes of a scale may come to: bonuses, items from their methods or children, and the total.

The order at every node is that of the language: method or children, missing rule, whether it applies,
replacements and conditions, bonus and deduction, limits, rounding; outside the stated range is no result.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.bounds import aggregates, conditions, expressions, maxima, methods
from thangdiem.dsl.bounds.extent import ONE, UNBOUNDED, ZERO, Extent, either, point
from thangdiem.dsl.bounds.gaps import anything_open
from thangdiem.dsl.bounds.narrowing import assuming
from thangdiem.dsl.bounds.world import Possible, World

gathered = aggregates.gathered
maximum_of = maxima.maximum_of


def given(code: str, world: World) -> Extent | None:
    """Points given directly to an item or a bonus."""
    known = world.tables.known.score(code)
    if isinstance(known, Fraction):
        return point(known)
    stated = _stated(code, world)
    return UNBOUNDED if stated is None else Extent(stated.low, stated.high)


def counted(met: Iterable[bool | None]) -> Extent:
    """How many hold."""
    listed = list(met)
    sure, possible = listed.count(True), len(listed) - listed.count(False)
    return point(Fraction(sure)) if sure == possible else Extent(Fraction(sure), Fraction(possible), ONE)


def _stated(code: str, world: World) -> rb.Points | None:
    item_ = world.tables.items.get(code)
    return item_.points if item_ is not None else world.tables.bonuses[code].points


# --- items


def item(code: str, world: World) -> Possible:
    """The score an item may come to, and whether it may not apply and leave."""
    plain = world.plain()
    return plain.find(("item", code), lambda: _item(world.tables.items[code], plain))


def own(node: rb.Item, world: World) -> Possible:
    """What the method or the children of an item may come to where it applies."""
    applying = world
    for condition in node.applicability.conditions:
        applying = assuming(applying, condition, holds=False)
    if node.method is not None:
        return methods.of_method(node.method, node.code, applying)
    if not node.children:
        return Possible(given(node.code, world))
    return children(node.children, node.aggregation, world)


def children(nodes: tuple[rb.Item, ...], rule: rb.Aggregation, world: World) -> Possible:
    """What the children that count may come to together."""
    kept = [child for child in nodes if child.points.counted]
    found = [item(child.code, world) for child in kept]
    weights = [child.weight if child.weight is not None else ONE for child in kept]
    return aggregates.aggregated(rule, list(zip(found, weights, strict=True)))


def _item(node: rb.Item, world: World) -> Possible:
    found = unchecked(node, world)
    return Possible(_in_range(found.value, node.points, node.bonuses, world), found.exempt)


def unchecked(node: rb.Item, world: World) -> Possible:
    """The score an item may come to before it is held against the stated range."""
    found = before_bonus(node, world)
    if found.value is None:
        return found
    value = methods.limited(with_bonuses(found.value, node.bonuses, world), node.limits, world)
    rounding = node.rounding or world.tables.kind_roundings.get(node.kind_word)
    return Possible(value if value is None or rounding is None else value.rounded(rounding), found.exempt)


def before_bonus(node: rb.Item, world: World) -> Possible:
    """The score an item may come to before bonus and deduction, limits and rounding."""
    found = _missing_rule(_applying(node, world), node, world)
    found = _policy(found, node, world)
    if found.value is None and found.exempt:
        return found
    value = found.value
    for replacement in node.replacements:
        value = _chosen(conditions.truth(replacement.when, world), expressions.extent(replacement.value, world), value)
    if node.counts_when is not None:
        value = _chosen(conditions.truth(node.counts_when, world), value, point(ZERO))
    return Possible(value, found.exempt)


def _applying(node: rb.Item, world: World) -> Possible:
    """The method or children, or that the item does not apply by its conditions or the data."""
    met = conditions.some([conditions.truth(each, world) for each in node.applicability.conditions])
    if met is True:
        return Possible(None, exempt=True)
    found = own(node, world)
    exempt = found.exempt or world.tables.met_exempt or met is None
    if node.applicability.conditions or node.applicability.allowed:
        said = world.tables.known.exempt(node.code)
        if said is True:
            return Possible(None, exempt=True)
        exempt = exempt or (said is None and node.method is not None and anything_open(node, world))
    return Possible(found.value, exempt)


def _missing_rule(found: Possible, node: rb.Item | rb.Bonus, world: World) -> Possible:
    if node.missing is None or not anything_open(node, world):
        return found
    other = methods.of_outcome(node.missing, world)
    return Possible(either(found.value, other.value), found.exempt or other.exempt)


def _policy(found: Possible, node: rb.Item, world: World) -> Possible:
    """What the policy makes of an item that may not apply."""
    world.tables.met_exempt = False
    policy = world.scale.policy_of(node.code, world.tables.items) if found.exempt else None
    match policy.form if policy is not None else None:
        case rb.PolicyForm.KEEP | rb.PolicyForm.UNRANKED:
            return Possible(either(found.value, point(ZERO)))
        case rb.PolicyForm.FULL if node.points.high is not None:
            return Possible(either(found.value, point(node.points.high)))
        case _:
            return found


def _chosen(met: bool | None, value: Extent | None, other: Extent | None) -> Extent | None:
    return either(value, other) if met is None else value if met else other


def with_bonuses(value: Extent | None, bonuses: tuple[rb.Bonus, ...], world: World) -> Extent | None:
    """A score with its bonuses added and its deductions taken away."""
    for each in bonuses:
        points = bonus(each.key, world).value
        if value is None or points is None:
            return None
        value = value - points if each.deduction else value + points
    return value


def bonus(key: str, world: World) -> Possible:
    """The points a bonus or a deduction may come to; a deduction is a positive number."""
    plain = world.plain()
    return plain.find(("bonus", key), lambda: _bonus(world.tables.bonuses[key], plain))


def _bonus(node: rb.Bonus, world: World) -> Possible:
    found = _missing_rule(methods.of_method(node.method, node.key, world), node, world)
    value = methods.limited(found.value, node.limits, world)
    if value is not None and node.points is not None:
        value = value.between(node.points.low, node.points.high)
    return Possible(value, found.exempt)


def _in_range(value: Extent | None, points: rb.Points, bonuses: tuple[rb.Bonus, ...], world: World) -> Extent | None:
    """What lies in the stated range, or would without bonus and deduction; there is no other result."""
    if value is None or not bonuses:
        return None if value is None else value.between(points.low, points.high)
    extra = with_bonuses(point(ZERO), bonuses, world)
    assert extra is not None  # the value has them in it
    low = None if points.low is None or extra.low is None else points.low + min(extra.low, ZERO)
    high = None if points.high is None or extra.high is None else points.high + max(extra.high, ZERO)
    return value.between(low, high)


# --- the scale


def subtotal(world: World) -> Possible:
    """The total before bonus and deduction, and before it is brought back to the points of the scale."""
    plain = world.plain()
    return plain.find(("subtotal",), lambda: _subtotal(plain))


def total(world: World) -> Possible:
    """The total of the scale."""
    plain = world.plain()
    return plain.find(("total",), lambda: _total(plain))


def _subtotal(world: World) -> Possible:
    scale = world.scale
    if scale.total is not None:
        return methods.of_method(scale.total, "", world)
    if scale.only_given:
        return Possible(UNBOUNDED)
    return children(scale.items, scale.aggregation, world)


def _total(world: World) -> Possible:
    found = unchecked_total(world)
    every = (*world.scale.bonuses, *(each for node in world.tables.items.values() for each in node.bonuses))
    return Possible(_in_range(found.value, world.scale.points, every, world), found.exempt)


def unchecked_total(world: World) -> Possible:
    """The total before it is held against the stated range."""
    scale = world.scale
    if scale.points.form is rb.PointsForm.NO_TOTAL:
        return Possible(None, exempt=True)
    found = maxima.rescaled(subtotal(world), world)
    value = with_bonuses(found.value, scale.bonuses, world)
    value = methods.limited(value, scale.limits, world)
    rounding = world.tables.step_roundings.get(rb.RoundingStep.TOTAL)
    if value is not None and rounding is not None:
        value = value.rounded(rounding)
    return Possible(value, found.exempt or _may_have_no_total(world))


def _may_have_no_total(world: World) -> bool:
    for code in world.tables.items:
        if item(code, world).exempt:
            policy = world.scale.policy_of(code, world.tables.items)
            if policy is not None and policy.form is rb.PolicyForm.NO_TOTAL:
                return True
    return False
