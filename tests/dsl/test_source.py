"""Reading a rule file: a normal form for the parser, places in the file itself, a finding for each limit."""

import hashlib
import re
from unicodedata import combining, is_normalized, normalize

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from thangdiem.dsl.diagnostic import Position, Severity
from thangdiem.dsl.normal_form import is_normal, normal_form, piled_marks
from thangdiem.dsl.parser import parse
from thangdiem.dsl.passages import compose, layout, passages_of
from thangdiem.dsl.source import LARGEST_FILE, LONGEST_LINE, Source, read_source, source_of

PIECES = [
    "Điều 5", "hòa", "ề", "e\u0302\u0300", "e\u0323\u0302", "ê\u0301", "o\u031b\u0301", "\u0301", "đ", "Đ",
    "\r\n", "\r", "\n", "\ufeff", "\xa0", "\t", "\u3000", "\u200b", "\u200d", "\u2060", "\xad",
    "“", "”", "„", "‟", "‘", '"', "😀", "漢", "\uac00", "\u1100\u1161\u11a8", "\u09c7\u09be",
    "\ufb2c", "\u212a", "1", "½", "５", "\u202e", " ", "- ",
]  # fmt: skip
PASTED = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)


def read(text: str) -> Source:
    source, _ = read_source("a.rubric", text.encode())
    assert source is not None
    return source


def offset(text: str, position: Position | None) -> int:
    """The offset of a position, found by walking the lines."""
    assert position is not None
    lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", text)
    assert len(lines[position.line][: position.column].encode("utf-16-le")) == 2 * position.utf16
    return sum(map(len, lines[: position.line])) + position.column


def melts(stretch: str, split: int) -> bool:
    """Whether a stretch means something else when it is read in two parts, or a mark is split off."""
    if combining(stretch[split]) or normal_form(stretch[split])[0] == "":
        return True
    return normal_form(stretch)[0] != normal_form(stretch[:split])[0] + normal_form(stretch[split:])[0]


def codes(data: bytes) -> list[str]:
    return [found.code for found in read_source("a.rubric", data)[1]]


