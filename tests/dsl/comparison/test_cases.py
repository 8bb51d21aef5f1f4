"""Cases in Markdown: what is edited in ``tests/rules/patterns.rubric``, and every change that is told of it.

A page with a fence ``rubric`` edits those rules instead. ``pytest --accept`` writes what comes out into the fence
``changes``. An ``edit`` has the former words, ``=>``, the later ones.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from thangdiem.dsl.checker import check_text
from thangdiem.dsl.comparison import Change, Side, compare
from thangdiem.engine.differences.touching import touching
from thangdiem.engine.explanation.phrases import phrases

CASES = sorted((Path(__file__).parent / "cases").glob("*.md"))
RULES = (Path(__file__).parents[2] / "rules" / "patterns.rubric").read_text(encoding="utf-8")
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def come_out(page: str) -> str:
    rules = text = next((fence[2] for fence in FENCE.finditer(page) if fence[1] == "rubric"), RULES)
    for fence in FENCE.finditer(page):
        if fence[1] == "edit":
            before, _, after = fence[2].partition("=>\n")
            if before not in text:  # a part of a line
                before, after = before.rstrip("\n"), after.rstrip("\n")
            assert before in text, before
            text = text.replace(before, after)
    old, new = (check_text(each).book for each in (rules, text))
    assert old is not None
    assert new is not None
    return "".join(f"{shown(change)}\n" for change in compare(old, new).changes)


def shown(change: Change) -> str:
    """``threshold 2.1 (…): 80% => 85%``, and whom it touches."""
    parts = f" ({'; '.join(change.parts)})" if change.parts else ""
    about = change.subject.key or change.subject.form.value
    sides = f"{words(change.old)} => {words(change.new)}"
    follows = f"\n  with it: {'; '.join(change.follows)}" if change.follows else ""
    return f"{change.kind.value} {about}{parts}: {sides}\n  {touching(change, phrases('en'))}{follows}"


def words(side: Side | None) -> str:
    return "nothing" if side is None else side.text.splitlines()[0] if side.text else "so"


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_change_is_told_as_the_case_says(path: Path, accept: bool) -> None:
    page = path.read_text(encoding="utf-8")
    found = FENCE.sub(lambda it: f"```changes\n{come_out(page)}```" if it[1] == "changes" else it[0], page)
    if accept:
        path.write_text(found, encoding="utf-8")
    else:
        assert found == page
