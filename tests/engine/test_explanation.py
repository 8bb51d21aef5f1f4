"""Explanations: everything shown can be computed again from what is shown with it, and nothing decisive is left out."""

import re
from fractions import Fraction

import pytest
from attrs import evolve

from explained import Calculator, calculations, recomputed, scored
from rule_folders import folder
from thangdiem.dsl.rulebook import Kind, Number, State
from thangdiem.engine.evaluator import evaluate_all
from thangdiem.engine.explanation import ROLES, Explanation, explain
from thangdiem.engine.explanation.phrases import phrases
from thangdiem.engine.facts import Fact, UnitFacts
from thangdiem.engine.result import Mode, Results

HEAD = """Quyết định 7/QĐ-UBND
  Trích yếu: "Bộ chỉ số thử"
  Hiệu lực: từ 01/01/2024

Thang điểm cấp-tỉnh "Thử": {points} điểm
"""


def number(value: int | str) -> Number:
    return Number(Fraction(value), Kind.NUMBER)


def rules(body: str, given: str, points: int = 10) -> str:
    return HEAD.format(points=points) + body + f'\nVí dụ "thử" theo cấp-tỉnh, kỳ 2024\n{given}'


def one_item(method: str, given: str, points: int = 10) -> str:
    item = f'  Chỉ số 1 "Một": {points} điểm\n' + "".join(f"    {line}\n" for line in method.split("\n"))
    return rules(item, given, points)


def explained(text: str, **how: object) -> Explanation:
    results = scored(text, **how)  # type: ignore[arg-type]
    return explain(results, results.units[0])


def texts(explanation: Explanation, code: str, role: str) -> list[str]:
    item = next(item for item in explanation.items if item.code == code)
    return [said.text for said in item.statements if said.role == role]


def notes(explanation: Explanation, code: str, role: str) -> list[str]:
    item = next(item for item in explanation.items if item.code == code)
    return [said.note for said in item.statements if said.role == role]


PATTERNS = """
  Làm tròn: điểm chỉ số thành phần đến 2 chữ số thập phân, nửa lên
  Chỉ số không áp dụng: loại khỏi điểm tối đa, quy đổi về thang 40 điểm
  Chỉ số 1 "Nhóm một": 20 điểm
    Chỉ số thành phần 1.1 "Tỷ lệ": 10 điểm
      a = [Số đạt]
      b = [Tổng số]
      Tỷ lệ = a/b
      Điểm = Tỷ lệ * Điểm tối đa
      Không áp dụng khi b = 0
      Căn cứ: điểm a khoản 2 Điều 5
      Cách hiểu CH1: "Không nói khi b bằng không." (15/01/2024)
      Tài liệu kiểm chứng: "Báo cáo năm"
    Chỉ số thành phần 1.2 "Bậc": 10 điểm
      Theo [Số lần]:
        - từ 4 trở lên: điểm tối đa
        - từ 2 đến dưới 4: 1/2 * điểm tối đa
        - còn lại: 0 điểm
  Chỉ số 2 "Nhóm hai": 20 điểm
    Chỉ số thành phần 2.1 "Mức": 10 điểm
      Chọn một:
        - Đầy đủ: điểm tối đa
        - Một phần: 1/3 * điểm tối đa
        - Chưa có: 0 điểm
    Chỉ số thành phần 2.2 "Đếm": 10 điểm
      Điểm = [Số ứng dụng] * 4 điểm, không quá 10 điểm
  Điểm thưởng "Giải": không quá 3 điểm
    Điểm = [Số giải] * 2 điểm
  Xếp loại
    Loại tốt: Đơn vị có tổng số điểm từ 30 điểm trở lên.
    Loại khá: Đơn vị có tổng số điểm từ 20 điểm đến dưới 30 điểm.
    Loại yếu: Đơn vị có tổng số điểm dưới 20 điểm.
    Không xếp quá loại khá khi [Sự cố] = có
  Xếp hạng theo tổng điểm
"""
GIVEN = """  [Số đạt] = 5
  [Tổng số] = 7
  [Số lần] = 3
  2.1 = "Một phần"
  [Số ứng dụng] = 5
  [Số giải] = 2
  [Sự cố] = không
"""
WHOLE = rules(PATTERNS, GIVEN, 40)


