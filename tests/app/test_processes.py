"""The program as a process of its own: pipes of other encodings, readers that go away, disks that are full."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = (sys.executable, "-m", "thangdiem.app")
ROOT = Path(__file__).parents[2]


def environment(**more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("LC_ALL", "LC_MESSAGES", "LANG")}
    roots = os.pathsep.join(str(ROOT / name) for name in ("dsl", "engine", "app"))
    return {**kept, "PYTHONPATH": roots, **more}


def test_output_is_utf8_in_a_pipe_of_another_encoding(rules: Path, data: Path) -> None:
    for encoding in ("cp1252", "ascii"):
        ended = subprocess.run(
            (*PROGRAM, "score", rules, data),
            env=environment(PYTHONIOENCODING=encoding, PYTHONUTF8="0"),
            capture_output=True,
        )
        assert ended.returncode == 0
        assert "Phòng Tư pháp" in ended.stdout.decode("utf-8")


@pytest.mark.skipif(os.name == "nt", reason="needs a shell of Unix")
def test_a_reader_that_goes_away_leaves_no_noise(rules: Path, data: Path) -> None:
    line = f"{sys.executable} -m thangdiem.app schema '{rules}' | head -c 10; exit ${{PIPESTATUS[0]}}"
    ended = subprocess.run(("bash", "-c", line), env=environment(), capture_output=True)
    assert ended.stderr == b""
    assert ended.returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_ends_in_74(rules: Path, data: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run((*PROGRAM, "score", rules, data), env=environment(), stdout=full, stderr=subprocess.PIPE)
    assert ended.returncode == 74
    assert b"Traceback" not in ended.stderr


@pytest.mark.skipif(os.name == "nt", reason="needs signals of Unix")
def test_ctrl_c_ends_in_130(rules: Path) -> None:
    running = subprocess.Popen(
        (*PROGRAM, "score", rules, "-"),
        env=environment(),
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # the suite may run where it is ignored
    )
    assert running.stdin is not None
    running.stdin.write(b"x" * 300_000)  # more than a pipe holds: it is read now, and waits for the rest
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=20)
    assert running.returncode == 130
    assert said.decode().strip() == "Đã dừng theo yêu cầu."


def test_colours_are_forced_and_forbidden_by_the_environment(rules: Path) -> None:
    rules.write_text("xyz", "utf-8")
    for variables, coloured in (
        ({"FORCE_COLOR": "1"}, True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ({}, False),
    ):
        ended = subprocess.run((*PROGRAM, "check", rules), env=environment(**variables), capture_output=True)
        assert (b"\x1b[31;1m" in ended.stderr) is coloured
