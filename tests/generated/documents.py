"""A whole rule file: the head of the document with its dates, and its scales."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from attrs import frozen
from hypothesis import strategies as st
from hypothesis.vendor.pretty import RepresentationPrinter

from generated.data import PERIOD
from generated.scales import Scale, scales
from thangdiem.dsl.checker import Checked, check_text
from thangdiem.dsl.library import ScaleRules
from thangdiem.dsl.numerals import write_date


@frozen
class Document:
    """The head of a rule file; ``number`` is empty where it is a set of criteria without one."""

    number: str
    title: str
    issued: date | None = None
    in_force: date | None = None
    first_period: int | None = None
    articles: tuple[str, ...] = ()

    def written(self) -> Iterator[str]:
        """Its lines."""
        if not self.number:
            yield f'Bộ tiêu chí "{self.title}"'
        else:
            yield f"Quyết định {self.number}"
            yield f'  Trích yếu: "{self.title}"'
            yield '  Cơ quan ban hành: "UBND tỉnh Minh Họa"'
        if self.issued is not None:
            yield f"  Ngày ban hành: {write_date(self.issued, 'vi')}"
        if self.in_force is not None:
            yield f"  Hiệu lực: từ {write_date(self.in_force, 'vi')}"
        if self.first_period is not None:
            yield f"  Áp dụng: kỳ đánh giá từ năm {self.first_period}"
        for number, text in enumerate(self.articles, start=2):
            yield f'  Điều {number}: Nguyên văn "{text}"'


@frozen
class RuleFile:
    """A rule file: its text, and the model the text was written from."""

    document: Document
    scales: tuple[Scale, ...]
    period: int = PERIOD

    @property
    def text(self) -> str:
        """The whole text, in canonical layout."""
        parts = [self.document.written(), *(scale.written() for scale in self.scales)]
        return "\n\n".join("\n".join(part).rstrip("\n") for part in parts) + "\n"

    def checked(self) -> Checked:
        """The text read and checked."""
        return _checked(self.text)

    def rules(self, scale: int = 0) -> ScaleRules:
        """What evaluation needs of a scale; AssertionError where the text has errors."""
        checked = self.checked()
        assert checked.book is not None
        assert not checked.has_errors, [found.message("en") for found in checked.diagnostics]
        return ScaleRules(checked.book, checked.book.scales[scale])

    def _repr_pretty_(self, printer: RepresentationPrinter, cycle: bool) -> None:
        printer.text(f"RuleFile:\n{self.text}")


@lru_cache(maxsize=8)
def _checked(text: str) -> Checked:
    return check_text(text)


@st.composite
def rule_files(
    draw: st.DrawFn,
    *,
    scales: int = 2,
    indicators: int = 4,
    components: int = 4,
    over_units: bool = False,
    number: str | None = None,
) -> RuleFile:
    """A valid rule file of at most so many scales, indicators a scale, and components an indicator.

    ``over_units``: scores, grades and ranks may depend on the other units. ``number``: that of the document; else it
    is drawn, and may be none.
    """
    count = draw(st.integers(1, scales))
    found = tuple(draw(_scales(place, indicators, components, over_units)) for place in range(count))
    return RuleFile(draw(_documents(number)), found)


_scales = scales
_NUMBERS = st.sampled_from(("", "12/QĐ-UBND", "1949/QĐ-UBND", "07/2023/QĐ-UBND"))
_ARTICLES = ("Quyết định này có hiệu lực kể từ ngày ký.", "Chánh Văn phòng chịu trách nhiệm thi hành.")


@st.composite
def _documents(draw: st.DrawFn, number: str | None) -> Document:
    number = draw(_NUMBERS) if number is None else number
    month = draw(st.integers(1, 12))
    dated = bool(number) or draw(st.booleans())
    return Document(
        number,
        "Đánh giá, xếp hạng mức độ chuyển đổi số",
        date(PERIOD - 1, month, 15) if dated else None,
        draw(st.sampled_from((date(PERIOD - 1, 12, 31), date(PERIOD, 1, 1)))) if dated else None,
        PERIOD if draw(st.booleans()) else None,
        _ARTICLES[: draw(st.integers(0, 2))] if number else (),
    )