@pytest.fixture(scope="module")
def results() -> Results:
    variants = {
        "Không họp": {"[Tổng số]": number(0), "[Số đạt]": number(0)},
        "Đủ điểm": {"[Số đạt]": number(7), "[Số lần]": number(5), "[Sự cố]": None},
        "Thiếu": {"[Số lần]": None},
    }
    return scored(WHOLE, variants=variants)


# --- what a calculator finds


@pytest.mark.parametrize("name", ["thử", "Không họp"])
def test_every_equation_holds(results: Results, name: str) -> None:
    pairs = [pair for line in calculations(explain(results, name)) for pair in recomputed(line)]
    assert len(pairs) >= 8
    assert all(one == other for one, other in pairs)


def shown(text: str) -> Fraction:
    return Calculator(re.sub(r" \(≈.*", "", text)).value()


@pytest.mark.parametrize("name", ["thử", "Không họp"])
def test_the_ledger_adds_up_line_by_line_to_the_total(results: Results, name: str) -> None:
    explanation = explain(results, name)
    running = Fraction(0)
    for row in explanation.ledger:
        if (row.kind == "leaf" and row.points != "không áp dụng") or (row.kind == "change" and row.points):
            running += shown(row.points)
        elif row.kind == "change":
            running = shown(row.balance)
        if row.balance:
            assert shown(row.balance) == running
    assert running == results.by_name()[name].total


def test_the_maximum_used_is_the_sum_of_the_maxima_shown(results: Results) -> None:
    explanation = explain(results, "Không họp")
    leaves = [row for row in explanation.ledger if row.kind == "leaf"]
    counted = [shown(row.maximum) for row in leaves if row.maximum != "không tính"]
    total = next(row for row in explanation.ledger if row.kind == "sum")
    assert sum(counted) == shown(total.maximum) == 30


def test_rescaling_shows_what_it_multiplies_and_divides(results: Results) -> None:
    texts = [said.text for said in explain(results, "Không họp").total]
    assert any("× 40 / 30 =" in text for text in texts)


# --- what is told of an item


def test_a_formula_stands_with_its_names_then_with_its_numbers(results: Results) -> None:
    said = texts(explain(results, "thử"), "1.1", "equation")
    assert "a/b = 5 / 7 = 5/7 ≈ 0,714286" in said
    assert "Tỷ lệ × Điểm tối đa = (5/7) × 10 điểm = 50/7 ≈ 7,142857 điểm" in said


def test_a_rounding_shows_the_exact_value_before_and_the_value_after(results: Results) -> None:
    assert texts(explain(results, "thử"), "1.1", "change") == ["làm tròn(50/7; 2; nửa lên) = 7,14"]


def test_a_datum_is_told_with_its_sheet_and_cell_in_the_one_file_the_head_names(results: Results) -> None:
    item = next(item for item in explain(results, "thử").items if item.code == "1.2")
    datum = next(said for said in item.statements if said.role == "datum")
    assert (datum.label, datum.text) == ("[Số lần]", "3")
    assert datum.place == "trang tính Nhập, ô D2"


def test_the_row_that_decided_is_quoted_with_those_tried_before_it(results: Results) -> None:
    explanation = explain(results, "thử")
    assert texts(explanation, "1.2", "unmet") == ["từ 4 trở lên: điểm tối đa"]
    assert notes(explanation, "1.2", "unmet") == ["[Số lần]: 3 < 4 (thiếu 1)"]
    assert texts(explanation, "1.2", "met") == ["từ 2 đến dưới 4: 1/2 * điểm tối đa"]


