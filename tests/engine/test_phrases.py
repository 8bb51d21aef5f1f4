"""Every phrase of explanations is said somewhere, and in both languages."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest

from thangdiem.dsl.rounding import Tie
from thangdiem.dsl.rulebook import Gathering, State
from thangdiem.engine.explanation.phrases import phrases
from thangdiem.engine.result import Status

ENGINE = Path(str(files("thangdiem.engine")))
WRITTEN = "".join(
    path.read_text(encoding="utf-8")
    for folder in ("differences", "documents", "explanation", "goal", "impact", "templates")
    for path in (ENGINE / folder).iterdir()
    if path.suffix in {".py", ".html", ".md", ".txt"}
)
VALUES = {each.value for kind in (Gathering, State, Status) for each in kind} | {tie.name.lower() for tie in Tie}
MADE = ("change_", "event_", "note_", "part_", "policy_", "rule_", "sealed_", "stretch_", "touches_")
"""The beginnings of the phrases whose end is a form of the rulebook."""


def is_said(key: str) -> bool:
    return key in VALUES or key.startswith(MADE) or re.search(rf"words\.{key}\b|[\"']{key}[\"']", WRITTEN) is not None


@pytest.mark.parametrize("key", phrases("vi").texts)
def test_a_phrase_is_said_somewhere(key: str) -> None:
    assert is_said(key)


def test_both_languages_have_the_same_phrases_with_the_same_arguments() -> None:
    def arguments(texts: dict[str, str]) -> dict[str, list[str]]:
        return {key: sorted(set(re.findall(r"{(\w+)", text))) for key, text in texts.items()}

    assert arguments(dict(phrases("vi").texts)) == arguments(dict(phrases("en").texts))
