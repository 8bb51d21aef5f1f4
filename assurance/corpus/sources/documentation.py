"""The rule files that the documentation shows in; a case for each, and one for each folder, out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from assurance.corpus.case import Case
from assurance.corpus.content import content_of
from assurance.corpus.sources.fences import Fence, fences
from assurance.corpus.sources.markdown import RULES


def cases(root: Path) -> Iterator[Case]:
    """Files by themselves; files with names make one folder of the page."""
    docs = root / "docs"
    for page in sorted(docs.rglob("*.md")):
        if page.parent.name == "diagnostics":
            continue
        text = page.read_text(encoding="utf-8")
        shown = [fence for fence in fences(text) if fence.language == "rubric"]
        name, source = page.stem, str(page.relative_to(root))
        alone = [fence for fence in shown if not fence.info.endswith(".rubric")]
        for number, fence in enumerate(alone, 1):
            about = _heading(text, fence)
            files = {RULES: content_of(fence.text)}
            yield Case(f"docs-{name}", f"docs/{name}/{number}", about, files, {"rules": RULES}, source)
        named = {Path(fence.info).name: content_of(fence.text) for fence in shown if fence.info.endswith(".rubric")}
        if named:
            yield Case(f"docs-{name}", f"docs/{name}/folder", "The files of the page", named, {"rules": "."}, source)


def _heading(text: str, fence: Fence) -> str:
    """The nearest heading above a block."""
    above = text[: fence.start].splitlines()
    return next((line.lstrip("#").strip() for line in reversed(above) if line.startswith("#")), "")
