"""Help, wrong use and every way a run can end."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest

from thangdiem.app import cli
from thangdiem.app.cli import COMMANDS
from thangdiem.app.wording import LANGUAGES, help_texts, messages

Run = Callable[..., Any]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_in_both_languages(run: Run, command: str) -> None:
    vietnamese, english = run(command, "--help"), run("--lang", "en", command, "--help")
    assert (vietnamese.code, english.code) == (0, 0)
    assert "Cách dùng: thangdiem" in vietnamese.out
    assert "Usage: thangdiem" in english.out
    assert "Usage" not in vietnamese.out


def test_the_language_may_stand_before_or_behind_the_command(run: Run) -> None:
    assert run("--lang", "en", "score", "--help").out == run("score", "--lang=en", "--help").out


def test_the_language_comes_from_the_locale(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    assert "Usage" in run("--help").out
    assert "Cách dùng" in run("--lang", "vi", "--help").out


def test_the_help_explains_an_argument_and_does_not_list_it_among_the_options(run: Run) -> None:
    before, options = run("--lang", "en", "score", "--help").out.split("Options:\n")
    assert "RULES" in before
    assert "DATA" not in options.split("Example")[0]


SOUND = ("check", "fmt", "test")
"""What ships is free of errors, and its examples and cases hold; other commands may show what a unit fails."""


@pytest.mark.parametrize("command", [each for each in COMMANDS if each != "demo"])  # tests/app/test_demo.py
def test_the_examples_in_the_help_run(run: Run, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "rules").symlink_to(Path(__file__).parents[2] / "rules")
    monkeypatch.chdir(tmp_path)
    # Most examples are the same in both languages: they are run once.
    for line in dict.fromkeys(
        line for each in LANGUAGES for line in help_texts(each)(f"{command}.example").splitlines()
    ):
        program, *words = shlex.split(line)
        assert program == "thangdiem"
        assert run(*words).code in ((0,) if command in SOUND else (0, 1)), line


def test_the_help_lists_every_command(run: Run) -> None:
    shown = run("--help").out
    assert [name for name in COMMANDS if f"\n  {name}" not in shown] == []


def test_the_tables_of_the_two_languages_have_the_same_keys() -> None:
    for table in (messages, help_texts):
        assert list(table("vi").texts) == list(table("en").texts)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("chekc", "Không có lệnh “chekc”. Có phải là: check?"),
        ("check --formta json", "Không có tùy chọn “--formta”. Có phải là --format?"),
        ("check", "Thiếu đối số PATH…"),
        ("check x --format yaml", "hãy chọn một trong: text, json"),
        ("check x --format", "Tùy chọn --format phải có giá trị đi kèm."),
        ("fmt --check=yes x", "Tùy chọn --check không đi kèm giá trị."),
        ("score a b c", "Thừa đối số: c."),
        ("score a b --period 24", "“24” không phải là một năm"),
        ("explain a b", "Thiếu tùy chọn --unit."),
        ("--lang fr check x", "hãy chọn một trong: vi, en"),
    ],
)
def test_wrong_use_is_explained_in_vietnamese_and_ends_in_2(run: Run, line: str, said: str) -> None:
    ended = run(*line.split())
    assert ended.code == 2
    assert said in ended.err
    assert "--help" in ended.err
    assert ended.out == ""


def test_wrong_use_is_explained_in_english(run: Run) -> None:
    assert "There is no command “chekc”. Is it one of: check?" in run("--lang", "en", "chekc").err


def test_without_a_command_the_help_is_shown_as_wrong_use(run: Run) -> None:
    ended = run()
    assert ended.code == 2
    assert "thangdiem demo" in ended.err


def test_the_version_is_shown(run: Run) -> None:
    assert run("--version").out.startswith("thangdiem ")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_shell_can_learn_to_complete(run: Run, shell: str) -> None:
    assert "_THANGDIEM_COMPLETE" in run("--completion", shell).out


def _failing(error: BaseException) -> click.Command:
    @click.command("check")
    def command() -> None:
        raise error

    return command


def test_a_bug_of_ours_ends_in_70_without_a_traceback(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli.program, "_load", lambda name: _failing(ZeroDivisionError("oops")))
    ended = run("check")
    assert ended.code == 70
    assert "không phải lỗi của quý vị (ZeroDivisionError: oops)" in ended.err
    assert "Traceback" not in ended.err


def test_debug_shows_the_traceback_of_a_bug(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli.program, "_load", lambda name: _failing(ZeroDivisionError("oops")))
    assert "Traceback" in run("--debug", "check").err


def test_an_interruption_ends_in_130(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli.program, "_load", lambda name: _failing(KeyboardInterrupt()))
    ended = run("check")
    assert ended.code == 130
    assert "Đã dừng theo yêu cầu." in ended.err


def test_a_stream_that_cannot_be_written_ends_in_74(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli.program, "_load", lambda name: _failing(OSError(28, "No space left on device")))
    assert run("check").code == 74


@pytest.mark.parametrize("line", ["check", "fmt", "test", "score", "schema"])
def test_a_missing_file_ends_in_66_with_the_name_it_may_have(run: Run, rules: Path, data: Path, line: str) -> None:
    wrong = rules.with_name("phong.rubic")
    ended = run(line, wrong, *([data] if line == "score" else []))
    assert ended.code == 66
    assert "Không có tệp hay thư mục" in ended.err
