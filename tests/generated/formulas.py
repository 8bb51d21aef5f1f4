"""Methods that compute: ratios, counts, names of the item and of the scale, distances, places among the units."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve
from hypothesis import strategies as st

from generated.conditions import ranges
from generated.data import Datum, Mark, data, marks, written
from generated.ground import Ground, Method, indented
from generated.worth import part_of, points, split
from thangdiem.dsl.rulebook import DataForm


@st.composite
def ratios(draw: st.DrawFn, ground: Ground) -> Method:
    """A quotient of two counts, with the staff's own names."""
    read = (
        Datum(f"Số nhiệm vụ hoàn thành {ground.code}", DataForm.INTEGER, unit="nhiệm vụ"),
        Datum(f"Số nhiệm vụ được giao {ground.code}", DataForm.INTEGER, unit="nhiệm vụ").marked(_NONE),
    )
    names = (f"a = {read[0].spelled}", f"b = {read[1].spelled}")
    lines = (*names, *draw(_of_ratio(ground)))
    if ground.may_exempt:
        return Method("ratio", (*lines, "Không áp dụng khi b = 0"), read, exempts=True)
    return Method("ratio", lines, read)


_NONE = Mark("0", Fraction(0))


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
    return (divided, "Theo Tỷ lệ:", *indented(*rows))


@st.composite
def counts(draw: st.DrawFn, ground: Ground) -> Method:
    """So many points each, up to the maximum."""
    datum = draw(data(ground.code, draw(st.sampled_from((DataForm.INTEGER, DataForm.NUMBER)))))
    each = ground.maximum / draw(st.sampled_from((1, 2, 5, 20)))
    (mark,) = draw(marks(datum.form, 1, 1))
    most = draw(st.sampled_from(("điểm tối đa", points(ground.maximum))))
    line = f"Điểm = {datum.spelled} * {points(each)}, không quá {most}"
    return Method("count", (line,), (datum.marked(mark),))


@st.composite
def named_parts(draw: st.DrawFn, ground: Ground) -> Method:
    """Parts with names of their own."""
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
def shared_names(draw: st.DrawFn, ground: Ground) -> Method:
    """A value the scale defines, perhaps rounded."""
    read = (
        Datum(f"Hồ sơ số {ground.code}", DataForm.INTEGER, unit="hồ sơ"),
        Datum(f"Tổng hồ sơ {ground.code}", DataForm.INTEGER, unit="hồ sơ").marked(_NONE),
    )
    name = f"mức số hóa {ground.code.replace('.', ' mục ')}"
    rows = ("- 0: 0%", f"- còn lại: {read[0].spelled}/{read[1].spelled}")
    named = (f"Đặt {name} theo {read[1].spelled}:", *indented(*rows))
    digits = draw(st.sampled_from(("2; nửa lên", "3; nửa chẵn", "bội của 0,25; xuống")))
    value = draw(st.sampled_from((name, f"làm tròn({name}; {digits})", f"nhỏ nhất({name}; 100%)", f"{name}^2")))
    return Method("shared", (f"Điểm = {value} * điểm tối đa, không quá điểm tối đa",), read, names=named)


@st.composite
def distances(draw: st.DrawFn, ground: Ground) -> Method:
    """Full points within a range, fewer with every step away from it."""
    datum = draw(data(ground.code, draw(st.sampled_from((DataForm.INTEGER, DataForm.NUMBER)))))
    low, high = draw(marks(datum.form, 2, 2))
    inside = draw(ranges(low.text, high.text))
    away = f"trị tuyệt đối({datum.spelled} - {high.text})/{high.text}"
    rows = indented(f"- {datum.spelled} {inside}: điểm tối đa", "- còn lại: lớn nhất(1 - cách xa; 0) * điểm tối đa")
    return Method("distance", (f"cách xa = {away}", "Theo trường hợp:", *rows), (datum.marked(low, high),))


@st.composite
def places_among_units(draw: st.DrawFn, ground: Ground) -> Method:
    """What a unit is among the others."""
    datum = draw(data(ground.code, DataForm.INTEGER))
    if draw(st.booleans()):
        rows = (f"- 1: {points(ground.maximum)}", f"- 2, 3: {points(ground.maximum / 2)}", "- còn lại: 0 điểm")
        lines = (f"Theo hạng theo {datum.spelled} của các đơn vị:", *indented(*rows))
    else:
        mean = f"trung bình {datum.spelled} của các đơn vị"
        rows = (f"- {datum.spelled} ≥ {mean}: điểm tối đa", f"- còn lại: {written(ground.maximum / 4)} điểm")
        lines = ("Theo trường hợp:", *indented(*rows))
    return Method("among units", lines, (datum,))
