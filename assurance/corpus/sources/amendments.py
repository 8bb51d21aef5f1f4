"""``tests/cases/amendments/OPERATION/{good,bad}/*.md`` in; a case of the folder, and one of each moment shown, out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assurance.corpus.case import Case
from assurance.corpus.content import content_of
from assurance.corpus.sources.fences import Fence, fences, title


def cases(root: Path) -> Iterator[Case]:
    """The folder is checked; then the text of each day and period that the case says something of."""
    for path in sorted((root / "tests" / "cases" / "amendments").glob("*/*/*.md")):
        text = path.read_text(encoding="utf-8")
        shown = list(fences(text))
        rules = [fence.text for fence in shown if fence.language == "rubric"]
        files = {f"{number}.rubric": content_of(content) for number, content in enumerate(rules, 1)}
        operation, sort = path.parts[-3:-1]
        name, source = f"amendments/{operation}/{sort}/{path.stem}", str(path.relative_to(root))
        yield Case(f"amendments-{operation}", name, title(text), files, {"rules": "."}, source)
        for moment in _moments(shown):
            question = {"rules": ".", **asked(moment)}
            yield Case(f"amendments-{operation}", f"{name}@{moment}", title(text), files, question, source)


def asked(moment: str) -> dict[str, Any]:
    """A day or a period, as a question names it."""
    return {"period": int(moment)} if moment.isdigit() else {"on": moment}


def _moments(shown: list[Fence]) -> list[str]:
    return list(dict.fromkeys(fence.info for fence in shown if fence.language != "rubric" and fence.info))
