"""What numbers a datum may hold: those known, else those declared; a date is the number of its day."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.bounds import narrowing
from thangdiem.dsl.bounds.extent import ONE, UNBOUNDED, ZERO, Extent, point
from thangdiem.dsl.bounds.world import World


def datum(name: str, world: World) -> Extent:
    """The numbers a datum may hold, rounded where the scale rounds data."""
    found = world.tables.data.get(name)
    if found is None:
        found = world.tables.data[name] = _datum(name, world)
    return found


def _datum(name: str, world: World) -> Extent:
    known = world.tables.known.datum(name)
    if isinstance(known, date):
        return point(Fraction(known.toordinal()))
    if known is not None:
        found = point(known) if isinstance(known, Fraction) else UNBOUNDED
    else:
        declared = world.scale.data.get(name)
        found = UNBOUNDED if declared is None else _domain(declared, world)
    rounding = world.tables.step_roundings.get(rb.RoundingStep.DATA)
    numeric = name not in world.scale.data or world.scale.data[name].form is not rb.DataForm.DATE
    return found.rounded(rounding) if rounding is not None and numeric else found


def _domain(declared: rb.DataField, world: World) -> Extent:
    found: Extent | None = Extent(grid=_grid(declared))
    if declared.form is rb.DataForm.PERCENT and not declared.domain:
        found = Extent(ZERO, None, found.grid if found else None)
    for within in declared.domain:
        found = None if found is None else narrowing.only_within(found, (within,), world)
    return found or UNBOUNDED


def _grid(declared: rb.DataField) -> Fraction | None:
    if declared.form in (rb.DataForm.INTEGER, rb.DataForm.DATE):
        return ONE
    if declared.decimals is None:
        return None
    return Fraction(1, 10 ** (declared.decimals + (2 if declared.form is rb.DataForm.PERCENT else 0)))