def test_levels_passed_over_and_the_level_chosen_are_told(results: Results) -> None:
    explanation = explain(results, "thử")
    assert texts(explanation, "2.1", "unmet") == ["Đầy đủ"]
    assert texts(explanation, "2.1", "rule") == ["Một phần: 1/3 * điểm tối đa"]
    assert "1/3 × điểm tối đa = 1 / 3 × 10 điểm = 10/3 ≈ 3,333333 điểm" in texts(explanation, "2.1", "equation")


def test_a_limit_shows_what_it_cut(results: Results) -> None:
    explanation = explain(results, "thử")
    assert texts(explanation, "2.2", "change") == ["nhỏ nhất(20; 10 điểm) = 10 điểm"]
    assert notes(explanation, "2.2", "change") == ["không quá 10 điểm"]


def test_a_reading_is_marked_as_no_word_of_the_text(results: Results) -> None:
    item = next(item for item in explain(results, "thử").items if item.code == "1.1")
    reading = next(said for said in item.statements if said.role == "reading")
    assert reading.label == "Cách hiểu (không phải lời văn bản)"
    assert (reading.note, reading.text) == ("CH1", "Không nói khi b bằng không. (15/01/2024)")
    assert reading not in [said for said in item.statements if said.role in ("rule", "quotation")]


def test_citation_and_evidence_are_told(results: Results) -> None:
    explanation = explain(results, "thử")
    assert texts(explanation, "1.1", "citation") == ["điểm a khoản 2 Điều 5"]
    assert texts(explanation, "1.1", "evidence") == ["Báo cáo năm"]


def test_what_does_not_apply_says_why_and_by_which_policy(results: Results) -> None:
    explanation = explain(results, "Không họp")
    assert notes(explanation, "1.1", "met") == ["b: 0 = 0"]
    assert texts(explanation, "1.1", "reason") == [
        "theo điều kiện của quy định",
        "loại khỏi điểm tối đa, quy đổi về thang 40 điểm",
    ]


def test_what_does_not_count_says_what_it_would_have_earned() -> None:
    text = one_item("Điểm = [x] * 1 điểm\nChỉ tính khi [y] từ 3 trở lên", "  [x] = 6\n  [y] = 2\n")
    explanation = explained(text)
    assert texts(explanation, "1", "reason") == ["không đạt điều kiện nên tính 0 điểm; nếu đạt thì được 6 điểm"]
    assert notes(explanation, "1", "unmet") == ["[y]: 2 < 3 (thiếu 1)"]


def test_checklists_add_what_is_met() -> None:
    text = one_item("Cộng các ý đạt:\n  a) Lãnh đạo: 6 điểm\n  b) Công chức: 4 điểm", "  1 = b\n")
    explanation = explained(text)
    assert texts(explanation, "1", "met") == ["b) Công chức: 4 điểm"]
    assert texts(explanation, "1", "unmet") == ["a) Lãnh đạo: 6 điểm"]
    assert texts(explanation, "1", "equation") == ["0 + 4 = 4 điểm"]


def test_the_best_of_several_cases_is_shown_as_a_comparison() -> None:
    method = "Tính trường hợp có điểm cao nhất:\n  - [x] = có: 5 điểm\n  - [y] = có: 3 điểm\n  - còn lại: 0 điểm"
    explanation = explained(one_item(method, "  [x] = có\n  [y] = có\n"))
    assert texts(explanation, "1", "equation") == ["lớn nhất(5 điểm; 3 điểm) = 5 điểm"]


def test_marks_count_what_is_exceeded() -> None:
    method = "Theo [x]:\n  - mỗi mốc vượt 5; 10; 15: 2 điểm"
    explanation = explained(one_item(method, "  [x] = 12\n"))
    assert texts(explanation, "1", "equation") == ["2 × 2 điểm = 4 điểm"]
    assert notes(explanation, "1", "unmet") == ["[x]: 12 ≤ 15 (thiếu 3)"]


