"""The guide for auditors and the reference of explanations say what the program really shows."""

import re

import pytest

from explained import recomputed, scored
from pages import DOCS, fences, read_page
from thangdiem.engine import sandbox
from thangdiem.engine.explanation import ROLES, explain

GUIDE = DOCS / "huong-dan" / "kiem-toan.md"
REFERENCE = DOCS / "reference" / "explanations.md"
LINES = [line for fence in fences(GUIDE, "text") for line in fence.text.splitlines()]


def shown() -> str:
    (rules,) = fences(GUIDE, "rubric")
    results = scored(rules.text)
    return " ".join(explain(results, results.units[0]).to_text().split())


@pytest.fixture(scope="module")
def rendering() -> str:
    return shown()


@pytest.mark.parametrize("line", LINES)
def test_every_line_of_the_worked_example_is_really_shown(line: str, rendering: str) -> None:
    assert line in re.sub(r" \([^()]*(?:dòng|ô) [A-Z]?\d+\)", "", rendering)


def test_every_calculation_of_the_guide_is_right() -> None:
    pairs = [pair for line in LINES for pair in recomputed(line.split(": ", 1)[-1].split(": ")[-1])]
    assert len(pairs) >= 5
    assert all(one == other for one, other in pairs)


def test_the_reference_names_every_role_filter_and_bound() -> None:
    text = read_page(REFERENCE)
    assert [role for role in ROLES if f"`{role}`" not in text] == []
    named = set(re.findall(r"`(\w+)(?:\([^)]*\))?`", text.split("| filters |")[1].split("\n")[0]))
    assert named == set(sandbox.sandbox("html", None).filters)
    for bound in (sandbox.LARGEST_TEMPLATE, sandbox.MOST_STEPS, sandbox.MOST_CHARACTERS):
        assert f"{bound:,}" in text
