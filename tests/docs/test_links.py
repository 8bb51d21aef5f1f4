"""Every link between pages of the documentation leads somewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from pages import DOCS, anchors, links, pages

OUTSIDE = ("http://", "https://", "mailto:")


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(DOCS)))
def test_every_link_of_a_page_resolves(page: Path) -> None:
    assert [link for link in links(page) if not link.startswith(OUTSIDE) and not _resolves(page, link)] == []


def _resolves(page: Path, link: str) -> bool:
    path, _, anchor = link.partition("#")
    target = (page.parent / path).resolve() if path else page
    if not target.exists():
        return False
    return not anchor or anchor in anchors(target)


def test_every_page_is_reached_from_the_index() -> None:
    reached = {DOCS / "README.md"}
    waiting = [DOCS / "README.md"]
    while waiting:
        page = waiting.pop()
        for link in links(page):
            if link.startswith(OUTSIDE):
                continue
            target = (page.parent / link.partition("#")[0]).resolve()
            found = sorted(target.glob("*.md")) if target.is_dir() else [target]
            fresh = [each for each in found if each.suffix == ".md" and each.exists() and each not in reached]
            reached.update(fresh)
            waiting.extend(each for each in fresh if DOCS in each.parents)
    assert set(pages()) - reached == set()
