"""The words a data file may use besides its numbers, all as fold keys."""

from __future__ import annotations

import re

from thangdiem.dsl.letters import fold, look_alikes

_HARDLY_SHOWN = re.compile(r"(?<![0-9])[\W_]+|[\W_]+(?![0-9])")


def _keys(*texts: str) -> frozenset[str]:
    return frozenset(map(fold, texts))


NOT_APPLICABLE = _keys("không áp dụng", "n/a", "not applicable")
NOT_ASSESSED = _keys("chưa đánh giá", "not assessed")
DASHES = frozenset("-‐‑‒–—−")
YES = _keys("có", "yes", "true")
NO = _keys("không", "no", "false")
TICKED = YES | _keys("x", "✓", "✔", "đạt", "met")
NOT_TICKED = NO | _keys("không đạt", "not met")
NONE_MET = _keys("không ý nào", "none")

UNIT = _keys("đơn vị", "tên đơn vị", "cơ quan, đơn vị", "unit", "unit name")
KIND_OF_UNIT = _keys("loại đơn vị", "áp dụng cho", "thang điểm", "unit kind", "kind of unit", "for", "scale")
BLOCK = _keys("khối", "block")
SUPERIOR = _keys("trực thuộc", "superior")
TOTAL = _keys("tổng điểm", "tổng số điểm", "total points", "the total", "total", "@total")
IGNORED = _keys("stt", "tt", "số thứ tự", "no.", "ghi chú", "giải trình", "note", "notes")
"""Columns a form has for its readers; the rules never look at them."""

NO_UNITS = _keys(
    *("tổng", "tổng cộng", "tổng số", "cộng", "sum", "total", "totals", "grand total"),
    *("trung bình", "trung bình chung", "bình quân", "bình quân chung", "average", "mean"),
    *("toàn tỉnh", "toàn huyện", "toàn xã", "toàn thành phố", "toàn ngành", "toàn quốc", "cả tỉnh", "cả nước"),
    *("người lập", "người lập biểu", "người lập bảng", "người tổng hợp", "thủ trưởng", "thủ trưởng đơn vị"),
    *("thủ trưởng cơ quan", "kế toán trưởng", "prepared by", "signature", "signed"),
)
"""What stands in the column of names below the units: rows of sums and means, and who signs."""

NO_UNITS_BEGIN = tuple(fold(text) + " " for text in ("tổng số", "tổng cộng", "trung bình", "bình quân"))
"""How such a row begins that says more, such as “Tổng số 20 đơn vị”; no unit is named so."""


def is_no_unit(name: str) -> bool:
    """Whether a row is about no unit: sums, means, who signs."""
    key = fold(name).rstrip(" .:")
    return key in NO_UNITS or key.startswith(NO_UNITS_BEGIN)


def look(name: str) -> str:
    """What is left of a name without what hardly shows: spaces and marks, letters that only look like the one meant."""
    meant = list(name)
    for index, _, letter in look_alikes(name):
        meant[index] = letter
    return _HARDLY_SHOWN.sub("", fold("".join(meant)))
