"""What the guide on amending decisions shows is what comes out of its two rule files."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from pages import DOCS, fences
from thangdiem.app.cli import program

GUIDE = DOCS / "huong-dan" / "van-ban-sua-doi.md"


@pytest.mark.parametrize("name", ["show", "history"])
def test_the_result_shown_is_what_the_command_prints(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("phong").mkdir()
    for fence in fences(GUIDE, "rubric"):
        Path(fence.info).write_text(fence.text, encoding="utf-8")
    (command,) = (each.text for each in fences(GUIDE, "console") if each.info == name)
    (shown,) = (each.text for each in fences(GUIDE, "text") if each.info == name)
    ended = CliRunner().invoke(program, ["--lang", "vi", *shlex.split(command.removeprefix("$ thangdiem "))])
    assert (ended.exit_code, ended.stdout) == (0, shown)
