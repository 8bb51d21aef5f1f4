"""Data of units: how they are declared, what they are compared with, and the values near those marks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction

from attrs import evolve, frozen
from hypothesis import strategies as st

from thangdiem.dsl.numerals import write_number
from thangdiem.dsl.rulebook import DataForm

PERIOD = 2024
"""The year assessed, of which days such as ``31/05 năm đánh giá`` speak."""

NUMERIC = (DataForm.INTEGER, DataForm.NUMBER, DataForm.PERCENT)


@frozen
class Mark:
    """What a datum is compared with: as written, and its value."""

    text: str
    value: Fraction | date


@frozen
class Datum:
    """A datum of a unit and the marks the rules compare it with; ``declared`` where the scale has a line for it."""

    name: str
    form: DataForm
    options: tuple[str, ...] = ()
    most: Fraction | None = None
    unit: str = ""
    declared: bool = True
    marks: tuple[Fraction | date, ...] = ()

    @property
    def spelled(self) -> str:
        return f"[{self.name}]"

    def marked(self, *marks: Mark) -> Datum:
        """The datum with further marks."""
        return evolve(self, marks=tuple(dict.fromkeys((*self.marks, *(mark.value for mark in marks)))))

    def declaration(self) -> str:
        """Its line in the scale."""
        match self.form:
            case DataForm.INTEGER | DataForm.NUMBER:
                kind = "số nguyên" if self.form is DataForm.INTEGER else "số"
                domain = "từ 0 trở lên" if self.most is None else f"từ 0 đến {written(self.most)}"
                decimals = ", 2 chữ số thập phân" if self.form is DataForm.NUMBER else ""
                said = f"{kind}, {domain}{decimals}" + (f', "{self.unit}"' if self.unit else "")
            case DataForm.PERCENT:
                said = "phần trăm, từ 0% đến 100%"
            case DataForm.YES_NO:
                said = "có/không"
            case DataForm.DATE:
                said = "ngày"
            case _:
                said = "một trong " + ", ".join(f'"{option}"' for option in self.options)
        return f"Số liệu {self.spelled}: {said}"

    def values(self) -> st.SearchStrategy[object]:
        """What a unit may give: mostly just below, at and just above a mark."""
        if self.form is DataForm.YES_NO:
            return st.booleans()
        if self.form is DataForm.ONE_OF:
            return st.sampled_from(self.options)
        if self.form is DataForm.DATE:
            days = [mark for mark in self.marks if isinstance(mark, date)] or [date(PERIOD, 6, 1)]
            return st.sampled_from([day + timedelta(days=by) for day in days for by in (-1, 0, 1, 40)])
        return st.sampled_from(self._numbers())

    def _numbers(self) -> list[Fraction]:
        least = {DataForm.INTEGER: Fraction(1), DataForm.NUMBER: Fraction(1, 100), DataForm.PERCENT: Fraction(1, 1000)}
        step = least[self.form]
        most = Fraction(1) if self.form is DataForm.PERCENT else self.most
        near = [mark + by * step for mark in self.marks if isinstance(mark, Fraction) for by in (-1, 0, 1)]
        usual = [number * (Fraction(1, 100) if self.form is DataForm.PERCENT else 1) for number in _USUAL]
        every = dict.fromkeys((*near, *near, *usual))
        return [number for number in every if number >= 0 and (most is None or number <= most)]


_USUAL = tuple(Fraction(number) for number in (0, 1, 3, 7, 12, 30, 45, 64, 80, 100))


def merged(data: Iterable[Datum]) -> tuple[Datum, ...]:
    """Each datum once, with all its marks."""
    found: dict[str, Datum] = {}
    for datum in data:
        known = found.setdefault(datum.name, datum)
        found[datum.name] = evolve(known, marks=tuple(dict.fromkeys((*known.marks, *datum.marks))))
    return tuple(found.values())


def written(value: Fraction | int) -> str:
    """A number as Vietnamese writes it."""
    return write_number(Fraction(value), "vi")


# --- drawing

_NOUNS = {
    DataForm.INTEGER: ("Số cuộc họp", "Số hồ sơ trực tuyến", "Số tin bài", "Số dịch vụ công", "Số lớp tập huấn"),
    DataForm.NUMBER: ("Băng thông bình quân", "Kinh phí", "Thời gian xử lý", "Mức độ hài lòng"),
    DataForm.PERCENT: ("Tỷ lệ hồ sơ đúng hạn", "Tỷ lệ văn bản ký số", "Tỷ lệ máy tính"),
    DataForm.YES_NO: ("Đã phê duyệt kế hoạch", "Có quy chế", "Đã kết nối mạng", "Được khen thưởng"),
    DataForm.DATE: ("Ngày gửi báo cáo", "Ngày ban hành kế hoạch"),
    DataForm.ONE_OF: ("Trình độ", "Hình thức vận hành"),
}
_OPTIONS = (("cao", "thấp"), ("đại học", "cao đẳng", "khác"), ("tự vận hành", "thuê ngoài", "không có hệ thống"))
_UNITS = ("hồ sơ", "cuộc họp", "dịch vụ công", "", "")
_FORMS = st.sampled_from(tuple(_NOUNS))
_MOSTS = st.sampled_from((None, Fraction(100), Fraction(366)))
_DECLARED = st.sampled_from((True, True, True, False))
_CALENDAR = (
    Mark("31/01 năm đánh giá", date(PERIOD, 1, 31)),
    Mark("29/02 năm đánh giá", date(PERIOD, 2, 29)),
    Mark("31/05 năm đánh giá", date(PERIOD, 5, 31)),
    Mark("30/11 năm đánh giá", date(PERIOD, 11, 30)),
    Mark("31/01 năm sau năm đánh giá", date(PERIOD + 1, 1, 31)),
)
_LADDERS = {
    DataForm.INTEGER: tuple(Mark(str(n), Fraction(n)) for n in (1, 2, 3, 4, 5, 8, 10, 15, 20, 25, 40)),
    DataForm.NUMBER: tuple(Mark(written(n), n) for n in (Fraction(k, 4) for k in (1, 2, 5, 10, 18, 30, 50, 99, 200))),
    DataForm.PERCENT: tuple(Mark(f"{written(n)}%", n / 100) for n in map(Fraction, (5, 20, 50, "62.5", 75, 80, 90))),
    DataForm.DATE: _CALENDAR,
}


@st.composite
def data(draw: st.DrawFn, place: str, form: DataForm | None = None) -> Datum:
    """A datum of the item of that code; ``place`` makes its name its own."""
    form = form or draw(_FORMS)
    name = f"{draw(st.sampled_from(_NOUNS[form]))} {place}"
    options = draw(st.sampled_from(_OPTIONS)) if form is DataForm.ONE_OF else ()
    most = draw(_MOSTS) if form in (DataForm.INTEGER, DataForm.NUMBER) else None
    unit = draw(st.sampled_from(_UNITS)) if form is DataForm.INTEGER else ""
    return Datum(name, form, options, most, unit, draw(_DECLARED))


def marks(form: DataForm, least: int = 1, most: int = 3) -> st.SearchStrategy[list[Mark]]:
    """Marks for a datum of that form, from the smallest up."""
    ladder = _LADDERS[form]
    places = st.lists(st.sampled_from(range(len(ladder))), min_size=least, max_size=most, unique=True)
    return places.map(lambda found: [ladder[place] for place in sorted(found)])
