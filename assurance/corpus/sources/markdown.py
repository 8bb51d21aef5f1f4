"""``tests/cases/CONSTRUCT/{good,bad}/*.md`` in; a case for each out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from assurance.corpus.case import Case
from assurance.corpus.content import content_of
from assurance.corpus.sources.fences import fences, title

RULES, DATA = "case.rubric", "data.csv"


def cases(root: Path) -> Iterator[Case]:
    """Each case with its rule file, and its data if it has some."""
    for path in sorted((root / "tests" / "cases").glob("*/*/*.md")):
        text = path.read_text(encoding="utf-8")
        held = {fence.language: fence.text for fence in fences(text)}
        files = {RULES: content_of(held["rubric"])}
        question = {"rules": RULES}
        if "csv" in held:
            files[DATA] = content_of(held["csv"])
            question["data"] = DATA
        construct, sort = path.parts[-3:-1]
        yield Case(
            construct, f"{construct}/{sort}/{path.stem}", title(text), files, question, str(path.relative_to(root))
        )
