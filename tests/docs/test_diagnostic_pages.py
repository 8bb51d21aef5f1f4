"""Every page about a code shows what has the fault and what has not, as the conformance corpus has it of the page.

What comes out of the examples is in the corpus, and the corpus is held by tests/test_conformance.py: nothing runs here.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from assurance.corpus.case import Case
from assurance.corpus.files import written_cases

from thangdiem.dsl.diagnostic import catalogue

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "docs" / "diagnostics").glob("TD*.md"))
OF_THE_TEXT = range(13, 100)
OF_DATA = range(400, 500)
SAYS_WHY = ("TD600", "TD609", "TD610", "TD614", "TD615")
"""No fault: they say why a document was taken, so the right example has them."""

ASIDE = {"TD484", "TD500"}
"""A page about data shows no more columns than it needs."""


@cache
def examples() -> dict[str, list[Case]]:
    """The cases of ``TD042/wrong``, ``TD042/right``."""
    held: dict[str, list[Case]] = {}
    for case in written_cases(ROOT):
        if re.match(r"TD\d{3}/", case.id):
            held.setdefault(case.id.partition("@")[0], []).append(case)
    return held


def codes(name: str, severity: str = "") -> set[str]:
    told = [found for case in examples().get(name, []) for found in case.expected["diagnostics"]]
    told += [case.expected["why"] for case in examples().get(name, []) if "why" in case.expected]
    return {found["code"] for found in told if severity in ("", found["severity"])}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_has_its_parts_and_its_code_is_in_the_catalogue(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert page.stem in catalogue()
    assert re.match(rf"# {page.stem} — .+ / .+\n\n\S", text)
    assert text.index("## Sai / Wrong") < text.index("## Vì sao / Why")
    assert re.search(r"^```\w+", text, re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_wrong_example_has_the_fault_and_the_right_one_has_not(page: Path) -> None:
    code, number = page.stem, int(page.stem[2:])
    wrong, right = (examples().get(f"{code}/{sort}", []) for sort in ("wrong", "right"))
    if not wrong:
        assert "```rubric" not in page.read_text(encoding="utf-8")  # written for the corpus instead
        return
    has, has_not = ("right", "wrong") if code in SAYS_WHY else ("wrong", "right")
    assert code in codes(f"{code}/{has}")
    assert code not in codes(f"{code}/{has_not}")
    assert [case.id for case in right if case.expected.get("unmet")] == []
    if number in OF_THE_TEXT:
        assert {each for each in codes(f"{code}/wrong") if int(each[2:]) in OF_THE_TEXT} == {code}
        assert codes(f"{code}/right", "error") == set()
    elif number in OF_DATA:
        assert codes(f"{code}/right") <= ASIDE
    if code in codes(f"{code}/wrong", "error"):
        assert not any(0 in case.expected.get("exits", []) for case in wrong)
    for case in right:
        assert set(case.expected.get("exits", [])) <= {0, 1, 65}  # some units or rules may still have faults
