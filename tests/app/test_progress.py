"""Progress is for people at a terminal, and leaves nothing behind."""

from __future__ import annotations

import io
import time

import pytest

from thangdiem.app.progress import waiting


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_long_task_is_shown_on_a_terminal_and_wiped_out(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    with waiting("Đang chấm", long=True):
        time.sleep(0.5)
    assert "Đang chấm [" in terminal.getvalue()
    assert terminal.getvalue().endswith(" \r")


@pytest.mark.parametrize(("stream", "long"), [(Terminal(), False), (io.StringIO(), True)])
def test_a_short_task_and_a_pipe_have_no_progress(
    monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, long: bool
) -> None:
    monkeypatch.setattr("sys.stderr", stream)
    with waiting("Đang chấm", long=long):
        time.sleep(0.3)
    assert stream.getvalue() == ""
