"""Files of good cases in; the same files with one slip of the hand, in every kind of line, out.

A line is known by its first words. Of each kind the shortest file that has it is taken, and its line loses its last
colon, its tone marks, or its last word: what a drafter loses while typing or pasting.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from unicodedata import combining, normalize

from attrs import frozen

from assurance.corpus.case import Case
from assurance.corpus.content import content_of
from assurance.corpus.sources.fences import Fence, fences
from assurance.corpus.sources.markdown import RULES
from thangdiem.dsl.letters import toneless

_KIND = re.compile(r"^\s*([-–•+]|[a-z]\))?\s*([^\W\d_]+(?: [^\W\d_]+)?)?", re.UNICODE)
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]')


@frozen
class _Line:
    source: str
    text: str
    number: int

    @property
    def written(self) -> str:
        return self.text.splitlines()[self.number]


def cases(root: Path) -> Iterator[Case]:
    """Each slip of each kind of line."""
    for kind, line in sorted(_kinds(root).items()):
        for slip, written in _slips(line.written).items():
            lines = line.text.splitlines()
            lines[line.number] = written
            about = f"“{line.written.strip()}” written “{written.strip()}”"
            files = {RULES: content_of("".join(f"{each}\n" for each in lines))}
            name = f"slips/{slip}/{kind}"
            yield Case(f"slips-of-the-hand-{slip}", name, about, files, {"rules": RULES}, line.source)


def _kinds(root: Path) -> Mapping[str, _Line]:
    """The shortest file with a line of each kind."""
    found: dict[str, _Line] = {}
    pages = sorted((root / "tests" / "cases").glob("*/good/*.md"))
    texts = [(page, fence.text) for page in pages for fence in _rubrics(page)]
    for page, text in sorted(texts, key=lambda each: (len(each[1]), each[0])):
        for number, line in enumerate(text.splitlines()):
            kind = _kind_of(line)
            if kind and kind not in found:
                found[kind] = _Line(str(page.relative_to(root)), text, number)
    return found


def _rubrics(page: Path) -> list[Fence]:
    return [fence for fence in fences(page.read_text(encoding="utf-8")) if fence.language == "rubric"]


def _kind_of(line: str) -> str:
    """``- tu``, ``chi so``, ``diem``: the first two words in plain letters, behind a bullet or a letter."""
    if line.lstrip().startswith("#"):
        return ""
    head = _KIND.match(_QUOTED.sub("", line))
    bullet, words = (head[1], head[2]) if head else (None, None)
    mark = "" if not bullet else "letter " if bullet.endswith(")") else "row "
    plain = re.sub(r"[^a-z ]", "", toneless(words).lower()) if words else ""
    return f"{mark}{plain}".strip()


def _slips(line: str) -> Mapping[str, str]:
    """The slips that change the line at all."""
    bare = _QUOTED.sub(lambda found: "\0" * len(found[0]), line)
    colon = bare.rfind(":")
    made = {
        "colon": line[:colon] + line[colon + 1 :] if colon >= 0 else line,
        "tones": _without_tones(line, bare),
        "last-word": re.sub(r"\s*\S+\s*$", "", line) if len(line.split()) > 1 else line,
    }
    return {slip: written for slip, written in made.items() if written != line}


def _without_tones(line: str, bare: str) -> str:
    """The keyword of the line without its tone marks; what is quoted, or follows a code, stays."""
    end = next((at for at, char in enumerate(bare) if char in "\0:=" or char.isdigit()), len(line))
    marks = "".join(char for char in normalize("NFD", line[:end]) if not combining(char))
    return marks.translate(str.maketrans("đĐ", "dD")) + line[end:]
