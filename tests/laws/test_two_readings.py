"""Two readings of the language agree: the engine, and the naive one of the tests, written by another head."""

from __future__ import annotations

import ast
import csv
import re
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

import naive
from agreement import DoesNotResolve, compared, differences, of_drawn
from drawing import few
from engine.test_explanation_of_everything import FILES
from generated import rule_files, unit_lists
from generated.data import PERIOD
from generated.freely import drawn
from running import results
from smallest import smallest
from test_cases import GOOD, case
from thangdiem.dsl.checker import check
from thangdiem.dsl.parser import parse
from thangdiem.dsl.source import source_of

ROOT = Path(__file__).parents[2]
SCHEMES = {
    str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in (ROOT / "tests/rules").rglob("*.rubric")
}


@few(8)
@given(st.data())
def test_both_agree_on_rule_files_that_are_right(data: st.DataObject) -> None:
    over_units, complete = data.draw(st.booleans()), data.draw(st.booleans())
    file = data.draw(rule_files(scales=1, indicators=3, components=3, over_units=over_units))
    assert differences(file.rules(), data.draw(unit_lists(file, complete=complete)), PERIOD) == []


@pytest.mark.parametrize("number", range(55))
def test_both_agree_on_rule_files_that_mean_something(number: int) -> None:
    """What needs itself, which the checks refuse, is drawn anew."""
    for again in range(5):
        try:
            assert of_drawn(drawn(Random(100 * number + again))) == []
            break
        except DoesNotResolve:
            continue
    else:
        pytest.fail("nothing of what is drawn means anything")


# --- every example there is

NOT_COMPARED = {
    "docs/diagnostics/TD339.md": "shows an example in which a unit stands twice: the naive reading keeps units by name",
    "tests/cases/not-applicable/good/maximum-of-the-scale.md": "asks for a maximum inside an item: for that the naive "
    "reading finds every item, that one too",
}
NOT_READ = {
    "rules/minh-hoa/cap-xa.rubric": "based on another scale",
    "docs/reference/amendments.md": "based on another scale",
}


def test_both_agree_on_every_example() -> None:
    wrong, unsupported, compared_units = [], set(), 0
    for place, text in {**FILES, **SCHEMES}.items():
        if place.split(":")[0] in NOT_COMPARED:
            continue
        try:
            found = _of_examples(text)
        except naive.Unsupported as reason:
            unsupported.add((place.split(":")[0], reason.reason))
            continue
        compared_units += len(found)
        wrong += [f"{place}: {each}" for differing in found for each in differing]
    assert wrong == []
    assert unsupported == set(NOT_READ.items())
    assert compared_units > 400


def _of_examples(text: str) -> list[list[object]]:
    """For each unit of each example what differs."""
    populations = list(naive.examples(text))
    book = check(source_of(text), checks=False).book
    assert book is not None
    found: list[list[object]] = []
    for (_, ours), population in zip(results(book), populations, strict=len(book.examples) == len(populations)):
        theirs = naive.score(text, population.units, population.scale, population.period)
        found += [list(compared(unit, theirs[unit.unit])) for unit in ours.units]
    return found


TABLES = [
    path
    for path in GOOD
    if "```csv" in path.read_text(encoding="utf-8")
    and path.stem != "units-above-each-other"  # no unit of the naive reading is its own superior's superior
]


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_both_agree_on_the_tables_of_cases(path: Path) -> None:
    found = case(path)
    ours = list(found.units())
    assert ours
    for scale in {unit.scale for unit in ours}:
        rows = {row["Đơn vị"]: row for row in _rows(found.csv) if row["Đơn vị"] in _units(ours, scale)}
        others = {
            other: {row["Đơn vị"]: row for row in _rows(found.csv) if row["Đơn vị"] in _units(ours, other)}
            for other in {unit.scale for unit in ours} - {scale}
        }
        theirs = naive.score(found.rubric, rows, scale, None, others)
        for unit in (unit for unit in ours if unit.scale == scale):
            assert list(compared(unit, theirs[unit.unit])) == []


