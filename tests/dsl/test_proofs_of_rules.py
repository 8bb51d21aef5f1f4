"""What is proved of a rule file and what is left open, claim by claim; no unit is sought here."""

from __future__ import annotations

from thangdiem.dsl.checker import check_text
from thangdiem.dsl.diagnostic import Severity
from thangdiem.dsl.proofs import Claim, Outcome, Proof
from thangdiem.dsl.proofs.equality import prove_same
from thangdiem.dsl.proofs.proving import prove
from thangdiem.dsl.rulebook import Rulebook


def book_of(text: str) -> Rulebook:
    found = check_text(text)
    faults = [each.message("en") for each in found.diagnostics if each.severity is Severity.ERROR]
    assert found.book is not None
    assert not faults, faults
    return found.book


def shown(proof: Proof) -> str:
    names = f" {', '.join(proof.names)}" if proof.names else ""
    return f"{proof.subject}{names}: {proof.outcome.value}, {proof.why.value}"


def told(text: str, *claims: Claim) -> list[str]:
    return [shown(each) for each in prove(book_of(text)) if each.claim in claims]


TRENDS = """Bộ tiêu chí "Chiều"

Thang điểm xã "Xã": không giới hạn điểm
  Càng cao càng tốt
  Số liệu [a]: số, từ 0 đến 5
  Số liệu [b]: số, từ 1 đến 4
  Số liệu [c]: số, từ -2 đến 2
  Chỉ số 1 "Một": không giới hạn điểm
"""


def trend(*lines: str) -> list[str]:
    """How the score of an item moves with each datum."""
    return told(TRENDS + "".join(f"    {line}\n" for line in lines), Claim.MONOTONE)


def test_a_formula_moves_one_way_with_what_its_parts_move_with() -> None:
    assert trend("Điểm = 5 - [a]") == ["1 a: proved, structure"]
    assert trend("Điểm = -[a] + 5") == ["1 a: proved, structure"]
    assert trend("Điểm = [a] - [a]") == ["1 a: open, no_witness"]
    assert trend("Điểm = làm tròn([a]; 0; nửa lên)") == ["1 a: proved, structure"]
    assert trend("Điểm = nhỏ nhất([a]; [b])") == ["1 a: proved, structure", "1 b: proved, structure"]
    assert trend("Điểm = 0 * [a]") == ["1 a: proved, structure"]


def test_a_quotient_moves_against_its_divisor_where_that_keeps_its_sign() -> None:
    assert trend("Điểm = 5 / [b]") == ["1 b: proved, structure"]
    assert trend("Điểm = [a] / [c]") == ["1 a: open, no_witness", "1 c: open, no_witness"]
    assert trend("Điểm = [a] / ([a] + [b])") == ["1 a: open, no_witness", "1 b: proved, structure"]
    assert trend("Điểm = [c] / [b]") == ["1 c: proved, structure", "1 b: open, no_witness"]


def test_steps_move_one_way_where_no_threshold_moves() -> None:
    assert trend("Theo [a]:", "  - từ 3 trở lên: [b]", "  - còn lại: 0") == [
        "1 a: open, no_witness",
        "1 b: proved, structure",
    ]
    assert trend("Theo [a]:", "  - từ [b] trở lên: 5", "  - còn lại: 0") == [
        "1 a: open, no_witness",
        "1 b: open, no_witness",
    ]
    assert trend("Theo [a]:", "  - mỗi mốc vượt [b]; 3: 1") == ["1 a: proved, structure", "1 b: open, no_witness"]


def test_a_bonus_moves_up_and_a_deduction_down_if_no_limit_moves() -> None:
    head = 'Điểm thưởng "Khen" của chỉ số 1'
    assert trend("Điểm = [b]", head, "  Điểm = [a]") == ["1 b: proved, structure", "1 a: proved, structure"]
    assert trend("Điểm = [b]", head.replace("thưởng", "trừ"), "  Điểm = [a]") == [
        "1 b: proved, structure",
        "1 a: proved, structure",
    ]
    assert trend("Điểm = [b]", head, "  Điểm = [a]", "  Không quá [b]") == [
        "1 b: open, no_witness",
        "1 a: proved, structure",
    ]


GRADES = """Bộ tiêu chí "Loại"

Thang điểm xã "Xã": 10 điểm
  Số liệu [a]: số nguyên, từ 0 đến 10
  Chỉ số 1 "Một": 10 điểm
    Điểm = [a] * 1 điểm
  Xếp loại
"""


def grades(*lines: str) -> list[str]:
    return told(GRADES + "".join(f"    {line}\n" for line in lines), Claim.COVER, Claim.DISJOINT)


def test_edges_that_are_no_figures_leave_the_grades_open() -> None:
    assert grades("Loại A: từ [mức] * 1 điểm trở lên.", "Loại B: dưới [mức] * 1 điểm.") == [
        ": open, not_constant",
        ": open, not_constant",
    ]


