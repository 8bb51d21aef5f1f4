"""Nothing of a rule file or a data file does anything to a terminal; a stream that is closed is no bug of ours."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from thangdiem.app.cli import program

RULES = 'Bộ tiêu chí "Thử"\n\nThang điểm a "A": 10 điểm\n  Chỉ số 1 "Một": 10 điểm\n'
NAME = "Sở \x1b[31m\x9b2J\u202eA"


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    rules, data = tmp_path / "a.rubric", tmp_path / "a.csv"
    rules.write_text(RULES, encoding="utf-8")
    data.write_text(f"Đơn vị;1\n{NAME};5\n", encoding="utf-8")
    return str(rules), str(data)


def shell(command: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    whole = ["sh", "-c", command, "sh", sys.executable, "-m", "thangdiem.app", *arguments]
    return subprocess.run(whole, env=environment, capture_output=True, check=False)


def printed(*arguments: str) -> str:
    return CliRunner().invoke(program, arguments).stdout_bytes.decode()


@pytest.mark.parametrize("form", ["table", "md", "html", "csv"])
def test_a_name_with_controls_is_written_without_them(files: tuple[str, str], form: str) -> None:
    text = printed("score", *files, "--format", form)
    assert "31m" in text
    assert not {"\x1b", "\x9b", "\u202e"} & set(text)


@pytest.mark.parametrize("form", ["text", "md", "html"])
def test_an_explanation_has_no_controls(files: tuple[str, str], form: str) -> None:
    text = printed("explain", *files, "--unit", NAME, "--format", form)
    assert "31m" in text
    assert not {"\x1b", "\x9b", "\u202e"} & set(text)


def test_results_that_cannot_go_anywhere_are_told(files: tuple[str, str]) -> None:
    found = shell('exec "$@" >&-', "score", *files)
    assert found.returncode == 74
    assert found.stderr


def test_messages_that_cannot_go_anywhere_do_not_matter(files: tuple[str, str]) -> None:
    assert shell('exec "$@" 2>&-', "score", *files).returncode == 0


def test_standard_input_that_is_closed_is_empty() -> None:
    assert shell('exec "$@" <&-', "check", "-").returncode == 65
