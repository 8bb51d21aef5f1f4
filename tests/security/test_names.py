"""A file's name may hold anything; nothing of it reaches a terminal but letters, on one line."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from thangdiem.app import files
from thangdiem.app.cli import program

RULES = 'Bộ tiêu chí "Thử"\n\nThang điểm a "A": 10 điểm\n  Chỉ số 1   "Một": 10 điểm\n'
NAME = "a\x1b]0;X\x07\u202e\nb.rubric"

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows allows no such names")


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path(NAME).write_text(RULES, encoding="utf-8")
    Path("ok.rubric").write_text(RULES, encoding="utf-8")
    Path("d.csv").write_text("Đơn vị;1\nA;1\n", encoding="utf-8")


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", NAME),
        ("check", "."),
        ("check", NAME, "--proofs"),
        ("fmt", "--check", NAME),
        ("fmt", NAME),
        ("test", NAME),
        ("test", NAME, "--coverage"),
        ("test", NAME, "--boundaries"),
        ("test", NAME, "--mutate"),
        ("score", NAME, "d.csv"),
        ("score", "ok.rubric", NAME),
        ("score", "ok.rubric", "d.csv", "--scale", NAME),
        ("explain", "ok.rubric", "d.csv", "--unit", NAME),
        ("show", "ok.rubric", "--on", NAME),
        ("diff", "ok.rubric", NAME),
        ("seal", "ok.rubric", "d.csv", "-o", NAME + ".zip"),
        ("verify", NAME),
        (NAME,),
        ("score", f"--{NAME}"),
    ],
    ids=lambda arguments: " ".join(arguments).replace(NAME, "NAME"),
)
def test_a_terminal_is_not_moved_by_the_name_of_a_file(arguments: tuple[str, ...]) -> None:
    found = CliRunner().invoke(program, arguments, color=True)
    shown = found.stdout + found.stderr
    assert "\x1b]0" not in shown
    assert not {"\x07", "\u202e"} & set(shown)
    assert not [line for line in shown.splitlines() if line.startswith("b.rubric")]


class _Terminal(io.TextIOWrapper):
    def isatty(self) -> bool:
        return True


def test_results_on_a_terminal_do_not_move_it_and_in_a_pipe_are_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    for stream, expected in ((_Terminal, "a�]0;X�b\n\tc"), (io.TextIOWrapper, "a\x1b]0;X\x07b\n\tc")):
        out = io.BytesIO()
        monkeypatch.setattr(sys, "stdout", stream(out))
        files.write(None, "a\x1b]0;X\x07b\n\tc")
        assert out.getvalue().decode() == expected