def test_grades_by_conditions_are_decided_as_far_as_the_conditions_are() -> None:
    assert grades("Loại A khi chỉ số 1 từ 5 điểm trở lên.", "Loại B khi chỉ số 1 dưới 5 điểm.") == [": proved, bounds"]
    assert grades("Loại A khi [b] từ 5 trở lên.", "Loại B khi [b] dưới 5.") == [" b: open, undeclared"]
    assert grades("Loại A khi [có] = có.", "Loại B khi [khác] = có.") == [": open, conditions"]


def test_a_total_that_a_bonus_leads_out_of_its_range_is_proved_without_it() -> None:
    text = GRADES.replace("  Xếp loại\n", '  Điểm thưởng "Khen": 2 điểm\n    Điểm = [b] * 1 điểm\n')
    assert told(text, Claim.TOTAL) == [": proved, without_bonus"]
    by_bonus = text.replace("[a] * 1 điểm", 'điểm thưởng "Khen" * 5')
    assert told(by_bonus, Claim.TOTAL) == [" b: open, undeclared"]
    assert told(text.replace('"Một": 10 điểm', '"Một": chưa rõ điểm'), Claim.TOTAL) == [" 1: open, unknown_points"]


SAME = """Quyết định 1/QĐ

Thang điểm xã "Xã": không có tổng điểm
  Làm tròn: điểm chỉ số đến 1 chữ số thập phân, nửa lên
  Số liệu [a]: số nguyên, từ 0 đến 10
  Số liệu [mới]: có/không
  Đặt n = [a] / 2
  Chỉ số 1 "Chọn": 10 điểm
    Chọn một:
      - Tốt: 10 điểm
      - Kém: 0 điểm
  Chỉ số 2 "Ý": 10 điểm
    Cộng các ý đạt:
      a) Lãnh đạo: 4 điểm
      b) khi [mới] = có: 6 điểm
  Chỉ số 3 "Khi": 10 điểm
    Khi [mới] = có, chọn một:
      - Tốt: 10 điểm
      - Kém: 0 điểm
    Còn lại, điểm = [a] * 1 điểm
  Chỉ số 4 "Tên": 10 điểm
    Điểm = n * 1 điểm
  Chỉ số 5 "So sánh": 10 điểm
    Điểm = tỷ lệ các đơn vị trực thuộc xếp loại A * 10 điểm
  Chỉ số 6 "Số liệu": 10 điểm
    Điểm = [a] * 1 điểm
  Chỉ số 7 "Khen": 10 điểm
    Điểm = điểm thưởng "Khen" * 2
  Chỉ số 8 "Giao": 10 điểm
  Điểm thưởng "Khen": 2 điểm
    Điểm = [khen] * 1 điểm

Thang điểm thôn "Thôn": 10 điểm
  Chỉ số 1 "Một": 10 điểm
  Xếp loại
    Loại A: từ 5 điểm trở lên.
    Loại B: dưới 5 điểm.
"""


ALL = ["1", "2", "3", "4", "5: open, other_units", "6", "7", "8"]


def same(*edits: tuple[str, str]) -> list[str]:
    """The items of the first scale that are proved to be scored alike after the edits, and the 5th with the reason."""
    text = SAME
    for before, after in edits:
        assert before in text
        text = text.replace(before, after)
    found = [each for each in prove_same(book_of(SAME), book_of(text)) if each.scale == "xã"]
    return [each.subject if each.outcome is Outcome.PROVED else shown(each) for each in found]


def test_what_no_change_names_is_scored_alike() -> None:
    assert same() == ALL


def test_words_of_levels_and_letters_change_no_score() -> None:
    assert same(('"Ý"', '"Các ý"'), ("a) Lãnh đạo", "a) Cán bộ")) == ALL


def test_a_change_names_what_rests_on_it() -> None:
    assert same(("Điểm = [khen] * 1", "Điểm = [khen] * 2")) == ["1", "2", "3", "4", "5: open, other_units", "6", "8"]
    assert same(("Đặt n = [a] / 2", "Đặt n = [a] / 4")) == ["1", "2", "3", "5: open, other_units", "6", "7", "8"]
    assert same(("Quyết định 1/QĐ", "Quyết định 1/QĐ\n  Hiệu lực: từ 01/01/2024")) == ALL
    assert same(("từ 0 đến 10", "từ 0 đến 9")) == ["1", "2", "5: open, other_units", "7", "8"]
    assert same(("đến 1 chữ số", "đến 2 chữ số")) == []
    assert same(("Thang điểm xã", 'Thang điểm sở "Sở": 5 điểm\n  Chỉ số 1 "Một": 5 điểm\n\nThang điểm xã')) == ALL
    assert same(("  Chỉ số 8", '  Chỉ số 9 "Chín": 5 điểm\n  Chỉ số 8')) == ALL
