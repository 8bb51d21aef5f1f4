"""``tests/conformance/written/CONSTRUCT.md`` in: cases that no other place shows; the cases out.

A heading is a case: ``## what it is about → TD042, TD114`` (the errors and warnings, in order) or ``→ fine``. The words
each of them underlines stand between » and «, which are no part of the file. Fences: ``rubric``, ``csv``, ``json``,
``jinja`` with the name of the file, ``sheet`` (the rows of a workbook), ``parts`` (JSON: other parts of it), ``files``
(JSON: other contents), ``question`` (JSON), ``units`` (what they come to).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from attrs import frozen

from assurance.corpus.case import Case
from assurance.corpus.content import Content, content_of
from assurance.corpus.sources.fences import Fence, fences
from assurance.corpus.sources.workbook import altered, workbook

_CASE = re.compile(r"^## (.+?) → (.+)$", re.MULTILINE)
_NAMES = {"rubric": "case.rubric", "csv": "data.csv", "json": "data.json", "jinja": "mau/explanation.html"}
_OPEN, _CLOSE = "»", "«"


@frozen
class Written:
    """A case with what its author says comes out of it."""

    case: Case
    codes: tuple[str, ...]
    marks: tuple[tuple[str, tuple[int, int], tuple[int, int]], ...]
    """File, from, to of each stretch that is marked."""
    units: tuple[str, ...]


def cases(root: Path) -> Iterator[Case]:
    """Every case."""
    return (each.case for each in written(root))


def written(root: Path) -> Iterator[Written]:
    """Every case with its author's expectations."""
    for path in sorted((root / "tests" / "conformance" / "written").glob("*.md")):
        text = path.read_text(encoding="utf-8")
        heads = list(_CASE.finditer(text))
        for number, head in enumerate(heads):
            end = heads[number + 1].start() if number + 1 < len(heads) else len(text)
            yield _one(path, root, head, list(fences(text[head.end() : end])))


def _one(path: Path, root: Path, head: re.Match[str], shown: list[Fence]) -> Written:
    files: dict[str, Content] = {}
    marks: list[tuple[str, tuple[int, int], tuple[int, int]]] = []
    question: dict[str, Any] = {}
    for fence in shown:
        if fence.language in _NAMES:
            name = fence.info or _NAMES[fence.language]
            plain, found = _unmarked(fence.text)
            files[name] = content_of(plain)
            marks += [(name, *each) for each in found]
        elif fence.language == "sheet":
            files[fence.info or "data.xlsx"] = workbook(fence.text)
        elif fence.language == "parts":
            files["data.xlsx"] = altered(files["data.xlsx"], json.loads(fence.text))
        elif fence.language == "files":
            files.update(json.loads(fence.text))
        elif fence.language == "question":
            question = json.loads(fence.text)
    question = question or _question(files)
    name = f"{path.stem}/{re.sub(r'[^a-z0-9]+', '-', head[1].lower()).strip('-')}"
    case = Case(path.stem, name, head[1], files, question, str(path.relative_to(root)))
    codes = () if head[2] == "fine" else tuple(_codes(head[2]))
    units = [line for fence in shown if fence.language == "units" for line in fence.text.splitlines()]
    return Written(case, codes, tuple(marks), tuple(units))


def _codes(text: str) -> Iterator[str]:
    """``TD007 × 20, TD008``, one by one."""
    for part in text.split(", "):
        code, _, times = part.partition(" × ")
        yield from [code] * int(times or 1)


def _question(files: dict[str, Content]) -> dict[str, Any]:
    """What is asked where nothing is said: the one rule file or the folder, by the data if there are some."""
    rules = [name for name in files if name.endswith(".rubric")]
    data = [name for name in files if name.startswith("data.")]
    asked = {"rules": rules[0] if len(rules) == 1 else "."} if rules else {}
    return {**asked, **({"data": data[0]} if data else {})}


def _unmarked(text: str) -> tuple[str, list[tuple[tuple[int, int], tuple[int, int]]]]:
    """The text without marks, and the stretches that were marked, as line and column from 1."""
    plain = ""
    begun: tuple[int, int] | None = None
    found = []
    for part in re.split(f"([{_OPEN}{_CLOSE}])", text):
        here = (plain.count("\n") + 1, len(plain) - plain.rfind("\n"))
        if part == _OPEN:
            begun = here
        elif part == _CLOSE:
            assert begun is not None
            found.append((begun, here))
        else:
            plain += part
    return plain, found
