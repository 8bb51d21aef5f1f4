"""What the checks of structure find in small rule files, and what they let stand."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from thangdiem.dsl.checker import check_text
from thangdiem.dsl.diagnostic import Diagnostic, Severity, catalogue

ROOT = Path(__file__).parents[3]
CORPUS = sorted((ROOT / "tests" / "dsl" / "corpus").glob("*.rubric"))
HEAD = 'Bộ tiêu chí "Chuyển đổi số"\n\n'
SCALE = HEAD + 'Thang điểm a "A": 10 điểm\n'
LEAF = SCALE + '  Chỉ số 1 "Một": 10 điểm\n'


def found(text: str, code: str) -> list[Diagnostic]:
    return [each for each in check_text(text).diagnostics if each.code == code]


def only(text: str, code: str) -> Diagnostic:
    (diagnostic,) = found(text, code)
    return diagnostic


def test_a_sum_that_differs_names_the_difference_and_shows_every_maximum() -> None:
    diagnostic = only(SCALE + '  Chỉ số 1 "Một": 6 điểm\n  Chỉ số 2 "Hai": 7,5 điểm\n', "TD300")
    assert "13,5" in diagnostic.message("vi")
    assert "3,5" in diagnostic.message("vi")
    assert [place.place.start.line for place in diagnostic.related if place.place.start] == [3, 4]
    assert diagnostic.breadcrumb == ("Thang điểm a",)


def test_weights_multiply_the_maxima_of_a_sum() -> None:
    assert not found(SCALE + '  Chỉ số 1 "Một": 3 điểm, hệ số 2\n  Chỉ số 2 "Hai": 4 điểm\n', "TD300")


@pytest.mark.parametrize(
    "items",
    [
        '  Chỉ số 1 "Một": 10 điểm\n  Chỉ số 2 "Hai": không tính điểm\n',
        '  Tổng hợp: trung bình\n  Chỉ số 1 "Một": 10 điểm\n  Chỉ số 2 "Hai": 10 điểm\n',
        '  Tổng = chỉ số 1\n  Chỉ số 1 "Một": 4 điểm\n  Chỉ số 2 "Hai": 4 điểm\n',
        '  Không quá 10 điểm\n  Chỉ số 1 "Một": 8 điểm\n  Chỉ số 2 "Hai": 8 điểm\n',
        '  Chỉ số 1 "Một": 4 điểm\n  Chỉ số 2 "Hai": chưa rõ điểm\n',
    ],
    ids=["not scored", "a mean", "its own total", "capped", "partly unknown"],
)
def test_a_sum_is_not_compared_where_the_text_makes_no_sum(items: str) -> None:
    assert not found(SCALE + items, "TD300")
    assert not found(SCALE + items, "TD301")


@pytest.mark.parametrize(
    "policy", ["", "  Chỉ số không áp dụng: loại khỏi điểm tối đa\n", "  Chỉ số không áp dụng: tính điểm tối đa\n"]
)
def test_a_sum_that_is_too_large_is_told_whatever_may_not_apply(policy: str) -> None:
    items = (
        '  Chỉ số 1 "Một": 6 điểm\n    Không áp dụng khi [Loại] = "B"\n'
        '  Chỉ số 2 "Hai": 6 điểm\n    Có thể không áp dụng\n'
    )
    assert "12" in only(SCALE + policy + items, "TD300").message("vi")
    assert not found(SCALE + policy + "  Không quá 10 điểm\n" + items, "TD300")


def test_a_part_adds_up_its_groups_and_a_group_its_criteria() -> None:
    part = SCALE + '  Phần A "Cả": 10 điểm\n  Lĩnh vực I "Một": 10 điểm\n'
    criteria = '  Tiêu chí 1 "Nhỏ": 4 điểm\n  Tiêu chí 2 "To": 6 điểm\n'
    assert not found(part + criteria, "TD300")
    assert found(part + criteria.replace("4 điểm", "5 điểm"), "TD300")


def test_declared_counts_leave_out_what_is_not_scored() -> None:
    items = '  Gồm 1 chỉ số\n  Chỉ số 1 "Một": 10 điểm\n  Chỉ số 2 "Hai": không tính điểm\n'
    assert not found(SCALE + items, "TD302")


def test_a_count_of_which_nothing_is_written_is_an_incomplete_transcription() -> None:
    diagnostic = only(SCALE + '  Gồm 24 chỉ số thành phần\n  Chỉ số 1 "Một": 10 điểm\n', "TD303")
    assert diagnostic.severity is Severity.WARNING


def test_the_policy_may_stand_at_the_item_or_above_it() -> None:
    item = '    Không áp dụng khi [Loại] = "B"\n'
    assert found(LEAF + item, "TD305")
    assert not found(LEAF + item + "    Khi không áp dụng: tính điểm tối đa\n", "TD305")
    nested = '    Khi không áp dụng: tính điểm tối đa\n    Chỉ số thành phần 1.1 "Con": 10 điểm\n'
    assert not found(LEAF + nested + item, "TD305")


def test_a_cycle_is_shown_whole() -> None:
    items = '  Chỉ số 1 "Một": 5 điểm\n    a = chỉ số 2\n    Điểm = a\n'
    items += '  Chỉ số 2 "Hai": 5 điểm\n    Điểm = chỉ số 1\n'
    message = only(SCALE + items, "TD312").message("vi")
    assert "1 → “a” (1) → 2 → 1" in message or "“a” (1) → 2 → 1 → “a” (1)" in message


def test_a_score_of_subordinate_units_is_no_cycle_but_one_of_all_units_is() -> None:
    formula = "    Điểm = trung bình tổng điểm {}, không quá 10 điểm\n"
    assert not found(LEAF + formula.format("của các đơn vị trực thuộc"), "TD312")
    assert found(LEAF + formula.format("của các đơn vị"), "TD312")


@pytest.mark.parametrize(
    ("wrong", "seen"),
    [("Tỉ lệ", "Tỷ lệ"), ("hòa mạng", "hoà mạng"), ("Ðơn vị", "Đơn vị"), ("kĩ năng", "kỹ năng")],
)
def test_data_that_look_the_same_are_told(wrong: str, seen: str) -> None:
    text = LEAF + f"    Điểm = [{seen}] * 1 điểm + [{wrong}] * 1 điểm, không quá 10 điểm\n"
    diagnostic = only(text, "TD310")
    assert {diagnostic.arguments["name"], diagnostic.arguments["other"]} == {wrong, seen}


@pytest.mark.parametrize(("one", "other"), [("tay", "tai"), ("Số hồ sơ", "số hồ sơ"), ("thúy", "thúi")])
def test_other_words_and_other_case_are_no_look_alikes(one: str, other: str) -> None:
    assert not found(LEAF + f"    Điểm = [{one}] * 1 điểm + [{other}] * 1 điểm, không quá 10 điểm\n", "TD310")


def test_references_years_and_dates_of_a_quotation_are_no_numbers_of_the_rule() -> None:
    quotation = "theo khoản 3 Điều 12 Quyết định số 45/QĐ-UBND năm 2021, ngày 06/5/2021, đạt từ 80%: 10 điểm"
    rule = "    Theo [Tỷ lệ]:\n      - từ 80% trở lên: 10 điểm\n      - còn lại: 0 điểm\n"
    text = LEAF + f'    Nguyên văn: "{quotation}"\n' + rule
    assert not found(text, "TD313")
    assert not found(text, "TD314")


def test_days_of_a_quotation_are_those_of_the_rule_whichever_of_the_two_was_mistyped() -> None:
    rule = "    Theo [Ngày gửi]:\n      - đến hết {} năm đánh giá: 10 điểm\n      - còn lại: 0 điểm\n"
    text = LEAF + '    Nguyên văn: "Gửi đến hết ngày 05/12: 10 điểm; còn lại: 0 điểm"\n' + rule
    assert not found(text.format("5/12"), "TD313")
    assert not found(text.format("31/12"), "TD314")
    assert only(text.format("06/12"), "TD313").arguments["numbers"] == "05/12"
    assert only(text.format("5/11"), "TD313").arguments["numbers"] == "05/12"


@pytest.mark.parametrize(
    "formula",
    [
        "[x]/[y] * điểm tối đa",
        "[x]/100 * 5",
        "50% * điểm tối đa",
        "chỉ số 2 / điểm tối đa của chỉ số 2 * 3 điểm",
    ],
)
def test_points_times_a_ratio_and_plain_numbers_are_points(formula: str) -> None:
    text = LEAF + f'    Điểm = {formula}\n  Chỉ số 2 "Hai": 10 điểm\n'
    assert not [each for each in check_text(text).diagnostics if "TD320" <= each.code <= "TD327"]


def test_a_ratio_may_be_compared_with_nothing_and_all() -> None:
    rows = "      - {}: 10 điểm\n      - còn lại: 0 điểm\n"
    declared = SCALE + '  Số liệu [Tỷ lệ]: phần trăm\n  Chỉ số 1 "Một": 10 điểm\n    Theo [Tỷ lệ]:\n'
    assert not found(declared + rows.format("từ 1 trở lên"), "TD325")
    assert not found(declared + rows.format("trên 0"), "TD325")
    assert found(declared + rows.format("từ 0,8 trở lên"), "TD325")


def test_a_file_with_lines_that_could_not_be_read_is_not_judged_by_what_it_lacks() -> None:
    text = SCALE + '  Chỉ số 1 "Một": 4 điểm\n  Chỉ số 2 "Hai" 6 điểm\n'
    codes = {each.code for each in check_text(text).diagnostics}
    assert "TD300" not in codes
    assert any(code < "TD100" for code in codes)


def test_findings_stand_in_the_order_of_the_text() -> None:
    text = (ROOT / "tests" / "dsl" / "corpus" / "methods.rubric").read_text(encoding="utf-8")
    lines = [each.place.start.line for each in check_text(text).diagnostics if each.place and each.place.start]
    assert lines == sorted(lines)
    assert len(lines) > 5


def edited(text: str, chance: random.Random) -> str:
    lines = text.split("\n")
    for _ in range(chance.randint(1, 6)):
        at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
        match chance.randrange(5):
            case 0:
                del lines[at]
            case 1:
                lines.insert(at, lines[other])
            case 2:
                lines[at], lines[other] = lines[other], lines[at]
            case 3:
                words = lines[at].split(" ")
                words[chance.randrange(len(words))] = chance.choice(lines[other].split(" "))
                lines[at] = " ".join(words)
            case _:
                cut = chance.randrange(len(lines[at]) + 1)
                lines[at] = lines[at][:cut] + chance.choice('0"[]%:-đ1/') + lines[at][cut:]
        lines = lines or [""]
    return "\n".join(lines)


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_no_edit_of_a_rule_file_makes_a_check_raise(path: Path) -> None:
    chance = random.Random(path.stem)
    text = path.read_text(encoding="utf-8")
    for _ in range(25):
        for diagnostic in check_text(edited(text, chance)).diagnostics:
            assert diagnostic.message("vi")
            assert diagnostic.message("en")
            diagnostic.hint("vi")
            diagnostic.hint("en")
            for place in diagnostic.related:
                assert catalogue()[place.label]["en"].format_map(place.arguments)


@pytest.mark.parametrize(
    ("given", "idle"),
    [
        ("[Vi phạm] = 0", False),
        ("[Khác] = 0", True),
        ("1.1 = 8", False),
        ("2 = 2", True),
    ],
)
def test_beside_a_given_total_only_what_nothing_else_uses_is_idle(given: str, idle: bool) -> None:
    text = (
        SCALE
        + "  Đặt số lần = [Vi phạm]\n"
        + '  Nhóm 1 "Một": 8 điểm\n    Chỉ số 1.1 "Một một": 8 điểm\n  Nhóm 2 "Hai": 2 điểm\n'
        + "  Xếp loại\n    Loại tốt: từ 8 điểm trở lên và số lần = 0 và nhóm 1 từ 4 điểm trở lên.\n"
        + "    Loại khá: các trường hợp còn lại.\n"
        + f'\nVí dụ "v"\n  Tổng điểm = 8\n  {given}\n  Kết quả: tổng 8 điểm\n'
    )
    assert not [each for each in check_text(text).diagnostics if each.code in ("TD020", "TD053", "TD114")]
    assert bool(found(text, "TD337")) is idle


def test_words_left_over_ask_for_the_datum_they_come_near_to() -> None:
    items = LEAF + "    Điểm = 10 điểm Tỷ lệ giải ngân\n    Không áp dụng khi [Tỷ lệ giải ngân] = 0\n"
    hint = only(items, "TD053").hint("vi")
    assert hint.startswith("Có phải [Tỷ lệ giải ngân]? ")
    begun = items.replace("10 điểm Tỷ lệ giải ngân", "[Tỷ lệ] giải ngân")
    assert only(begun, "TD053").hint("vi").startswith("Có phải [Tỷ lệ giải ngân]? ")
    assert "bỏ phần thừa" not in hint


def test_a_hint_without_candidates_asks_nothing() -> None:
    told = only(LEAF + "    Điểm = tỷ lệ giải ngân * 2\n", "TD114")
    assert told.hint("vi") == "Số liệu của đơn vị phải viết trong ngoặc vuông: [tỷ lệ giải ngân]."


@pytest.mark.parametrize(("written", "meant"), [("hai điểm", "2 điểm"), ("10đ", "10 điểm")])
def test_points_in_words_or_abbreviated_are_written_in_figures(written: str, meant: str) -> None:
    rows = f"    Chọn một:\n      - Có: {written}\n      - Không: 0 điểm\n"
    assert only(LEAF + rows, "TD087").arguments["suggestion"] == meant


def test_a_percentage_may_be_reckoned_with() -> None:
    rows = "      - từ 95% trở lên: 10 điểm\n      - còn lại: [Tỷ lệ]/95% * điểm tối đa\n"
    checked = check_text(LEAF + "    Theo [Tỷ lệ]:\n" + rows)
    assert not checked.has_errors
    assert checked.book is not None
    assert checked.book.scales[0].data["Tỷ lệ"].form.name == "PERCENT"


def test_two_kinds_of_a_datum_are_named_with_their_lines() -> None:
    rows = "    Theo [x]:\n      - từ 5 trở lên: 10 điểm\n      - có: 0 điểm\n"
    message = only(LEAF + rows, "TD133").message("vi")
    assert "số (dòng 6)" in message
    assert "có/không (dòng 7)" in message


def test_an_unreadable_date_is_not_told_again_as_another_kind() -> None:
    rows = "    Theo [Ngày]:\n      - dưới 31.12.2024: 10 điểm\n      - đến hết 31/1/2025: 5 điểm\n"
    assert not found(LEAF + rows + "      - còn lại: 0 điểm\n", "TD133")


def test_the_maximum_of_an_item_need_not_be_in_its_quotation() -> None:
    text = LEAF + '    Nguyên văn: "Đạt từ 80% thì được điểm tối đa"\n    Theo [x]:\n'
    assert not found(text + "      - từ 80% trở lên: 10 điểm\n      - còn lại: 0 điểm\n", "TD314")


@pytest.mark.parametrize("formula", ["([Ngày nộp] - 31/12/2024) * 1 điểm", "[Số lỗi] * 2 điểm"])
def test_a_deduction_that_may_turn_into_a_bonus_is_told(formula: str) -> None:
    head = SCALE + '  Số liệu [Số lỗi]: số nguyên, từ -5 đến 5\n  Chỉ số 1 "Một": 10 điểm\n  Điểm trừ "Lỗi"\n'
    assert found(head + f"    Điểm = {formula}\n", "TD224")
    assert not found(head + f"    Điểm = {formula}, không dưới 0 điểm\n", "TD224")
    assert not found(head + "    Điểm = [Khác] * 2 điểm\n", "TD224")


def test_a_text_that_is_no_option_and_no_kind_of_unit_asks_for_the_one_meant() -> None:
    head = SCALE + '  Áp dụng cho: "sở", "huyện"\n  Số liệu [Loại hình]: một trong "mở", "kín"\n'
    item = '  Chỉ số 1 "Một": 10 điểm\n    Không áp dụng khi [{}] = "{}"\n'
    assert only(head + item.format("Loại đơn vị", "huyệ"), "TD342").hint("vi") == "Có phải: “huyện”?"
    assert "“kín”" in only(head + item.format("Loại hình", "kính"), "TD342").hint("vi")
    assert not found(head + item.format("Loại đơn vị", "Huyện"), "TD342")


@pytest.mark.parametrize(
    ("band", "words"),
    [
        ("Loại tốt: Đơn vị nếu không vi phạm và có tổng số điểm từ 5 điểm trở lên.", "nếu"),
        ("Loại tốt nếu được khen: từ 5 điểm trở lên.", "nếu"),
        ("Loại tốt: Đơn vị, trừ trường hợp bị kỷ luật, từ 5 điểm trở lên.", "trừ trường hợp"),
        ("Loại tốt: Đơn vị có tổng số điểm từ 5 điểm trở lên và [Có vi phạm] = không.", ""),
        ("Loại tốt: Đơn vị nếunày từ 5 điểm trở lên.", ""),
    ],
)
def test_a_condition_in_the_text_of_a_grade_is_told_at_its_word(band: str, words: str) -> None:
    text = LEAF + f"  Xếp loại\n    {band}\n    Loại kém: các trường hợp còn lại.\n"
    places = [each.place for each in found(text, "TD318")]
    told = [place.line_text[place.start.column : place.end.column] for place in places if place.start and place.end]
    assert told == ([words] if words else [])


def test_a_condition_in_the_text_of_an_english_grade_is_told_and_how_it_is_written() -> None:
    head = 'Criteria "T"\nScale a "A": 10 points\n  Indicator 1 "One": 10 points\n  Grades\n'
    told = only(head + "    Grade A: agencies, provided they report, with a total from 5 points up.\n", "TD318")
    assert "“provided”" in told.message("en")
    assert "and …" in told.hint("en")
    assert "when …" in told.hint("en")


def test_a_datum_compared_with_a_name_that_is_nothing_is_of_no_other_kind() -> None:
    rows = "    Theo trường hợp:\n      - [b] = cós: 10 điểm\n      - [b] = có: 5 điểm\n      - còn lại: 0 điểm\n"
    assert found(LEAF + rows, "TD114")
    assert not found(LEAF + rows, "TD133")


def test_that_no_case_always_holds_is_told_at_the_last_one() -> None:
    rows = [f"      - [Bước {number}] = có: {number} điểm\n" for number in (3, 2, 1)]
    place = only(LEAF + "    Theo trường hợp:\n" + "".join(rows), "TD261").place
    assert place is not None
    assert place.start.line == 7
