from __future__ import annotations

import unicodedata
from importlib.resources import files
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thangdiem.dsl.dialect import DIALECTS, dialect
from thangdiem.dsl.parser import parse
from thangdiem.dsl.printer import print_file
from thangdiem.dsl.source import read_source, source_of
from thangdiem.dsl.syntax import SyntaxFile

_CORPUS = Path(__file__).parent / "corpus"
_FILES = {path.stem: path.read_text(encoding="utf-8") for path in sorted(_CORPUS.glob("*.rubric"))}
_HEAD = 'Thang điểm a "A": 10 điểm\n'

corpus = pytest.mark.parametrize("name", _FILES)


def syntax_of(text: str) -> SyntaxFile:
    syntax, diagnostics = parse(source_of(text))
    assert [(one.code, one.place) for one in diagnostics] == []
    assert syntax is not None
    return syntax


def formatted(text: str) -> str:
    return print_file(syntax_of(text))


def translated(text: str, to: str) -> str:
    return print_file(syntax_of(text), to)


def types_of(syntax: SyntaxFile) -> list[str]:
    return [token.type for token in syntax.tokens]


def clauses(text: str) -> str:
    """The formatted lines of clauses of a scale, without the scale's."""
    return formatted(_HEAD + text).removeprefix(_HEAD)


# --- the corpus


@corpus
def test_a_canonical_file_prints_back_unchanged(name: str) -> None:
    assert formatted(_FILES[name]) == _FILES[name]


@corpus
def test_what_is_printed_has_the_same_tokens(name: str) -> None:
    flat = "\n".join(line.strip() for line in _FILES[name].split("\n"))
    syntax = syntax_of(flat)
    printed = syntax_of(print_file(syntax))
    assert printed.tokens == syntax.tokens
    assert types_of(printed) == types_of(syntax)


@corpus
def test_indentation_means_nothing_and_is_restored(name: str) -> None:
    flat = "\n".join(line.strip() for line in _FILES[name].split("\n"))
    assert formatted(flat) == _FILES[name]


@corpus
def test_an_english_translation_is_read_as_the_same_rules(name: str) -> None:
    english = syntax_of(translated(_FILES[name], "en"))
    assert english.dialect == "en"
    assert types_of(english) == types_of(syntax_of(_FILES[name]))


@corpus
def test_a_translation_is_already_formatted(name: str) -> None:
    english = translated(_FILES[name], "en")
    assert formatted(english) == english


@corpus
def test_there_and_back_gives_the_same_bytes(name: str) -> None:
    english = translated(_FILES[name], "en")
    assert translated(english, "vi") == _FILES[name]
    assert translated(translated(english, "vi"), "en") == english


def test_the_corpus_holds_every_terminal_of_the_grammar() -> None:
    held = {kind for text in _FILES.values() for kind in types_of(syntax_of(text))}
    grammar = files("thangdiem.dsl").joinpath("grammar.lark").read_text(encoding="utf-8")
    declared = {name for line in grammar.splitlines() if line.startswith("%declare") for name in line.split()[1:]}
    assert declared - held == set()


def test_spellings_of_equal_position_have_a_partner() -> None:
    vi, en = dialect("vi").spellings, dialect("en").spellings
    plural_of = dialect("en").plural_of
    assert vi.keys() == en.keys()
    for terminal, options in vi.items():
        plurals = [option for option in en[terminal] if plural_of.get(option) not in en[terminal]]
        assert len(plurals) == len(options), terminal
        assert en[terminal][: len(plurals)] == tuple(plurals)


