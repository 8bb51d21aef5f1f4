"""Methods of a leaf: one strategy for each way of scoring, with what a unit must give for it."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from attrs import evolve, frozen
from hypothesis import strategies as st

from generated.conditions import conditions, ranges
from generated.data import NUMERIC, Datum, data, marks, written
from generated.entries import Entry, Levels, Points, Ticks
from generated.worth import descending, part_of, points, split
from thangdiem.dsl.rulebook import DataForm


@frozen
class Method:
    """The lines of a method, the data it reads, and what stands in the column of the item's code, if anything."""

    kind: str
    lines: tuple[str, ...]
    data: tuple[Datum, ...] = ()
    entry: Entry | None = None
    exempts: bool = False
    names: tuple[str, ...] = ()


@frozen
class Ground:
    """Where a method stands: the item, its maximum, the data that all items of the scale may read.

    ``may_exempt`` where what does not apply has a policy, ``over_units`` where units may depend on each other.
    """

    code: str
    maximum: Fraction
    shared: tuple[Datum, ...]
    may_exempt: bool = True
    over_units: bool = False


@st.composite
def methods(draw: st.DrawFn, ground: Ground) -> Method:
    """Any method."""
    found = draw(draw(st.sampled_from(_METHODS))(ground))
    if ground.over_units and draw(st.integers(0, 5)) == 0:
        return draw(_place_among_units(ground))
    return found


def _rows(*rows: str) -> tuple[str, ...]:
    return tuple(f"  {row}" for row in rows)


# --- what a person says


@st.composite
def _choice(draw: st.DrawFn, ground: Ground) -> Method:
    count = draw(st.integers(2, 4))
    labels = list(_LEVELS[:count])
    worth = draw(descending(ground.maximum, count))
    exempts = ground.may_exempt and draw(st.integers(0, 4)) == 0
    if exempts:
        labels.append("Không có nhiệm vụ này")
        worth.append("không áp dụng")
    rows = _rows(*(f"- {label}: {value}" for label, value in zip(labels, worth, strict=True)))
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
        "checklist", ("Cộng các ý đạt:", *_rows(*rows)), tuple(read), Ticks(tuple(ticked)) if ticked else None
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


# --- steps


@st.composite
def _steps(draw: st.DrawFn, ground: Ground) -> Method:
    form = draw(st.sampled_from((*NUMERIC, DataForm.DATE)))
    datum = draw(data(ground.code, form))
    found = draw(marks(form))
    worth = draw(descending(ground.maximum, len(found) + 1))
    lines = _rows(*draw(_cells([mark.text for mark in found], worth, form)))
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
def _marks(draw: st.DrawFn, ground: Ground) -> Method:
    form = draw(st.sampled_from(NUMERIC))
    datum = draw(data(ground.code, form))
    found = draw(marks(form, 2, 2) | marks(form, 4, 4))
    word = draw(st.sampled_from(("vượt", "đạt")))
    row = f"- mỗi mốc {word} {'; '.join(mark.text for mark in found)}: {points(ground.maximum / len(found))}"
    return Method("marks", (f"Theo {datum.spelled}:", *_rows(row)), (datum.marked(*found),))


@st.composite
def _table(draw: st.DrawFn, ground: Ground) -> Method:
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
    return Method("table", (f"Theo {kind.spelled} và {size.spelled}:", *_rows(*rows)), (kind, size.marked(low, high)))


# --- cases


@st.composite
def _cases(draw: st.DrawFn, ground: Ground) -> Method:
    own = draw(data(ground.code))
    count = draw(st.integers(2, 3))
    found = [draw(conditions((own, own, *ground.shared))) for _ in range(count)]
    worth = draw(descending(ground.maximum, count + 1))
    best = draw(st.booleans())
    head = "Tính trường hợp có điểm cao nhất:" if best else "Theo trường hợp:"
    texts = [*(condition.text for condition in found), "còn lại"]
    rows = _rows(*(f"- {text}: {value}" for text, value in zip(texts, worth, strict=True)))
    read = tuple(datum for condition in found for datum in condition.data)
    return Method("best" if best else "cases", (head, *rows), read)


@st.composite
def _guarded(draw: st.DrawFn, ground: Ground) -> Method:
    condition = draw(conditions(ground.shared, 0))
    first = draw(_steps(ground) | _marks(ground) | _count(ground))
    second = draw(_choice(evolve(ground, may_exempt=False)))
    head, *rows = first.lines
    head = head[0].lower() + head[1:]
    lines = (f"Khi {condition.text}, {head}", *rows, f"Còn lại, {second.lines[0].lower()}", *second.lines[1:])
    return Method("guarded", lines, (*condition.data, *first.data), second.entry)


# --- formulas


@st.composite
def _ratio(draw: st.DrawFn, ground: Ground) -> Method:
    read = (
        Datum(f"Số nhiệm vụ hoàn thành {ground.code}", DataForm.INTEGER, unit="nhiệm vụ"),
        Datum(f"Số nhiệm vụ được giao {ground.code}", DataForm.INTEGER, unit="nhiệm vụ"),
    )
    names = (f"a = {read[0].spelled}", f"b = {read[1].spelled}")
    lines = (*names, *draw(_of_ratio(ground)))
    if ground.may_exempt:
        return Method("ratio", (*lines, "Không áp dụng khi b = 0"), read, exempts=True)
    return Method("ratio", lines, read)


