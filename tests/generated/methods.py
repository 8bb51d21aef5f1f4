"""Methods of a leaf: any way of scoring; here those of which a person says something."""

from __future__ import annotations

from collections.abc import Callable

from attrs import evolve
from hypothesis import strategies as st

from generated.conditions import conditions
from generated.data import data
from generated.entries import Levels, Points, Ticks
from generated.formulas import counts, distances, named_parts, places_among_units, ratios, shared_names
from generated.ground import Ground, Method, indented
from generated.steps import cases, count_of_marks, steps, tables
from generated.worth import descending, points, split
from thangdiem.dsl.rulebook import DataForm


@st.composite
def methods(draw: st.DrawFn, ground: Ground) -> Method:
    """Any method."""
    found = draw(draw(st.sampled_from(_METHODS))(ground))
    if ground.over_units and draw(st.integers(0, 5)) == 0:
        return draw(places_among_units(ground))
    return found


@st.composite
def _choice(draw: st.DrawFn, ground: Ground) -> Method:
    count = draw(st.integers(2, 4))
    labels = list(_LEVELS[:count])
    worth = draw(descending(ground.maximum, count))
    exempts = ground.may_exempt and draw(st.integers(0, 4)) == 0
    if exempts:
        labels.append("Không có nhiệm vụ này")
        worth.append("không áp dụng")
    rows = indented(*(f"- {label}: {value}" for label, value in zip(labels, worth, strict=True)))
    return Method("choice", ("Chọn một:", *rows), entry=Levels(tuple(labels)), exempts=exempts)


_LEVELS = (
    "Trưởng ban là Bí thư hoặc Chủ tịch",
    "Trưởng ban là cấp phó: phụ trách khối",
    "Có phân công, chưa có Ban chỉ đạo",
    "Chưa phân công",
)


@st.composite
def _checklist(draw: st.DrawFn, ground: Ground) -> Method:
    parts = draw(split(ground.maximum, draw(st.integers(2, 4))))
    rows, read, ticked = [], [], []
    for letter, label, part in zip("abcd", _LABELS, parts, strict=False):
        if draw(st.integers(0, 2)) == 0:
            condition = draw(conditions(ground.shared))
            read += condition.data
            label = f"khi {condition.text}"
        else:
            ticked.append(letter)
        rows.append(f"{letter}) {label}: {points(part)}")
    return Method(
        "checklist", ("Cộng các ý đạt:", *indented(*rows)), tuple(read), Ticks(tuple(ticked)) if ticked else None
    )


_LABELS = ("Lãnh đạo tham gia", "Công chức tham gia", "Có tài liệu", "Có đánh giá kết quả")


@st.composite
def _direct(draw: st.DrawFn, ground: Ground) -> Method:
    lines = draw(st.sampled_from(((), ("Chấm trực tiếp",))))
    return Method("direct", lines, entry=Points(ground.maximum))


@st.composite
def _judged(draw: st.DrawFn, ground: Ground) -> Method:
    share = draw(data(ground.code, DataForm.PERCENT))
    lines = (f"Điểm = điểm chấm * {share.spelled}, không quá điểm tối đa",)
    return Method("judged", lines, (share,), Points(ground.maximum))


@st.composite
def _guarded(draw: st.DrawFn, ground: Ground) -> Method:
    condition = draw(conditions(ground.shared, 0))
    first = draw(steps(ground) | count_of_marks(ground) | counts(ground))
    second = draw(_choice(evolve(ground, may_exempt=False)))
    head, *rows = first.lines
    head = head[0].lower() + head[1:]
    lines = (f"Khi {condition.text}, {head}", *rows, f"Còn lại, {second.lines[0].lower()}", *second.lines[1:])
    return Method("guarded", lines, (*condition.data, *first.data), second.entry)


_METHODS: tuple[Callable[[Ground], st.SearchStrategy[Method]], ...] = (
    _choice, _checklist, _direct, _judged, steps, steps, count_of_marks, tables, cases, cases, _guarded, ratios, counts,
    named_parts, shared_names, distances,
)  # fmt: skip
KINDS = frozenset(
    ("choice", "checklist", "direct", "judged", "steps", "marks", "table", "cases", "best", "guarded", "ratio", "count",
     "named", "shared", "distance", "among units")
)  # fmt: skip
"""Every kind of method that is drawn."""
