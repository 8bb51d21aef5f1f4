"""A trace document in; every place of it at which something can be altered, and the trace altered there, out.

A figure is what the result is computed from or says: states, values, operands, what a rule adds to an operation, other
units' figures, the result itself. Words and places of files are the rest: of these only the digest can tell.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from typing import Any

Path = tuple[str | int, ...]

WORDS = (
    "steps.*.id", "steps.*.kind", "steps.*.provision", "steps.*.span", "steps.*.gaps", "steps.*.detail",
    "steps.*.input.name", "steps.*.input.written", "steps.*.input.layer", "steps.*.input.origin",
    "steps.*.units.*.0", "steps.*.others.*.0", "rules", "unit", "block", "schema", "sha256",
    "result.unit", "result.scale", "result.block", "result.former_rules", "result.gaps", "result.diagnostics",
    "result.items.*.title", "result.items.*.parent", "result.items.*.counted",
)  # fmt: skip
"""What stands in a trace besides figures: names, words, places."""

CERTAIN = (
    "steps.*.state", "steps.*.value", "result.total", "result.maximum", "result.share", "result.grade",
    "result.rank", "result.items.*.state", "result.items.*.score", "result.items.*.maximum",
)  # fmt: skip
"""Figures that follow from others wherever they stand, but for constants: the digest is not needed to notice."""

STATES = ("value", "invalid", "missing", "not_assessed", "not_applicable")
OTHER_OPS = {
    "add": "subtract", "subtract": "add", "multiply": "divide", "divide": "multiply", "min": "max", "max": "min",
    "all": "any", "any": "all", "mean": "add", "ln": "log10", "log10": "ln",
}  # fmt: skip


def places(document: dict[str, Any]) -> Iterator[tuple[str, Path]]:
    """Every place with its category: its path without the numbers of lists."""
    waiting: list[tuple[Path, Any]] = [((key,), value) for key, value in document.items()]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, dict | list) and path[-1] != "value":
            keys = value.keys() if isinstance(value, dict) else range(len(value))
            waiting.extend(((*path, key), value[key]) for key in keys)
        else:
            yield category(path), path


def category(path: Path) -> str:
    """``steps.*.operands.*``; of a list of another unit its columns are told apart: the first is its name."""
    listed = path[2] in ("units", "others") if len(path) > 2 else False
    parts = [
        ("0" if listed and at == 4 and not key else "*") if isinstance(key, int) else key for at, key in enumerate(path)
    ]
    return ".".join(parts)


def within(found: str, categories: tuple[str, ...]) -> bool:
    """Whether a category is one of these or below one."""
    return any(found == each or found.startswith(f"{each}.") for each in categories)


def certain(document: dict[str, Any]) -> list[Path]:
    """The places at which an alteration contradicts something else."""
    return [path for found, path in places(document) if found in CERTAIN and not _constant(document, path)]


def _constant(document: dict[str, Any], path: Path) -> bool:
    return path[-1] == "value" and path[0] == "steps" and document["steps"][path[1]]["op"] == "constant"


def stated(document: dict[str, Any], path: Path) -> Any:
    """What stands there."""
    found: Any = document
    for key in path:
        found = found[key]
    return found


@contextmanager
def altered(document: dict[str, Any], path: Path) -> Iterator[dict[str, Any]]:
    """The document while that one place holds another thing of its kind."""
    place, key = stated(document, path[:-1]), path[-1]
    kept = place[key]
    place[key] = _other(document, path, kept)
    yield document
    place[key] = kept


def _other(document: dict[str, Any], path: Path, value: Any) -> Any:
    if path[0] == "figures" or (path[0] == "steps" and path[2] == "operands"):
        return _other_step(document, path, value)
    match path[-1], value:
        case ("state", _) | ("of", _):
            return STATES[(STATES.index(value) + 1) % len(STATES)]
        case "op", _:
            return OTHER_OPS.get(value, "no_value" if value != "no_value" else "copy")
        case "status", _:
            return "refused" if value == "graded" else "graded"
        case _, None:
            return "7"
        case _, bool():
            return not value
        case _, int():
            return value + 1
        case _, list():
            return [*value[1:]] if value else ["7"]
        case _, dict():
            return {"approx": str(Fraction(value["approx"]) + 1)}
        case _:
            return str(Fraction(value) + 1) if _is_number(value) else f"{value}7"


def _is_number(value: str) -> bool:
    return value.lstrip("-")[:1].isdigit() and "-" not in value[1:] and all(c.isdigit() or c in "-./" for c in value)


def _other_step(document: dict[str, Any], path: Path, value: str | None) -> str:
    """Another step above the one that refers to it, or that there is none."""
    steps = document["steps"]
    last = path[1] - 1 if path[0] == "steps" and isinstance(path[1], int) else len(steps) - 1
    before = [steps[at]["id"] for at in range(max(0, last - 1), last + 1)]
    return next((each for each in reversed(before) if each != value), "none")
