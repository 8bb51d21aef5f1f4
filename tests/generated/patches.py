"""Amendments of a generated rule file that can be carried out and leave it valid, each with what it touches."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction

from attrs import frozen
from hypothesis import strategies as st

from generated.data import PERIOD, written
from generated.documents import RuleFile
from generated.items import Item
from generated.scales import Scale
from generated.worth import points
from thangdiem.dsl.numerals import write_date

SINCE = date(PERIOD + 1, 7, 1)
"""The day amendments come into force, unless they say otherwise."""


@frozen
class Patch:
    """Orders of one clause, line by line, and what they touch: codes of items, ``grades``, ``counts``, …

    ``wording`` where no score can change; ``codes`` where items are renumbered: the later code of each.
    """

    lines: tuple[str, ...]
    touches: frozenset[str]
    wording: bool = False
    codes: tuple[tuple[str, str], ...] = ()

    def apart_from(self, other: Patch) -> bool:
        """Whether the two touch different nodes, and neither renames what the other speaks of."""
        return not self.touches & other.touches and not self.codes and not other.codes


@frozen
class Decision:
    """An amending document: its patches, a clause for each."""

    patches: tuple[Patch, ...]
    number: str = "20/QĐ-UBND"
    amends: str = "12/QĐ-UBND"
    in_force: date = SINCE
    after: str = ""

    @property
    def text(self) -> str:
        """The whole document."""
        follows = f" sau Quyết định {self.after}" if self.after else ""
        lines = [
            f"Quyết định {self.number} sửa đổi, bổ sung Quyết định {self.amends}{follows}",
            f"  Hiệu lực: từ {write_date(self.in_force, 'vi')}",
        ]
        for number, patch in enumerate(self.patches, start=1):
            lines += ["", f"Khoản {number} Điều 1", *(f"  {line}" for line in patch.lines)]
        return "\n".join((*lines, ""))


@st.composite
def patches(draw: st.DrawFn, file: RuleFile, *, wording: bool = False) -> Patch:
    """One patch of the first scale; only of words and numbers with ``wording``."""
    by_operation: dict[str, list[Patch]] = {}
    for each in possible(file):
        if each.wording or not wording:
            by_operation.setdefault(" ".join(each.lines[0].split()[:2]), []).append(each)
    return draw(st.sampled_from(by_operation[draw(st.sampled_from(sorted(by_operation)))]))


@st.composite
def decisions(draw: st.DrawFn, file: RuleFile, *, most: int = 3, wording: bool = False) -> Decision:
    """A document of at most so many patches that touch different nodes; a renumbering stands last."""
    found: list[Patch] = []
    for patch in draw(st.lists(patches(file, wording=wording), min_size=1, max_size=most)):
        if all(not patch.touches & other.touches for other in found):
            found.append(patch)
    return Decision(tuple(sorted(_one_renumbering(found), key=lambda each: bool(each.codes))))


def _one_renumbering(found: Sequence[Patch]) -> Iterator[Patch]:
    renumbered = False
    for patch in found:
        if not (patch.codes and renumbered):
            yield patch
        renumbered = renumbered or bool(patch.codes)


def possible(file: RuleFile) -> list[Patch]:
    """Every patch there is of the first scale: the same for the same file."""
    scale = file.scales[0]
    found = [*_scale_patches(scale)]
    for item in scale.walk():
        found += _item_patches(scale, item)
    return found


def _scale_patches(scale: Scale) -> Iterator[Patch]:
    head = f'  {scale.items[0].kind.capitalize()} 31 "Theo dõi": không tính điểm'
    more = (f"Bổ sung vào cuối thang điểm {scale.id}", head, "    Chấm trực tiếp")
    yield Patch(more, frozenset(("item 31",)), wording=True)
    title = (f'Thay cụm từ "{scale.title}" bằng "{scale.title} mới" tại thang điểm {scale.id} (1 lần)',)
    yield Patch(title, frozenset(("title",)), wording=True)
    if scale.grading is not None:
        yield from _grade_patches(scale)
    for bonus in scale.bonuses:
        if "không quá" in bonus.lines[0]:
            word = "điểm trừ" if bonus.deduction else "điểm thưởng"
            most = re.search(r"không quá (\d+) điểm", bonus.lines[0])
            assert most is not None
            order = f'Sửa đổi mức không quá {word} "{bonus.title}" của {scale.id} từ {most[1]} điểm thành 6 điểm'
            yield Patch((order,), frozenset((bonus.title,)))


def _grade_patches(scale: Scale) -> Iterator[Patch]:
    """Edges moved half way to the next, a grade stated anew, the grades replaced, a condition repealed."""
    assert scale.grading is not None
    bands, lines = scale.grading.bands, scale.grading.lines
    touches = frozenset(("grades",))
    below = (*bands.edges[1:], Fraction(0))
    for place, (edge, next_edge) in enumerate(zip(bands.edges, below, strict=True)):
        old, new = (_edge(value, bands.by_share) for value in (edge, (edge + next_edge) / 2))
        if all(re.search(rf" {re.escape(old)}\b", line) for line in lines[place : place + 2]):
            one, other = bands.grades[place : place + 2]
            order = f"Sửa đổi ngưỡng giữa loại {one} và loại {other} của {scale.id} từ {old} thành {new}"
            yield Patch((order,), touches)
    rows = lines[: len(bands.grades)]
    again = (f"Sửa đổi, bổ sung loại {bands.grades[0]} của {scale.id}:", f"  {rows[0]}")
    yield Patch(again, touches, wording=True)
    rest = ("  Bỏ phần còn lại",) if len(lines) > len(rows) else ()
    yield Patch((f"Sửa đổi xếp loại của {scale.id}", *(f"  {row}" for row in rows), *rest), touches)
    for line in lines[len(rows) :]:
        yield Patch((f'Bãi bỏ điều kiện "{line}" của {scale.id}',), touches)


def _edge(value: Fraction, by_share: bool) -> str:
    return f"{written(value * 100)}%" if by_share else points(value)


def _item_patches(scale: Scale, item: Item) -> Iterator[Patch]:
    touches = frozenset((f"item {item.code}",))
    where = f"{item.kind} {item.code} của {scale.id}"
    title = (f'Thay cụm từ "{item.title}" bằng "{item.title} (mới)" tại {where} (1 lần)',)
    yield Patch(title, touches, wording=True)
    note = (f"Bổ sung vào cuối {where}", '  Ghi chú: "theo hướng dẫn của Sở"')
    if not item.children and not any(line.startswith("Ghi chú") for line in item.lines):
        yield Patch(note, touches, wording=True)
    if "." not in item.code:
        codes = tuple((each.code, f"4{each.code}") for each in item.walk())
        order = f"Đánh số lại {item.code} thành 4{item.code} của {scale.id}"
        yield Patch((order,), frozenset(f"item {code}" for code, _ in codes), wording=True, codes=codes)
    if item.method is not None and item.counted:
        yield from _leaf_patches(scale, item, where, touches)
    if item.aggregation == "trung bình có hệ số":
        for child in item.children:
            assert child.weight is not None
            order = f"Sửa đổi hệ số {child.kind} {child.code} của {scale.id} từ {written(child.weight)} thành 5"
            yield Patch((order,), frozenset((f"item {child.code}",)))
    if item.sums and len(item.children) > 1:
        yield from _merged(scale, item)


def _leaf_patches(scale: Scale, item: Item, where: str, touches: frozenset[str]) -> Iterator[Patch]:
    inside = f" của {scale.id}: "
    head = inside.join(item.head().rsplit(": ", 1))
    yield Patch((f"Sửa đổi, bổ sung {head}", "  Điểm = 1/2 * điểm tối đa", "  Bỏ phần còn lại"), touches)
    caps = [line for line in item.lines if "không quá" in line.casefold()]
    if len(caps) == 1 and (most := re.fullmatch(r"Không quá ([\d,]+) điểm( khi .*)?", caps[0])):
        fresh = written(Fraction(most[1].replace(",", ".")) / 2)
        yield Patch((f"Sửa đổi mức không quá {where} từ {most[1]} điểm thành {fresh} điểm",), touches)


def _merged(scale: Scale, item: Item) -> Iterator[Patch]:
    """A component goes, another takes its points, the count is mended: sums stay what they were."""
    first, last = item.children[0], item.children[-1]
    if any(child.weight is not None or child.method is None for child in (first, last)) or _cited(scale, last):
        return
    count = sum(each.kind == last.kind and each.counted for each in scale.walk())
    total = points(first.maximum + last.maximum)
    lines = (
        f"Bãi bỏ {last.kind} {last.code} của {scale.id}",
        f"Sửa đổi điểm tối đa {first.kind} {first.code} của {scale.id} từ {points(first.maximum)} thành {total}",
        *(_counted(scale, last.kind, count)),
    )
    touches = {f"item {each.code}" for each in (item, first, last)} | {"counts"}
    yield Patch(lines, frozenset(touches))


def _counted(scale: Scale, kind: str, count: int) -> Iterator[str]:
    old = next(line for line in scale.written() if line.startswith("  Gồm ")).strip()
    yield f'Sửa đổi, bổ sung dòng "Gồm" của {scale.id}:'
    yield f"  {re.sub(rf'{count} {kind}(?=,|$)', f'{count - 1} {kind}', old)}"


def _cited(scale: Scale, item: Item) -> bool:
    """Whether a rule speaks of the item by its code."""
    name = f"{item.kind} {item.code}"
    grading = scale.grading.lines if scale.grading is not None else ()
    ranking = (scale.ranking.line,) if scale.ranking is not None else ()
    bonuses = [line for bonus in scale.bonuses for line in bonus.lines]
    return any(name in line for line in (*grading, *ranking, *bonuses))


def renamed(decision: Decision, key: str) -> str:
    """The heading of a column after the decision: codes of items that were renumbered follow."""
    codes = dict(code for patch in decision.patches for code in patch.codes)
    return codes.get(key, key)