def test_the_values_of_other_units_are_listed_where_they_matter() -> None:
    text = one_item("Điểm = [x] / cao nhất [x] của các đơn vị * Điểm tối đa", "  [x] = 9\n")
    results = scored(text, variants={"Sở B": {"[x]": number("25/2")}})
    explanation = explain(results, "thử")
    assert "thử: 9; Sở B: 12,5" in texts(explanation, "1", "datum")
    assert "cao nhất [x] của các đơn vị = cao nhất(9; 12,5) = 12,5" in texts(explanation, "1", "equation")
    assert any(line.endswith("9 / 12,5 × 10 điểm = 7,2 điểm") for line in texts(explanation, "1", "equation"))


def test_a_weighted_mean_shows_weights_above_and_below_the_line() -> None:
    body = """  Tổng hợp: trung bình có hệ số
  Chỉ số 1 "Một": 10 điểm, hệ số 2
    Chấm trực tiếp
  Chỉ số 2 "Hai": 10 điểm, hệ số 3
    Chấm trực tiếp
"""
    explanation = explained(rules(body, "  1 = 5\n  2 = 8\n"))
    assert explanation.total[0].text == "(2 × 5 + 3 × 8) / (2 + 3) = 6,8 điểm"
    assert explanation.ledger == ()


# --- grades and ranks


def test_every_band_is_quoted_with_the_distance(results: Results) -> None:
    explanation = explain(results, "thử")
    total = results.by_name()["thử"].total
    assert total is not None
    said = {statement.text: statement for statement in explanation.grading}
    better = said["Loại tốt: Đơn vị có tổng số điểm từ 30 điểm trở lên."]
    assert better.role == "unmet"
    assert better.note.startswith("28,47 < 30 điểm (thiếu 1,53")
    assert said["xếp loại khá"].role == "conclusion"


def test_the_distance_to_the_next_grade_and_to_losing_this_one_are_differences(results: Results) -> None:
    said = {statement.label: statement.text for statement in explain(results, "thử").grading}
    assert said["Đến loại tốt"] == "còn thiếu 1,53 điểm: 30 − 28,47 = 1,53"
    assert said["Giữ loại khá"] == "cách ngưỡng 8,47 điểm: 28,47 − 20 = 8,47"


def test_a_condition_that_changes_the_grade_says_from_which_to_which() -> None:
    given = GIVEN.replace("[Số đạt] = 5", "[Số đạt] = 7").replace("[Số lần] = 3", "[Số lần] = 4")
    explanation = explained(rules(PATTERNS, given.replace("[Sự cố] = không", "[Sự cố] = có"), 40))
    rule = next(said for said in explanation.grading if said.text.startswith("Không xếp quá"))
    assert rule.role == "met"
    assert "loại tốt → loại khá" in rule.note


def test_ties_and_neighbours_are_named() -> None:
    text = one_item("Chấm trực tiếp", "  1 = 5\n").replace("\nVí dụ", "\n  Xếp hạng theo tổng điểm\n\nVí dụ", 1)
    results = scored(text, variants={"Sở B": {"1": number(5)}, "Sở C": {"1": number(7)}, "Sở D": {"1": number(1)}})
    said = explain(results, "thử").ranking
    assert said[-1].text == "hạng 2 trong 4 đơn vị được xếp hạng"
    assert said[-1].note == "đồng hạng với Sở B"
    assert [each.text for each in said if each.role == "datum"][1:] == ["Sở C: 7 điểm", "Sở D: 1 điểm"]


def test_a_result_by_itself_does_not_say_among_how_many_it_was_ranked(results: Results) -> None:
    unit = results.by_name()["Không họp"]
    alone = evolve(results, units=(unit,))
    assert explain(alone, unit).ranking[-1].text == f"hạng {unit.rank}"


# --- what is missing


