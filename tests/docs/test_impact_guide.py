"""What the guide on the impact of amendments shows is what comes out of its two rule files and its table."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from pages import DOCS, fences
from thangdiem.app.cli import program

GUIDE = DOCS / "huong-dan" / "tac-dong.md"


def test_the_result_shown_is_what_the_command_prints(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = fences(GUIDE, "rubric")
    (tmp_path / "cu.rubric").write_text(old.text, encoding="utf-8")
    (tmp_path / "moi.rubric").write_text(new.text, encoding="utf-8")
    (tmp_path / "so-lieu.csv").write_text(fences(GUIDE, "csv")[0].text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    command = fences(GUIDE, "console")[0].text.removeprefix("$ thangdiem ")
    ended = CliRunner().invoke(program, ["--lang", "vi", *shlex.split(command)])
    assert ended.exit_code == 1
    assert ended.stdout == fences(GUIDE, "text")[0].text
