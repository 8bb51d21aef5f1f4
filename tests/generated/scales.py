"""A scale: its head, its data, its items, bonuses, grades and ranking, and the model they were written from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from attrs import evolve, frozen
from hypothesis import strategies as st

from generated.clauses import TIES
from generated.data import Datum, merged, written
from generated.grades import Grading, Ranking, gradings, rankings
from generated.items import Bonus, Item, Setting, bonuses, items, leaves
from generated.worth import points
from thangdiem.dsl.rulebook import DataForm


@frozen
class Scale:
    """A scale as written. ``sums`` where its total is no more and no less than the sum of its items."""

    id: str
    title: str
    maximum: Fraction
    items: tuple[Item, ...]
    lines: tuple[str, ...] = ()
    bonuses: tuple[Bonus, ...] = ()
    grading: Grading | None = None
    ranking: Ranking | None = None
    sums: bool = False
    policy: str = ""

    def walk(self) -> Iterator[Item]:
        """Every item, each before those below it."""
        for item in self.items:
            yield from item.walk()

    @property
    def data(self) -> tuple[Datum, ...]:
        """The data its rules read, each once, with every mark it is compared with."""
        read = [datum for item in self.walk() for datum in item.data]
        read += [datum for bonus in self.bonuses for datum in bonus.data]
        read += self.grading.data if self.grading is not None else ()
        read += self.ranking.data if self.ranking is not None else ()
        return merged(read)

    @property
    def in_blocks(self) -> bool:
        """Whether units are ranked within their blocks."""
        return self.ranking is not None and self.ranking.in_blocks

    def written(self) -> Iterator[str]:
        """All its lines."""
        yield f'Thang điểm {self.id} "{self.title}": {points(self.maximum)}'
        yield f"  {self._counts()}"
        yield from (f"  {line}" for line in self.lines)
        yield from (f"  {datum.declaration()}" for datum in self.data if datum.declared)
        for item in self.walk():
            yield from (f"  {line}" for line in (item.method.names if item.method is not None else ()))
        for item in self.items:
            yield ""
            yield from item.written(1)
        yield ""
        for bonus in self.bonuses:
            yield from bonus.written(2 if bonus.of else 1)
        if self.grading is not None:
            yield from (f"  {line}" for line in self.grading.written())
        if self.ranking is not None:
            yield f"  {self.ranking.line}"

    def _counts(self) -> str:
        found = Counter(item.kind for item in self.walk() if item.counted)
        return "Gồm " + ", ".join(f"{count} {kind}" for kind, count in found.items())


_KINDS = st.sampled_from(
    (("chỉ số", "chỉ số thành phần"), ("tiêu chí", "tiêu chí thành phần"), ("nhóm", "chỉ số"), ("lĩnh vực", "chỉ tiêu"))
)
_STEPS = st.sampled_from((Fraction(1), Fraction(5)))
_SHARED = (
    Datum("Loại hình", DataForm.ONE_OF, ("A", "B", "C")),
    Datum("Có cung cấp dịch vụ công", DataForm.YES_NO),
    Datum("Số biên chế", DataForm.INTEGER, most=Fraction(300), unit="người"),
)


@st.composite
def scales(draw: st.DrawFn, number: int, indicators: int, components: int, over_units: bool) -> Scale:
    """A scale of so many indicators and components each, at most."""
    setting = Setting(
        str(number), draw(_KINDS), draw(_STEPS), _SHARED, components,
        may_exempt=draw(st.integers(0, 2)) > 0, over_units=over_units,
    )  # fmt: skip
    mean = draw(st.integers(0, 6)) == 0
    same = draw(st.sampled_from((Fraction(10), Fraction(100)))) if mean else None
    count = draw(st.integers(1, indicators))
    found = tuple(draw(items(setting, str(code), same)) for code in range(1, count + 1))
    maximum = same or sum((item.maximum for item in found), Fraction(0))
    if draw(st.integers(0, 5)) == 0:
        shown = draw(leaves(setting, str(count + 1), setting.kinds[0], Fraction(10), counted=False))
        found = (*found, shown)
    scale = Scale(_IDS[number], _TITLES[number], maximum, found)
    scale = draw(_with_clauses(scale, setting, mean))
    return draw(_with_grades(scale, over_units))


_IDS = ("cấp-tỉnh", "cấp-huyện", "cấp-xã")
_TITLES = ("Chỉ số cấp tỉnh", "Chỉ số cấp huyện", "Chỉ số cấp xã")


@st.composite
def _with_clauses(draw: st.DrawFn, scale: Scale, setting: Setting, mean: bool) -> Scale:
    """The scale with what is said of all of it, and with its bonuses."""
    lines = []
    if draw(st.booleans()):
        lines.append(f'Áp dụng cho: "đơn vị {scale.id}", "đơn vị khác {scale.id}"')
    if draw(st.booleans()):
        lines.append("Căn cứ: Phụ lục I")
    rounded = not mean and draw(st.booleans())
    if rounded:
        lines.append(draw(_rounding(setting.kinds[1])))
    policy = draw(_policies(scale.maximum)) if setting.may_exempt else ""
    if policy:
        lines.append(f"Chỉ số không áp dụng: {policy}")
    if mean:
        lines.append("Tổng hợp: trung bình")
    found = [draw(bonuses())] if draw(st.integers(0, 3)) == 0 else []
    item = draw(st.sampled_from([item for item in scale.items if item.counted]))
    if draw(st.integers(0, 3)) == 0:
        found.append(draw(bonuses(item)))
        scale = _without_sum(scale, item.code)
    if found and draw(st.booleans()):
        lines += ["Không dưới 0 điểm", f"Không quá {points(scale.maximum)}"]
    sums = not (mean or rounded or found or policy.count("quy đổi"))
    return evolve(scale, lines=tuple(lines), bonuses=tuple(found), sums=sums, policy=policy)


def _without_sum(scale: Scale, code: str) -> Scale:
    changed = tuple(evolve(item, sums=False) if item.code == code else item for item in scale.items)
    return evolve(scale, items=changed)


@st.composite
def _rounding(draw: st.DrawFn, kind: str) -> str:
    tie, digits = draw(st.sampled_from(TIES)), draw(st.integers(0, 2))
    of_kind = f"điểm {kind} đến {digits} chữ số thập phân, {tie}"
    if digits == 0:
        of_kind = f"điểm {kind} đến hàng đơn vị, {tie}"
    total = f"tổng điểm đến {draw(st.integers(1, 2))} chữ số thập phân, {draw(st.sampled_from(TIES))}"
    return "Làm tròn: " + draw(
        st.sampled_from((of_kind, total, f"{of_kind}; {total}", f"tỷ lệ đến 4 chữ số thập phân, {tie}"))
    )


def _policies(maximum: Fraction) -> st.SearchStrategy[str]:
    return st.sampled_from(
        (
            "giữ nguyên điểm tối đa",
            "loại khỏi điểm tối đa",
            "loại khỏi điểm tối đa",
            f"loại khỏi điểm tối đa, quy đổi về thang {written(maximum)} điểm",
            "tính điểm tối đa",
            "không xếp hạng",
            "không tính tổng điểm",
        )
    )


@st.composite
def _with_grades(draw: st.DrawFn, scale: Scale, over_units: bool) -> Scale:
    """The scale with grades and a ranking, perhaps."""
    if draw(st.integers(0, 7)) > 0:
        by_share = scale.policy == "loại khỏi điểm tối đa" or draw(st.integers(0, 3)) == 0
        strict = not scale.bonuses and not any(item.exempts for item in scale.walk())
        grading = draw(gradings(scale.maximum, scale.items, by_share=by_share, strict=strict, quotas=over_units))
        scale = evolve(scale, grading=grading)
    if draw(st.booleans()):
        scale = evolve(scale, ranking=draw(rankings(scale.items, blocks=over_units)))
    return scale