def _units(units: list[object], scale: str) -> set[str]:
    return {unit.unit for unit in units if unit.scale == scale}  # type: ignore[attr-defined]


def _rows(text: str) -> list[dict[str, str]]:
    dialect = csv.excel
    delimiter = ";" if ";" in text.split("\n")[0] else ","
    return list(csv.DictReader(text.splitlines(), dialect=dialect, delimiter=delimiter))


# --- the second reading is one


ALLOWED = {"lark", "attrs", "thangdiem.dsl.source", "thangdiem.dsl.parser", "thangdiem.dsl.syntax"}


def test_the_naive_reading_shares_no_code_with_the_engine() -> None:
    modules = sorted((ROOT / "tests" / "naive").glob("*.py"))
    assert len(modules) > 20
    for path in modules:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}
        names |= {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
        foreign = {name for name in names if name.split(".")[0] not in {*sys.stdlib_module_names, "naive"}}
        assert foreign <= ALLOWED, path.name


# --- what is drawn is the language

NEVER_DRAWN = {
    "of other documents": (
        "relation", "reference", "clause", "plain_clause", "clause_amends", "provision", "amend_item", "amend_scale",
        "amend_bonus", "amend_data", "replace", "insert", "insert_named", "repeal", "exchange", "figure", "edge",
        "phrase", "retitle", "renumber", "renumbering", "move", "suspend", "resume", "rest", "transition", "content",
        "loose_row", "bonus_address", "data_address", "item_address", "several_address", "listed_address",
        "scale_address", "grade_address", "grades_address", "line_address", "mark_address", "clause_address",
        "document_address", "example_address", "of_bonus", "amended", "suspended", "former_label",
        "alternative_reading", "like", "except", "of_scale",
    ),
    "texts and dates that change no result": (
        "text_field", "issued", "in_force", "periods", "one_period", "article", "citation", "reading", "counts",
        "data_source", "data_evidence",
    ),
    "of examples, which are compared one by one": (
        "example", "period", "tolerance", "population", "given", "assignment", "target", "given_value", "literal",
        "fraction", "results", "expectations", "expect_item", "expect_bonus", "expect_total", "expect_share",
        "expect_maximum", "expect_grade", "expect_rank", "expect_refused", "expect_ungraded", "expect_fault",
        "unit_row",
    ),
    "written by the examples and the rule files that are right": ("unit_number", "bonus_points"),
}  # fmt: skip


@cache
def _drawn_rules(count: int) -> Counter[str]:
    found: Counter[str] = Counter()
    for number in range(count):
        syntax, _ = parse(source_of(drawn(Random(number)).text))
        assert syntax is not None
        found.update({str(node.data) for tree in syntax.statements for node in tree.iter_subtrees()})
    return found


def test_the_files_that_are_drawn_hold_every_rule_of_the_grammar() -> None:
    grammar = (ROOT / "dsl/thangdiem/dsl/grammar.lark").read_text(encoding="utf-8")
    rules = set(re.findall(r"^(\w+):", grammar, re.MULTILINE)) | set(re.findall(r"-> (\w+)", grammar))
    argued = {rule for group in NEVER_DRAWN.values() for rule in group}
    assert argued <= rules
    assert rules - argued - {"start", "range"} - set(_drawn_rules(150)) == set()  # a range goes by its own name
    assert not argued & set(_drawn_rules(150))


# --- the smallest that shows a difference


def test_what_shows_something_is_made_small() -> None:
    found = next(each for each in map(drawn, map(Random, range(100))) if "Xếp hạng" in each.text)
    small = smallest(found, lambda each: "Xếp hạng theo" in each.text)
    assert len(small.text.split("\n")) <= 4
    assert len(small.units) == 1
    assert set(small.units[0]) == {"Đơn vị"}
