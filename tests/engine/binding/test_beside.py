"""One table read by two versions of the rules: each takes its own columns and leaves the other's alone."""

from __future__ import annotations

import pytest

from binding_rubrics import TWO_SCALES, book
from thangdiem.dsl.rulebook import Rulebook
from thangdiem.engine.binding import bind
from thangdiem.engine.binding.alike import reads_alike
from thangdiem.engine.tables import read_table

OLD = """Bộ tiêu chí "Cũ"

Thang điểm tỉnh "Cấp tỉnh": 10 điểm
  Số liệu [Số hồ sơ]: số nguyên, từ 0 trở lên
  Số liệu [Số tin bài]: số nguyên
  Chỉ số 1 "Hồ sơ": 10 điểm
    Điểm = [Số hồ sơ] * 1 điểm + [Số tin bài] * 1 điểm, không quá 10 điểm
"""
NEW = OLD.replace("Số tin bài", "Số cuộc họp")


def codes(text: str, rules: Rulebook, *beside: Rulebook, scale: str | None = None) -> tuple[list[str], list[str]]:
    """The data that are known of the first unit, and the codes of what was found."""
    table, faults = read_table("a.csv", text.encode())
    assert table is not None, faults
    units, found = bind(table, rules, scale, beside)
    first = next((unit for each in units.values() for unit in each), None)
    known = [*first.data, *first.scores] if first is not None else []
    return known, [each.code for each in found if each.code != "TD484"]


TABLE = "Đơn vị;[Số hồ sơ];[Số tin bài];[Số cuộc họp]\nSở A;5;2;nhiều\n"


def test_a_column_that_only_the_other_version_knows_is_ignored_with_its_values() -> None:
    old, new = book(OLD), book(NEW)
    assert codes(TABLE, old, new) == (["Số hồ sơ", "Số tin bài"], [])
    assert codes(TABLE, new, old) == (["Số hồ sơ", "Số cuộc họp"], ["TD460"])
    assert codes(TABLE, old)[1] == ["TD450"]


def test_a_column_that_neither_knows_is_told_with_a_suggestion() -> None:
    text = TABLE.replace("Số tin bài", "Số tin bai").replace("nhiều", "3")
    table, _ = read_table("a.csv", text.encode())
    assert table is not None
    _, found = bind(table, book(OLD), beside=(book(NEW),))
    assert [each.code for each in found if each.code != "TD484"] == ["TD450"]
    assert "[Số tin bài]" in (found[0].hint("vi") or "")


def test_a_column_of_the_same_scale_beside_is_no_column_of_another_scale() -> None:
    """Only the district scale reads 2 here; beside, the provincial one does, too."""
    here = book(TWO_SCALES)
    beside = book(
        TWO_SCALES.replace(
            '  Áp dụng cho: "sở"\n  Chỉ số 1 "Một": 10 điểm\n',
            '  Áp dụng cho: "sở"\n  Chỉ số 1 "Một": 5 điểm\n  Chỉ số 2 "Hai": 5 điểm\n',
        )
    )
    text = "Đơn vị;Loại đơn vị;1;2\nSở A;sở;5;3\nHuyện B;huyện;5;3\n"
    assert codes(text, here)[1] == ["TD482"]
    assert codes(text, here, beside) == (["1"], [])
    assert codes(text, here, beside, scale="tinh") == (["1"], ["TD481"])


@pytest.mark.parametrize(
    ("change", "alike"),
    [
        (("Hồ sơ", "Hồ sơ"), True),
        (("* 1 điểm, không quá 10", "* 1/2 điểm, không quá 10"), True),
        (("Số liệu [Số tin bài]: số nguyên", 'Số liệu [Số tin bài]: số nguyên, "bài"'), True),
        (("từ 0 trở lên", "từ 1 trở lên"), False),
        (("Số tin bài", "Số cuộc họp"), False),
        (('Chỉ số 1 "Hồ sơ"', 'Chỉ số 1 "Tin bài"'), False),
        (("Thang điểm tỉnh", "Thang điểm huyện"), False),
    ],
)
def test_versions_that_read_every_cell_alike_are_known(change: tuple[str, str], alike: bool) -> None:
    assert reads_alike(book(OLD), book(OLD.replace(*change))) is alike
