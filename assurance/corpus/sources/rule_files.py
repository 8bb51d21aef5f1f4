"""Rule files that stand by themselves in: known schemes, patterns, what ships; a case for each out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from assurance.corpus.case import Case
from assurance.corpus.content import content_of

FOLDERS = {"schemes": "tests/rules/schemes", "patterns": "tests/rules", "every-form": "tests/dsl/corpus"}
SHIPPED = ("cvss-3.1", "hau-giang-1949")


def cases(root: Path) -> Iterator[Case]:
    """Each with its examples."""
    for construct, folder in FOLDERS.items():
        for path in sorted((root / folder).glob("*.rubric")):
            yield _case(root, path, construct)
    for name in SHIPPED:
        for path in sorted((root / "rules" / name).glob("*.rubric")):
            yield _case(root, path, "shipped")


def _case(root: Path, path: Path, construct: str) -> Case:
    files = {path.name: content_of(path.read_text(encoding="utf-8"))}
    source = str(path.relative_to(root))
    return Case(construct, f"{construct}/{path.stem}", path.stem, files, {"rules": path.name}, source)
