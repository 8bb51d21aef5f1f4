"""Mutants of our own source: how they are made, put in and ended; each argued survivor is still one."""

from __future__ import annotations

from pathlib import Path
from typing import IO

import pytest
from assurance.mutants.apart import End, apart, limited
from assurance.mutants.mutant import ROOT
from assurance.mutants.operators import mutants
from assurance.mutants.replacing import Functions, code
from assurance.mutants.survivors import argued, key

from thangdiem.dsl import rounding

SOURCE = '''"""A module."""

TABLE = (one, two, three)
Pair = tuple[int, int, int]

def function(value: int = 2) -> bool:
    """Says."""
    for each in value:
        if each and not each.odd:
            break
    tell("it")
    return max(value) <= len(TABLE) + 1
'''
CHANGES = {
    "TABLE = ( two, three)", "TABLE = (one,  three)", "TABLE = (one, two, )",
    "def function(value: int = 3) -> bool:", "def function(value: int = 1) -> bool:",
    "if each or not each.odd:", "if each and bool(each.odd):", "continue", "pass",
    "return None", "return min(value) <= len(TABLE) + 1",
    "return max(value) < len(TABLE) + 1", "return max(value) > len(TABLE) + 1", "return max(value) <= len(TABLE) - 1",
    "return max(value) <= len(TABLE) + 2", "return max(value) <= len(TABLE) + 0",
}  # fmt: skip


def test_a_mutant_changes_one_thing_and_no_docstring_annotation_or_text() -> None:
    found = list(mutants("module.py", SOURCE))
    assert {each.change(SOURCE)[1] for each in found} == CHANGES
    assert len(found) == len(CHANGES) + 1  # `pass` instead of the break and instead of the call


def test_what_runs_at_import_is_told_from_what_runs_when_called() -> None:
    at_import = {each.change(SOURCE)[0] for each in mutants("module.py", SOURCE) if each.at_import}
    assert at_import == {"TABLE = (one, two, three)", "def function(value: int = 2) -> bool:"}


def test_every_line_keeps_its_number() -> None:
    text = "def function():\n    tell(\n        1,\n    )\n    return some\n"
    assert {each.mutated(text).count("\n") for each in mutants("module.py", text)} == {5}


def test_a_mutated_function_is_what_everybody_calls() -> None:
    file = "dsl/thangdiem/dsl/rounding.py"
    text = (ROOT / file).read_text(encoding="utf-8")
    held = rounding.round_to

    def work(out: IO[bytes]) -> None:
        after = text.replace("return Fraction(whole *", "return Fraction(2 * whole *")
        assert Functions().replace(code(file, text), code(file, after))
        rule = rounding.Rounding.to_digits(0, rounding.Tie.HALF_EVEN)
        out.write(str(held(rounding.Fraction(3), rule)).encode())

    assert apart(work, 60).said == b"6"


def test_a_fork_that_hangs_is_ended_by_time(tmp_path: Path) -> None:
    def work(out: IO[bytes]) -> None:
        limited(0.05)
        while True:
            pass

    assert apart(work, 60).end is End.TIME


def test_a_fork_that_fails_is_no_fork_that_is_done() -> None:
    def work(out: IO[bytes]) -> None:
        raise ValueError

    assert apart(work, 60).end is End.DIED


@pytest.mark.parametrize("file", sorted({file for file, *_ in argued()}))
def test_each_argued_survivor_is_a_mutant_of_the_source(file: str) -> None:
    text = (ROOT / file).read_text(encoding="utf-8")
    there = {key(each, text) for each in mutants(file, text)}
    assert {each for each in argued() if each[0] == file} <= there
