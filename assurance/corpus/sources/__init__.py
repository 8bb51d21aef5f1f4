"""The places where people write in, the cases of the corpus they give, without answers, out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from assurance.corpus.case import Case
from assurance.corpus.sources import amendments, damaged, documentation, markdown, pages, rule_files, slips, written

SOURCES = (markdown, amendments, slips, damaged, pages, documentation, rule_files, written)
"""Each has ``cases``: the root of the checkout in, its cases in their order out."""


def cases(root: Path) -> Iterator[Case]:
    """Every case."""
    return chain.from_iterable(source.cases(root) for source in SOURCES)
