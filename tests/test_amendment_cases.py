"""Cases of amendments in Markdown: prose, the smallest rule files, and fences that say what they come to together.

``tests/cases/amendments/<operation>/{good,bad}/*.md``. The files are the ``rubric`` fences, called ``1.rubric``,
``2.rubric`` … in their order. Expectations, written by ``pytest --accept``: ``errors`` – those of the folder, at every
day on which its rules change and for every period it names (``errors DAY``: those whoever asks for that day is told);
``warnings`` likewise; ``changed DAY`` and ``changed PERIOD`` – the lines the first file has lost and gained;
``text DAY`` – all of the text in force. A good case has no error and the examples of each version hold; a bad one has
errors.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import ndiff
from functools import cache
from pathlib import Path

import pytest

from rule_folders import folder, moments, short, told, told_at, version
from running import differences
from thangdiem.dsl.diagnostic import Diagnostic, Related, Severity
from thangdiem.dsl.library import RuleSet, RuleSetError

CASES = Path(__file__).parent / "cases" / "amendments"
GOOD = sorted(CASES.glob("*/good/*.md"))
BAD = sorted(CASES.glob("*/bad/*.md"))
EXPECTATIONS = ("errors", "warnings", "changed", "text")
FENCE = re.compile(r"^```(\w+)([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@cache
def rules_of(text: str) -> RuleSet:
    """The rule set of the files of a case."""
    files = (found[3] for found in FENCE.finditer(text) if found[1] == "rubric")
    return folder({f"{number}.rubric": content for number, content in enumerate(files, 1)})


@cache
def found_in(text: str) -> tuple[Diagnostic, ...]:
    return told(rules_of(text))


def expected(text: str, fence: str, info: str) -> str:
    """What comes out of the stage a fence is about."""
    match fence:
        case "errors" | "warnings":
            found = told_at(rules_of(text), info) if info else found_in(text)
            lines: Iterator[str] = shown(found, Severity(fence.removesuffix("s")))
        case "changed":
            lines = changed(text, info)
        case _:
            return "\n".join(book.source.text for book in version(rules_of(text), info).books)
    return "".join(f"{line}\n" for line in lines)


def shown(findings: Iterable[Diagnostic], severity: Severity) -> Iterator[str]:
    for found in findings:
        if found.severity is severity:
            yield f"{found.code} {place(found)} {found.message('en')}"
            yield from (f"  {each.label} {place(each)}{of(each)}" for each in found.related)


def place(found: Diagnostic | Related) -> str:
    """``2.rubric:7``, as people count lines."""
    if found.place is None or found.place.start is None:
        return "-"
    return f"{short(found.place).file}:{found.place.start.line + 1}"


def of(related: Related) -> str:
    return f" {', '.join(str(each) for each in related.arguments.values())}" if related.arguments else ""


def changed(text: str, moment: str) -> Iterator[str]:
    """The lines of the first file that are gone, and those that are there instead, but for empty ones."""
    first = next(found[3] for found in FENCE.finditer(text) if found[1] == "rubric")
    at = version(rules_of(text), moment).book.source.text
    for line in ndiff(first.splitlines(), at.splitlines()):
        if line[0] in "+-" and line[1:].strip():
            yield line


def name_of(path: Path) -> str:
    return path.relative_to(CASES).with_suffix("").as_posix()


@pytest.mark.parametrize("path", [*GOOD, *BAD], ids=name_of)
def test_the_files_come_to_what_the_case_says(path: Path, accept: bool) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.match(r"# [^\n]+\n\n[^`\n]", text), "the case says in prose what it is about"

    def come_out(fence: re.Match[str]) -> str:
        if fence[1] not in EXPECTATIONS:
            return fence[0]
        return f"```{fence[1]}{fence[2]}\n{expected(text, fence[1], fence[2].strip())}```"

    came_out = FENCE.sub(come_out, text)
    if accept:
        path.write_text(came_out, encoding="utf-8")
    else:
        assert came_out == text
    if path.parent.name == "bad":
        held = [fence[3] for fence in FENCE.finditer(came_out) if fence[1] == "errors"]
        assert held
        assert all(held)
        return
    assert [found.message("en") for found in found_in(text) if found.severity is Severity.ERROR] == []
    assert any(fence[1] in ("changed", "text") for fence in FENCE.finditer(text))
    for moment in moments(rules_of(text)):
        assert [line for book in version(rules_of(text), moment).books for line in differences(book)] == []


def test_every_operation_has_two_good_and_two_bad_cases() -> None:
    for operation in CASES.iterdir():
        for sort in ("good", "bad"):
            assert len(list((operation / sort).glob("*.md"))) >= 2, f"{operation.name}/{sort}"


def test_a_day_before_the_first_document_has_no_text() -> None:
    rules = folder(
        {"1.rubric": 'Quyết định 1/QĐ\n  Hiệu lực: từ 01/01/2024\n\nThang điểm a "A": 5 điểm\n  Chỉ số 1 "B": 5 điểm\n'}
    )
    with pytest.raises(RuleSetError) as refused:
        version(rules, "2023-12-31")
    assert [found.code for found in refused.value.diagnostics] == ["TD603"]
