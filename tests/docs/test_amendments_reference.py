"""The page on amending decisions is one folder of files; each decision shows the lines it takes away and brings."""

from __future__ import annotations

import re
from datetime import date, timedelta
from difflib import ndiff
from functools import cache

from pages import DOCS, fences, read_page
from rule_folders import folder
from thangdiem.dsl.library import RuleSet

PAGE = DOCS / "reference" / "amendments.md"
FENCE = re.compile(r"^```diff ([\d-]+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@cache
def story() -> RuleSet:
    return folder({each.info: each.text for each in fences(PAGE, "rubric") if each.info})


def text_on(day: date) -> str:
    """The text in force; before anything was, the first file as it was written."""
    first = story().standings[0]
    return first.book.source.text if day < first.since else story().on(day).book.source.text


def changed(day: date) -> str:
    """The lines that were there the day before and are not any more, and those there instead."""
    before, after = (text_on(each).splitlines() for each in (day - timedelta(days=1), day))
    lines = (line.rstrip() for line in ndiff(before, after) if line[0] in "+-" and line[1:].strip())
    return "".join(f"{line}\n" for line in lines)


def test_every_decision_of_the_page_changes_the_lines_it_shows(accept: bool) -> None:
    page = read_page(PAGE)
    shown = FENCE.sub(lambda found: f"```diff {found[1]}\n{changed(date.fromisoformat(found[1]))}```", page)
    if accept:
        PAGE.write_text(shown, encoding="utf-8")
    assert read_page(PAGE) == shown


def test_every_decision_is_followed_by_what_it_changes() -> None:
    page = read_page(PAGE)
    assert len(FENCE.findall(page)) == len(story().amendments)
    assert all(lines for _, lines in FENCE.findall(page))
