"""Texts of real files with the damage that people and programs do to them: characters, words and lines."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from hypothesis import strategies as st

from pages import DOCS, fences

ROOT = Path(__file__).parents[1]
_PLACES = ("rules", "tests/rules", "tests/dsl/corpus", "tests/dsl/comparison")
_WORD = re.compile(r"\w+|[^\w\s]")


@cache
def rule_texts() -> dict[str, str]:
    """Every rule file of the repository, by path, and the examples of the reference of the language."""
    paths = [path for place in _PLACES for path in sorted((ROOT / place).rglob("*.rubric"))]
    texts = {str(path.relative_to(ROOT)): path.read_text("utf-8-sig") for path in paths}
    for page in ("language", "amendments"):
        for fence in fences(DOCS / "reference" / f"{page}.md", "rubric"):
            texts[f"{page}.md:{fence.line}"] = fence.text
    return texts


@cache
def _words() -> tuple[str, ...]:
    """Every word and sign that rule files hold, so that what is put in often means something."""
    return tuple(dict.fromkeys(word for text in rule_texts().values() for word in _WORD.findall(text)))


@cache
def _lines() -> tuple[str, ...]:
    return tuple(dict.fromkeys(line for text in rule_texts().values() for line in text.split("\n")))


_SIGNS = st.sampled_from((*"\n\t \u00a0\u200b\u202e\"“”'[]():;,.-–*/+=%#<>^0123456789aĐđ\x00\ufeff", "\u0300", "😀"))
_KINDS = st.sampled_from(("sign", "without", "word", "other", "swapped", "line", "doubled", "gone", "moved", "cut"))


@st.composite
def damaged(draw: st.DrawFn, text: str, kinds: st.SearchStrategy[str] = _KINDS) -> str:
    """The text after one to three edits."""
    for _ in range(draw(st.integers(1, 3))):
        text = draw(_edited(text, draw(kinds)))
    return text


@st.composite
def _edited(draw: st.DrawFn, text: str, kind: str) -> str:
    at = draw(st.integers(0, max(len(text) - 1, 0)))
    if kind == "sign":
        return text[:at] + draw(_SIGNS) + text[at:]
    if kind == "without":
        return text[:at] + text[at + 1 :]
    if kind == "cut":
        return text[:at]
    if kind in ("word", "other", "swapped"):
        return draw(_with_words(text, kind))
    return draw(_with_lines(text, kind))


@st.composite
def _with_words(draw: st.DrawFn, text: str, kind: str) -> str:
    words = list(_WORD.finditer(text))
    if len(words) < 2:
        return text
    at = draw(st.integers(0, len(words) - 2))
    one, two = words[at], words[at + 1]
    if kind == "swapped":
        return text[: one.start()] + two[0] + text[one.end() : two.start()] + one[0] + text[two.end() :]
    put = draw(st.sampled_from(_words()))
    return text[: one.start()] + put + (" " + one[0] if kind == "word" else "") + text[one.end() :]


@st.composite
def _with_lines(draw: st.DrawFn, text: str, kind: str) -> str:
    lines = text.split("\n")
    at = draw(st.integers(0, len(lines) - 1))
    if kind == "line":
        lines.insert(at, draw(st.sampled_from(_lines())))
    elif kind == "doubled":
        lines.insert(at, lines[at])
    elif kind == "gone":
        del lines[at]
    else:
        line = lines.pop(at)
        lines.insert(draw(st.integers(0, len(lines))), line)
    return "\n".join(lines)
