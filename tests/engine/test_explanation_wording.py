"""Explanations say what a reader takes from them: no word reads as its opposite, no figure as another one."""

from fractions import Fraction

import pytest

from explained import Rules, book_of, scored
from thangdiem.dsl.rulebook import CellValue, Kind, Number, Text, YesNo
from thangdiem.engine.binding import bind
from thangdiem.engine.evaluator import evaluate_all
from thangdiem.engine.explanation import Explanation, explain
from thangdiem.engine.explanation.standings import standings
from thangdiem.engine.rendering import render_ranking, render_table
from thangdiem.engine.result import Mode, Results
from thangdiem.engine.tables import read_table

RULES = """Quyết định 7/QĐ-UBND
  Trích yếu: "Bộ chỉ số thử"
  Hiệu lực: từ 01/01/2024

Thang điểm cấp-tỉnh "Thử": 20 điểm
  Chỉ số không áp dụng: loại khỏi điểm tối đa, quy đổi về thang 20 điểm
  Chỉ số 1 "Nhóm": 20 điểm
    Chỉ số thành phần 1.1 "Chấm": 10 điểm
      Điểm = 2 * ([Điểm chấm] - 1)
    Chỉ số thành phần 1.2 "Mức": 10 điểm
      Không áp dụng khi [Miễn] = có
      Chọn một:
        - Đầy đủ: điểm tối đa
        - Một phần: 5 điểm
        - Chưa có: 0 điểm
  Xếp loại
    Loại tốt: Đơn vị có tổng số điểm từ 15 điểm trở lên.
    Loại khá: Đơn vị có tổng số điểm từ 10 điểm đến dưới 15 điểm.
    Loại yếu: Đơn vị có tổng số điểm dưới 10 điểm.
    Xếp ít nhất loại khá khi [Số giải] từ 5 trở lên
    Không xếp quá loại khá khi [Số vi phạm] từ 3 trở lên
    Không xếp quá loại yếu khi chỉ số 1 dưới 50% điểm tối đa
    Loại tốt không quá 20% số đơn vị, làm tròn lên, đồng hạng ở ranh giới thì cùng không đạt; số còn lại xếp loại khá
  Xếp hạng theo tổng điểm

Ví dụ "thử" theo cấp-tỉnh, kỳ 2024
  [Điểm chấm] = 6
  [Miễn] = không
  1.2 = "Một phần"
  [Số giải] = 1
  [Số vi phạm] = 2
"""


def number(value: int) -> Number:
    return Number(Fraction(value), Kind.NUMBER)


@pytest.fixture(scope="module")
def results() -> Results:
    full: dict[str, CellValue | None] = {"1.2": Text("Đầy đủ")}
    return scored(
        RULES,
        variants={
            "Nhất": full,
            "Nhì": {"[Điểm chấm]": number(5), **full},
            "Vi phạm": {"[Số vi phạm]": number(3), **full, "[Điểm chấm]": number(4)},
            "Miễn": {"[Miễn]": YesNo(True), "[Điểm chấm]": number(4)},
            "Thiếu": {"[Điểm chấm]": None},
        },
    )


def labels(explanation: Explanation) -> list[str]:
    return [said.label for said in explanation.grading]


def text_of(explanation: Explanation, label: str) -> str:
    return next(said.text for said in explanation.grading if said.label == label)


def test_a_condition_that_lowers_is_met_to_a_units_loss(results: Results) -> None:
    assert "Điều kiện khống chế loại: không vướng" in labels(explain(results, "thử"))
    assert "Điều kiện khống chế loại: vướng" in labels(explain(results, "Vi phạm"))
    assert "Condition that caps: caught" in labels(explain(results, "Vi phạm", "en"))


def test_a_condition_that_raises_says_whether_it_does(results: Results) -> None:
    assert "Điều kiện nâng loại: không được nâng" in labels(explain(results, "thử"))


def test_a_unit_belongs_to_a_band_or_does_not(results: Results) -> None:
    assert [label for label in labels(explain(results, "Nhất")) if "huộc" in label] == [
        "Thuộc",
        "Không thuộc",
        "Không thuộc",
    ]


def test_not_reaching_a_condition_that_lowers_is_no_lack(results: Results) -> None:
    notes = [said.note for said in explain(results, "thử").grading if said.label.endswith(": không vướng")]
    assert notes[0] == "[Số vi phạm]: 2 < 3 (chênh 1)"


def test_where_a_rule_changed_the_grade_nothing_says_the_points_hold_it(results: Results) -> None:
    explanation = explain(results, "Vi phạm")
    assert text_of(explanation, "Theo điểm") == "đủ điểm loại tốt, nhưng do điều kiện khống chế loại nên xếp loại khá"
    assert not any(label.startswith("Giữ loại") for label in labels(explanation))
    assert labels(explanation)[-1] == "Kết luận"


