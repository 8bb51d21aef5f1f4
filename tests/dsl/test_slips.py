"""What a lawyer mistypes, and what the reader of the finding is told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawing import few
from thangdiem.dsl.diagnostic import Diagnostic, catalogue
from thangdiem.dsl.numerals import NumeralError, read_date, read_number
from thangdiem.dsl.parser import MOST_SLIPS, parse
from thangdiem.dsl.slips import SLIPS, numeral_slip
from thangdiem.dsl.slips.expected import expected
from thangdiem.dsl.source import read_source, source_of

CASES = sorted((Path(__file__).parents[1] / "cases" / "slips").glob("*.txt"))
ITEM_VI = 'Bộ tiêu chí "B"\nThang điểm cấp-xã "C": 10 điểm\n  Chỉ số 1 "N": 10 điểm\n'
ITEM_EN = 'Criteria "B"\nScale commune "C": 10 points\n  Indicator 1 "N": 10 points\n'
BASES = {"vi": ITEM_VI, "en": ITEM_EN}


def slips_of(text: str) -> tuple[Diagnostic, ...]:
    return parse(source_of(text))[1]


def spot(found: Diagnostic) -> tuple[str, int, str]:
    """The code, the line from 1 and what the caret underlines."""
    assert found.place is not None
    assert found.place.start is not None
    assert found.place.end is not None
    marked = found.place.line_text[found.place.start.column : found.place.end.column]
    return found.code, found.place.start.line + 1, marked


def cases() -> list[tuple[str, str, str, str]]:
    """(dialect, code, what is underlined, the lines under an indicator) from the case files."""
    found = []
    for path in CASES:
        for block in path.read_text(encoding="utf-8").split("\n\n"):
            head, _, body = block.strip("\n").partition("\n")
            code, _, marked = head.partition(" ")
            found.append((path.stem, code, marked, body))
    return found


@pytest.mark.parametrize(("dialect", "code", "marked", "body"), cases(), ids=lambda part: str(part)[:30])
def test_a_slip_is_explained_where_it_stands(dialect: str, code: str, marked: str, body: str) -> None:
    spots = [spot(found) for found in slips_of(BASES[dialect] + body + "\n")]
    assert [(found[0], found[2]) for found in spots] == [(code, marked)]


def test_ten_mistakes_in_a_file_are_ten_findings_in_one_run() -> None:
    text = """Quyết định 12/QĐ-UBND
  Ngày ban hành: 2022-11-23
  Cơ quan ban hành: UBND tỉnh
