"""Every page about data says what triggers its code, and what does not."""

import re
from pathlib import Path

import pytest

from thangdiem.dsl.diagnostic import catalogue

PAGES = Path(__file__).parents[2] / "docs" / "diagnostics"
CODES = sorted(code for code in catalogue() if re.fullmatch("TD4[0-9][0-9]", code))
FENCE = re.compile(r"```(rubric|csv|json|text)\n(.*?)\n```", re.DOTALL)


@pytest.mark.parametrize("code", CODES)
def test_a_page_says_what_triggers_its_code(code: str) -> None:
    page = (PAGES / f"{code}.md").read_text(encoding="utf-8")
    assert page.startswith(f"# {code} — ")
    parts = re.split(r"^## .*$", page, flags=re.MULTILINE)
    assert re.findall(r"^## (.*)$", page, re.MULTILINE) == ["Sai / Wrong", "Đúng / Right", "Vì sao / Why"]
    wrong, right = dict(FENCE.findall(parts[1])), dict(FENCE.findall(parts[2]))
    wrong.pop("rubric", None)
    (_, data), (_, mended) = *wrong.items(), *right.items()
    assert data != mended
