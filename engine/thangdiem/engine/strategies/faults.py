"""The rules of a scale in; strategies for data of a unit with something wrong that binding tells, out."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from hypothesis import strategies as st

from thangdiem.dsl.library import ScaleRules
from thangdiem.engine.binding.columns import Column
from thangdiem.engine.binding.headings import heading_of, read_heading
from thangdiem.engine.binding.mapping import Given, raw_of
from thangdiem.engine.binding.values import typed
from thangdiem.engine.strategies.material import Material, material_of
from thangdiem.engine.strategies.units import UNIT, Data, cells_of

_WRONG: tuple[Given, ...] = (
    "1.250", "1,250", "-", "không rõ", "−7", "12%", "150%", "31/02/2024", "2024-13-01", "=A1+1", "1e9", "½", "x" * 200,
    "\u202e12", "a, z", "0x10", "١٢", -1, 10**50, Fraction(1, 10**45), Fraction(7, 3), True, False, date(1, 1, 1),
    date(9999, 12, 31), ("?",), ("a", "?"),
)  # fmt: skip
"""What people and programs write into cells by mistake; in some columns some of it is right."""

_UNKNOWN = ("Cột không có", "[không có]", "99.99", "1.2.3.z", "[", "]", "", "(", "Điểm thưởng không có", "\u200b")


def faulty_data(rules: ScaleRules, *, period: int | None = None) -> st.SearchStrategy[Data]:
    """Data of a unit with a column the scale does not know or values their columns refuse: at least one of them."""
    return _faulty(material_of(rules, period))


@st.composite
def _faulty(draw: st.DrawFn, material: Material) -> Data:
    cells = draw(cells_of(material))
    wrong = [heading for heading in cells if _refused(heading, material)]
    chosen = draw(st.lists(st.sampled_from(wrong), max_size=3, unique=True)) if wrong else []
    for heading in chosen:
        cells[heading] = draw(st.sampled_from(_refused(heading, material)))
    strange = [
        heading for heading in (*_UNKNOWN, *_of_groups(material)) if read_heading(heading, material.columns).fault
    ]
    if not chosen or draw(st.booleans()):
        cells[draw(st.sampled_from(strange))] = draw(st.sampled_from(("1", None, *_WRONG)))
    return {UNIT: "Đơn vị A", **cells}


def _refused(heading: str, material: Material) -> tuple[Given, ...]:
    """What the column of a heading does not take."""
    if heading not in material.refused:
        targets = read_heading(heading, material.columns).targets
        wrong = (each for each in _WRONG if any(_is_refused(each, target.column, material) for target in targets))
        material.refused[heading] = tuple(wrong)
    return material.refused[heading]


def _is_refused(value: Given, column: Column, material: Material) -> bool:
    dialect = material.rules.book.dialect
    return bool(typed(raw_of("", value, dialect), column, dialect).fault)


def _of_groups(material: Material) -> tuple[str, ...]:
    """Items that are made of others: points for them are refused."""
    return tuple(heading_of(item.code) for item in material.rules.scale.walk() if item.children)
