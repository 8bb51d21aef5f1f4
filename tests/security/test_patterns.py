"""Every regular expression of ours takes time that grows with the text or its square at most, whatever is written.

Each pattern of a module is tried in the ways the code uses it – from a place, or anywhere – on runs of the signs that
rule files and tables are made of, ended by something it does not want.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from itertools import product
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LENGTHS = (22, 1_000)
"""Characters: what takes a power of two is noticed on the shorter, what takes a cube on the longer."""

MOST = 0.15
"""Seconds; a square takes a tenth of it. Lines have 10,000 characters at most."""

_UNITS = ("a", "1", " ", "a ", "1 ", "| ", "|-", "\\", "1.", "(", "ngày ", "a\u0301")
_USE = re.compile(r"\b(\w+)\.(search|match|fullmatch|finditer|findall|sub|subn|split)\(")


def modules() -> Iterator[str]:
    for layer in ("dsl", "engine", "app"):
        for path in sorted((ROOT / layer / "thangdiem").rglob("*.py")):
            if path.stem != "__main__":
                yield ".".join(path.relative_to(ROOT / layer).with_suffix("").parts).removesuffix(".__init__")


@cache
def uses() -> dict[str, set[str]]:
    """The ways in which each name is used anywhere."""
    found: dict[str, set[str]] = {}
    for layer in ("dsl", "engine", "app"):
        for path in (ROOT / layer / "thangdiem").rglob("*.py"):
            for name, way in _USE.findall(path.read_text(encoding="utf-8")):
                found.setdefault(name, set()).add(way)
    return found


def patterns() -> dict[str, re.Pattern[str]]:
    found = {}
    for name in modules():
        for key, value in vars(import_module(name)).items():
            if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                found[f"{key}: {value.pattern[:40]}"] = value
    return found


def ways(name: str) -> set[str]:
    """How the code uses what is called so; what is handed on under another name is matched from a place."""
    return uses().get(name, {"match"})


def use(pattern: re.Pattern[str], way: str, text: str) -> float:
    """The seconds it takes, without what collecting garbage takes."""
    found = getattr(pattern, way)
    begun = time.process_time()
    if way == "finditer":
        for _ in found(text):
            pass
    else:
        found(*(("", text) if way.startswith("sub") else (text,)))
    return time.process_time() - begun


def tried(pattern: re.Pattern[str], way: str) -> float:
    """The longest any text takes, at the second try too: the machine does other things."""
    slowest = 0.0
    for length, unit, opening in product(LENGTHS, _UNITS, ("", '"')):
        text = f"{opening}{unit * (length // len(unit))}\0"
        if (taken := use(pattern, way, text)) > MOST:
            taken = use(pattern, way, text)
        slowest = max(slowest, taken)
        if slowest > MOST:
            break
    return slowest


def test_no_pattern_of_ours_takes_long() -> None:
    slow = [
        (name, way, round(taken, 2))
        for name, pattern in patterns().items()
        for way in sorted(ways(name.partition(":")[0]))
        if (taken := tried(pattern, way)) > MOST
    ]
    assert slow == []


@pytest.mark.parametrize("pattern", [r"(a+)+$", r" *(?: +x)?[0-9]"])
def test_a_pattern_that_takes_long_is_noticed(pattern: str) -> None:
    assert tried(re.compile(pattern), "search") > MOST