@st.composite
def _of_ratio(draw: st.DrawFn, ground: Ground) -> tuple[str, ...]:
    divided = "Tỷ lệ = a/b" if ground.may_exempt else "Tỷ lệ = a / lớn nhất(b; 1)"
    if draw(st.booleans()):
        return (divided, "Điểm = Tỷ lệ * điểm tối đa, không quá điểm tối đa")
    low = draw(part_of(ground.maximum, Fraction(1, 5)))
    rows = (
        "- từ 80% trở lên: điểm tối đa",
        draw(st.sampled_from(("- từ 50% đến dưới 80%: Tỷ lệ/80% * điểm tối đa", f"- từ 50% đến dưới 80%: {low}"))),
        "- dưới 50%: 0 điểm",
    )
    return (divided, "Theo Tỷ lệ:", *_rows(*rows))


@st.composite
def _count(draw: st.DrawFn, ground: Ground) -> Method:
    datum = draw(data(ground.code, draw(st.sampled_from((DataForm.INTEGER, DataForm.NUMBER)))))
    each = ground.maximum / draw(st.sampled_from((1, 2, 5, 20)))
    (mark,) = draw(marks(datum.form, 1, 1))
    most = draw(st.sampled_from(("điểm tối đa", points(ground.maximum))))
    line = f"Điểm = {datum.spelled} * {points(each)}, không quá {most}"
    return Method("count", (line,), (datum.marked(mark),))


@st.composite
def _named_parts(draw: st.DrawFn, ground: Ground) -> Method:
    parts = draw(split(ground.maximum, 2))
    share = draw(data(ground.code, DataForm.PERCENT))
    other = Datum(f"Tỷ lệ mạng {ground.code}", DataForm.PERCENT)
    lines = (
        f"Điểm máy tính = {share.spelled} * {points(parts[0])}",
        f"Điểm mạng = {other.spelled} * {points(parts[1])}",
        "Điểm = Điểm máy tính + Điểm mạng",
    )
    return Method("named", lines, (evolve(share, declared=True), other))


@st.composite
def _shared_name(draw: st.DrawFn, ground: Ground) -> Method:
    read = (
        Datum(f"Hồ sơ số {ground.code}", DataForm.INTEGER, unit="hồ sơ"),
        Datum(f"Tổng hồ sơ {ground.code}", DataForm.INTEGER, unit="hồ sơ"),
    )
    name = f"mức số hóa {ground.code.replace('.', ' mục ')}"
    rows = ("- 0: 0%", f"- còn lại: {read[0].spelled}/{read[1].spelled}")
    named = (f"Đặt {name} theo {read[1].spelled}:", *_rows(*rows))
    digits = draw(st.sampled_from(("2; nửa lên", "3; nửa chẵn", "bội của 0,25; xuống")))
    value = draw(st.sampled_from((name, f"làm tròn({name}; {digits})", f"nhỏ nhất({name}; 100%)", f"{name}^2")))
    return Method("shared", (f"Điểm = {value} * điểm tối đa, không quá điểm tối đa",), read, names=named)


@st.composite
def _distance(draw: st.DrawFn, ground: Ground) -> Method:
    datum = draw(data(ground.code, draw(st.sampled_from((DataForm.INTEGER, DataForm.NUMBER)))))
    low, high = draw(marks(datum.form, 2, 2))
    inside = draw(ranges(low.text, high.text))
    away = f"trị tuyệt đối({datum.spelled} - {high.text})/{high.text}"
    rows = _rows(f"- {datum.spelled} {inside}: điểm tối đa", "- còn lại: lớn nhất(1 - cách xa; 0) * điểm tối đa")
    return Method("distance", (f"cách xa = {away}", "Theo trường hợp:", *rows), (datum.marked(low, high),))


@st.composite
def _place_among_units(draw: st.DrawFn, ground: Ground) -> Method:
    datum = draw(data(ground.code, DataForm.INTEGER))
    if draw(st.booleans()):
        rows = (f"- 1: {points(ground.maximum)}", f"- 2, 3: {points(ground.maximum / 2)}", "- còn lại: 0 điểm")
        lines = (f"Theo hạng theo {datum.spelled} của các đơn vị:", *_rows(*rows))
    else:
        mean = f"trung bình {datum.spelled} của các đơn vị"
        rows = (f"- {datum.spelled} ≥ {mean}: điểm tối đa", f"- còn lại: {written(ground.maximum / 4)} điểm")
        lines = ("Theo trường hợp:", *_rows(*rows))
    return Method("among units", lines, (datum,))


_METHODS: tuple[Callable[[Ground], st.SearchStrategy[Method]], ...] = (
    _choice, _checklist, _direct, _judged, _steps, _steps, _marks, _table, _cases, _cases, _guarded, _ratio, _count,
    _named_parts, _shared_name, _distance,
)  # fmt: skip
KINDS = frozenset(
    ("choice", "checklist", "direct", "judged", "steps", "marks", "table", "cases", "best", "guarded", "ratio", "count",
     "named", "shared", "distance", "among units")
)  # fmt: skip
"""Every kind of method that is drawn."""
