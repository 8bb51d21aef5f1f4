"""Units given by a program: those with wrong data are refused, the others have their results."""

from __future__ import annotations

from pathlib import Path

import pytest

from thangdiem.dsl import load
from thangdiem.engine import Results, Status, UnitFacts, evaluate_all, evaluator

RULES = """\
Bộ tiêu chí "Đánh giá"
Thang điểm s "Đánh giá": 10 điểm
  Chỉ số 1 "Hồ sơ": 10 điểm
  Xếp loại
    Loại đạt: từ 5 điểm trở lên
    Loại chưa đạt: còn lại
  Xếp hạng theo tổng điểm
"""


def results(folder: Path) -> Results:
    (folder / "s.rubric").write_text(RULES, encoding="utf-8")
    given = ({"Đơn vị": "A", "1": "9", "lạ": "3"}, {"Đơn vị": "B", "1": "7"}, {"Đơn vị": "C", "1": "11"})
    return evaluate_all(load(folder).on("2024-01-01").scale("s"), given)


def test_a_unit_with_a_column_that_nobody_knows_has_no_result(tmp_path: Path) -> None:
    refused = results(tmp_path).units[0]
    assert (refused.status, refused.total, refused.grade, refused.grades) == (Status.REFUSED, None, None, ())
    assert [found.code for found in refused.diagnostics] == ["TD450"]


def test_a_refused_unit_takes_no_rank_from_the_others(tmp_path: Path) -> None:
    assert [unit.rank for unit in results(tmp_path).units] == [None, 1, None]


def test_more_units_than_can_be_looked_at_together_are_refused_before_any_work(tmp_path: Path) -> None:
    rules = results(tmp_path).units[1].rules
    assert rules is not None
    with pytest.raises(ValueError, match="more than 1000000 units"):
        evaluator.evaluate_all(rules, [UnitFacts("A", "s")] * (evaluator.MOST_UNITS + 1))
