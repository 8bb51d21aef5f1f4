"""Every page about data shows what triggers its code, and what does not."""

import re
from pathlib import Path

import pytest

from binding_rubrics import book
from thangdiem.dsl.diagnostic import catalogue
from thangdiem.engine.binding import bind
from thangdiem.engine.tables import read_table

PAGES = Path(__file__).parents[2] / "docs" / "diagnostics"
CODES = sorted(code for code in catalogue() if re.fullmatch("TD4[0-9][0-9]", code))
FENCE = re.compile(r"```(rubric|csv|json|text)\n(.*?)\n```", re.DOTALL)
ANY = 'Bộ tiêu chí "Bất kỳ"\n\nThang điểm tỉnh "Cấp tỉnh": 10 điểm\n  Chỉ số 2 "Hai": 10 điểm\n'


def codes(rubric: str, ending: str, data: str, whole: bool) -> set[str]:
    table, found = read_table(f"a.{ending}", data.encode())
    if table is None or not whole:
        return {one.code for one in found}
    return {one.code for one in (*found, *bind(table, book(rubric))[1])}


@pytest.mark.parametrize("code", CODES)
def test_a_page_says_what_triggers_its_code(code: str) -> None:
    page = (PAGES / f"{code}.md").read_text(encoding="utf-8")
    assert page.startswith(f"# {code} — ")
    parts = re.split(r"^## .*$", page, flags=re.MULTILINE)
    assert re.findall(r"^## (.*)$", page, re.MULTILINE) == ["Sai / Wrong", "Đúng / Right", "Vì sao / Why"]
    wrong, right = dict(FENCE.findall(parts[1])), dict(FENCE.findall(parts[2]))
    rubric = wrong.pop("rubric", ANY)
    (ending, data), (_, mended) = *wrong.items(), *right.items()
    assert data != mended
    if ending != "text":
        whole = code >= "TD450"
        assert code in codes(rubric, ending, data, whole)
        aside = {"TD484"} - {code}  # a page shows no more columns than it needs
        assert not codes(rubric, ending, mended, whole) - aside
