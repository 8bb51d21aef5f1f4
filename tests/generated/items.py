"""Items of a scale: leaves with methods and clauses, indicators made of components, bonuses."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from attrs import evolve, frozen
from hypothesis import strategies as st

from generated.clauses import clauses
from generated.data import Datum, data, marks, written
from generated.entries import Entry, Points
from generated.ground import Ground, Method
from generated.methods import methods
from generated.provisions import provisions
from generated.worth import points, split
from thangdiem.dsl.rulebook import DataForm


@frozen
class Item:
    """An item as written: its head, its own lines, what a unit gives for it, and what it is made of.

    ``sums`` where its score is no more and no less than the weighted sum of its components; ``exempts`` where it may
    not apply; ``optional`` where the data may say so; ``forgives`` where missing data have points of their own.
    """

    code: str
    kind: str
    title: str
    maximum: Fraction
    lines: tuple[str, ...] = ()
    method: Method | None = None
    data: tuple[Datum, ...] = ()
    children: tuple[Item, ...] = ()
    weight: Fraction | None = None
    aggregation: str = "cộng"
    counted: bool = True
    sums: bool = False
    exempts: bool = False
    optional: bool = False
    forgives: bool = False

    def walk(self) -> Iterator[Item]:
        """The item and all below it."""
        yield self
        for child in self.children:
            yield from child.walk()

    def head(self) -> str:
        """The line of the item."""
        maximum = points(self.maximum) if self.counted else "không tính điểm"
        weight = "" if self.weight is None else f", hệ số {written(self.weight)}"
        return f'{self.kind.capitalize()} {self.code} "{self.title}": {maximum}{weight}'

    def written(self, depth: int) -> Iterator[str]:
        """The lines of the item and of all below it."""
        yield f"{'  ' * depth}{self.head()}"
        yield from (f"{'  ' * depth}  {line}" for line in self.lines)
        for child in self.children:
            yield from child.written(depth + 1)


@frozen
class Bonus:
    """A bonus or a deduction, of the scale or of the item ``of``."""

    title: str
    deduction: bool
    lines: tuple[str, ...]
    of: str = ""
    data: tuple[Datum, ...] = ()
    entry: Entry | None = None

    def written(self, depth: int) -> Iterator[str]:
        """Its lines, as they stand after the items."""
        yield from (f"{'  ' * depth}{line}" for line in self.lines)


@frozen
class Setting:
    """What holds for all items of a scale: where it stands, steps of maxima, data anyone may read, how many parts."""

    place: str
    kinds: tuple[str, str]
    step: Fraction
    shared: tuple[Datum, ...]
    components: int
    may_exempt: bool
    over_units: bool


@st.composite
def items(draw: st.DrawFn, setting: Setting, code: str, maximum: Fraction | None = None) -> Item:
    """A topmost item: a leaf, or made of components; of that maximum where it must be."""
    count = draw(st.integers(0, setting.components)) if setting.components else 0
    title = draw(_TITLES)
    if count == 0:
        found = maximum or draw(_maxima(setting))
        return draw(leaves(setting, code, setting.kinds[0], found))
    form = draw(_AGGREGATIONS)
    if form == "cộng":
        tops = draw(split(maximum, count)) if maximum and count > 1 else [maximum] * count
        children = draw(_summands(setting, code, tops))
        top = sum((child.maximum * (child.weight or 1) for child in children), Fraction(0))
    else:
        top = maximum or draw(_maxima(setting))
        children = draw(_equals(setting, code, count, top, form))
    lines, plain = draw(provisions(f"{setting.place}-{code}")), form == "cộng"
    if not plain or draw(st.integers(0, 3)) == 0:
        lines.append(f"Tổng hợp: {form}{_ROUNDED if form == 'trung bình nhân' else ''}")
    if draw(st.integers(0, 5)) == 0:
        lines.append(f"Không quá {points(top * 3 / 4)}")
        plain = False
    exempts = all(child.exempts for child in children)
    return Item(
        code, setting.kinds[0], title, top, tuple(lines),
        children=tuple(children), aggregation=form, sums=plain, exempts=exempts,
    )  # fmt: skip


_ROUNDED = ", làm tròn đến 2 chữ số thập phân, nửa lên"
_AGGREGATIONS = st.sampled_from(
    ("cộng", "cộng", "cộng", "trung bình", "trung bình có hệ số", "trung bình nhân", "thấp nhất", "cao nhất")
)
_TITLES = st.sampled_from(
    ("Nhận thức số", "Thể chế số", "Hạ tầng số", "Nhân lực số", "An toàn thông tin mạng", "Hoạt động chính quyền số")
)


def _maxima(setting: Setting) -> st.SearchStrategy[Fraction]:
    return st.integers(1, 20).map(lambda count: count * setting.step)


@st.composite
def _summands(draw: st.DrawFn, setting: Setting, code: str, tops: list[Fraction | None]) -> list[Item]:
    """Components of these maxima; where there is none, one is drawn, perhaps with a weight."""
    found = []
    for number, top in enumerate(tops, start=1):
        leaf = draw(leaves(setting, f"{code}.{number}", setting.kinds[1], top or draw(_maxima(setting))))
        if top is None and draw(st.integers(0, 5)) == 0:
            leaf = evolve(leaf, weight=draw(_WEIGHTS))
        found.append(leaf)
    return found


_WEIGHTS = st.sampled_from((Fraction(2), Fraction(1, 2), Fraction(3)))


@st.composite
def _equals(draw: st.DrawFn, setting: Setting, code: str, count: int, maximum: Fraction, form: str) -> list[Item]:
    """Components that each have the maximum of the item, as means and extremes need them."""
    found = [draw(leaves(setting, f"{code}.{number}", setting.kinds[1], maximum)) for number in range(1, count + 1)]
    if form == "trung bình có hệ số":
        found = [evolve(leaf, weight=draw(_WEIGHTS)) for leaf in found]
    return found


# --- leaves


@st.composite
def leaves(draw: st.DrawFn, setting: Setting, code: str, kind: str, maximum: Fraction, counted: bool = True) -> Item:
    """An item with a method, perhaps with clauses."""
    ground = Ground(code, maximum, setting.shared, setting.may_exempt and counted, setting.over_units)
    title = draw(_LEAF_TITLES)
    said = draw(provisions(f"{setting.place}-{code}"))
    if not counted:
        direct = Method("direct", ("Chấm trực tiếp",), entry=Points(maximum))
        return Item(code, kind, title, maximum, (*said, *direct.lines), direct, counted=False)
    method = draw(methods(ground))
    clause = draw(clauses(ground, method))
    return Item(
        code, kind, title, maximum, (*said, *method.lines, *clause.lines), method, (*method.data, *clause.data),
        exempts=method.exempts or clause.exempts, optional=clause.optional, forgives=clause.forgives,
    )  # fmt: skip


_LEAF_TITLES = st.sampled_from(
    ("Người đứng đầu chỉ đạo", "Kế hoạch hằng năm", "Hồ sơ trực tuyến", "Tin, bài", "Gửi báo cáo đúng hạn", "Diễn tập")
)


# --- bonus and deduction


@st.composite
def bonuses(draw: st.DrawFn, item: Item | None = None) -> Bonus:
    """A bonus or a deduction with its cap; of an item, or of the scale."""
    deduction = draw(st.booleans())
    of = item.code if item is not None else ""
    word, title = ("Điểm trừ", "Chậm báo cáo") if deduction else ("Điểm thưởng", "Giải thưởng")
    title = f"{title} {of}" if of else title
    whose = f" của {item.kind} {of}" if item is not None else ""
    most = draw(st.integers(1, 5))
    if draw(st.integers(0, 2)) == 0:
        head = f'{word} "{title}"{whose}: {most} điểm'
        return Bonus(title, deduction, (head, "  Chấm trực tiếp"), of, (), Points(Fraction(most)))
    datum = draw(data(title, DataForm.INTEGER))
    (mark,) = draw(marks(DataForm.INTEGER, 1, 1))
    each = draw(st.sampled_from(("0,5 điểm", "1 điểm", "2 điểm")))
    lines = (f'{word} "{title}"{whose}: không quá {most} điểm', f"  Điểm = {datum.spelled} * {each}")
    return Bonus(title, deduction, lines, of, (datum.marked(mark),))