def test_who_is_cut_by_a_quota_reads_who_holds_the_places(results: Results) -> None:
    explanation = explain(results, "Nhì")
    said = [said.text for said in explanation.grading if said.label == "Giới hạn số đơn vị loại tốt"]
    assert "các đơn vị được xếp: Nhất: 20 điểm" in said
    assert text_of(explanation, "Theo điểm").startswith("đủ điểm loại tốt, nhưng do giới hạn số đơn vị loại tốt")


def test_brackets_that_open_are_closed(results: Results) -> None:
    item = next(item for item in explain(results, "thử").items if item.code == "1.1")
    (equation,) = [said.text for said in item.statements if said.role == "equation"]
    assert equation == "2 × ([Điểm chấm] - 1) = 2 × (6 − 1) = 10"


def test_levels_are_chosen_or_not_and_a_fact_is_true(results: Results) -> None:
    one, other = (next(item for item in explain(results, name).items if item.code == "1.2") for name in ("thử", "Miễn"))
    said = {said.text: said.label for said in one.statements}
    assert (said["Đầy đủ"], said["Một phần"]) == ("Không chọn", "Được chọn")
    assert {said.text: said.label for said in other.statements}["Không áp dụng khi [Miễn] = có"] == "Đúng"


def test_what_does_not_apply_has_no_maximum_of_nought(results: Results) -> None:
    item = next(item for item in explain(results, "Miễn").items if item.code == "1.2")
    assert (item.score, item.maximum) == ("không áp dụng", "")


def test_the_maximum_that_is_left_is_told_as_a_difference() -> None:
    rules = RULES.replace("loại khỏi điểm tối đa, quy đổi về thang 20 điểm", "loại khỏi điểm tối đa")
    found = scored(rules, variants={"Miễn": {"[Miễn]": YesNo(True)}})
    said = [(each.text, each.note) for each in explain(found, "Miễn").total if "Điểm tối đa sau" in each.label]
    assert said == [("20 − 10 = 10 điểm", "1.2")]


def test_a_share_of_a_reduced_maximum_says_so(results: Results) -> None:
    notes = " ".join(said.note for said in explain(results, "Miễn").grading)
    assert "điểm tối đa sau khi loại phần không áp dụng: 10 điểm (đầy đủ là 20)" in notes
    assert "sau khi loại" not in " ".join(said.note for said in explain(results, "Nhất").grading)


def test_the_chart_names_what_rescaling_added(results: Results) -> None:
    page = render_ranking(results)
    assert "Phần tăng do quy đổi: 6" in page
    assert "Phần khác" not in page


def test_ranks_are_provisional_while_a_unit_has_no_result(results: Results) -> None:
    said = "Hạng và hạn mức tạm tính: còn 1 đơn vị chưa có kết quả."
    assert standings(results).scales[0].notice == said
    assert said in render_table(results)
    for text in (render_ranking(results, form="html"), render_ranking(results, form="md")):
        assert said in text
    assert said in " ".join(render_ranking(results, form="txt").split())
    assert said in [each.text for each in explain(results, "Nhất").ranking]
    assert "provisional: 1 units" in render_table(results, "en")


def test_a_layer_that_does_not_count_is_named_and_called_unused() -> None:
    table, _ = read_table("a.csv", "Đơn vị;1 (tự chấm);1 (thẩm định)\nSở A;a, b;a\n".encode())
    assert table is not None
    book = book_of(LAYERED)
    units, _ = bind(table, book)
    (scale,) = book.scales
    results = evaluate_all(Rules(book, scale), units[scale.id], Mode.FINAL, 2024)  # type: ignore[arg-type]
    (item,) = explain(results, "Sở A").items
    said = {said.label: said.text for said in item.statements}
    assert (said["Tự chấm (không dùng)"], said["Các ý được đánh dấu"]) == ("a, b", "a")


LAYERED = """Quyết định 8/QĐ-UBND
  Trích yếu: "Hai lớp"
  Hiệu lực: từ 01/01/2024

Thang điểm cấp-tỉnh "Thử": 10 điểm
  Lớp điểm: tự chấm, thẩm định; bắt buộc có thẩm định
  Chỉ số 1 "Một": 10 điểm
    Cộng các ý đạt:
      a) Một: 6 điểm
      b) Hai: 4 điểm
"""


def test_shares_differ_by_percentage_points() -> None:
    text = RULES.replace("  Xếp loại\n", "  Xếp loại theo tỷ lệ điểm\n")
    text = text.replace("Đơn vị có tổng số điểm từ 15 điểm trở lên.", "từ 90% trở lên")
    text = text.replace("Đơn vị có tổng số điểm từ 10 điểm đến dưới 15 điểm.", "từ 50% đến dưới 90%")
    text = text.replace("Đơn vị có tổng số điểm dưới 10 điểm.", "dưới 50%")
    results = scored(text)
    explanation = explain(results, "thử")
    assert text_of(explanation, "Đến loại tốt").startswith("còn thiếu 15 điểm phần trăm")
    assert "thiếu 15 điểm phần trăm" in explanation.grading[1].note
