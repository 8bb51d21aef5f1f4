"""What the guide on the operations shows – lines that change, messages, results – is what comes out of its examples."""

from __future__ import annotations

import re
import shlex
from datetime import date, timedelta
from difflib import ndiff
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from pages import DOCS, fences, read_page
from rule_folders import told_at
from thangdiem.app.cli import program
from thangdiem.dsl.diagnostic import Diagnostic, Severity, has_errors
from thangdiem.dsl.library import RuleSet, rules_of
from thangdiem.dsl.rule_files import RuleFile
from thangdiem.dsl.version_findings import with_versions

GUIDE = DOCS / "huong-dan" / "lenh-sua-doi.md"
AMENDED, AMENDING = (each.text for each in fences(GUIDE, "rubric"))
HEAD = AMENDING.partition("Khoản")[0]
NEW_YEAR = "2024-01-01"
CHECKED = "check"
CLAUSES = re.compile(r"^```text lệnh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SHOWN = re.compile(r"^```text lệnh\n(.*?)^```\n\n```diff([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
WRONG = re.compile(r"^```text sai\n(.*?)^```\n\n```text báo([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
RESULT = re.compile(r"^```text reading\n.*?^```$", re.MULTILINE | re.DOTALL)
PROVENANCE = re.compile(r"^ *Được [^:]+ bởi: .*\n|^ *# .*: được bãi bỏ bởi .*\n| +# được .*$", re.MULTILINE)


def rules_with(example: str) -> RuleSet:
    """The amended decision with an example: whole documents, or clauses behind the head that the page shows once."""
    documents = re.split(r"^(?=Quyết định|Văn bản hợp nhất)", example, flags=re.MULTILINE)
    written = documents[1:] if len(documents) > 1 else [HEAD + example]
    texts = enumerate([AMENDED, *written])
    return rules_of([RuleFile(f"{index}.rubric", text.encode()) for index, text in texts])


@cache
def unamended() -> str:
    first = rules_of([RuleFile("0.rubric", AMENDED.encode())])
    return first.on(NEW_YEAR).book.source.text


def text_before(rules: RuleSet, day: date) -> str:
    """The text in force the day before; while nothing is amended, and before anything was, the decision itself."""
    begun = [each for each in rules.days() if each < day]
    return rules.on(day - timedelta(days=1)).book.source.text if len(begun) > 1 else unamended()


def changed(example: str, stated: str) -> str:
    """The lines that were there the day before and are not any more, and those there instead, without their sources."""
    day = date.fromisoformat(stated.strip() or NEW_YEAR)
    rules = rules_with(example)
    version = rules.on(day)
    assert not has_errors((*rules.diagnostics, *version.diagnostics)), example
    texts = (text_before(rules, day), version.book.source.text)
    before, after = (PROVENANCE.sub("", each).splitlines() for each in texts)
    return "".join(f"{line.rstrip()}\n" for line in ndiff(before, after) if line[0] in "+-" and line[1:].strip())


def message(example: str, moment: str) -> str:
    """What whoever asks for that day or period, or checks the whole folder, is told first."""
    rules = rules_with(example)
    asked = moment.strip() or NEW_YEAR
    told = with_versions(rules).diagnostics if asked == CHECKED else (*rules.diagnostics, *told_at(rules, asked))
    found = sorted(told, key=_weight)
    return f"{found[0].code}: {found[0].message('vi')}\n{found[0].hint('vi')}\n"


def _weight(found: Diagnostic) -> int:
    return list(Severity).index(found.severity)


def test_every_example_changes_the_lines_it_shows(accept: bool) -> None:
    page = read_page(GUIDE)
    shown = SHOWN.sub(
        lambda found: f"```text lệnh\n{found[1]}```\n\n```diff{found[2]}\n{changed(found[1], found[2])}```", page
    )
    if accept:
        GUIDE.write_text(shown, encoding="utf-8")
    assert read_page(GUIDE) == shown


def test_every_mistake_gives_the_message_it_shows(accept: bool) -> None:
    page = read_page(GUIDE)
    shown = WRONG.sub(
        lambda found: f"```text sai\n{found[1]}```\n\n```text báo{found[2]}\n{message(found[1], found[2])}```", page
    )
    if accept:
        GUIDE.write_text(shown, encoding="utf-8")
    assert read_page(GUIDE) == shown


def test_every_example_shows_what_it_changes_and_every_mistake_its_message() -> None:
    page = read_page(GUIDE)
    assert len(CLAUSES.findall(page)) == len([each for each in SHOWN.findall(page) if each[2]])
    assert page.count("```text sai\n") == len(WRONG.findall(page))


def test_the_result_by_another_reading_is_what_the_command_prints(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, accept: bool
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("phong").mkdir()
    for fence in (*fences(GUIDE, "rubric"), *fences(GUIDE, "csv")):
        Path(fence.info).write_text(fence.text, encoding="utf-8")
    (command,) = (each.text for each in fences(GUIDE, "console") if each.info == "reading")
    ended = CliRunner().invoke(program, ["--lang", "vi", *shlex.split(command.removeprefix("$ thangdiem "))])
    page = read_page(GUIDE)
    shown = RESULT.sub(f"```text reading\n{ended.stdout}```", page)
    if accept:
        GUIDE.write_text(shown, encoding="utf-8")
    assert ended.exit_code == 0
    assert read_page(GUIDE) == shown
