"""Clauses behind a method: when the item counts or applies, its limits, its rounding, what holds without data."""

from __future__ import annotations

from attrs import frozen
from hypothesis import strategies as st

from generated.conditions import conditions
from generated.data import Datum
from generated.ground import Ground, Method
from generated.worth import points

TIES = ("nửa lên", "nửa xuống", "nửa chẵn", "lên", "xuống", "cắt bỏ")


@frozen
class Clause:
    """A line behind a method, if any, with the data it reads.

    ``exempts`` where the item may not apply; ``optional`` where the data may say so; ``forgives`` where missing data
    have points of their own.
    """

    lines: tuple[str, ...] = ()
    data: tuple[Datum, ...] = ()
    exempts: bool = False
    optional: bool = False
    forgives: bool = False


@st.composite
def clauses(draw: st.DrawFn, ground: Ground, method: Method) -> Clause:
    """One clause that fits the method, or none: as often as not."""
    if draw(st.booleans()):
        return Clause()
    possible = [_conditional(ground), _unconditional(ground)]
    if ground.may_exempt:
        possible.append(_exempting(ground, method))
    return draw(st.one_of(possible))


@st.composite
def _conditional(draw: st.DrawFn, ground: Ground) -> Clause:
    when = draw(conditions(ground.shared))
    heads = ("Chỉ tính", "Thay bằng 1/2 * điểm tối đa", f"Không quá {points(ground.maximum / 2)}")
    return Clause((f"{draw(st.sampled_from(heads))} khi {when.text}",), when.data)


@st.composite
def _unconditional(draw: st.DrawFn, ground: Ground) -> Clause:
    forgiving = Clause(("Thiếu số liệu: 0 điểm",), forgives=True)
    found = [forgiving, Clause((f"Không quá {points(ground.maximum * 4 / 5)}",))]
    if ground.maximum.denominator == 1:
        found.append(Clause((f"Làm tròn: đến bội của 0,5, {draw(st.sampled_from(TIES))}",)))
    return draw(st.sampled_from(found))


@st.composite
def _exempting(draw: st.DrawFn, ground: Ground, method: Method) -> Clause:
    if method.exempts:
        return Clause((f"Chỉ số không áp dụng: {draw(_POLICIES)}",), exempts=True)
    if method.entry is not None and draw(st.booleans()):
        return Clause(("Có thể không áp dụng",), exempts=True, optional=True)
    when = draw(conditions(ground.shared))
    return Clause((f"Không áp dụng khi {when.text}",), when.data, exempts=True)


_POLICIES = st.sampled_from(("giữ nguyên điểm tối đa", "tính điểm tối đa"))
