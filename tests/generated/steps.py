"""Methods that look a value up: steps, marks, tables, cases."""

from __future__ import annotations

from hypothesis import strategies as st

from generated.conditions import conditions
from generated.data import NUMERIC, data, marks
from generated.ground import Ground, Method, indented
from generated.worth import descending, points
from thangdiem.dsl.rulebook import DataForm


@st.composite
def steps(draw: st.DrawFn, ground: Ground) -> Method:
    """Steps of one datum."""
    form = draw(st.sampled_from((*NUMERIC, DataForm.DATE)))
    datum = draw(data(ground.code, form))
    found = draw(marks(form))
    worth = draw(descending(ground.maximum, len(found) + 1))
    lines = indented(*draw(_cells([mark.text for mark in found], worth, form)))
    return Method("steps", (f"Theo {datum.spelled}:", *lines), (datum.marked(*found),))


@st.composite
def _cells(draw: st.DrawFn, marks: list[str], worth: list[str], form: DataForm) -> list[str]:
    """Rows between marks, best first; the last takes what is left."""
    if form is DataForm.DATE:
        cells = [f"đến hết {mark}" for mark in marks]
    else:
        shape, down = draw(st.integers(0, 3)), marks[::-1]
        above = zip(down[1:], down, strict=False)
        cells = {
            0: [f"từ {mark} trở lên" for mark in down],
            1: [f"từ {down[0]} trở lên", *(f"từ {low} đến dưới {high}" for low, high in above)],
            2: [f"trên {down[0]}", *(f"trên {low} đến {high}" for low, high in zip(down[1:], down, strict=False))],
            3: [f"≥ {down[0]}", *down[1:]],
        }[shape]
    last = draw(st.sampled_from(("còn lại", "các trường hợp còn lại")))
    return [f"- {cell}: {value}" for cell, value in zip((*cells, last), worth, strict=True)]


@st.composite
def count_of_marks(draw: st.DrawFn, ground: Ground) -> Method:
    """Points for each mark that is passed."""
    form = draw(st.sampled_from(NUMERIC))
    datum = draw(data(ground.code, form))
    found = draw(marks(form, 2, 2) | marks(form, 4, 4))
    word = draw(st.sampled_from(("vượt", "đạt")))
    row = f"- mỗi mốc {word} {'; '.join(mark.text for mark in found)}: {points(ground.maximum / len(found))}"
    return Method("marks", (f"Theo {datum.spelled}:", *indented(row)), (datum.marked(*found),))


@st.composite
def tables(draw: st.DrawFn, ground: Ground) -> Method:
    """A table of two data."""
    kind, size = draw(data(ground.code, DataForm.ONE_OF)), draw(data(ground.code, draw(st.sampled_from(NUMERIC))))
    low, high = draw(marks(size.form, 2, 2))
    best, other = kind.options[0], kind.options[-1]
    worth = draw(descending(ground.maximum, 4))
    rows = (
        f'- "{best}" và từ {high.text} trở lên: {worth[0]}',
        f'- "{best}", "{other}" và từ {low.text} đến dưới {high.text}, {high.text}: {worth[1]}',
        f"- bất kỳ và trên {low.text}: {worth[2]}",
        f"- còn lại: {worth[3]}",
    )
    return Method(
        "table", (f"Theo {kind.spelled} và {size.spelled}:", *indented(*rows)), (kind, size.marked(low, high))
    )


# --- cases


@st.composite
def cases(draw: st.DrawFn, ground: Ground) -> Method:
    """Cases, the first or the best of which counts."""
    own = draw(data(ground.code))
    count = draw(st.integers(2, 3))
    found = [draw(conditions((own, own, *ground.shared))) for _ in range(count)]
    worth = draw(descending(ground.maximum, count + 1))
    best = draw(st.booleans())
    head = "Tính trường hợp có điểm cao nhất:" if best else "Theo trường hợp:"
    texts = [*(condition.text for condition in found), "còn lại"]
    rows = indented(*(f"- {text}: {value}" for text, value in zip(texts, worth, strict=True)))
    read = tuple(datum for condition in found for datum in condition.data)
    return Method("best" if best else "cases", (head, *rows), read)
