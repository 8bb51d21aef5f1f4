"""Bands in absolute points over a maximum that shrinks when something does not apply, or grows by rescaling."""

from __future__ import annotations

from collections.abc import Iterator

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.bounds.totals import of_item
from thangdiem.dsl.checks.survey import Ground, grounds
from thangdiem.dsl.diagnostic import Diagnostic


def check_grade_basis(book: rb.Rulebook) -> Iterator[Diagnostic]:
    """TD250 bands in points although items may leave the maximum; TD252 points rescaled to those of another scale."""
    for ground in grounds(book):
        scale = ground.scale
        if scale.policy is not None and scale.policy.form is rb.PolicyForm.RESCALE:
            wanted, maximum = scale.policy.scale_points, scale.points.high
            if maximum is not None and wanted != maximum:
                yield ground.tell("TD252", scale.policy.span, None, (), wanted=wanted, maximum=maximum)
            continue
        found = _leaving(ground)
        if found is None:
            continue
        leaving, policy = found
        for grading in scale.gradings:
            if grading.basis is rb.GradeBasis.TOTAL and any(band.within is not None for band in grading.bands):
                related = (("may-leave", leaving.head), ("by-policy", policy.span))
                yield ground.tell("TD250", grading.bands[0].span, None, related, item=leaving.code)


def _leaving(ground: Ground) -> tuple[rb.Item, rb.Policy] | None:
    """The first item that may leave the maximum of the scale, through sums only, and by which policy."""
    tables = ground.world.tables
    for item in tables.items.values():
        if item.children or not of_item(item.code, ground.world).exempt:
            continue
        policy = ground.scale.policy_of(item.code, ground.world.tables.items)
        excluding = (rb.PolicyForm.EXCLUDE, rb.PolicyForm.RESCALE)
        if policy is not None and policy.form in excluding and _summed_up(item, ground):
            return item, policy
    return None


def _summed_up(item: rb.Item, ground: Ground) -> bool:
    while True:
        above = ground.world.tables.items.get(item.parent)
        rule = above.aggregation if above is not None else ground.scale.aggregation
        method = above.method if above is not None else ground.scale.total
        if not item.points.counted or rule.form is not rb.AggregationForm.SUM or method is not None:
            return False
        if above is None:
            return True
        item = above