@pytest.mark.parametrize("written_in", DIALECTS)
@corpus
@settings(max_examples=3, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_any_spelling_of_a_keyword_survives_formatting_and_translation(name: str, written_in: str, seed: int) -> None:
    original = syntax_of(_FILES[name] if written_in == "vi" else translated(_FILES[name], "en"))
    written = formatted(_respelled(original, Random(seed)))
    syntax = syntax_of(written)
    other = "en" if written_in == "vi" else "vi"
    there = translated(written, other)
    assert types_of(syntax) == types_of(original)
    assert formatted(written) == written
    assert types_of(syntax_of(there)) == types_of(syntax)
    assert translated(there, written_in) == written


def _respelled(syntax: SyntaxFile, random: Random) -> str:
    """The file with every keyword spelled in some other way, spaces doubled and capitals changed."""
    spellings = dialect(syntax.dialect).spellings
    text, parts, position, before = syntax.source.text, [], 0, ""
    for token in syntax.tokens:
        options = spellings.get(token.type.removeprefix("_"), ())
        options = tuple(option for option in options if option not in ("trước", "sau", "before", "after"))  # for dates
        # What defines a name is always "=".
        if options and token.type != "KIND" and before not in ("NAME_DEF", "COLUMN_DEF"):
            change = random.choice((str.upper, str.capitalize, str.lower))
            start, end = token.start_pos or 0, token.end_pos or 0
            parts += [text[position:start], change(random.choice(options)).replace(" ", "  ")]
            position = end
        before = token.type
    return "".join([*parts, text[position:]])


# --- layout


def test_words_have_one_space_and_punctuation_none_before_it() -> None:
    assert clauses("Gồm   5 chỉ  số ,24 chỉ số thành phần") == "  Gồm 5 chỉ số, 24 chỉ số thành phần\n"


def test_operators_have_spaces_parentheses_none_inside() -> None:
    assert clauses("x=nhỏ nhất ( a ;b )*( a+ - b )-c ^ 2") == "  x = nhỏ nhất(a; b) * (a + -b) - c^2\n"


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("a / b", "a/b"),
        ("[a]/ 2", "[a]/2"),
        ("a/80 % * điểm tối đa", "a/80% * điểm tối đa"),
        ("[a]/cao nhất [a] của các đơn vị", "[a] / cao nhất [a] của các đơn vị"),
        ("1 / 2 / 2000", "1 / 2 / 2000"),
        ("1 / 2 năm", "1 / 2 năm"),
        ("a÷b", "a ÷ b"),
    ],
)
def test_a_quotient_of_short_operands_has_no_spaces_unless_it_became_a_date(written: str, printed: str) -> None:
    assert clauses(f"x = {written}") == f"  x = {printed}\n"


def test_data_in_brackets_have_single_spaces() -> None:
    assert clauses("x = [  Số   hồ sơ ]") == "  x = [Số hồ sơ]\n"


def test_the_authors_spelling_and_first_letter_of_a_keyword_are_kept() -> None:
    text = "ĐẶT x = Tổng Số Điểm\nThiếu Minh Chứng: 0 điểm"
    assert clauses(text) == "  Đặt x = Tổng số điểm\n  Thiếu minh chứng: 0 điểm\n"


@pytest.mark.parametrize("written", ["23-11-2022", "23/11/2022", "ngày 23 tháng 11 năm 2022"])
def test_dates_are_written_with_slashes(written: str) -> None:
    assert formatted(f"Quyết định 1/QĐ\nNgày ban hành: {written}") == ("Quyết định 1/QĐ\n  Ngày ban hành: 23/11/2022\n")


def test_a_date_that_is_none_stays_for_the_reader_to_see_and_is_not_translated() -> None:
    syntax = syntax_of("Quyết định 1/QĐ\nNgày ban hành: 31/02/2022")
    assert "31/02/2022" in print_file(syntax)
    with pytest.raises(ValueError, match="no-such-day"):
        print_file(syntax, "en")


def test_a_number_of_the_other_dialect_is_not_translated_into_a_right_one() -> None:
    syntax = syntax_of(_HEAD + "x = 1.5")
    with pytest.raises(ValueError, match="other-dialect"):
        print_file(syntax, "en")


def test_any_bullet_and_minus_is_printed_plain() -> None:
    assert clauses("Theo x:\n• −1: 1 điểm\n– còn lại: 0 điểm") == (
        "  Theo x:\n    - -1: 1 điểm\n    - còn lại: 0 điểm\n"
    )


def test_labels_keep_what_stands_before_their_last_colon() -> None:
    assert clauses("Chọn một:\n-  Mức 1:  tốt : 2 điểm") == "  Chọn một:\n    - Mức 1:  tốt: 2 điểm\n"