def test_a_refused_unit_says_what_is_missing_and_where(results: Results) -> None:
    explanation = explain(results, "Thiếu")
    assert explanation.status == "refused"
    gap = explanation.gaps[0]
    assert (gap.label, gap.text) == ("[Số lần]", "chưa có số liệu")
    assert gap.place == "không có ô nào ghi; dòng của đơn vị: trang tính Nhập, ô A5"
    assert gap.note == "dùng cho 1.2"


def test_a_draft_shows_ranges_and_the_grades_still_possible() -> None:
    results = scored(WHOLE, mode=Mode.DRAFT, variants={"Thiếu": {"[Số lần]": None}})
    explanation = explain(results, "Thiếu")
    said = {statement.label: statement.text for statement in explanation.result}
    unit = results.by_name()["Thiếu"]
    assert unit.range is not None
    low, high = unit.range
    assert low is not None
    assert high is not None
    assert high - low == 10
    assert said["Loại còn có thể đạt"] == ", ".join(unit.grades)
    assert len(unit.grades) == 2
    assert "chưa phải kết quả chính thức" in explanation.warnings[0]


def test_a_datum_that_is_not_assessed_is_not_called_missing() -> None:
    results = scored(one_item("Chấm trực tiếp", "  1 = 5\n"), variants={"Sở B": {"1": State.NOT_ASSESSED}})
    assert explain(results, "Sở B").gaps[0].text == "chưa được chấm"


# --- the whole


def test_an_illustration_says_so_at_the_top() -> None:
    text = one_item("Chấm trực tiếp", "  1 = 5\n").replace("  Hiệu lực", '  Minh họa: "phụ lục tự đặt"\n  Hiệu lực', 1)
    explanation = explained(text)
    assert explanation.warnings[0] == "Nội dung minh họa, không phải văn bản thật: phụ lục tự đặt"


AMENDING = """Quyết định 8/QĐ-UBND sửa đổi Quyết định 7/QĐ-UBND
  Hiệu lực: từ 01/06/2024

Điều 1
  Sửa đổi tên chỉ số 1 thành "Khác"
"""


def test_the_document_that_amended_the_rules_is_named() -> None:
    rules_ = folder({"7.rubric": HEAD.format(points=10) + '  Chỉ số 1 "Một": 10 điểm\n', "8.rubric": AMENDING})
    for day, named in (("2024-05-31", []), ("2024-06-01", ["8/QĐ-UBND"])):
        scale = rules_.on(day).scale()
        results = evaluate_all(scale, [UnitFacts("A", scale.scale.id, scores={"1": Fact(State.VALUE, Fraction(5))})])
        said = explain(results, "A").identity
        assert [each.text for each in said if each.label == "Được sửa đổi bởi"] == named


def test_both_languages_have_the_same_phrases_with_the_same_arguments() -> None:
    vi, en = phrases("vi").texts, phrases("en").texts
    assert list(vi) == list(en)
    for key, text in vi.items():
        assert sorted(re.findall(r"{(\w+)}", text)) == sorted(re.findall(r"{(\w+)}", en[key])), key


def test_english_writes_numbers_its_own_way(results: Results) -> None:
    english = explain(results, "thử", "en")
    assert "làm tròn" not in " ".join(calculations(english))
    assert "round(50/7; 2; half up) = 7.14" in texts(english, "1.1", "change")


def test_every_statement_has_a_known_role_and_a_label(results: Results) -> None:
    for unit in results.units:
        explanation = explain(results, unit)
        said = [*explanation.identity, *explanation.result, *explanation.gaps, *explanation.total]
        said.extend([*explanation.grading, *explanation.ranking])
        said.extend(statement for item in explanation.items for statement in item.statements)
        assert all(statement.role in ROLES and statement.label and statement.text for statement in said)


def test_a_unit_is_found_by_its_name_whatever_the_case(results: Results) -> None:
    assert explain(results, "không HỌP").unit == "Không họp"
    with pytest.raises(KeyError):
        explain(results, "Không có")
