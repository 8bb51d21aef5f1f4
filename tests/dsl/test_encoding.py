"""Reading bytes: Unicode with or without a mark, old encodings named, documents and binaries refused."""

from unicodedata import normalize

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from thangdiem.dsl.diagnostic import Diagnostic
from thangdiem.dsl.encoding import _TCVN3, _VISCII, _VNI_LETTERS, _VNI_MARKS, decode, legacy_encoding

SENTENCE = "Quyết định về việc ban hành Bộ tiêu chí đánh giá, xếp loại các cơ quan, đơn vị; tổng số điểm dưới 50"


def in_table(table: str, text: str) -> bytes:
    return bytes(table.index(char) for char in text)


def in_vni(text: str) -> bytes:
    marks = {marks: char for char, marks in _VNI_MARKS.items()}
    letters = {meant: char for char, meant in _VNI_LETTERS.items()}
    written = ""
    for char in normalize("NFC", text.lower()):
        plain, *rest = normalize("NFD", char)
        tone = "".join(mark for mark in rest if mark not in "\u031b")
        base = normalize("NFC", plain + "".join(mark for mark in rest if mark == "\u031b"))
        mark = "".join(sorted(tone, key=lambda each: each not in "\u0302\u0306"))
        written += letters.get(char) or letters.get(base, base) + (marks[mark] if mark else "")
    return written.encode("latin-1")


def in_cp1258(text: str) -> bytes:
    """Letters with their quality composed, tones as marks behind them: what Windows writes."""
    written = ""
    for char in text:
        plain, *rest = normalize("NFD", char)
        quality = "".join(mark for mark in rest if mark in "\u0302\u0306\u031b")
        written += normalize("NFC", plain + quality) + "".join(mark for mark in rest if mark not in quality)
    return written.encode("cp1258")


LEGACY = {
    "TCVN3": in_table(_TCVN3, SENTENCE.replace("Q", "q").replace("B", "b")),
    "VISCII": in_table(_VISCII, SENTENCE),
    "VNI": in_vni(SENTENCE),
    "cp1258": in_cp1258(SENTENCE),
}


def test_known_words_have_the_bytes_the_old_encodings_give_them() -> None:
    assert in_table(_TCVN3, "điểm") == b"\xae\x69\xd3\x6d"
    assert in_table(_VISCII, "điểm") == b"\xf0\x69\xac\x6d"
    assert len(_TCVN3) == len(_VISCII) == 256
    assert in_vni("điểm") == "ñieåm".encode("latin-1")
    assert in_cp1258("điểm") == b"\xf0i\xea\xd2m"


@pytest.mark.parametrize("encoding", LEGACY)
def test_an_old_encoding_is_named(encoding: str) -> None:
    found = decode("cu.rubric", LEGACY[encoding])
    assert isinstance(found, Diagnostic)
    assert found.code == "TD003"
    assert found.arguments["encoding"] == encoding
    assert encoding in found.message("vi")


@pytest.mark.parametrize(
    "data", [b"", b"plain", "Điều 1".encode(), b"\xff\x80\x91", "café à la carte, naïve".encode("cp1252")]
)
def test_other_bytes_are_no_old_vietnamese_encoding(data: bytes) -> None:
    assert legacy_encoding(data) is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_is_read_with_and_without_a_byte_order_mark(encoding: str) -> None:
    assert decode("a", SENTENCE.encode(encoding)) == SENTENCE


def test_big_endian_utf16_with_a_mark_is_read() -> None:
    assert decode("a", b"\xfe\xff" + SENTENCE.encode("utf-16-be")) == SENTENCE


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_byte_that_is_no_utf8_is_shown_in_its_line(mark: bytes) -> None:
    found = decode("a", mark + "Điều 1\r\nđiểm 😀".encode() + b"\xff\xfe" + b" x\ny")
    assert isinstance(found, Diagnostic)
    assert found.code == "TD004"
    assert found.arguments["byte"] == len(mark) + len("Điều 1\r\nđiểm 😀".encode()) + 1
    assert found.place is not None
    assert found.place.start is not None
    assert (found.place.start.line, found.place.start.column, found.place.start.utf16) == (1, 6, 7)
    assert found.place.line_text.startswith("điểm 😀")
    assert "\n" not in found.place.line_text


@pytest.mark.parametrize(
    "data", [b"\x00\x01\x02\xff", b"a\x00b", "a\0b".encode("utf-16"), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"]
)
def test_zero_bytes_are_no_text(data: bytes) -> None:
    found = decode("a.png", data)
    assert isinstance(found, Diagnostic)
    assert found.code == "TD005"


def test_half_a_character_of_utf16_is_refused() -> None:
    found = decode("a", "điểm".encode("utf-16")[:-1])
    assert isinstance(found, Diagnostic)
    assert (found.code, found.arguments["encoding"]) == ("TD004", "UTF-16")


@pytest.mark.parametrize("data", [b"PK\x03\x04rest", b"\xd0\xcf\x11\xe0\xa1", b"%PDF-1.7", b"{\\rtf1"])
def test_a_word_excel_or_pdf_document_is_named(data: bytes) -> None:
    found = decode("quyet-dinh.docx", data)
    assert isinstance(found, Diagnostic)
    assert found.code == "TD006"
    assert "quyet-dinh.docx" in found.message("vi")


@given(st.binary(max_size=300))
@example(b"\xef\xbb\xbf\xff")
@example(b"\xff\xfe\x00\xd8")
def test_any_bytes_give_clean_text_or_a_finding_that_can_be_shown(data: bytes) -> None:
    match decode("tệp", data):
        case str() as text:
            assert "\0" not in text
            text.encode()
        case found:
            assert found.message("vi")
            assert found.hint("en")
