"""The examples and cases of shipped rules reach every level, step, condition, limit and edge of the texts as issued."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from shutil import copy, copytree
from typing import Any

RULES = Path(__file__).parents[2] / "rules"
Run = Callable[..., Any]


def test_the_decision_and_the_published_scheme_are_covered_whole(run: Run) -> None:
    assert run("test", RULES / "hau-giang-1949", RULES / "cvss-3.1", "--coverage", "--require", "100%").code == 0


def test_both_scales_of_the_illustration_as_issued_are_covered_whole(run: Run, tmp_path: Path) -> None:
    copy(RULES / "minh-hoa" / "minh-hoa.rubric", tmp_path)
    copytree(RULES / "minh-hoa" / "cases", tmp_path / "cases", ignore=lambda *_: {"sua-doi.md"})
    ended = run("test", tmp_path, "--coverage", "--require", "100%")
    assert ended.code == 0
    assert "cấp-tỉnh: 121/121" in ended.out
    assert "cấp-huyện: 106/106" in ended.out
