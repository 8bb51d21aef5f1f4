"""Every rule file in the documentation checks without errors and its examples hold; a wrong one has an error."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

import pytest

from pages import DOCS, Fence, fences, pages
from running import differences, errors, read
from thangdiem.dsl.diagnostic import Severity
from thangdiem.dsl.library import load
from thangdiem.dsl.version_findings import with_versions

RUBRICS = [
    pytest.param(fence, id=f"{page.relative_to(DOCS)}:{fence.line}")
    for page in pages()
    if page.parent.name != "diagnostics"
    for fence in fences(page, "rubric")
]
RUNNING = [found for found in RUBRICS if found.values[0].info == ""]
WRONG = [found for found in RUBRICS if found.values[0].info.startswith("wrong ")]

NAMED = [found for found in RUBRICS if found.values[0].info.endswith(".rubric")]
"""Files that only say something together, such as a decision and what amends it; a page has one folder of them."""
FOLDERS = [
    pytest.param([found.values[0] for found in files], id=page)
    for page, files in groupby(NAMED, lambda found: str(found.id).rpartition(":")[0])
]


@pytest.mark.parametrize("fence", RUNNING)
def test_a_rule_file_in_the_docs_has_no_error_and_its_examples_hold(fence: Fence) -> None:
    book, findings = read(fence.text)
    assert errors(findings) == []
    assert book is not None
    assert book.examples
    assert differences(book) == []


@pytest.mark.parametrize("fence", WRONG)
def test_a_rule_file_shown_as_wrong_gives_the_findings_named_beside_it(fence: Fence) -> None:
    """```` ```rubric wrong TD114 ````: the errors are these codes; what follows from them may be warned of."""
    told = {found.code for found in read(fence.text)[1] if found.severity is Severity.ERROR}
    assert told == set(fence.info.split()[1:])


@pytest.mark.parametrize("shown", FOLDERS)
def test_the_files_of_a_folder_have_no_error_in_any_version(shown: list[Fence], tmp_path: Path) -> None:
    for fence in shown:
        (tmp_path / Path(fence.info).name).write_text(fence.text, encoding="utf-8")
    assert errors(with_versions(load(tmp_path)).diagnostics) == []


def test_every_rule_file_is_shown_as_right_or_as_wrong() -> None:
    assert len(RUNNING) + len(WRONG) + len(NAMED) == len(RUBRICS)


def test_a_false_expectation_would_be_found() -> None:
    right = fences(DOCS / "reference" / "language.md", "rubric")[1].text
    book, _ = read(right.replace("total 14 points", "total 13 points"))
    assert book is not None
    assert differences(book) == ["one commune, one commune: total 13 points, got 14"]
