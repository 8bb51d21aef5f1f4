"""Every page about a diagnostic code shows a file that has the fault and one that has not."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from thangdiem.dsl.checker import check
from thangdiem.dsl.diagnostic import Diagnostic, catalogue
from thangdiem.dsl.source import read_source

PAGES = Path(__file__).parents[2] / "docs" / "diagnostics"
FENCE = re.compile(r"^```rubric\n(.*?)^```$", re.MULTILINE | re.DOTALL)
OF_THE_TEXT = range(13, 100)
OF_RULE_FILES = range(400)


def rubric_pages() -> list[Path]:
    """Pages about rule files; those about data, results and commands show other things too."""
    pages = [page for page in PAGES.glob("TD*.md") if int(page.stem[2:]) in OF_RULE_FILES]
    return sorted(page for page in pages if FENCE.search(page.read_text(encoding="utf-8")))


@cache
def findings(text: str) -> tuple[Diagnostic, ...]:
    source, found = read_source("page.rubric", text.encode())
    return found if source is None else (*found, *check(source).diagnostics)


def codes(text: str) -> set[str]:
    return {found.code for found in findings(text)}


@pytest.mark.parametrize("page", rubric_pages(), ids=lambda page: page.stem)
def test_the_wrong_file_has_the_fault_and_the_right_file_has_not(page: Path) -> None:
    wrong, right = FENCE.findall(page.read_text(encoding="utf-8"))
    assert page.stem in codes(wrong)
    assert page.stem not in codes(right)


@pytest.mark.parametrize(
    "page", [page for page in rubric_pages() if int(page.stem[2:]) in OF_THE_TEXT], ids=lambda page: page.stem
)
def test_the_wrong_file_has_no_other_slip_and_the_right_file_is_free_of_errors(page: Path) -> None:
    wrong, right = FENCE.findall(page.read_text(encoding="utf-8"))
    slips = {found.code for found in findings(wrong) if int(found.code[2:]) in OF_THE_TEXT}
    assert slips == {page.stem}
    assert [found.message("en") for found in findings(right) if found.severity.value == "error"] == []


@pytest.mark.parametrize("page", sorted(PAGES.glob("TD*.md")), ids=lambda page: page.stem)
def test_a_page_has_its_parts_and_its_code_is_in_the_catalogue(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert page.stem in catalogue()
    assert re.match(rf"# {page.stem} — .+ / .+\n\n\S", text)
    assert text.index("## Sai / Wrong") < text.index("## Vì sao / Why")
    assert re.search(r"^```\w+", text, re.MULTILINE)


def test_every_code_about_the_text_has_its_page() -> None:
    numbered = {code for code in catalogue() if re.fullmatch(r"TD\d{3}", code)}
    of_the_text = {code for code in numbered if int(code[2:]) in OF_THE_TEXT}
    assert of_the_text <= {page.stem for page in PAGES.glob("TD*.md")}
