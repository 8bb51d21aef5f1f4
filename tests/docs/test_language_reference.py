"""The reference mentions every word and every construct of the language, and its examples hold."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

import pytest

from pages import DOCS, fences, read_page
from thangdiem.dsl.dialect import DIALECTS, dialect, looks_english
from thangdiem.dsl.parser import parse, vocabulary
from thangdiem.dsl.source import source_of

REFERENCE = [DOCS / "reference" / name for name in ("language.md", "amendments.md")]
KEYWORDS = DOCS / "reference" / "keywords.md"
_ONLY_ALIASED = {"start", "range"}
HEAD = """# Every spelling

The words of the language in both dialects; the first spelling is the one the formatter writes,
spellings of equal position translate into each other. Upper and lower case and runs of spaces do
not matter. What the words mean is in [language.md](language.md), those of amending decisions in
[amendments.md](amendments.md). This page is written by `pytest --accept`.
"""


def sections() -> dict[str, list[str]]:
    table = files("thangdiem.dsl").joinpath("dialects", "vi.toml").read_text(encoding="utf-8")
    return {name: list(terminals) for name, terminals in tomllib.loads(table).items()}


def keyword_page() -> str:
    vi, en = (dialect(name).spellings for name in DIALECTS)
    parts = [HEAD]
    for name, terminals in sections().items():
        rows = [f"| {name} | {_cell(vi[name])} | {_cell(en[name])} |" for name in terminals]
        parts.append("\n".join([f"## {name.capitalize()}\n", "| | vi | en |", "|---|---|---|", *rows, ""]))
    return "\n".join(parts)


def _cell(spellings: tuple[str, ...]) -> str:
    return ", ".join(f"`{spelling}`" for spelling in spellings)


def test_the_page_of_spellings_is_up_to_date(accept: bool) -> None:
    page = keyword_page()
    if accept:
        KEYWORDS.write_text(page, encoding="utf-8")
    assert read_page(KEYWORDS) == page


@pytest.mark.parametrize("name", DIALECTS)
def test_the_reference_spells_every_terminal(name: str) -> None:
    words = " ".join(word for page in REFERENCE for word in read_page(page).lower().split())
    spelled = dialect(name).spellings
    assert [terminal for terminal, options in spelled.items() if options[0] not in words] == []


def test_every_statement_of_the_grammar_is_in_an_example_of_the_reference() -> None:
    seen: set[str] = set()
    shown = [fence.text for page in REFERENCE for fence in fences(page, "rubric")]
    grades = {name: vocabulary("\n".join(shown), name) for name in DIALECTS}
    for text in shown:
        source = source_of(text)
        syntax, _ = parse(source, grades["en" if looks_english(text) else "vi"])
        assert syntax is not None
        for statement in syntax.statements:
            seen.update(str(node.data) for node in statement.iter_subtrees())
    grammar = files("thangdiem.dsl").joinpath("grammar.lark").read_text(encoding="utf-8")
    rules = grammar[: grammar.index("%declare")]
    named = set(re.findall(r"-> *(\w+)", rules)) | set(re.findall(r"^(\w+):", rules, re.MULTILINE))
    assert named - _ONLY_ALIASED - seen == set()
