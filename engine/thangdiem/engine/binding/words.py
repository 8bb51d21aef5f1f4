"""The words a data file may use besides its numbers, all as fold keys."""

from __future__ import annotations

from thangdiem.dsl.letters import fold


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
    *("người lập", "người lập biểu", "người lập bảng", "người tổng hợp", "thủ trưởng", "thủ trưởng đơn vị"),
    *("thủ trưởng cơ quan", "kế toán trưởng", "prepared by", "signature", "signed"),
)
"""What stands in the column of names below the units: rows of sums, and who signs."""
