"""What an office installs is pinned: every package by version and hash, none by an address, all as pyproject asks."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from assurance.release import PINNED, SETS
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
each_set = pytest.mark.parametrize("name", SETS)


def pinned(name: str) -> dict[str, Requirement]:
    """The packages of a file by name; each line but the last of a package goes on with a backslash."""
    text = (PINNED / f"{name}.txt").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line.partition(" --hash") for line in text.splitlines()]
    found = [Requirement(line) for line, _, _ in lines]
    return {canonicalize_name(each.name): each for each in found}


def asked(name: str) -> list[Requirement]:
    """What pyproject asks for in a set, its own extras followed."""
    waiting = [*PROJECT["dependencies"], *(f"thangdiem[{extra}]" for extra in SETS[name])]
    found: list[Requirement] = []
    while waiting:
        each = Requirement(waiting.pop())
        if canonicalize_name(each.name) == "thangdiem":
            waiting += [more for extra in each.extras for more in PROJECT["optional-dependencies"][extra]]
        else:
            found.append(each)
    return found


@each_set
def test_everything_pyproject_asks_for_is_pinned_to_a_version_within_its_range(name: str) -> None:
    there = pinned(name)
    for each in asked(name):
        (pin,) = there[canonicalize_name(each.name)].specifier
        assert pin.operator == "=="
        assert each.specifier.contains(pin.version, prereleases=True), each


@each_set
def test_every_package_has_one_version_and_the_hash_of_each_file(name: str) -> None:
    text = (PINNED / f"{name}.txt").read_text(encoding="utf-8").replace("\\\n", " ")
    for line in text.splitlines():
        assert re.fullmatch(r"[a-z0-9.-]+==[\w.]+(?: ; [\w .<>='()!]+?)? *(?: +--hash=sha256:[0-9a-f]{64})+ *", line), (
            line
        )


@each_set
def test_no_address_stands_in_a_file(name: str) -> None:
    text = (PINNED / f"{name}.txt").read_text(encoding="utf-8")
    assert not re.search(r"://|@|index|find-links|trusted|\bfile:", text)


def test_a_set_holds_what_the_smaller_one_holds() -> None:
    run, full, dev = (pinned(name) for name in SETS)
    assert run.items() <= full.items() <= dev.items()
