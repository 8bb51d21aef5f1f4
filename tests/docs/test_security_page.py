"""Each test the page on security names is there, in the file it is said to be in."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
ROWS = [line.rsplit("|", 2)[-2] for line in PAGE.splitlines() if line.startswith("| ") and "held by" not in line]
LINK = re.compile(r"\[`(test_\w+\.py)`\]\(\.\./(tests/[\w/]+\.py)\)")


def functions_of(path: Path) -> set[str]:
    return {node.name for node in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(node, ast.FunctionDef)}


def test_every_threat_is_held_by_a_test_that_is_there() -> None:
    assert len(ROWS) > 15
    for row in ROWS:
        first, *parts = re.split(r"(?=\[`test_)", row)
        assert not first.strip()
        assert parts
        for part in parts:
            link = LINK.match(part)
            assert link is not None, part
            assert link[2].endswith(link[1])
            names = set(re.findall(r"`(test_\w+)`", part[link.end() :]))
            assert names, part
            assert names <= functions_of(ROOT / link[2]), names - functions_of(ROOT / link[2])
