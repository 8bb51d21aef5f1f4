"""Vietnamese keys: which texts are the same name, which is next in a dictionary, which letters deceive."""

from itertools import pairwise
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thangdiem.dsl.letters import collation_key, fold, hidden_controls, look_alikes, toneless

VIETNAMESE = st.text(
    st.sampled_from("aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấầẩẫậéèẻẽẹốồổỗộớờởỡợứừửữựýỳỷỹỵ ĐÀÁ12,.")
    | st.sampled_from("\u0300\u0301\u0302\u0323\u031b ðÐƉɖßİ")
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hòa", "hoà"),
        ("Khánh Hòa", "KHÁNH HOÀ"),
        ("khỏe", "khoẻ"),
        ("thủy", "thuỷ"),
        ("qúy", "quý"),
        ("của", "cuả"),
        ("Tổng  số\u00a0điểm", " tổng số\tđiểm "),
        ("Ðiều", "Điều"),
        ("Ɖiều", "điều"),
        ("ðiều", "ĐIỀU"),
        (normalize("NFD", "Sở Nội vụ"), "Sở Nội vụ"),
    ],
)
def test_two_spellings_of_one_name_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("tỷ", "tỉ"),
        ("hoa", "hoà"),
        ("hoá", "hoà"),
        ("da", "đa"),
        ("tu", "tư"),
        ("a b", "ab"),
        ("hòa á", "hoa á"),
    ],
)
def test_different_words_do_not_fold_alike(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(VIETNAMESE | st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text)
    assert fold(once) == once


def test_toneless_drops_every_mark_and_the_bar_of_đ() -> None:
    assert toneless("Được giải quyết ĐÚNG hạn: Thuỷ, Hoà, Ưu, Ặ") == "duoc giai quyet dung han: thuy, hoa, uu, a"


@given(VIETNAMESE)
def test_toneless_is_ascii_for_vietnamese_and_ignores_tone_placement(text: str) -> None:
    without = text.replace("İ", "").replace("ß", "")
    assert toneless(without).isascii()
    assert toneless(fold(without)) == toneless(without)


@pytest.mark.parametrize(
    "ascending",
    [
        ["a", "à", "ả", "ã", "á", "ạ", "ă", "ằ", "ẳ", "ẵ", "ắ", "ặ", "â", "ầ", "ẩ", "ẫ", "ấ", "ậ", "b"],
        ["c", "d", "đ", "e", "ê", "g", "n", "o", "ô", "ơ", "p", "t", "u", "ư", "v", "x", "y"],
        ["ba mươi", "bà cụ", "bả", "bã", "bá", "bạ", "bao", "băng"],
        ["Hà Giang", "Hà Nam", "Hà Nội", "Hải Dương", "Hải Phòng", "Hậu Giang"],
        ["Quận 2", "Quận 10", "Quận Ba Đình"],
        ["Da", "Đà Nẵng", "đã", "Đắk Lắk"],
    ],
)
def test_the_order_is_that_of_a_vietnamese_dictionary(ascending: list[str]) -> None:
    assert all(collation_key(first) < collation_key(second) for first, second in pairwise(ascending))


@given(st.text(), st.text())
def test_any_two_texts_have_an_order_and_only_equal_texts_share_a_place(one: str, other: str) -> None:
    first, second = collation_key(one), collation_key(other)
    assert (first < second) + (second < first) + (first == second) == 1
    unified = [normalize("NFC", text).translate(str.maketrans("ÐƉðɖ", "ĐĐđđ")) for text in (one, other)]
    assert (first == second) == (unified[0] == unified[1])


def test_composed_and_decomposed_text_have_one_place() -> None:
    assert collation_key(normalize("NFD", "Trường Sơn")) == collation_key("Trường Sơn")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ðiều 5", ((0, "Ð", "Đ"),)),
        ("Ɖiều, ðiểm", ((0, "Ɖ", "Đ"), (6, "ð", "đ"))),
        ("lоại tốt", ((1, "о", "o"),)),
        ("loại \u0410", ((5, "\u0410", "A"),)),
        ("\u039dhóm", ((0, "\u039d", "N"),)),
        ("Điều 5, loại A", ()),
        ("theo Москва", ()),
        ("Мы о том", ()),
        ("hệ số α, β", ()),
    ],
)
def test_letters_that_only_look_latin_are_found_with_the_letter_meant(
    text: str, found: tuple[tuple[int, str, str], ...]
) -> None:
    assert look_alikes(text) == found


@given(st.text())
def test_look_alikes_point_at_the_letters_they_name(text: str) -> None:
    assert all(text[index] == char and meant != char for index, char, meant in look_alikes(text))


@pytest.mark.parametrize(
    ("char", "named"),
    [
        ("\u202e", "U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("\u2066", "U+2066 LEFT-TO-RIGHT ISOLATE"),
        ("\u2028", "U+2028 LINE SEPARATOR"),
        ("\u200f", "U+200F RIGHT-TO-LEFT MARK"),
        ("\x07", "U+0007"),
        ("\x85", "U+0085"),
        ("\U000e0041", "U+E0041 TAG LATIN CAPITAL LETTER A"),
    ],
)
def test_a_hidden_control_is_named(char: str, named: str) -> None:
    assert hidden_controls(f"loại{char} tốt") == ((4, char, named),)


def test_tabs_line_ends_and_visible_text_are_no_hidden_controls() -> None:
    assert hidden_controls("Loại “tốt”:\t≥ 80%\r\n– Đạt…\n") == ()
