"""``docs/diagnostics/TDnnn.md`` in; its wrong and its right example as cases out.

Pages that show no file – only what would be one – have their cases among those written for the corpus.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from assurance.corpus.case import Case
from assurance.corpus.content import Content, content_of
from assurance.corpus.sources import desks
from assurance.corpus.sources.amendments import asked
from assurance.corpus.sources.fences import Fence, fences, title
from assurance.corpus.sources.markdown import RULES

_PROGRAM = "$ thangdiem "
_ASKED = re.compile(r'load\("([^"]+)"\)\.(\w+)\((?:"?([\d-]+)"?)?\)')


def cases(root: Path) -> Iterator[Case]:
    """Both examples of every page."""
    for page in sorted((root / "docs" / "diagnostics").glob("TD*.md")):
        text = page.read_text(encoding="utf-8")
        about = title(text).partition(" — ")[2].partition(" / ")[2]
        right = text.find("## Đúng / Right")
        shown = list(fences(text))
        rubric = [fence for fence in shown if fence.language == "rubric"]
        for sort in ("wrong", "right"):
            mine = [fence for fence in shown if right != -1 and (fence.start > right) == (sort == "right")]
            kept = rubric[:1] if sort == "right" and not any(fence.language == "rubric" for fence in mine) else []
            source = str(page.relative_to(root))
            for files, question in _asked(page.stem, sort, [*kept, *mine]):
                name = f"{page.stem}/{sort}{'@2024' if 'period' in question and not kept and rubric else ''}"
                yield Case(part_of(page.stem), name, about, files, question, source)


def _asked(code: str, sort: str, shown: list[Fence]) -> Iterator[tuple[Mapping[str, Content], dict[str, Any]]]:
    """The files and the question of an example, where it can be asked."""
    rules = {fence.info or RULES: content_of(fence.text) for fence in shown if fence.language == "rubric"}
    data = {f"data.{each.language}": content_of(each.text) for each in shown if each.language in ("csv", "json")}
    python = [fence.text for fence in shown if fence.language == "python"]
    commands = [
        line.removeprefix(_PROGRAM)
        for fence in shown
        if fence.language == "console"
        for line in fence.text.splitlines()
        if line.startswith(_PROGRAM)
    ]
    template = [fence.text for fence in shown if fence.language == "jinja"]
    if commands:
        yield from _commanded(code, sort, [shlex.split(command) for command in commands])
    elif python:
        yield from _of_python(python[0])
    elif template:
        files = {"mau/explanation.html": content_of(template[0]), **desks.OFFICE}
        yield files, {"rules": RULES, "template": "mau"}
    elif data and code < "TD450":
        yield data, {"data": next(iter(data))}
    elif data and rules:
        yield {**rules, **data}, {"rules": RULES, "data": next(iter(data))}
    elif list(rules) == [RULES]:
        yield rules, {"rules": RULES, **({"anyway": True} if sort == "wrong" and code[:3] == "TD5" else {})}
    elif rules:
        yield rules, {"rules": "."}
        if code in desks.OF_A_PERIOD:
            yield rules, {"rules": ".", "period": 2024}


def _commanded(code: str, sort: str, commands: list[list[str]]) -> Iterator[tuple[Mapping[str, Content], Any]]:
    files = desks.files_for(code, commands, wrong=sort == "wrong")
    if files is not None:
        machine = desks.MACHINE_OF.get(code) if sort == "wrong" else None
        yield files, {"commands": commands, **({"machine": machine} if machine else {})}


def _of_python(text: str) -> Iterator[tuple[Mapping[str, Content], Any]]:
    """``load("rules/vi-du").on("2023-01-01").why`` as a question."""
    asking = _ASKED.match(text)
    assert asking is not None, text
    path, method, moment = asking.groups()
    files = {name: content_of(held) for name, held in desks.USAGE.items() if name.startswith(path)}
    yield files, {"rules": path, **(asked(moment) if method != "only" else {"only": True})}


@cache
def _parts() -> dict[str, str]:
    """Which file of the catalogue a code stands in."""
    folder = Path(__file__).parents[3] / "dsl" / "thangdiem" / "dsl" / "catalogue"
    return {
        code: path.stem.replace("_", "-")
        for path in sorted(folder.glob("*.toml"))
        for code in re.findall(r"^\[(TD\d{3})\]$", path.read_text(encoding="utf-8"), re.MULTILINE)
    }


def part_of(code: str) -> str:
    """The construct of a code: the part of the catalogue it stands in."""
    return f"diagnostics-{_parts()[code]}"
