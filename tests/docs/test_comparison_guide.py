"""What the guide on comparing rules shows is what comes out of its two rule files."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from pages import DOCS, fences
from thangdiem.app.cli import program

GUIDE = DOCS / "huong-dan" / "so-sanh.md"


def test_the_comparison_shown_is_what_the_command_prints(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, fence in zip(("cu.rubric", "moi.rubric"), fences(GUIDE, "rubric"), strict=True):
        (tmp_path / name).write_text(fence.text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    command = fences(GUIDE, "console")[0].text.removeprefix("$ thangdiem ")
    ended = CliRunner().invoke(program, ["--lang", "vi", *shlex.split(command)])
    assert ended.exit_code == 0
    assert ended.stdout == fences(GUIDE, "text")[0].text
