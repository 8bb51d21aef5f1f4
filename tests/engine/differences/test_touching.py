"""Stretches in words, at whichever end they are open."""

from __future__ import annotations

from fractions import Fraction

import pytest

from thangdiem.dsl.comparison import Stretch
from thangdiem.engine.differences.touching import stretch_in_words
from thangdiem.engine.explanation.phrases import phrases

TWO, FIVE = Fraction(2), Fraction(5)


@pytest.mark.parametrize(
    ("stretch", "told"),
    [
        (Stretch(None, None), "bất kỳ"),
        (Stretch(TWO, None, low_text="2"), "từ 2 trở lên"),
        (Stretch(None, FIVE, high_text="5"), "từ 5 trở xuống"),
        (Stretch(FIVE, FIVE, low_text="5", high_text="5"), "bằng 5"),
        (Stretch(TWO, FIVE, low_text="2", high_text="5"), "từ 2 đến 5"),
    ],
)
def test_a_stretch_is_told_as_people_say_it(stretch: Stretch, told: str) -> None:
    assert stretch_in_words(stretch, phrases("vi")) == told