@given(PASTED | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
@example("a\u0301\u200b\u0323b")
@example("e\u200b\u0301\r\u200b\nx")
def test_every_character_points_at_the_characters_that_made_it(text: str) -> None:
    source = read(text)
    covered = 0
    for index, char in enumerate(source.text):
        place = source.place(index, index + 1)
        start, end = offset(source.original, place.start), offset(source.original, place.end)
        assert start < end
        assert char in normal_form(source.original[start:end])[0]
        for split in range(start + 1, end):
            assert melts(source.original[start:end], split - start), "no wider than what made it"
        skipped = source.original[covered:start]
        assert normal_form(skipped)[0] == "", "only unseen characters make nothing"
        covered = end if start >= covered else covered
    assert normal_form(source.original[covered:])[0] == ""


@given(PASTED, st.data())
def test_a_stretch_is_from_the_start_of_its_first_to_the_end_of_its_last_character(
    text: str, data: st.DataObject
) -> None:
    source = read(text)
    start = data.draw(st.integers(0, len(source.text)))
    end = data.draw(st.integers(start, len(source.text)))
    place = source.place(start, end)
    if start == end:
        assert place.start == place.end
    else:
        assert place.start == source.place(start, start + 1).start
        assert place.end == source.place(end - 1, end).end


@given(PASTED | st.text())
def test_the_normal_form_is_its_own_normal_form(text: str) -> None:
    once, _ = normal_form(text)
    assert normal_form(once) == (once, ())
    assert is_normalized("NFC", once)


@given(PASTED)
def test_the_normal_form_is_the_plain_definition(text: str) -> None:
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    plain = re.sub("[\xad\u200b-\u200d\u2060\ufeff]", "", plain)
    plain = re.sub("[\xa0\t\u3000]", " ", re.sub("[“”„‟]", '"', plain))
    assert normal_form(text)[0] == normalize("NFC", plain)


@given(PASTED)
def test_a_text_called_normal_is_left_as_it_is(text: str) -> None:
    if is_normal(text):
        assert normal_form(text) == (text, ())


@given(st.binary(max_size=400))
def test_any_bytes_give_a_source_or_a_finding(data: bytes) -> None:
    source, diagnostics = read_source("a", data)
    assert (source is None) <= any(found.severity is Severity.ERROR for found in diagnostics)


def test_text_pasted_from_word_reads_as_typed() -> None:
    pasted = "\ufeffThang\xa0điểm “Cấp\u200b tỉnh”:\t245 điểm\r\n– Đạt: 5"
    source = read(normalize("NFD", pasted))
    assert source.text == 'Thang điểm "Cấp tỉnh": 245 điểm\n– Đạt: 5'


def test_compatibility_characters_stay_as_written() -> None:
    assert read("½ x² ５ ﬁ ① …").text == "½ x² ５ ﬁ ① …"


def test_columns_count_the_characters_and_utf16_units_of_the_file() -> None:
    source = read("a\r\n😀" + normalize("NFD", "ề") + " tốt\r\nc")
    place = source.place(source.text.index("tốt"), source.text.index("tốt") + 3)
    assert place.file == "a.rubric"
    assert place.start == Position(1, 5, 6)
    assert place.end == Position(1, 8, 9)
    assert place.line_text == "😀" + normalize("NFD", "ề") + " tốt"


def test_a_place_may_stand_behind_the_last_character() -> None:
    assert read("a\n").place(2, 2).start == Position(1, 0, 0)
    assert read("a\r\nb\u200b").place(3, 3).start == Position(1, 2, 2)
    assert read("").place(0, 0).start == Position(0, 0, 0)


def test_the_original_and_the_digest_are_those_of_the_file() -> None:
    data = b"\xef\xbb\xbf" + "Điều\r\n".encode()
    source, diagnostics = read_source("a", data)
    assert source is not None
    assert (source.original, source.text, diagnostics) == ("Điều\r\n", "Điều\n", ())
    assert source.digest == hashlib.sha256(data).hexdigest()


def test_a_file_over_the_limit_is_refused_and_one_at_the_limit_read() -> None:
    line = b"x" * 99 + b"\n"
    assert codes(line * (LARGEST_FILE // 100)) == []
    assert codes(line * (LARGEST_FILE // 100) + b"x") == ["TD001"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_line_over_the_limit_is_refused_at_its_place(end: str) -> None:
    assert codes(f"a{end}{'b' * LONGEST_LINE}{end}c".encode()) == []
    source, (found,) = read_source("a", f"a{end}{'b' * (LONGEST_LINE + 1)}{end}c".encode())
    assert source is None
    assert found.code == "TD002"
    assert found.arguments["length"] == LONGEST_LINE + 1
    assert found.place is not None
    assert found.place.start == Position(1, 0, 0)
    assert len(found.place.line_text) < 1000


def test_each_hidden_control_is_an_error_where_it_stands() -> None:
    source, found = read_source("a", "Loại\r\n\u202etốt\u2069".encode())
    assert source is not None
    assert [each.code for each in found] == ["TD007", "TD007"]
    assert [each.place.start for each in found if each.place] == [Position(1, 0, 0), Position(1, 4, 4)]
    assert "RIGHT-TO-LEFT OVERRIDE" in found[0].message("vi")


def test_from_the_twenty_first_on_hidden_controls_are_counted() -> None:
    source, found = read_source("a", ("\u202e" * 25).encode())
    assert source is not None
    assert [each.code for each in found] == ["TD007"] * 20 + ["TD008"]
    assert found[-1].arguments["count"] == 5
    assert codes(("\u202e" * 20).encode()) == ["TD007"] * 20


@pytest.mark.parametrize("between", ["", "\u200b"])
def test_marks_piled_on_one_letter_are_refused_before_they_cost_time(between: str) -> None:
    pile = ("\u0301" + between + "\u0323") * 60_000
    source, (found,) = read_source("a", f"Điều a{pile}".encode())
    assert source is None
    assert found.code == "TD009"
    assert found.place is not None
    assert found.place.start is not None
    assert found.place.start.line == 0


def test_thirty_marks_on_one_letter_are_let_be() -> None:
    assert piled_marks("é" + "\u0323\u0301" * 15) is None
    assert piled_marks("é" + "\u0323\u0301" * 15 + "\u0323") == 31


@pytest.mark.parametrize(
    ("code", "data"),
    [
        ("TD001", b"x" * (LARGEST_FILE + 1)),
        ("TD002", b"x" * (LONGEST_LINE + 1)),
        ("TD003", b"Quy\xd5t \xae\xdenh, ti\xaau ch\xdd, \xaei\xd3m"),
        ("TD004", b"\xff\x80\x91"),
        ("TD005", b"a\0b"),
        ("TD006", b"PK\x03\x04"),
        ("TD007", "\u202e".encode()),
        ("TD008", ("\u202e" * 21).encode()),
        ("TD009", ("a" + "\u0323\u0301" * 16).encode()),
    ],
)
def test_every_finding_says_in_both_languages_what_is_wrong_and_what_to_do(code: str, data: bytes) -> None:
    found = read_source("tệp.rubric", data)[1][-1]
    assert found.code == code
    assert found.place is not None
    assert found.place.file == "tệp.rubric"
    for language in ("vi", "en"):
        assert found.message(language)
        assert found.hint(language)
        assert "{" not in found.message(language) + found.hint(language)


def test_the_source_of_a_made_text_is_at_hand_and_an_unfit_text_is_misuse() -> None:
    assert source_of("Điều 1\r\n").text == "Điều 1\n"
    assert source_of("a", "b.rubric").place(0, 1).file == "b.rubric"
    with pytest.raises(ValueError, match="10"):
        source_of("x" * (LONGEST_LINE + 1))
    with pytest.raises(ValueError, match="surrogates"):
        source_of("\ud800")


def test_a_line_nobody_wrote_is_shown_where_it_stands_in_the_composed_text() -> None:
    syntax, _ = parse(source_of('Bộ tiêu chí "B"\n'))
    assert syntax is not None
    composed = compose(passages_of(syntax, "B"), "vi", "hợp nhất.rubric", tail=("# hết",))
    at = composed.text.index("# hết")
    place = composed.place(at, at + 5)
    assert (place.file, place.line_text) == ("hợp nhất.rubric", "# hết")


def test_what_is_laid_out_does_not_begin_with_an_empty_line() -> None:
    syntax, _ = parse(source_of('Bộ tiêu chí "B"\n\nThang điểm a "A": 10 điểm\n'))
    assert syntax is not None
    lines = layout(passages_of(syntax, "B")[1:], "vi")
    assert [text.strip() for text, _ in lines] == ['Thang điểm a "A": 10 điểm']
