"""Maxima when something may not apply, and totals brought back to the points of the scale."""

from __future__ import annotations

from fractions import Fraction

from attrs import frozen

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.bounds import aggregates, nodes
from thangdiem.dsl.bounds.extent import ONE, ZERO, Extent, either, point
from thangdiem.dsl.bounds.world import Possible, World


@frozen
class Shares:
    """The leaves that a sum is made of, each with its weighted score and maximum."""

    parts: tuple[aggregates.Part, ...]
    whole: Fraction
    """The maxima of all leaves, also of those that surely leave."""
    plain: bool
    """Whether nothing but sums lies between the leaves and the node."""


def maximum_of(code: str, world: World) -> Extent | None:
    """The maximum of an item, of a bonus that states one, or (by "") of the scale, without what may not apply."""
    if not code:
        return scale_maximum(world)
    if (bonus := world.tables.bonuses.get(code)) is not None:
        return point(bonus.points.high) if bonus.points is not None and bonus.points.high is not None else None
    node = world.tables.items[code]
    if node.points.high is None:
        return None
    if code not in world.tables.shrinking:
        return point(node.points.high)
    if ("item", code) in world.tables.under_way or ("item", code) in world.tables.waiting:
        return point(node.points.high) - _left_out(node.children, node.aggregation, world)
    return either(_used(node, nodes.item(code, world), world), point(node.points.high))


def scale_maximum(world: World) -> Extent | None:
    """The maximum of the scale, without what may not apply."""
    high = world.scale.points.high
    return None if high is None else point(high) - _left_out(world.scale.items, world.scale.aggregation, world)


def used_maximum(world: World) -> Extent | None:
    """The maximum that the total is read against: the points rescaled to, where something may not apply."""
    policy, found = world.scale.policy, scale_maximum(world)
    if found is None or policy is None or policy.form is not rb.PolicyForm.RESCALE or policy.scale_points is None:
        return found
    if found.exact == world.scale.points.high:
        return found
    full = world.scale.points.high
    may_be_full = full is not None and found.holds(full)
    return either(point(policy.scale_points), point(full) if may_be_full and full is not None else None)


def rescaled(found: Possible, world: World) -> Possible:
    """The total, brought back to the points stated where something may leave the maximum."""
    policy, full, maximum = world.scale.policy, world.scale.points.high, scale_maximum(world)
    if policy is None or policy.form is not rb.PolicyForm.RESCALE or policy.scale_points is None:
        return found
    if found.value is None or full is None or maximum is None or maximum.exact == full:
        return found
    empty = maximum.may_be_zero
    ratio = _ratio(found.value, maximum, world)
    value = None if ratio is None else ratio.times(policy.scale_points)
    if maximum.holds(full):
        value = either(value, found.value)
    return Possible(value, found.exempt or empty)


def _ratio(value: Extent, maximum: Extent, world: World) -> Extent | None:
    """The total over the maximum used; leaf by leaf where the total is a plain sum of its leaves."""
    fixed = maximum.exact
    if fixed is not None:
        return value.over(maximum)
    scale = world.scale
    if scale.total is None and scale.aggregation == rb.Aggregation(written=scale.aggregation.written):
        shares = _shares(scale.items, ONE, world)
        if shares.plain and shares.whole == scale.points.high and all(part.weight > 0 for part in shares.parts):
            return aggregates.mean(shares.parts)
    return value.over(maximum)


def _shares(children: tuple[rb.Item, ...], factor: Fraction, world: World) -> Shares:
    parts: list[aggregates.Part] = []
    plain, whole = True, ZERO
    for child in children:
        if not child.points.counted:
            continue
        found = nodes.item(child.code, world)
        weight = factor * (child.weight if child.weight is not None else ONE)
        if child.children and _only_adds(child, world):
            below = _shares(child.children, weight, world)
            plain = plain and below.plain and child.points.high is not None
            plain = plain and below.whole == weight * (child.points.high or ZERO)
            whole += below.whole
            parts.extend(below.parts)
            continue
        high = child.points.high if child.points.high is not None else ZERO
        whole += weight * high
        plain = plain and child.points.high is not None and not (child.children and _left_below(child, world))
        if found.value is not None:
            parts.append(aggregates.Part(found.value.times(weight), weight * high, found.exempt))
        else:
            plain = plain and found.exempt
    return Shares(tuple(parts), whole, plain)


def _only_adds(node: rb.Item, world: World) -> bool:
    changed = (
        node.method,
        node.bonuses,
        node.limits,
        node.replacements,
        node.missing,
        node.applicability.conditions,
    )
    rounded = node.rounding or node.aggregation.rounding or world.tables.kind_roundings.get(node.kind_word)
    sums = node.aggregation.form is rb.AggregationForm.SUM and node.counts_when is None
    return sums and not any(changed) and rounded is None


def _left_below(node: rb.Item, world: World) -> bool:
    return _left_out(node.children, node.aggregation, world).exact != 0


def _used(node: rb.Item, found: Possible, world: World) -> Extent:
    high = node.points.high or ZERO
    if found.value is None and found.exempt:
        return point(ZERO)
    used = point(high) - _left_out(node.children, node.aggregation, world) if node.children else point(high)
    return (either(used, point(ZERO)) or used) if found.exempt else used


def _left_out(children: tuple[rb.Item, ...], rule: rb.Aggregation, world: World) -> Extent:
    """The maxima of children that may leave a sum."""
    gone = point(ZERO)
    if rule.form is not rb.AggregationForm.SUM:
        return gone
    for child in children:
        if not child.points.counted or child.points.high is None:
            continue
        found = nodes.item(child.code, world)
        left = point(child.points.high) - _used(child, found, world)
        if left.exact != 0:
            gone = gone + left.times(child.weight if child.weight is not None else ONE)
    return gone
