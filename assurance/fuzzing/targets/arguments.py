"""A command line, one argument a line, run in a folder of its own: it ends in one of the program's exit codes."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random
from tempfile import mkdtemp

from click.testing import CliRunner

from assurance.fuzzing.laws import hold
from assurance.fuzzing.small import DATA, RULES
from thangdiem.app.cli import COMMANDS, program
from thangdiem.app.exits import Exit

LONGEST = 600
_MOST = 10
_WRITING = ("--accept", "--confirm")
"""Options that write beside the rules: not for a program that tries anything."""

_WORDS = (
    "luat.rubric", "hai.rubric", "so-lieu.csv", "khong-co.csv", ".", "-", "--scale", "phong", "xa", "--period",
    "2022", "2024", "0", "-1", "99999999999999999999", "--on", "2023-01-01", "31/02/2023", "--format", "json", "html",
    "md", "csv", "xlsx", "table", "jsonl", "text", "-o", "ra.html", "ra.xlsx", "ra", "--unit", "Phòng A", "--grade",
    "", "tốt", "--draft", "--lang", "vi", "en", "fr", "--debug", "--check", "--to", "--history", "1.1", "--sheet",
    "--proofs", "--interpretations", "--mutate", "--boundaries", "--coverage", "--key", "--help", "--version",
    "--reading", "a\x1b[2J", "\udcff", "ế", "--scale=xa", "-h", "--", "--completion", "bash",
)  # fmt: skip


def seeds() -> Iterator[bytes]:
    """A few right command lines of every command."""
    for line in (
        "check luat.rubric", "fmt --check luat.rubric", "score luat.rubric so-lieu.csv --period 2022 --format json",
        "explain luat.rubric so-lieu.csv --period 2022 --unit Phòng_A --format text", "show luat.rubric --period 2022",
        "goal luat.rubric so-lieu.csv --period 2022 --unit Phòng_A", "diff luat.rubric hai.rubric",
        "impact luat.rubric hai.rubric so-lieu.csv --period 2022", "test luat.rubric", "schema luat.rubric",
        "seal luat.rubric so-lieu.csv --period 2022 -o ra.zip", "verify ra.zip", "--help", "demo --help",
        "score luat.rubric so-lieu.csv --period 2022 --draft -o ra.html", "fmt --to en luat.rubric",
    ):  # fmt: skip
        yield line.replace(" ", "\n").replace("_", " ").encode()


def altered(data: bytes, chance: Random) -> bytes:
    """Arguments put in, left out, repeated or exchanged."""
    words = data.decode("utf-8", "surrogateescape").split("\n")
    for _ in range(chance.choice((1, 1, 2, 3))):
        at = chance.randrange(len(words) + 1)
        match chance.randrange(4):
            case 0:
                words.insert(at, chance.choice((*_WORDS, *COMMANDS)))
            case 1:
                words[at : at + 1] = ()
            case 2:
                words[at : at + 1] = (chance.choice(_WORDS),)
            case _:
                words[at:at] = words[at : at + 2]
    return "\n".join(words).encode("utf-8", "surrogateescape")


def attempt(data: bytes) -> None:
    """An exit code of ours and no traceback; never 70, our bug."""
    words = data.decode("utf-8", "surrogateescape").split("\n")[:_MOST]
    if any("/" in word or "\\" in word or ".." in word or "\0" in word or word.startswith(_WRITING) for word in words):
        return
    if words[:1] == ["demo"]:
        return  # it writes a folder and takes seconds
    home = os.getcwd()
    os.chdir(_folder())
    try:
        _prepare(_folder())
        ended = CliRunner().invoke(program, words, input="", catch_exceptions=False)
    finally:
        os.chdir(home)
    hold(ended.exit_code in {int(each) for each in Exit}, f"an exit code that is none: {ended.exit_code}")
    hold(ended.exit_code != Exit.BUG, f"a bug of ours: {ended.stderr[-300:]}")
    hold("Traceback" not in ended.stderr, "a traceback")
    hold(not {"\x1b", "\x9b", "\x07"} & set(ended.stdout + ended.stderr), "the terminal is moved")


@cache
def _folder() -> Path:
    return Path(mkdtemp(prefix="arguments-"))


def _prepare(folder: Path) -> None:
    """The files as they were: earlier inputs may have written over them."""
    for path in folder.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    (folder / "luat.rubric").write_text(RULES, encoding="utf-8")
    (folder / "hai.rubric").write_text(RULES.replace("từ 30 điểm", "từ 25 điểm"), encoding="utf-8")
    (folder / "so-lieu.csv").write_text(DATA, encoding="utf-8")
