"""Inputs that once broke something, found by ``python -m assurance fuzz``, break nothing now.

An input stands in ``tests/fuzzed/<target>/``, as small as it could be made, under a name that says what it is.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from assurance.fuzzing.targets import target

FOUND = sorted((Path(__file__).parent / "fuzzed").glob("*/*"))


@pytest.fixture(autouse=True)
def _nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THANGDIEM_NO_CACHE", "1")


@pytest.mark.parametrize("path", FOUND, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_once_broke_something_breaks_nothing(path: Path) -> None:
    target(path.parent.name).attempt(path.read_bytes())
