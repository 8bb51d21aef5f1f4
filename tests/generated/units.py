"""Units of a rule file: mappings as ``thangdiem.engine.evaluate`` takes them, mostly near what decides."""

from __future__ import annotations

from hypothesis import strategies as st

from generated.documents import RuleFile
from generated.scales import Scale
from thangdiem.dsl.rulebook import State
from thangdiem.engine.binding.mapping import Given

Unit = dict[str, Given]


@st.composite
def units(draw: st.DrawFn, file: RuleFile, scale: int = 0, *, complete: bool = True, name: str = "Đơn vị A") -> Unit:
    """What one unit gives for a scale; some of it is missing unless it is ``complete``."""
    unit: Unit = {"Đơn vị": name}
    for key, values in columns(file.scales[scale]).items():
        kept = complete or draw(st.integers(0, 4)) > 0
        unit[key] = draw(values) if kept else draw(_ABSENT)
    return unit


_ABSENT = st.sampled_from((None, State.MISSING))
_BLOCKS = st.sampled_from(("sở", "ngành"))


def columns(scale: Scale) -> dict[str, st.SearchStrategy[Given]]:
    """What a unit may give, by the heading of the column."""
    found: dict[str, st.SearchStrategy[Given]] = {datum.spelled: datum.values() for datum in scale.data}
    for item in scale.walk():
        if item.method is not None and item.method.entry is not None:
            values = item.method.entry.values()
            found[item.code] = values | values | st.just(State.NOT_APPLICABLE) if item.optional else values
    for bonus in scale.bonuses:
        if bonus.entry is not None:
            found[bonus.title] = bonus.entry.values()
    if scale.in_blocks:
        found["Khối"] = _BLOCKS
    return found


@st.composite
def unit_lists(
    draw: st.DrawFn, file: RuleFile, scale: int = 0, *, complete: bool = True, least: int = 2, most: int = 4
) -> list[Unit]:
    """Units of different names."""
    count = draw(st.integers(least, most))
    return [draw(units(file, scale, complete=complete, name=f"Đơn vị {letter}")) for letter in "ABCDEFGH"[:count]]
