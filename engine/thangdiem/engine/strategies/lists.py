"""The rules of a scale in; strategies for several units at once, with blocks and superiors, out."""

from __future__ import annotations

from hypothesis import strategies as st

from thangdiem.dsl.library import ScaleRules
from thangdiem.engine.strategies.material import material_of
from thangdiem.engine.strategies.units import SUPERIOR, Data, unit_data


def unit_lists(
    rules: ScaleRules, *, complete: bool = True, period: int | None = None, min_size: int = 1, max_size: int = 5
) -> st.SearchStrategy[list[Data]]:
    """Units of different names, as ``thangdiem.engine.evaluate_all`` takes them; no superior is below its own unit.

    Some are alike in everything but their name, so that ranks are shared.
    """
    return _lists(rules, complete, period, min_size, max_size)


@st.composite
def _lists(
    draw: st.DrawFn, rules: ScaleRules, complete: bool, period: int | None, min_size: int, max_size: int
) -> list[Data]:
    names = [f"Đơn vị {number}" for number in range(1, draw(st.integers(min_size, max_size)) + 1)]
    units: list[Data] = []
    for name in names:
        unit = draw(unit_data(rules, complete=complete, period=period, name=name))
        if units and draw(st.integers(0, 4)) == 0:
            unit = {**units[-1], "Đơn vị": name}
        units.append(unit)
    if material_of(rules, period).has_superiors:
        for place, unit in enumerate(units):
            superior = draw(st.sampled_from(("", *names[:place])))
            units[place] = {**unit, SUPERIOR: superior}
    return units
