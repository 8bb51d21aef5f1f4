"""A trace document in; every figure in it that stands on others, and the trace with one of them altered, out.

Left out is what nothing in one unit's trace repeats, so that no reader could notice: the names of things; the figures
of other units and how many of them there are (rank, quota, rules over units); the range of a draft, which needs the
rule file; and what decides nothing for this unit: an open end where the value lies elsewhere, a tie where there is
none, the weight of a child with 0 points, the wrong figure of a datum that is refused whatever it is.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

Path = tuple[str | int, ...]

DETAILS = ("conditions", "points", "sign")
GRADING = {
    "bands": ("met", "conditions"),
    "rules": ("met", "before", "after", "condition"),
    "quotas": ("places", "kept", "before", "after"),
}
RESULT = ("total", "maximum", "share", "grade", "status")


def figures(document: dict[str, Any]) -> Iterator[Path]:
    """Where each figure, state, condition, grade or reference to a step stands."""
    for index, step in enumerate(document["steps"]):
        refused = step["state"] == "invalid"
        found: list[Path] = [("state",), ("value",)]
        found += [("operands", operand) for operand in range(len(step["operands"]))]
        found += [("detail", key) for key in DETAILS if key in step["detail"]]
        found += [("detail", "letter")] if step["kind"] == "has_letter" and step["value"] is True else []
        found += [("inputs", given, key) for given in range(len(step["inputs"])) for key in ("state", "value")]
        for path in found:
            if path[0] != "inputs" or not (refused or (step["kind"] == "present" and path[2] == "value")):
                yield "steps", index, *path
    for part, keys in GRADING.items():
        for index in range(len((document["grading"] or {}).get(part, ()))):
            yield from (("grading", part, index, key) for key in keys)
    yield from (("maxima", code, "used") for code in document["maxima"])
    yield from (("result", key) for key in RESULT)
    for index in range(len(document["result"]["items"])):
        yield from (("result", "items", index, key) for key in ("state", "score", "maximum"))


def stated(document: dict[str, Any], path: Path) -> Any:
    """What stands there."""
    found: Any = document
    for key in path:
        found = found[key]
    return found


def altered(document: dict[str, Any], path: Path) -> dict[str, Any]:
    """The document with that one figure another."""
    copied = copy.deepcopy(document)
    place = stated(copied, path[:-1])
    place[path[-1]] = _other(place[path[-1]])
    return copied


def _other(value: Any) -> Any:
    match value:
        case None:
            return "7"
        case bool():
            return not value
        case int():
            return value + 1
        case list():
            return [*value[1:]] if value else ["7"]
        case dict():
            return {"approx": str(Fraction(value["approx"]) + 1)}
        case _:
            return str(Fraction(value) + 1) if value.lstrip("-")[:1].isdigit() and "-" not in value[1:] else f"{value}7"