Thang điểm cấp-tỉnh "A": 40 điểm
  Chi so 1 "Một": 10 điểm
    Chấn trực tiếp
  Chỉ số 2 "Hai" 10 điểm
    Điểm = [Số lần x 2
  Chỉ số 3 "Ba": 10 điểm
    Chọn một:
      - Có 10 điểm
      - Không
  Chỉ số 4 "Bốn": 10 điểm
    Điểm = nhỏ nhất([x], 2)
  Xếp loại
    Loại tốt: có tổng số điểm từ 20 điểm.
    Loại khá: có tổng số điểm dưới 20 điểm.
"""
    assert [spot(found) for found in slips_of(text)] == [
        ("TD072", 2, "2022-11-23"),
        ("TD034", 3, "UBND tỉnh"),
        ("TD021", 5, "Chi so"),
        ("TD022", 6, "Chấn trực tiếp"),
        ("TD027", 7, ""),
        ("TD036", 8, "[Số lần x 2"),
        ("TD043", 11, ""),
        ("TD042", 12, "- Không"),
        ("TD058", 14, ","),
        ("TD051", 16, "từ 20 điểm"),
    ]


def test_a_wrong_head_makes_no_noise_about_its_body() -> None:
    body = "    Chọn mọt:\n      - Có: 10 điểm\n      - Không: 0 điểm\n"
    body += "  Xếp loạ\n    Loại tốt: từ 5 điểm trở lên.\n"
    assert [spot(found) for found in slips_of(ITEM_VI + body)] == [
        ("TD021", 4, "Chọn mọt"),
        ("TD022", 7, "Xếp loạ"),
    ]


def test_the_rows_after_a_wrong_row_are_still_read() -> None:
    body = "    Theo [x]:\n      từ 4 trở lên: 10 điểm\n      - dưới 4 điểm\n"
    assert [spot(found)[:2] for found in slips_of(ITEM_VI + body)] == [("TD044", 5), ("TD042", 6)]


def test_an_item_after_a_wrong_item_is_read() -> None:
    syntax, slips = parse(source_of(ITEM_VI.replace('"N":', '"N"') + '  Chỉ số 2 "M": 5 điểm\n    Chấm trực tiếp\n'))
    assert [found.code for found in slips] == ["TD027"]
    assert syntax is not None
    assert [statement.data for statement in syntax.statements] == ["document", "scale", "item", "direct"]
    assert syntax.dropped == (2,)


def test_a_keyword_ends_with_its_line() -> None:
    syntax, slips = parse(source_of('Bộ\n  Chỉ số 2 "M": 5 điểm\n'))
    assert [spot(found) for found in slips] == [("TD026", 1, "Bộ")]
    assert syntax is not None
    assert [statement.data for statement in syntax.statements] == ["item"]
    assert syntax.dropped == (0,)


def test_findings_stop_after_a_hundred() -> None:
    slips = slips_of(ITEM_VI + "    Ghi nhớ gì đó\n" * (MOST_SLIPS + 50))
    assert len(slips) == MOST_SLIPS
    assert slips_of(ITEM_VI * 2 + '  Chỉ số 1 "M"\n' * (MOST_SLIPS + 5))[-1].code == "TD014"


def test_a_huge_item_with_many_mistakes_ends_early() -> None:
    text = ITEM_VI + '    Ghi chú: "a"\n' * 10_000 + "    Ghi nhớ gì đó\n" * 50
    syntax, slips = parse(source_of(text + '  Chỉ số 2 "M": 5 điểm\n'))
    assert syntax is not None
    assert text.count("\n") in syntax.dropped
    assert {found.code for found in slips} == {"TD014", "TD026"}
    assert len(slips) < 20


@pytest.mark.parametrize("operand", ["[x]", "7", "a", "b"])
def test_too_many_operands_are_told(operand: str) -> None:
    most = ITEM_VI + "    Đặt a = 1\n    Điểm = " + " + ".join([operand] * 200)
    assert slips_of(most) == ()
    assert [spot(found) for found in slips_of(f"{most} + {operand}")] == [("TD041", 5, operand[0])]


def test_a_message_quotes_the_words_and_the_hint_says_what_to_write() -> None:
    (found,) = slips_of(ITEM_VI + "    Chon mot:\n")
    assert found.message("vi") == "“Chon mot” thiếu hoặc sai dấu."
    assert found.hint("vi") == "Hãy viết “chọn một”."
    assert found.message("en") == "“Chon mot” lacks tone marks, or has wrong ones."
    assert found.hint("en") == "Write “chọn một”."


def test_what_was_expected_is_told_in_words_and_never_by_terminals() -> None:
    (found,) = slips_of(ITEM_VI + "    Điểm =\n")
    assert found.hint("vi").startswith("Hãy viết tiếp; ở đây có thể viết: một số, [số liệu], một tên hoặc phép tính")
    (found,) = slips_of(ITEM_EN + "    Points =\n")
    assert found.hint("en").startswith("Go on; what could stand here: a number, a [datum], a name or a formula")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_terminal_has_words(language: str) -> None:
    from thangdiem.dsl.dialect import dialect
    from thangdiem.dsl.parser import _grammar

    chosen = dialect(language)
    for terminal in _grammar().terminals:
        words = expected([terminal.name], chosen, "vi" if language == "vi" else "en")
        assert words, terminal.name
        assert not re.search(r"[A-Z]{2,}_|^_", words), terminal.name


NUMERALS = [
    ("12.5", "vi", "TD067", "12,5"),
    ("12,5", "en", "TD067", "12.5"),
    ("1,000", "vi", "TD068", ""),
    ("1.000", "en", "TD068", ""),
    ("1.00", "vi", "TD069", ""),
    ("1,00", "en", "TD069", ""),
    ("1.2.3", "vi", "TD071", ""),
    ("1,1234567", "vi", "TD070", ""),
    ("1.234,5.6", "vi", "TD071", ""),
    ("x", "vi", "TD071", ""),
]


@pytest.mark.parametrize(("text", "language", "code", "suggestion"), NUMERALS)
def test_a_number_in_the_wrong_form_is_explained(text: str, language: str, code: str, suggestion: str) -> None:
    with pytest.raises(NumeralError) as caught:
        read_number(text, language)
    found = numeral_slip(caught.value, text, source_of(text).place(0, len(text)), language)
    assert found.code == code
    assert text in found.message("vi")
    assert suggestion in found.hint("vi")
    assert found.hint("en")


@pytest.mark.parametrize(
    ("text", "language", "code"),
    [
        ("31/02/2024", "vi", "TD073"),
        ("2024-02-31", "en", "TD073"),
        ("2022-11-23", "vi", "TD072"),
        ("23/11/2022", "en", "TD072"),
        ("03/04/2022", "en", "TD074"),
        ("23.11.2022", "vi", "TD087"),
    ],
)
def test_a_date_in_the_wrong_form_is_explained(text: str, language: str, code: str) -> None:
    with pytest.raises(NumeralError) as caught:
        read_date(text, language)
    found = numeral_slip(caught.value, text, source_of(text).place(0, len(text)), language)
    assert found.code == code
    assert text in found.message("en")


def test_every_explanation_and_every_code_of_the_text_has_a_case() -> None:
    from_cases = {code for _, code, _, _ in cases()}
    told_elsewhere = {f"TD0{number}" for number in (13, 14, 15, 25, 41, 65, 66, 72, 84, *range(67, 75))}
    heads = {"TD032", "TD033", "TD077"}
    of_the_text = {code for code in catalogue() if re.fullmatch(r"TD0[1-9]\d", code) and code >= "TD013"}
    assert of_the_text - from_cases - told_elsewhere - heads == set()
    assert len(SLIPS) >= 45


EXAMPLE = "".join((ITEM_VI, *(f"{body}\n" for dialect, _, _, body in cases() if dialect == "vi")))
LETTERS = st.sampled_from("aĐđ1,.:;()[]\"“”-=*/%<>| \t\nxếТ~'") | st.characters(exclude_categories=("Cs",))


@st.composite
def _damaged(draw: st.DrawFn) -> str:
    text = draw(st.sampled_from(DAMAGED))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        length = draw(st.integers(0, 30))
        put = draw(st.text(LETTERS, max_size=5) | st.just(text[start : start + length] * 2))
        text = text[:start] + put + text[start + length :]
    return text


DAMAGED = (
    EXAMPLE,
    ITEM_VI + "    a = [Số họp]\n    Tỷ lệ = a/2\n    Theo Tỷ lệ:\n      - từ 80% trở lên: 10\n      - còn lại: 0\n"
    "  Xếp loại\n    Loại tốt: có tổng số điểm từ 8 điểm trở lên.\n    Loại khá: các trường hợp còn lại.\n",
    ITEM_EN + "    Choose one:\n      - Yes: 10 points\n      - No: 0 points\n    Not applicable when [x] = 3\n",
)


@few(25)
@given(_damaged() | st.text(LETTERS, max_size=200))
def test_any_text_gives_findings_and_never_a_fault_of_ours(text: str) -> None:
    source, _ = read_source("damaged.rubric", text.encode())
    if source is None:
        return
    _, slips = parse(source)
    assert len(slips) <= MOST_SLIPS + 1
    for found in slips:
        for language in ("vi", "en"):
            assert found.message(language)  # type: ignore[arg-type]
            assert found.hint(language)  # type: ignore[arg-type]
        assert found.place is not None
        assert found.place.start is not None
        assert found.place.end is not None
        start, end = found.place.start, found.place.end
        assert (start.line, start.column) <= (end.line, end.column)
        assert start.column <= len(found.place.line_text)


def test_letters_that_are_longer_in_lower_case_shift_no_place() -> None:
    assert [spot(found) for found in slips_of(ITEM_VI.replace('"N": 10 điểm', '"İİ": 10 diem'))] == [
        ("TD021", 3, "diem")
    ]


def test_a_name_may_hold_and_and_a_column_be_called_like_a_keyword() -> None:
    grades = "  Xếp loại\n    Loại giỏi: từ 9 điểm trở lên.\n    Loại +: còn lại.\n"
    rule = "    Không xếp loại xinh và đẹp khi [x] > 1\n"
    syntax, slips = parse(source_of(f'{ITEM_VI}{grades}{rule}\nVí dụ "a"\n  Đơn vị = 5\n  Tổng = 5\n'))
    assert syntax is not None
    assert [found.code for found in slips] == []
    named = {str(token) for token in syntax.tokens if token.type in ("GRADE_NAME", "COLUMN_DEF")}
    assert named == {"giỏi", "+", "xinh và đẹp", "Đơn vị", "Tổng"}