def test_empty_lines_are_kept_at_most_one_in_a_row_and_none_at_the_ends() -> None:
    assert formatted('\n\nThang điểm a "A": 10 điểm\n\n\n\nx = 1\n\n\n') == f"{_HEAD}\n  x = 1\n"


def test_an_empty_file_stays_empty() -> None:
    assert formatted(" \n\n") == ""


def test_comments_stay_where_they_stand() -> None:
    text = _HEAD + "# trước\nx = 1     #  cuối dòng  \n   # sau cùng"
    assert formatted(text) == f"{_HEAD}  # trước\n  x = 1  #  cuối dòng\n# sau cùng\n"


def test_a_file_of_comments_is_kept() -> None:
    assert formatted("  # một\n\n\n # hai") == "# một\n\n# hai\n"


def test_other_line_ends_and_composed_letters_and_a_byte_order_mark_become_usual() -> None:
    text = unicodedata.normalize("NFD", _FILES["items"]).replace("\n", "\r\n")
    source, _ = read_source("a.rubric", b"\xef\xbb\xbf" + text.encode())
    assert source is not None
    syntax, _ = parse(source)
    assert syntax is not None
    assert print_file(syntax) == _FILES["items"]


def test_a_file_with_unreadable_lines_is_refused() -> None:
    syntax, diagnostics = parse(source_of(_HEAD + "đây không phải là luật"))
    assert diagnostics
    assert syntax is not None
    with pytest.raises(ValueError, match="could not be read"):
        print_file(syntax)


def test_an_unknown_dialect_is_refused() -> None:
    with pytest.raises(ValueError, match="no such dialect"):
        print_file(syntax_of(_HEAD), "fr")


# --- translation


def test_numbers_and_dates_take_the_form_of_the_other_dialect() -> None:
    text = _HEAD + "x = 1.234,5 + 12,50 + 1000\nKhi [a] đến hết 31/05 năm đánh giá, điểm = 05/06/2024"
    assert translated(text, "en").splitlines()[3:] == [
        "  x = 1,234.5 + 12.50 + 1000",
        "  When [a] until 05-31 of the assessment year, points = 2024-06-05",
    ]


def test_english_says_point_after_one() -> None:
    text = 'Thang điểm a "A": 1 điểm\nLàm tròn: đến 1 chữ số thập phân, lên\nx = 1,5 điểm'
    english = translated(text, "en")
    assert english.splitlines()[2:] == [
        'Scale a "A": 1 point',
        "  Rounding: to 1 decimal, up",
        "  x = 1.5 points",
    ]
    assert formatted(english.replace("1 point", "1 points")) == english


@pytest.mark.parametrize(
    "text",
    [
        _HEAD,
        "# ngôn ngữ: vi\n" + _HEAD,
        "# ghi chú\n\n# ngôn ngữ: vi\n" + _HEAD,
        "# ghi chú\n# language: vi\n\n" + _HEAD,
        "# ghi chú\n" + _HEAD,
        "",
    ],
)
def test_the_comment_that_names_the_dialect_comes_back_as_it_was(text: str) -> None:
    assert formatted(text) == text
    english = translated(text, "en")
    assert syntax_of(english).dialect == "en"
    assert translated(english, "vi") == text


@pytest.mark.parametrize(
    "text",
    [
        '# language: en\n\nScale a "A": 10 points\n',
        '# ngôn ngữ: en\nScale a "A": 10 points\n',
        '# a comment\n# language: en\n\nScale a "A": 10 points\n',
    ],
)
def test_an_english_file_comes_back_as_it_was(text: str) -> None:
    assert formatted(text) == text
    vietnamese = translated(text, "vi")
    assert syntax_of(vietnamese).dialect == "vi"
    assert translated(vietnamese, "en") == text


def test_an_english_file_is_told_so_when_formatted() -> None:
    assert formatted("Decision 1/QĐ\n# LANGUAGE:en\n") == "# language: en\n\nDecision 1/QĐ\n# LANGUAGE:en\n"
    assert formatted("#LANGUAGE:EN\nDecision 1/QĐ\n") == "# language: en\n\nDecision 1/QĐ\n"
