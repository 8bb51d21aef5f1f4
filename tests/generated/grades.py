"""Grades and ranks of a scale: bands that cover every total, the rules behind them, the keys of the ranking."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from attrs import frozen
from hypothesis import strategies as st

from generated.data import Datum, written
from generated.items import Item
from thangdiem.dsl.rulebook import DataForm


@frozen
class Bands:
    """Grades, best first, and the edges between them, highest first, in points or as shares of the maximum.

    ``closed`` where a grade holds from its edge on; else only above it.
    """

    grades: tuple[str, ...]
    edges: tuple[Fraction, ...]
    by_share: bool
    closed: bool


@frozen
class Grading:
    """The bands of a scale and the lines they and the rules behind them are written in."""

    bands: Bands
    lines: tuple[str, ...]
    data: tuple[Datum, ...] = ()

    def written(self) -> Iterator[str]:
        """The block."""
        yield "Xếp loại theo tỷ lệ điểm" if self.bands.by_share else "Xếp loại"
        yield from (f"  {line}" for line in self.lines)


@frozen
class Ranking:
    """The line of the ranking, the data among its keys, and whether blocks are ranked apart."""

    line: str
    data: tuple[Datum, ...] = ()
    in_blocks: bool = False


@st.composite
def gradings(
    draw: st.DrawFn, maximum: Fraction, items: tuple[Item, ...], *, by_share: bool, strict: bool, quotas: bool
) -> Grading:
    """Bands that cover every total from 0 to the maximum; ``strict`` where no total lies beyond those ends."""
    bands = draw(_bands(maximum, by_share))
    lines = draw(_band_lines(bands, maximum, strict))
    rules = draw(_rules(bands, items))
    quota = []
    if quotas and draw(st.booleans()):
        quota = [draw(_quota(bands))]
    data = tuple(datum for _, found in rules for datum in found)
    return Grading(bands, (*lines, *(line for line, _ in rules), *quota), data)


@st.composite
def _bands(draw: st.DrawFn, maximum: Fraction, by_share: bool) -> Bands:
    grades = draw(st.sampled_from(_NAMES))
    count = len(grades) - 1
    shares = draw(st.lists(st.sampled_from(_SHARES), min_size=count, max_size=count, unique=True))
    unit = Fraction(1) if by_share else maximum
    return Bands(grades, tuple(share * unit for share in sorted(shares, reverse=True)), by_share, draw(_CLOSED))


_NAMES = (("xuất sắc", "tốt", "khá", "trung bình", "yếu"), ("A", "B", "C"), ("đạt", "chưa đạt"), ("tốt", "khá", "yếu"))
_SHARES = tuple(Fraction(part, 100) for part in (30, 40, 50, 60, 65, 70, 75, 80, 85, 90))
_CLOSED = st.sampled_from((True, True, False))


@st.composite
def _band_lines(draw: st.DrawFn, bands: Bands, maximum: Fraction, strict: bool) -> list[str]:
    subject = draw(st.sampled_from(("", "Cơ quan, đơn vị có tổng số điểm ", "Đạt ")))
    stop = "." if subject else ""
    edges = [_edge(edge, bands) for edge in bands.edges]
    between = zip(edges[1:], edges, strict=False)
    if bands.closed:
        top = f"từ {edges[0]} trở lên"
        if strict and draw(st.booleans()):
            top = f"từ {edges[0]} đến {_edge(Fraction(1) if bands.by_share else maximum, bands)}"
        ranges = [top, *(f"từ {low} đến dưới {high}" for low, high in between), f"dưới {edges[-1]}"]
    else:
        ranges = [f"trên {edges[0]}", *(f"trên {low} đến {high}" for low, high in between), f"từ {edges[-1]} trở xuống"]
    if draw(st.booleans()):
        last = draw(st.sampled_from(("còn lại", "các trường hợp còn lại")))
        rows = [f"{subject}{found}" for found in ranges[:-1]] + [last]
    else:
        rows = [f"{subject}{found}" for found in ranges]
    return [f"Loại {grade}: {row}{stop}" for grade, row in zip(bands.grades, rows, strict=True)]


def _edge(value: Fraction, bands: Bands) -> str:
    return f"{written(value * 100)}%" if bands.by_share else f"{written(value)} điểm"


@st.composite
def _rules(draw: st.DrawFn, bands: Bands, items: tuple[Item, ...]) -> list[tuple[str, tuple[Datum, ...]]]:
    """At most one of each form, in the order they act."""
    best, worst = bands.grades[0], bands.grades[-1]
    second = bands.grades[1]
    raised = bands.grades[-2]
    rules = (
        (f"Xếp ít nhất loại {raised} khi", (_PRAISED,)),
        (f"Không xếp quá loại {second} khi", (_INCIDENT,)),
        (f"Không xếp loại {best} khi", ()),
        (f"Xếp loại {worst} khi", (_DISCIPLINED,)),
    )
    found = []
    for head, own in rules:
        if draw(st.integers(0, 2)) == 0:
            text, read = draw(_reasons(own, items))
            found.append((f"{head} {text}", read))
    return found


_PRAISED = Datum("Được tỉnh biểu dương", DataForm.YES_NO)
_INCIDENT = Datum("Để xảy ra sự cố nghiêm trọng", DataForm.YES_NO)
_DISCIPLINED = Datum("Bị xử lý kỷ luật", DataForm.YES_NO)


@st.composite
def _reasons(draw: st.DrawFn, own: tuple[Datum, ...], items: tuple[Item, ...]) -> tuple[str, tuple[Datum, ...]]:
    """A datum that knocks out, or an item that stays below a minimum."""
    if own and draw(st.integers(0, 2)):
        return f"{own[0].spelled} = có", own
    item = draw(st.sampled_from([item for top in items for item in top.walk() if item.counted]))
    share = draw(st.sampled_from((20, 50, 80)))
    few = draw(st.integers(1, 3))
    reasons = (
        f"{item.kind} {item.code} dưới {share}% điểm tối đa",
        f"có {item.kind} dưới {share}% điểm tối đa",
        f"không phải (mọi {item.kind} từ {share}% điểm tối đa trở lên)",
        f"số {item.kind} dưới {few} điểm từ 2 trở lên",
    )
    return draw(st.sampled_from(reasons)), ()


@st.composite
def _quota(draw: st.DrawFn, bands: Bands) -> str:
    best, second = bands.grades[0], bands.grades[1]
    among = draw(st.sampled_from(("", f" xếp loại {second} trở lên")))
    rounded = draw(st.sampled_from(("xuống", "lên", "nửa lên")))
    ties = draw(st.sampled_from(("không đạt", "đạt")))
    share = draw(st.sampled_from((20, 50, 60)))
    return (
        f"Loại {best} không quá {share}% số đơn vị{among}, làm tròn {rounded}, "
        f"đồng hạng ở ranh giới thì cùng {ties}; số còn lại xếp loại {second}"
    )


@st.composite
def rankings(draw: st.DrawFn, items: tuple[Item, ...], *, blocks: bool) -> Ranking:
    """A chain of keys that begins with the total."""
    keys, data = ["tổng điểm"], []
    counted = [item for item in items if item.counted]
    others = draw(st.lists(st.sampled_from(counted), max_size=2, unique_by=lambda item: item.code))
    keys += [f"{item.kind} {item.code}" for item in others]
    if draw(st.booleans()):
        keys.append(f"{_FAULTS.spelled} tăng dần")
        data.append(_FAULTS)
    apart = blocks and draw(st.booleans())
    return Ranking(f"Xếp hạng theo {', '.join(keys)}{'; trong mỗi khối' if apart else ''}", tuple(data), apart)


_FAULTS = Datum("Số lỗi", DataForm.INTEGER)
