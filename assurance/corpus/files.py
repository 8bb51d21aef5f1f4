"""Cases in, the files of the corpus out: one a construct, laid out so that a change is a readable difference."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from assurance.corpus.case import Case, from_json

FOLDER = Path("tests/conformance")
SCHEMA = "thangdiem/conformance/1"
_WIDTH = 140


def corpus_files(cases: Iterable[Case]) -> dict[str, str]:
    """The texts of the files by construct."""
    held: dict[str, list[Any]] = {}
    for case in cases:
        held.setdefault(case.construct, []).append(case.to_json())
    return {name: laid_out({"schema": SCHEMA, "construct": name, "cases": held[name]}) + "\n" for name in sorted(held)}


def written_cases(root: Path) -> Iterator[Case]:
    """The cases as the corpus has them now."""
    for path in corpus_paths(root):
        held = json.loads(path.read_text(encoding="utf-8"))
        yield from (from_json(held["construct"], each) for each in held["cases"])


def corpus_paths(root: Path) -> list[Path]:
    """The files of the corpus; the JSON Schema beside them is none."""
    return sorted(path for path in (root / FOLDER).glob("*.json") if path.name != "schema.json")


def laid_out(value: Any, depth: int = 0) -> str:
    """JSON with what is short on one line; a list of texts – the lines of a file – has one on each."""
    short = json.dumps(value, ensure_ascii=False)
    lines = isinstance(value, list) and len(value) > 1 and all(isinstance(each, str) for each in value)
    if not isinstance(value, dict | list) or not value or (len(short) + depth <= _WIDTH and not lines and depth > 2):
        return short
    inner, outer = " " * (depth + 1), " " * depth
    if isinstance(value, dict):
        parts = [f"{json.dumps(key, ensure_ascii=False)}: {laid_out(each, depth + 1)}" for key, each in value.items()]
        return "{\n" + ",\n".join(inner + part for part in parts) + f"\n{outer}}}"
    return "[\n" + ",\n".join(inner + laid_out(each, depth + 1) for each in value) + f"\n{outer}]"
