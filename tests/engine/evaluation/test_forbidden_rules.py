"""What the check of rule files forbids is refused by the evaluation too: it trusts no check, and guesses nothing."""

from __future__ import annotations

from fractions import Fraction

import pytest

from running import errors, read, results
from thangdiem.dsl.library import ScaleRules
from thangdiem.dsl.rulebook import State
from thangdiem.engine.evaluator import evaluate_all
from thangdiem.engine.facts import Fact, UnitFacts
from thangdiem.engine.result import Status, UnitResult

HEAD = 'Bộ tiêu chí "Thử"\n\nThang điểm a "Thử": 10 điểm\n'
ITEM = '  Chỉ số 1 "Một": 10 điểm\n'

FORBIDDEN = {
    "TD240 TD515: a bonus that is no fraction": f"""{HEAD}{ITEM}    Chấm trực tiếp
  Điểm thưởng "Sáng kiến": không giới hạn điểm
    Điểm = căn([x]; 2) * 1 điểm
""",
    "TD240 TD515: a total that is no fraction": f"""{HEAD}  Tổng = căn([x]; 2) * 1 điểm
{ITEM}""",
    "TD240 TD505: units compared by what is no fraction": f"""{HEAD}{ITEM}    g = căn([x]; 2)
    Điểm = cao nhất g của các đơn vị * 1 điểm
""",
    "TD240 TD505: units ranked by what is no fraction": f"""{HEAD}{ITEM}    g = căn([x]; 2)
    Điểm = hạng theo g của các đơn vị * 1 điểm
""",
    "TD260 TD509: conditions of methods that leave a case open": f"""{HEAD}{ITEM}    Khi [x] = 1, điểm = 1 điểm
    Khi [x] = 3, điểm = 3 điểm
""",
    "TD324 TD507: a number held against yes or no": f"""{HEAD}  Số liệu [x]: số
{ITEM}    Theo trường hợp:
      - [x] = có: 1 điểm
      - còn lại: 0 điểm
""",
    "TD312 TD521: a grade that needs the grades of all": f"""{HEAD}{ITEM}    Điểm = [x] * 1 điểm
  Xếp loại
    Loại tốt: từ 5 điểm trở lên
    Loại khác: còn lại
    Xếp ít nhất loại tốt khi tỷ lệ các đơn vị xếp loại khác từ 50% trở lên
""",
}


def evaluated(text: str) -> UnitResult:
    book, _ = read(text + '\nVí dụ "đơn vị" theo a\n  1 = 2\n  [x] = 2\n  Kết quả: từ chối\n')
    assert book is not None
    ((_, found),) = results(book)
    return found.units[0]


@pytest.mark.parametrize("forbidden", FORBIDDEN)
def test_what_is_forbidden_is_refused(forbidden: str) -> None:
    check, finding = forbidden.partition(":")[0].split()
    assert check in {found.split()[0] for found in errors(read(FORBIDDEN[forbidden])[1])}
    unit = evaluated(FORBIDDEN[forbidden])
    assert unit.status is Status.REFUSED
    assert finding in [found.code for found in unit.diagnostics]
    assert all(gap.strip("?“” ") and "\n" not in gap for gap in unit.gaps)


def test_a_method_of_several_lines_is_quoted_by_its_first() -> None:
    cases = '      - [x] = 2: "một"\n      - [x] từ 1 trở lên: "hai"\n'
    unit = evaluated(f"{HEAD}{ITEM}    Tính trường hợp có điểm cao nhất:\n{cases}")
    assert unit.gaps == ("“Tính trường hợp có điểm cao nhất:”",)


METHODS = {
    "choice": '    Chọn một:\n      - "cao": 2 điểm\n      - "thấp": 1 điểm\n',
    "checklist": '    Cộng các ý đạt:\n      a) "một": 1 điểm\n      b) "hai": 2 điểm\n',
}


@pytest.mark.parametrize("method", METHODS)
def test_facts_of_a_program_that_are_no_choice_are_refused(method: str) -> None:
    book, findings = read(f"{HEAD}{ITEM}{METHODS[method]}")
    assert book is not None
    assert not errors(findings)
    facts = UnitFacts("A", "a", scores={"1": Fact(State.VALUE, Fraction(5))})
    (unit,) = evaluate_all(ScaleRules(book, book.scales[0]), [facts]).units
    assert (unit.status, unit.gaps) == (Status.REFUSED, ("1",))
    assert [found.code for found in unit.diagnostics] == ["TD500", "TD508"]
