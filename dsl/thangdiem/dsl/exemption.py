"""A scale in; which of its items may not apply to a unit, and whose maximum may become less by that, out."""

from __future__ import annotations

from collections.abc import Iterator

from thangdiem.dsl import rulebook as rb

_LEAVES = (rb.PolicyForm.EXCLUDE, rb.PolicyForm.RESCALE, rb.PolicyForm.NO_TOTAL)


def may_shrink(scale: rb.Scale) -> frozenset[str]:
    """The codes of the items whose maximum may become less; "" among them where that of the scale may."""
    found = {code for item in scale.items for code in _shrinking(item, scale.policy)}
    return frozenset(found | {""} if any(item.code in found for item in scale.items if item.points.counted) else found)


def _shrinking(item: rb.Item, above: rb.Policy | None) -> Iterator[str]:
    policy = item.applicability.policy or above
    below = {code for child in item.children for code in _shrinking(child, policy)}
    yield from below
    part = any(child.code in below for child in item.children if child.points.counted)
    if part or (policy is not None and policy.form in _LEAVES and _may_leave(item)):
        yield item.code


def _may_leave(item: rb.Item) -> bool:
    """Also by a formula over its children: what asks for one that does not apply does not apply itself."""
    return may_not_apply(item) or bool(item.children and item.method is not None)


def may_not_apply(item: rb.Item) -> bool:
    """Whether the rule or the data can exempt a unit from the item."""
    applicability = item.applicability
    if applicability.conditions or applicability.allowed or isinstance(item.missing, rb.NotApplicable):
        return True
    found = outcomes(item.method) if item.method is not None else ()
    return any(isinstance(value, rb.NotApplicable) for value in found)


def outcomes(method: rb.Method) -> Iterator[rb.Outcome]:
    """Every value a method can yield, as written."""
    match method:
        case rb.Formula():
            yield method.value
        case rb.Choice():
            yield from (level.value for level in method.levels)
        case rb.Checklist():
            yield from (mark.value for mark in method.marks)
        case rb.Steps():
            yield from (row.value for row in method.rows)
        case rb.Marks():
            yield from (per_mark.value for per_mark in method.rows)
        case rb.Cases():
            yield from (case.value for case in method.cases)
        case rb.Direct():
            return
        case rb.Guarded():
            for guard in method.guards:
                yield from outcomes(guard.method)
