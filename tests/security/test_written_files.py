"""What is written takes the place of what was asked for only, whole or not at all; pipes in folders do not block."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from thangdiem.app import files
from thangdiem.app.cli import program
from thangdiem.app.exits import Exit, Stopped

RULES = 'Bộ tiêu chí "Thử"\n\nThang điểm a "A": 10 điểm\n  Chỉ số 1 "Một": 10 điểm\n'
links = pytest.mark.skipif(os.name == "nt", reason="links and pipes are others on Windows")


@links
def test_nobody_can_lay_a_link_where_a_file_is_put_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    victim = tmp_path / "victim"
    victim.write_text("mine")
    monkeypatch.setattr("os.urandom", bytes)
    for name in (f".out.html.{os.getpid()}.tmp", f".out.html.{bytes(8).hex()}.tmp"):
        (tmp_path / name).symlink_to(victim)
    with pytest.raises(Stopped) as stopped:
        files.replace(tmp_path / "out.html", "theirs")
    assert stopped.value.code == Exit.CANNOT_CREATE
    assert victim.read_text() == "mine"
    assert not (tmp_path / "out.html").exists()


def test_a_file_whose_writing_fails_stays_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "out.csv"
    target.write_text("before")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(Stopped):
        files.replace(target, "after")
    assert target.read_text() == "before"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("name", ["luat.rubric", "so-lieu.csv", "./so-lieu.csv", "cung.csv"])
def test_a_result_never_takes_the_place_of_what_it_was_made_of(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("luat.rubric").write_text(RULES, encoding="utf-8")
    Path("so-lieu.csv").write_text("Đơn vị;1\nA;1\n", encoding="utf-8")
    os.link("so-lieu.csv", "cung.csv")
    before = Path(name).read_bytes()
    for command in (("score", "luat.rubric", "so-lieu.csv"), ("seal", "luat.rubric", "so-lieu.csv")):
        assert CliRunner().invoke(program, [*command, "-o", name]).exit_code == Exit.MISUSE
    assert Path(name).read_bytes() == before


@links
@pytest.mark.parametrize("arguments", [("fmt", "--check"), ("check",), ("test",), ("show",)])
def test_a_pipe_found_in_a_folder_is_told_and_does_not_block(arguments: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "a.rubric").write_text(RULES, encoding="utf-8")
    (tmp_path / "cases").mkdir()
    os.mkfifo(tmp_path / "cases" / "a.md")
    os.mkfifo(tmp_path / "b.rubric")
    found = CliRunner().invoke(program, [*arguments, str(tmp_path)])
    assert found.exit_code in (Exit.NO_INPUT, Exit.BAD_INPUT)
    assert "TD901" in found.stderr


@links
def test_a_pipe_among_the_cases_is_told_and_does_not_block(tmp_path: Path) -> None:
    (tmp_path / "a.rubric").write_text(RULES, encoding="utf-8")
    (tmp_path / "cases").mkdir()
    os.mkfifo(tmp_path / "cases" / "a.md")
    found = CliRunner().invoke(program, ["test", str(tmp_path)])
    assert found.exit_code == Exit.NO_INPUT
    assert "TD901" in found.stderr


@links
def test_a_file_that_cannot_be_laid_out_does_not_keep_the_others_from_it(tmp_path: Path) -> None:
    (tmp_path / "a.rubric").mkdir()
    (tmp_path / "b.rubric").write_text(RULES.replace("10 điểm\n", "10   điểm\n"), encoding="utf-8")
    found = CliRunner().invoke(program, ["fmt", str(tmp_path)])
    assert found.exit_code == Exit.NO_INPUT
    assert (tmp_path / "b.rubric").read_text(encoding="utf-8") == RULES
