"""The guide to testing: its commands run, its figures are those of what ships, its case file is one."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from click.testing import CliRunner

from pages import DOCS, fences, read_page
from thangdiem.app.cli import program
from thangdiem.dsl.library import load
from thangdiem.dsl.rulebook import Rulebook
from thangdiem.dsl.source import read_source
from thangdiem.engine.cases import blocks_of, books_with, scale_named
from thangdiem.engine.coverage import coverage_of
from thangdiem.engine.examples import run_examples
from thangdiem.engine.mutation import Outcome, mutate

GUIDE = DOCS / "huong-dan" / "kiem-thu.md"
ROW = re.compile(r"^\| `([\w.-]+)`[^|]*\| (\S+) \| (\d+)/(\d+) \|$", re.MULTILINE)


@pytest.mark.parametrize("command", [fence.text.strip() for fence in fences(GUIDE, "console")])
def test_the_commands_of_the_guide_run(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(DOCS.parent)
    ended = CliRunner().invoke(program, command.removeprefix("$ thangdiem ").split())
    assert ended.exit_code == 0


def test_the_coverage_of_what_ships_is_the_one_written_down() -> None:
    rows = ROW.findall(read_page(GUIDE))
    assert len(rows) == 5
    for folder, scale, reached, every in rows:
        book = next(each for each in load(DOCS.parent / "rules" / folder).documents if scale in map(_id, each.scales))
        texts = (book, *_cases(book, folder))
        units = [unit for each in texts for report in run_examples(each) for unit in report.units]
        assert coverage_of(book, units).by_scale()[scale] == (int(reached), int(every))


def _cases(book: Rulebook, folder: str) -> Iterator[Rulebook]:
    """The cases beside the rules, but for those of later periods, by the text as issued."""
    for path in sorted((DOCS.parent / "rules" / folder / "cases").glob("cap-*.md")):
        file, _ = read_source(path.name, path.read_bytes())
        assert file is not None
        named = [(found[1], block) for block in blocks_of(file.text) if (found := scale_named([book], block.scale))]
        books, faults = books_with(book, named, file)
        assert faults == ()
        yield from books


def test_the_score_of_slips_is_the_one_written_down() -> None:
    (book,) = load(DOCS.parent / "rules" / "hau-giang-1949").documents
    tried = mutate(book, 200)
    refused = sum(each.outcome is Outcome.REFUSED for each in tried.tried)
    assert f"{tried.noticed} trong {tried.counted} chỗ sửa bị phát hiện ({refused} do `check`)" in read_page(GUIDE)


def _id(scale: object) -> str:
    return str(getattr(scale, "id", ""))


def test_the_case_file_of_the_guide_is_read_as_it_says() -> None:
    text = next(fence.text for fence in fences(GUIDE, "text") if "| Đơn vị" in fence.text)
    (block,) = blocks_of(text)
    assert (block.title, block.scale, block.period) == ("Hai phòng của huyện", "phòng", 2023)
    assert block.cells[0] == ("Đơn vị", "Số hồ sơ", "2", "Kết quả")
    assert [row[0] for row in block.cells[1:]] == ["Phòng A", "Phòng B"]
