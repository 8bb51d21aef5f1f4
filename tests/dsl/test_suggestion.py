"""Suggestions: the nearest names first, tones aside, and none where none is near."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thangdiem.dsl.suggestion import LONGEST_WORD, MOST_CANDIDATES, _Slips, closest

UNITS = ("Sở Tư pháp", "Sở Tài chính", "Sở Y tế", "Sở Nội vụ", "Thanh tra tỉnh")


@pytest.mark.parametrize(
    ("word", "candidates", "expected"),
    [
        ("So tu phap", UNITS, ("Sở Tư pháp",)),
        ("Sở Tư fáp", UNITS, ("Sở Tư pháp",)),
        ("Sở Nôị vụ", UNITS, ("Sở Nội vụ",)),
        ("SỞ TÀI CHÁNH", UNITS, ("Sở Tài chính",)),
        ("thanh tar tinh", UNITS, ("Thanh tra tỉnh",)),
        ("Công an", UNITS, ()),
        ("", UNITS, ()),
        ("duong", ("đường", "dượng", "duộng"), ("duộng", "dượng", "đường")),
        ("tốt", ("tột", "tót", "tốt "), ("tốt ", "tột", "tót")),
        ("x", ("y", "z"), ()),
        ("tỉ lệ", ("tỷ lệ",), ("tỷ lệ",)),
    ],
)
def test_what_was_meant_comes_first(word: str, candidates: tuple[str, ...], expected: tuple[str, ...]) -> None:
    assert closest(word, candidates) == expected


def test_no_more_than_asked_for_and_each_once() -> None:
    assert closest("điểm 1", ["điểm 2", "điểm 2", "điểm 3", "điểm 4"], most=2) == ("điểm 2", "điểm 3")


def test_asking_for_none_gives_none() -> None:
    assert closest("điểm 1", ["điểm 1"], most=0) == ()


def test_long_words_and_endless_candidates_are_cut_off() -> None:
    def endless():  # type: ignore[no-untyped-def]
        seen = 0
        while True:
            seen += 1
            assert seen <= MOST_CANDIDATES
            yield "b" * 20

    assert closest("a" * 1_000_000, endless()) == ()
    assert closest("a" * 1_000_000, ["a" * LONGEST_WORD]) == ("a" * LONGEST_WORD,)


def plain_distance(one: str, other: str) -> int:
    """The optimal string alignment distance by its definition."""
    table = {(row, -1): row + 1 for row in range(-1, len(one))} | {(-1, col): col + 1 for col in range(-1, len(other))}
    for row, left in enumerate(one):
        for col, right in enumerate(other):
            best = min(table[row - 1, col] + 1, table[row, col - 1] + 1, table[row - 1, col - 1] + (left != right))
            if row and col and left == other[col - 1] and one[row - 1] == right:
                best = min(best, table[row - 2, col - 2] + 1)
            table[row, col] = best
    return table[len(one) - 1, len(other) - 1]


WORDS = st.text("abc", max_size=12)


@given(WORDS.filter(bool), WORDS)
def test_slips_are_counted_as_the_definition_says(one: str, other: str) -> None:
    assert _Slips(one).to(other) == plain_distance(one, other)


@given(WORDS.filter(bool), WORDS, st.integers(0, 5))
def test_the_quick_refusal_never_refuses_what_is_near(one: str, other: str, allowed: int) -> None:
    if _Slips(one).surely_over(other, allowed):
        assert plain_distance(one, other) > allowed
