"""Conditions over data: comparisons by the kind of the datum, joined by and, or, not."""

from __future__ import annotations

from attrs import frozen
from hypothesis import strategies as st

from generated.data import Datum, marks
from thangdiem.dsl.rulebook import DataForm


@frozen
class Condition:
    """A condition as written, and the data it looks at with the marks it compares them with."""

    text: str
    data: tuple[Datum, ...]


@st.composite
def comparisons(draw: st.DrawFn, datum: Datum) -> Condition:
    """One comparison of a datum."""
    name = datum.spelled
    match datum.form:
        case DataForm.YES_NO:
            return Condition(f"{name} = {draw(_ANSWERS)}", (datum,))
        case DataForm.ONE_OF:
            first, second = datum.options[0], datum.options[-1]
            forms = (f'= "{first}"', f'khác "{first}"', f'= "{second}"', f'một trong ("{first}"; "{second}")')
            return Condition(f"{name} {draw(st.sampled_from(forms))}", (datum,))
        case DataForm.DATE:
            (mark,) = draw(marks(datum.form, 1, 1))
            forms = (f"đến hết {mark.text}", f"sau {mark.text}", f"trước {mark.text}", f"từ {mark.text} trở lên")
            return Condition(f"{name} {draw(st.sampled_from(forms))}", (datum.marked(mark),))
        case _:
            low, high = draw(marks(datum.form, 2, 2))
            return Condition(f"{name} {draw(ranges(low.text, high.text))}", (datum.marked(low, high),))


_ANSWERS = st.sampled_from(("có", "không"))


def ranges(low: str, high: str) -> st.SearchStrategy[str]:
    """A range between two marks, in every form there is."""
    return st.sampled_from(
        (
            f"từ {low} trở lên", f"trên {low}", f"từ {high} trở xuống", f"dưới {high}", f"từ {low} đến dưới {high}",
            f"từ {low} đến {high}", f"trên {low} đến {high}", f"trên {low} đến dưới {high}", f"= {low}",
            f"khác {high}", f"≥ {low}", f"< {high}",
        )
    )  # fmt: skip


@st.composite
def conditions(draw: st.DrawFn, pool: tuple[Datum, ...], depth: int = 1) -> Condition:
    """A condition over some of the data of a pool."""
    shape = draw(st.integers(0, 5 if depth else 2))
    if shape <= 2:
        return draw(comparisons(draw(st.sampled_from(pool))))
    parts = [draw(conditions(pool, depth - 1)) for _ in range(1 if shape == 5 else 2)]
    seen = tuple(datum for part in parts for datum in part.data)
    if shape == 5:
        return Condition(f"không phải ({parts[0].text})", seen)
    return Condition(f"({parts[0].text} {('và', 'hoặc')[shape - 3]} {parts[1].text})", seen)
