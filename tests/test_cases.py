"""Cases in Markdown: prose, the smallest rule file, perhaps data, and fences that say what comes out of any stage.

``tests/cases/<construct>/{good,bad}/*.md``. A good case has no error and its examples hold; a bad one has errors. The
fences ``errors``, ``result``, ``trace CODE``, ``format`` and ``english`` hold expectations; ``pytest --accept`` writes
those that are there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from attrs import frozen

from running import differences, errors, read, results
from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.library import ScaleRules
from thangdiem.dsl.numerals import write_plain
from thangdiem.dsl.parser import parse
from thangdiem.dsl.printer import print_file
from thangdiem.dsl.source import source_of
from thangdiem.dsl.syntax import SyntaxFile
from thangdiem.engine.binding import bind
from thangdiem.engine.evaluator import evaluate_all
from thangdiem.engine.result import UnitResult
from thangdiem.engine.tables.reading import read_table
from thangdiem.engine.trace import Step, Value

CASES = Path(__file__).parent / "cases"
GOOD = sorted(CASES.glob("*/good/*.md"))
BAD = sorted(CASES.glob("*/bad/*.md"))
EXPECTATIONS = ("errors", "result", "trace", "format", "english")
FENCE = re.compile(r"^```(\w+)([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@frozen
class Case:
    """The parts of a case: its rule file, its data, and what every expectation fence should hold."""

    rubric: str
    csv: str = ""

    def expected(self, fence: str, info: str) -> str:
        """What comes out of the stage a fence is about."""
        match fence:
            case "errors":
                lines: Iterator[str] = iter(errors(read(self.rubric)[1]))
            case "result":
                lines = self._results()
            case "trace":
                lines = self._traces(info)
            case "format":
                return print_file(self._syntax())
            case _:
                return print_file(self._syntax(), "en")
        return "".join(f"{line}\n" for line in lines)

    def _syntax(self) -> SyntaxFile:
        syntax, _ = parse(source_of(self.rubric))
        assert syntax is not None
        return syntax

    def units(self) -> Iterator[UnitResult]:
        book, _ = read(self.rubric)
        assert book is not None
        if not self.csv:
            for _, found in results(book):
                yield from found.units
            return
        table, faults = read_table("data.csv", self.csv.encode())
        assert table is not None, faults
        bound, told = bind(table, book)
        assert not errors(told), errors(told)
        for scale in book.scales:
            if scale.id in bound:
                others = {name: units for name, units in bound.items() if name != scale.id}
                yield from evaluate_all(ScaleRules(book, scale), bound[scale.id], others=others).units

    def _results(self) -> Iterator[str]:
        for unit in self.units():
            yield unit_line(unit)
            yield from (f"  {found.code} {found.message('en')}" for found in unit.diagnostics)

    def _traces(self, code: str) -> Iterator[str]:
        for unit in self.units():
            assert unit.trace is not None
            yield unit.unit
            yield from tree(unit.trace.items[code] if code else unit.trace.total, 1)


def case(path: Path) -> Case:
    parts = {found[1]: found[3] for found in FENCE.finditer(path.read_text(encoding="utf-8"))}
    return Case(parts["rubric"], parts.get("csv", ""))


def unit_line(unit: UnitResult) -> str:
    """``A: graded, total 5, maximum 10, grade tốt, rank 1; 1=5, 2=missing``."""
    figures = [("total", unit.total), ("maximum", unit.maximum), ("grade", unit.grade), ("rank", unit.rank)]
    parts = [f"{name} {write_plain(it) if isinstance(it, Fraction) else it}" for name, it in figures if it is not None]
    items = [
        f"{item.code}={write_plain(item.score) if item.score is not None else item.state.value}" for item in unit.items
    ]
    return f"{unit.unit}: {', '.join([unit.status.value, *parts])}; {', '.join(items)}".rstrip("; ")


def tree(step: Step, depth: int) -> Iterator[str]:
    """A step and all below it: its kind and its value, or its state."""
    value = shown(step.value) if step.state is rb.State.VALUE else step.state.value
    yield f"{'  ' * depth}{step.kind} {value}".rstrip()
    for child in step.children:
        yield from tree(child, depth + 1)


def shown(value: Value | None) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case Fraction():
            return write_plain(value)
        case tuple():
            return ", ".join(value)
        case _:
            return str(value)


def name_of(path: Path) -> str:
    return path.relative_to(CASES).with_suffix("").as_posix()


@pytest.mark.parametrize("path", [*GOOD, *BAD], ids=name_of)
def test_every_stage_gives_what_the_case_says(path: Path, accept: bool) -> None:
    text = path.read_text(encoding="utf-8")
    found = case(path)

    def come_out(fence: re.Match[str]) -> str:
        if fence[1] not in EXPECTATIONS:
            return fence[0]
        return f"```{fence[1]}{fence[2]}\n{found.expected(fence[1], fence[2].strip())}```"

    came_out = FENCE.sub(come_out, text)
    if accept:
        path.write_text(came_out, encoding="utf-8")
        return
    assert came_out == text


@pytest.mark.parametrize("path", GOOD, ids=name_of)
def test_a_good_case_has_no_error_and_its_examples_hold(path: Path) -> None:
    book, findings = read(case(path).rubric)
    assert errors(findings) == []
    assert book is not None
    assert differences(book) == []


@pytest.mark.parametrize("path", BAD, ids=name_of)
def test_a_bad_case_shows_its_errors(path: Path) -> None:
    assert errors(read(case(path).rubric)[1])
    assert "```errors\n" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", [*GOOD, *BAD], ids=name_of)
def test_a_case_says_in_prose_what_it_is_about(path: Path) -> None:
    assert re.match(r"# [^\n]+\n\n[^`\n]", path.read_text(encoding="utf-8"))
