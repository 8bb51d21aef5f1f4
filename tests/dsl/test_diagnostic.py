"""Findings in words, from the catalogue: every code stands there once, and values are shown as people write them."""

from __future__ import annotations

import pytest

from thangdiem.dsl import diagnostic
from thangdiem.dsl.diagnostic import catalogue, entry, fill


def test_a_code_that_is_not_in_the_catalogue_is_a_bug() -> None:
    with pytest.raises(KeyError, match="TD999"):
        entry("TD999")


def test_a_code_that_stands_twice_in_the_catalogue_is_a_bug(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diagnostic, "_parts", lambda: ('[TD001]\nvi = "a"\n', '[TD001]\nvi = "b"\n'))
    with pytest.raises(ValueError, match="TD001 stands twice"):
        catalogue.__wrapped__()


def test_yes_and_no_are_written_in_words() -> None:
    assert fill("{one} {other}", {"one": True, "other": False}, "vi") == "có không"
    assert fill("{one} {other}", {"one": True, "other": False}, "en") == "yes no"
