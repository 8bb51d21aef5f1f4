"""The ten band sentences of the published article, pasted as they stand, are the program."""

import re
import unicodedata
from fractions import Fraction
from pathlib import Path

import pytest

from thangdiem.dsl.checker import check_bytes
from thangdiem.dsl.rulebook import Band

ARTICLE = next((Path(__file__).parents[2] / "rules" / "hau-giang-1949" / "nguon").glob("*.txt"))
SENTENCES = re.findall(r"^Loại .+$", ARTICLE.read_text(encoding="utf-8"), re.MULTILINE)
HEADS = (
    "Quyết định số 1949/QĐ-UBND\n"
    "Thang điểm cấp-tỉnh “Cấp tỉnh”: 245 điểm\n  Chỉ số 1 “Nhận thức số”: chưa rõ điểm\nXếp loại\n",
    "Thang điểm cấp-huyện “Cấp huyện”: 360 điểm\n  Chỉ số 1 “Nhận thức số”: chưa rõ điểm\nXếp loại\n",
)
EDGES = ((220, 196, 171, 122), (324, 288, 252, 180))


def pasted() -> str:
    """Both scales with their sentences as a browser gives them: empty lines and lines of one NBSP between."""
    return "".join(
        head + "\n\n\u00a0\n".join(SENTENCES[at : at + 5]) + "\n" for head, at in zip(HEADS, (0, 5), strict=True)
    )


def as_word_writes(text: str) -> str:
    return text.replace("\n", "\r\n").replace("Cơ quan, đơn vị có", "Cơ quan,\u00a0đơn vị  có\u200b")


FORMS = {
    "as it stands": pasted().encode(),
    "decomposed": unicodedata.normalize("NFD", pasted()).encode(),
    "with a mark and Windows line ends": as_word_writes(pasted()).encode("utf-8-sig"),
    "UTF-16": pasted().encode("utf-16"),
}


def test_the_article_has_ten_sentences() -> None:
    assert len(SENTENCES) == 10


@pytest.mark.parametrize("form", FORMS)
def test_pasted_sentences_are_the_bands(form: str) -> None:
    checked = check_bytes(FORMS[form], "dan.rubric")
    assert not checked.has_errors
    assert checked.book is not None
    for scale, edges in zip(checked.book.scales, EDGES, strict=True):
        bands = scale.gradings[0].bands
        assert [band.grade for band in bands] == ["xuất sắc", "tốt", "khá", "trung bình", "yếu"]
        assert [lowest(band) for band in bands] == [*map(Fraction, edges), None]
        assert {band.subject for band in bands} <= {
            "Cơ quan, đơn vị có tổng số điểm",
            "Cơ quan, đơn vị  có tổng số điểm",
        }


def lowest(band: Band) -> Fraction | None:
    assert band.within is not None
    low = band.within.low
    return None if low is None else low.value  # type: ignore[union-attr, return-value]
