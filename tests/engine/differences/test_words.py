"""The words of two texts: nothing is lost, and only what the other has not is marked."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from thangdiem.engine.differences.parts import Words
from thangdiem.engine.differences.words import marked

TEXTS = st.text("ab điểm 12,5%", max_size=30)


def test_figures_and_percentages_are_words() -> None:
    old, new = marked("từ 80% đến dưới 12,5 điểm", "từ 85% đến dưới 12,5 điểm")
    assert old == (Words("từ ", False), Words("80%", True), Words(" đến dưới 12,5 điểm", False))
    assert new == (Words("từ ", False), Words("85%", True), Words(" đến dưới 12,5 điểm", False))


def test_a_text_without_a_counterpart_is_changed_as_a_whole() -> None:
    assert marked("", "Điều 1") == ((), (Words("Điều 1", True),))
    assert marked("Điều 1", "") == ((Words("Điều 1", True),), ())


@given(TEXTS, TEXTS)
def test_every_word_stays_and_what_is_not_marked_is_the_same(old: str, new: str) -> None:
    one, other = marked(old, new)
    assert ("".join(run.text for run in one), "".join(run.text for run in other)) == (old, new)
    kept = ["".join(run.text for run in side if not run.changed) for side in (one, other)]
    assert kept[0] == kept[1]


def test_texts_too_long_to_be_compared_word_by_word_are_changed_as_a_whole() -> None:
    old, new = "a " * 3000, "b " * 3000
    assert marked(old, new) == ((Words(old, True),), (Words(new, True),))
