"""Slips tried on the examples: every operator is seen to be noticed by one, and not to be without it."""

from __future__ import annotations

from fractions import Fraction

import pytest

from running import read
from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.mutations import Operator
from thangdiem.engine.mutation import Mutated, Outcome, mutate

RULES = """\
Bộ tiêu chí "Thử"

Thang điểm xã "Xã": từ 0 đến 100 điểm
  Làm tròn: tổng điểm đến 1 chữ số thập phân, nửa lên
  Chỉ số không áp dụng: giữ nguyên điểm tối đa
  Tổng hợp: trung bình có hệ số
  Số liệu [a]: số, từ 0 đến 100
  Chỉ số 1 "Mức": 100 điểm, hệ số 2
    Chọn một:
      - Tốt: 90 điểm
      - Kém: 15 điểm
  Chỉ số 2 "Bậc": 100 điểm, hệ số 1
    Không áp dụng khi [a] = 7
    Theo [a]:
      - từ 50 trở lên: 80 điểm
      - còn lại: 10 điểm
  Chỉ số 3 "Công thức": 100 điểm, hệ số 1
    Điểm = [a] * 1 điểm, không quá 60 điểm
  Xếp loại
    Loại cao: có tổng số điểm từ 50 điểm trở lên.
    Loại thấp: có tổng số điểm dưới 50 điểm.
  Xếp hạng theo tổng điểm
"""
UNITS = (("Tốt", "50"), ("Kém", "49"), ("Kém", "7"), ("Tốt", "80"), ("Kém", "60,3"))
EXPECTED = (
    "2 = 80 điểm, 3 = 50 điểm, tổng 77,5 điểm, loại cao",
    "2 = 10 điểm, 3 = 49 điểm, tổng 22,3 điểm, loại thấp",
    "2 = 0 điểm, tổng 9,3 điểm, loại thấp",
    "3 = 60 điểm, tổng 80 điểm, loại cao",
    "3 = 60 điểm, tổng 42,5 điểm, loại thấp",
)
TOTALS = (("50", "cao"), ("49,9", "thấp"))
ALL = (
    Operator.POINTS,
    Operator.THRESHOLD,
    Operator.EDGE,
    Operator.LEVEL_DROPPED,
    Operator.NEGATED,
    Operator.BANDS_SWAPPED,
    Operator.LIMIT_REMOVED,
    Operator.LIMIT,
    Operator.WEIGHT,
    Operator.ROUNDING,
    Operator.WORD,
)


def tried(*examples: str) -> Mutated:
    book, findings = read(RULES + "".join(examples))
    assert book is not None, findings
    return mutate(book, 1000)


def examples() -> list[str]:
    found = [
        f'\nVí dụ "{number}" theo xã\n  1 = "{level}"\n  [a] = {a}\n  Kết quả: {expected}\n'
        for number, ((level, a), expected) in enumerate(zip(UNITS, EXPECTED, strict=True))
    ]
    found.extend(f'\nVí dụ "{t}" theo xã\n  Tổng điểm = {t}\n  Kết quả: loại {grade}\n' for t, grade in TOTALS)
    return found


@pytest.fixture(scope="module")
def with_all() -> Mutated:
    return tried(*examples())


@pytest.fixture(scope="module")
def with_none() -> Mutated:
    return tried()


@pytest.mark.parametrize("operator", ALL)
def test_every_operator_is_noticed_by_examples_and_not_without(
    operator: Operator, with_all: Mutated, with_none: Mutated
) -> None:
    noticed = [each for each in with_all.tried if each.mutation.operator is operator]
    unnoticed = [each for each in with_none.tried if each.mutation.operator is operator]
    assert Outcome.NOTICED in {each.outcome for each in noticed}
    assert Outcome.UNNOTICED in {each.outcome for each in unnoticed}
    assert Outcome.NOTICED not in {each.outcome for each in unnoticed}


def test_what_is_not_noticed_has_an_example_that_would(with_none: Mutated) -> None:
    edge = next(each for each in with_none.tried if each.mutation.before == "từ 50 trở lên")
    assert edge.outcome is Outcome.UNNOTICED
    assert edge.witness is not None
    assert (edge.witness.line, edge.witness.side.name) == (15, "AT")


def test_the_score_and_its_bound(with_all: Mutated, with_none: Mutated) -> None:
    assert with_all.noticed > with_none.noticed
    assert with_all.counted <= len(with_all.tried) <= with_all.possible
    book, _ = read(RULES)
    assert book is not None
    assert [each.mutation for each in mutate(book, 5).tried] == [each.mutation for each in mutate(book, 5).tried]
    assert len(mutate(book, 5).tried) <= 5


def test_what_the_checks_refuse_and_what_means_the_same_is_said(with_none: Mutated) -> None:
    found = {(each.mutation.before, each.mutation.after): each for each in with_none.tried}
    gap = found["từ 50 điểm trở lên", "trên 50 điểm"]
    assert gap.outcome is Outcome.REFUSED
    assert gap.by.startswith("TD")
    same = [each.mutation for each in with_none.tried if each.outcome is Outcome.EQUIVALENT]
    assert [(each.line, each.before, each.after) for each in same] == [(3, "từ", "trên"), (3, "đến", "đến dưới")]


FEW = """\
Bộ tiêu chí "Ít"

Thang điểm xã "Xã": 20 điểm
  Số liệu [n]: số, từ 0 trở lên
  Chỉ số 1 "Một": 10 điểm
    Điểm = [n] / 3 * 1 điểm, không quá 10 điểm
    Làm tròn: đến 1 chữ số thập phân, nửa lên
  Chỉ số 2 "Hai": 10 điểm
    Chọn một:
      - Đủ: 10 điểm
"""


def test_beside_a_threshold_that_only_the_changed_rules_have_the_example_says_what_the_rules_as_they_are_make() -> None:
    book, _ = read(FEW)
    assert book is not None
    less = next(each for each in mutate(book, 1000).tried if (each.mutation.before, each.mutation.after) == ("3", "2"))
    assert less.witness is not None
    given = {key: value for (key, _), value in less.witness.given.items()}
    assert isinstance(given["[n]"], rb.Number)
    assert given["[n]"].value == Fraction(1999, 100)  # where [n] / 2 comes near to 10
    assert less.witness.result.total == Fraction(67, 10) + 10


def test_what_is_no_rule_text_any_more_is_not_counted() -> None:
    book, _ = read(FEW)
    assert book is not None
    found = mutate(book, 1000)
    assert "- Đủ: 10 điểm" not in {each.mutation.before for each in found.tried}
    assert len(found.tried) == found.possible - 1
