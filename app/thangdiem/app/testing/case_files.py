"""Rule files in; the cases of ``cases/*.md`` beside them run, and their recordings written where that is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from thangdiem.app import files
from thangdiem.app.exits import Exit, Stopped
from thangdiem.app.rule_folders import Checked
from thangdiem.app.testing.runs import Recorded, Run
from thangdiem.dsl.diagnostic import Diagnostic
from thangdiem.dsl.rulebook import Rulebook, Scale
from thangdiem.dsl.source import Source, read_source
from thangdiem.dsl.versions import RuleSetError
from thangdiem.engine.cases import Block, Recording, blocks_of, books_with, recorded_text, scale_named
from thangdiem.engine.examples import run_examples


def case_runs(one: Checked, *, accept: bool) -> Iterator[Run]:
    """The runs of every case file beside the rule files, in the order of their names."""
    folders = dict.fromkeys(Path(each).parent / "cases" for each in one.files if each and Path(each).exists())
    for folder in folders:
        for path in sorted(folder.glob("*.md")):
            yield from _of_file(path, one, accept=accept)


def _of_file(path: Path, one: Checked, *, accept: bool) -> Iterator[Run]:
    source, faults = read_source(str(path), files.read_found(str(path)))
    if source is None:
        raise Stopped(Exit.BAD_INPUT, *faults)
    accepted: list[tuple[Recording, str]] = []
    blocks = blocks_of(source.text)
    for block, cases in zip(blocks, _cases(blocks, source, one), strict=True):
        run = _of_block(block, cases, source, accept=accept)
        accepted.extend((block.recording, each.got) for each in run.recorded if block.recording and accept)
        yield run
    if accepted:
        _write(path, source, accepted)


def _cases(blocks: Sequence[Block], source: Source, one: Checked) -> list[Rulebook]:
    """The rulebook of each case, with its examples; the rules of a version are read once for all its cases."""
    of_book: dict[int, tuple[Rulebook, list[tuple[int, Scale, Block]]]] = {}
    of_period = {period: _books(period, one) for period in dict.fromkeys(block.period for block in blocks)}
    for place, block in enumerate(blocks):
        books = of_period[block.period]
        book, scale = scale_named(books, block.scale) or (books[0], books[0].scales[0])
        of_book.setdefault(id(book), (book, []))[1].append((place, scale, block))
    found: dict[int, Rulebook] = {}
    faults: list[Diagnostic] = []
    for book, members in of_book.values():
        cases, wrong = books_with(book, [(scale, block) for _, scale, block in members], source, one.rules.documents)
        faults.extend(wrong)
        found.update(zip((place for place, _, _ in members), cases, strict=False))
    if faults:
        raise Stopped(Exit.BAD_INPUT, *faults)
    return [found[place] for place in range(len(blocks))]


def _of_block(block: Block, cases: Rulebook, source: Source, *, accept: bool) -> Run:
    reports = run_examples(cases)
    recorded: tuple[Recorded, ...] = ()
    if block.recording is not None:
        units = [unit for report in reports for unit in report.units]
        got = recorded_text(units, cases.dialect)
        expected = got if accept else block.recording.text
        recorded = (Recorded(source.name, block.recording.first + 1, expected, got),)
    return Run(f"{source.name}: {block.title}" if block.title else source.name, cases, reports, (), recorded, True)


def _books(period: int | None, one: Checked) -> Sequence[Rulebook]:
    """The texts in force for the period of a case; those as written where it names none."""
    if period is not None:
        try:
            return one.rules.for_period(period).books
        except RuleSetError:
            return one.rules.documents
    return one.rules.documents


def _write(path: Path, source: Source, accepted: Sequence[tuple[Recording, str]]) -> None:
    """The recordings put between their fences; every other byte of a line stays."""
    lines = source.original.split("\n")
    for recording, got in reversed(accepted):
        end = "\r" if lines[recording.first - 1].endswith("\r") else ""
        lines[recording.first : recording.last] = [f"{line}{end}" for line in got.split("\n")]
    files.replace(path, "\n".join(lines))
