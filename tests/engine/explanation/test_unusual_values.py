"""Values that are no plain number of points: days, roots, limits of named values, what is written wrongly."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve

from running import read, results
from thangdiem.dsl.library import ScaleRules
from thangdiem.dsl.rulebook import State
from thangdiem.engine.evaluator import evaluate_all
from thangdiem.engine.explanation import Explanation, explain
from thangdiem.engine.facts import Fact, Origin, UnitFacts
from thangdiem.engine.rendering import render_table
from thangdiem.engine.result import Results

HEAD = 'Bộ tiêu chí "Thử"\n\nThang điểm a "Thử": 10 điểm\n'


def ranked(rules: str, example: str) -> Results:
    book, _ = read(f'{HEAD}{rules}\nVí dụ "thử" theo a\n{example}  Kết quả: tổng 1 điểm\n')
    assert book is not None
    ((_, found),) = results(book)
    return found


def explained(rules: str, example: str) -> Explanation:
    found = ranked(rules, example)
    return explain(found, found.units[0])


def told(explanation: Explanation, role: str) -> list[str]:
    return [said.text for item in explanation.items for said in item.statements if said.role == role]


def test_the_difference_of_two_days_is_a_number_of_days() -> None:
    method = '  Số liệu [Hạn]: ngày\n  Số liệu [Nộp]: ngày\n  Chỉ số 1 "Một": 10 điểm\n    muộn = [Nộp] - [Hạn]\n'
    explanation = explained(
        f"{method}    Điểm = 10 điểm - muộn * 1 điểm\n", "  [Hạn] = 01/03/2024\n  [Nộp] = 04/03/2024\n"
    )
    assert "[Nộp] - [Hạn] = 04/03/2024 − 01/03/2024 = 3 ngày" in told(explanation, "equation")


def test_what_is_another_value_as_asked_is_told_without_a_distance() -> None:
    method = '  Chỉ số 1 "Một": 10 điểm\n    Theo trường hợp:\n      - [x] {}: 10 điểm\n      - còn lại: 0 điểm\n'
    found = [
        said.note
        for asked in ("khác 5", "= 5", "khác 3")
        for item in explained(method.format(asked), "  [x] = 3\n").items
        for said in item.statements
        if said.note
    ]
    assert found == ["[x]: 3 ≠ 5", "[x]: 3 ≠ 5 (thiếu 2)", "[x]: 3 = 3"]


def test_a_sum_of_marks_that_is_no_fraction_ends_after_about() -> None:
    rules = """  Làm tròn: điểm chỉ số đến 2 chữ số thập phân, nửa lên
  Chỉ số 1 "Một": 10 điểm
    Cộng các ý đạt:
      a) khi [x] trên 0: căn([x]; 2) * 1 điểm
      b) khi [x] trên 1: 1 điểm
"""
    equations = told(explained(rules, "  [x] = 2\n"), "equation")
    assert equations[-1] == "1,41421356237 + 1 ≈ 2,41421356237"


def test_the_highest_case_is_told_among_all_that_hold() -> None:
    rules = """  Làm tròn: điểm chỉ số đến 2 chữ số thập phân, nửa lên
  Chỉ số 1 "Một": 10 điểm
    Tính trường hợp có điểm cao nhất:
      - [x] trên 0: 1 điểm
      - [x] trên 0: căn([x]; 2) * 1 điểm
      - còn lại: 0 điểm
"""
    assert (
        told(explained(rules, "  [x] = 2\n"), "equation")[-1] == "lớn nhất(1 điểm; căn(2; 2) × 1 điểm) ≈ 1,41421356237"
    )


def test_a_root_below_a_threshold_is_told_with_the_threshold() -> None:
    rules = """  Chỉ số 1 "Một": 10 điểm
    Theo căn([x]; 2):
      - từ 2 trở lên: 10 điểm
      - còn lại: 0 điểm
"""
    explanation = explained(rules, "  [x] = 2\n")
    notes = [said.note for item in explanation.items for said in item.statements if said.role == "unmet"]
    assert notes == ["căn([x]; 2) = căn(2; 2) = ≈ 1,41421356237: 1,41421356237 < 2"]


def test_what_marks_are_counted_of_is_calculated_first() -> None:
    rules = """  Chỉ số 1 "Một": 10 điểm
    Theo [x] + [y]:
      - mỗi mốc vượt 5; 10: 1 điểm
