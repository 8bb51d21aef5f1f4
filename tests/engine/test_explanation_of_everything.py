"""Every example of every rule file that ships, and of the documentation, can be explained and adds up."""

import re
from pathlib import Path

import pytest

from explained import calculations, recomputed
from pages import DOCS, fences, pages
from running import read, results
from thangdiem.engine.explanation import explain
from thangdiem.engine.rendering import render_ranking, render_table

ROOT = DOCS.parent
CASES = ROOT / "tests" / "cases"


def rule_files() -> dict[str, str]:
    """The text of every rule file with an example, by where it stands."""
    found = {
        str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in (ROOT / "rules").rglob("*.rubric")
    }
    for page in [*pages(), *sorted(CASES.rglob("good/*.md"))]:
        for fence in fences(page, "rubric"):
            found[f"{page.relative_to(ROOT)}:{fence.line}"] = fence.text
    return {place: text for place, text in found.items() if re.search(r"^(Ví dụ|Example) ", text, re.MULTILINE)}


def folders() -> list[str]:
    return sorted({str(Path(place.split(":")[0]).parent) for place in rule_files()})


FILES = rule_files()


@pytest.mark.parametrize("folder", folders())
def test_every_example_can_be_explained_and_adds_up(folder: str) -> None:
    wrong = []
    for place, text in FILES.items():
        if str(Path(place.split(":")[0]).parent) != folder:
            continue
        book, _ = read(text)
        for example, found in results(book) if book is not None else ():
            language = "en" if book is not None and book.dialect == "en" else "vi"
            for unit in found.units:
                explanation = explain(found, unit, language)
                pairs = [(line, pair) for line in calculations(explanation) for pair in recomputed(line, language)]
                wrong.extend((place, example.title, line) for line, (one, other) in pairs if one != other)
                assert max(map(len, explanation.to_text().split("\n"))) <= 96
                assert explanation.unit in explanation.to_data().values()
            assert render_table(found, language)
            assert "<h1>" in render_ranking(found, language)
    assert wrong == []


def test_there_is_much_to_explain() -> None:
    assert len(FILES) >= 50
