"""Cases in Markdown: rules, what is edited in them, and the orders that are drafted to lead from the one to the other.

``pytest --accept`` writes the orders into the fence ``draft``. An ``edit`` has the former words, ``=>``, the later
ones. Whatever the orders, carried out they come to the later text.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dsl.amendments.amended import amendment_of, plain
from thangdiem.dsl.amendments.consolidation import consolidate
from thangdiem.dsl.amendments.drafting import draft_amendment
from thangdiem.dsl.checker import check, check_text
from thangdiem.dsl.parser import parse
from thangdiem.dsl.rulebook import Rulebook
from thangdiem.dsl.source import source_of

CASES = sorted((Path(__file__).parent / "drafts").glob("*.md"))
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def texts(page: str) -> tuple[str, str]:
    """The earlier and the later rules of a page."""
    text = old = next(fence[2] for fence in FENCE.finditer(page) if fence[1] == "rubric")
    for fence in FENCE.finditer(page):
        if fence[1] == "edit":
            before, _, after = fence[2].partition("=>\n")
            if before not in text:  # a part of a line
                before, after = before.rstrip("\n"), after.rstrip("\n")
            assert before in text, before
            text = text.replace(before, after)
    return old, text


def book_of(text: str) -> Rulebook:
    book = check_text(text).book
    assert book is not None
    return book


def drafted(old: str, new: str) -> str:
    """The orders; carried out, they come to the later text."""
    base, wanted = book_of(old), book_of(new)
    draft = draft_amendment(base, wanted)
    syntax, _ = parse(source_of(old))
    assert syntax is not None
    text = consolidate(syntax, base.document, amendment_of(old, draft.text).clauses)
    made = check(text.source).book
    assert made is not None
    assert plain(made) == plain(wanted)
    return "".join(f"{order}\n" for order in draft.orders)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_each_difference_is_ordered_as_the_case_says(path: Path, accept: bool) -> None:
    page = path.read_text(encoding="utf-8")
    orders = drafted(*texts(page))
    found = FENCE.sub(lambda it: f"```draft\n{orders}```" if it[1] == "draft" else it[0], page)
    if accept:
        path.write_text(found, encoding="utf-8")
    else:
        assert found == page