"""
    equations = told(explained(rules, "  [x] = 4\n  [y] = 3\n"), "equation")
    assert equations[0] == "[x] + [y] = 4 + 3 = 7"
    assert equations[-1] == "1 × 1 điểm = 1 điểm"


def test_a_limit_of_a_named_value_is_told_where_the_name_is() -> None:
    rules = '  Chỉ số 1 "Một": 10 điểm\n    g = [x] * 2, không quá 6\n    Điểm = g * 1 điểm\n'
    assert "nhỏ nhất(8; 6) = 6" in told(explained(rules, "  [x] = 4\n"), "change")


def test_points_exactly_on_an_edge_that_is_left_out_are_no_distance_from_it() -> None:
    rules = """  Chỉ số 1 "Một": 10 điểm
  Xếp loại
    Loại tốt: trên 8 điểm
    Loại khá: từ 8 điểm trở xuống
"""
    labels = [said.label for said in explained(rules, "  1 = 8\n").grading]
    assert "Đến loại tốt" not in labels


def test_a_band_whose_edge_is_missing_is_open() -> None:
    rules = """  Chỉ số 1 "Một": 10 điểm
  Xếp loại
    Loại tốt: từ [Ngưỡng] trở lên
    Loại khá: các trường hợp còn lại
"""
    bands = [(said.role, said.note) for said in explained(rules, "  1 = 8\n").grading]
    assert bands[0] == ("open", "chưa có số liệu")


def test_a_weighted_item_says_its_weight_in_the_account() -> None:
    rules = '  Chỉ số 1 "Một": 4 điểm, hệ số 2\n  Chỉ số 2 "Hai": 2 điểm\n'
    explanation = explained(rules, "  1 = 3\n  2 = 1\n")
    rows = [(row.label, row.points) for row in explanation.ledger]
    assert ("1 Một (hệ số 2)", "6") in rows


def test_a_bonus_nobody_asked_for_is_not_told() -> None:
    rules = """  Chỉ số không áp dụng: loại khỏi điểm tối đa
  Chỉ số 1 "Một": 6 điểm
  Chỉ số 2 "Hai": 4 điểm
    Không áp dụng khi [miễn] = có
  Điểm thưởng "Giải" của chỉ số 2: không quá 2 điểm
    Điểm = [x] * 1 điểm
"""
    headings = {
        exempt: [item.heading for item in explained(rules, f"  2 = 2\n  [x] = 1\n  [miễn] = {exempt}\n").items]
        for exempt in ("có", "không")
    }
    assert any("Giải" in heading for heading in headings["không"])
    assert not any("Giải" in heading for heading in headings["có"])


def test_a_datum_written_wrongly_is_quoted_among_the_gaps() -> None:
    book, _ = read(f'{HEAD}  Chỉ số 1 "Một": 10 điểm\n')
    assert book is not None
    wrong = Fact(State.INVALID, None, "mười", Origin("so-lieu.csv", "", 2, 2, "B2"))
    found = evaluate_all(ScaleRules(book, book.scales[0]), [UnitFacts("A", "a", {}, {"1": wrong})])
    (gap,) = explain(found, "A").gaps
    assert gap.text == "“mười”: không hợp lệ"


def test_where_data_come_from_several_files_each_is_named() -> None:
    book, _ = read(f'{HEAD}  Chỉ số 1 "Một": 6 điểm\n  Chỉ số 2 "Hai": 3 điểm\n  Chỉ số 3 "Ba": 1 điểm\n')
    assert book is not None
    one = Fact(State.VALUE, Fraction(1), "1", Origin("mot.csv", "", 2, 2, "B2"))
    other = evolve(one, origin=Origin("hai.json", "", 7, 0, ""))
    third = evolve(one, origin=Origin("ba.json", "", 0, 0, ""))
    facts = UnitFacts("A", "a", {}, {"1": one, "2": other, "3": third}, origin=Origin("mot.csv", "", 2, 1, "A2"))
    explanation = explain(evaluate_all(ScaleRules(book, book.scales[0]), [facts]), "A")
    places = [said.place for item in explanation.items for said in item.statements if said.role == "datum"]
    assert places == ["mot.csv, ô B2", "hai.json, dòng số liệu 7", "ba.json"]


def test_a_table_of_no_units_says_so() -> None:
    book, _ = read(f'{HEAD}  Chỉ số 1 "Một": 10 điểm\n')
    assert book is not None
    assert render_table(evaluate_all(ScaleRules(book, book.scales[0]), [])).strip().endswith("Không có đơn vị nào.")
