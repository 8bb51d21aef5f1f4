"""What a trace says can be recomputed from it alone: of every example there is, and not once a figure is altered."""

from __future__ import annotations

import copy
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from engine.alterations import altered, certain, places, stated
from engine.checking import PROGRAM, unfounded, wrong
from engine.checking import program as program_file
from engine.test_explanation_of_everything import FILES as TEXTS
from running import read, results
from test_cases import GOOD, case, name_of
from thangdiem.dsl.checker import check_bytes
from thangdiem.dsl.library import ScaleRules
from thangdiem.engine.binding import bind
from thangdiem.engine.evaluator import evaluate_all
from thangdiem.engine.result import Mode, Results, UnitResult
from thangdiem.engine.tables import read_table
from thangdiem.engine.writing import trace_json

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads(files("thangdiem.engine").joinpath("schemas", "trace-1.json").read_text(encoding="utf-8"))
SCHEMES = sorted((ROOT / "tests" / "rules" / "schemes").glob("*.rubric"))
SAMPLES = (("so-lieu-so-nganh.csv", "cấp-tỉnh"), ("so-lieu-huyen.csv", "cấp-huyện"))


def trace(unit: UnitResult) -> dict[str, Any]:
    assert unit.rules is not None
    return json.loads(json.dumps(trace_json(unit, unit.rules.book, unit.rules.scale)))  # type: ignore[no-any-return]


def sample(file: str, scale: str, mode: Mode) -> Results:
    folder = ROOT / "rules" / "minh-hoa"
    book = check_bytes((folder / "minh-hoa.rubric").read_bytes(), "minh-hoa.rubric").book
    assert book is not None
    table, _ = read_table(file, (folder / file).read_bytes())
    assert table is not None
    rules = next(ScaleRules(book, each) for each in book.scales if each.id == scale)
    return evaluate_all(rules, bind(table, book, scale)[0][scale], mode, period=2022)


def disagreements(units: Iterator[UnitResult]) -> list[str]:
    return [f"{unit.unit}: {found}" for unit in units for found in wrong(trace(unit))]


def of_text(text: str) -> Iterator[UnitResult]:
    book, _ = read(text)
    for _, found in results(book) if book is not None else ():
        yield from found.units


@pytest.mark.parametrize("place", TEXTS)
def test_every_example_of_the_shipped_rules_and_the_documentation_can_be_recomputed(place: str) -> None:
    assert disagreements(of_text(TEXTS[place])) == []


@pytest.mark.parametrize("path", SCHEMES, ids=lambda path: path.stem)
def test_every_example_of_a_real_scheme_can_be_recomputed(path: Path) -> None:
    assert disagreements(of_text(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("path", GOOD, ids=name_of)
def test_every_good_case_can_be_recomputed(path: Path) -> None:
    assert disagreements(case(path).units()) == []


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize(("file", "scale"), SAMPLES)
def test_every_unit_of_the_sample_data_can_be_recomputed(file: str, scale: str, mode: Mode) -> None:
    assert disagreements(iter(sample(file, scale, mode).units)) == []


@cache
def documents() -> list[dict[str, Any]]:
    units = [unit for path in SCHEMES for unit in of_text(path.read_text(encoding="utf-8"))]
    units += [unit for text in TEXTS.values() for unit in of_text(text)]
    units += [unit for path in GOOD for unit in case(path).units()]
    units += sample(*SAMPLES[0], Mode.FINAL).units[::6]
    return [trace(unit) for unit in units]


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_figure_that_is_altered_does_not_follow_though_the_digest_be_computed_again(data: st.DataObject) -> None:
    document = documents()[data.draw(st.integers(0, len(documents()) - 1))]
    found = certain(document)
    place = found[data.draw(st.integers(0, len(found) - 1))]
    with altered(document, place):
        assert unfounded(document), (document["unit"], place, stated(document, place))


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_whatever_is_altered_does_not_fit_the_digest(data: st.DataObject) -> None:
    document = documents()[data.draw(st.integers(0, len(documents()) - 1))]
    found = [path for _, path in places(document)]
    place = found[data.draw(st.integers(0, len(found) - 1))]
    with altered(document, place):
        assert "bị sửa / content was altered" in wrong(document)[0][0], (document["unit"], place)


@cache
def holder() -> dict[str, Any]:
    """The trace of a unit of the illustration that is ranked among others and held to a quota."""
    ours = (each for each in documents() if each["rules"]["document"] == "00/MINH-HOA")
    return next(each for each in ours if any(step["kind"] == "places" for step in each["steps"]))


def ranked() -> tuple[dict[str, Any], dict[str, Any]]:
    """A trace of a unit with others above and below it, and its step of the rank."""
    document = copy.deepcopy(next(each for each in documents() if (each["result"]["rank"] or 0) > 1))
    return document, next(step for step in document["steps"] if step["id"] == "rank")


def test_the_rank_is_computed_again_from_the_standings() -> None:
    document, step = ranked()
    assert unfounded(document) == []
    before = [row for row in step["others"] if Fraction(row[1]) > Fraction(document["result"]["total"])]
    assert len(before) == document["result"]["rank"] - 1
    before[0][1] = "0"
    assert [where for where, *_ in unfounded(document)] == ["rank (rank: rank)"]
    document["result"]["rank"] -= 1
    step["value"] = str(document["result"]["rank"])
    assert unfounded(document) == []
    assert [where for where, *_ in wrong(document)] == ["sha256 (nội dung đã bị sửa / content was altered)"]


def step_of(document: dict[str, Any], **wanted: object) -> dict[str, Any]:
    """The first step that is so; ``text`` is looked for in the words it quotes."""
    text = str(wanted.pop("text", ""))
    return next(
        step
        for step in document["steps"]
        if text in step.get("provision", {}).get("text", "") and all(step.get(key) == wanted[key] for key in wanted)
    )


def other_words(document: dict[str, Any]) -> None:
    band = step_of(document, id="band:1")
    band["provision"]["text"] = band["provision"]["text"].replace("220", "221")


def other_unit_twice(document: dict[str, Any]) -> None:
    others = step_of(document, id="rank")["others"]
    others.append(min(others, key=lambda other: Fraction(other[1])))


def itself_among_the_others(document: dict[str, Any]) -> None:
    step_of(document, id="rank")["others"].append([document["unit"], "-1", "-1", "-1"])


def one_reading_of_a_datum_changed(document: dict[str, Any]) -> None:
    *_, last = (
        step for step in document["steps"] if step["op"] == "datum" and step["input"]["name"] == "Tổng số hồ sơ"
    )
    last["input"].update(written=last["input"]["written"] + "0", value=last["input"]["value"] + "0")
    last["value"] = last["input"]["value"]


def maximum_of_another_item(document: dict[str, Any]) -> None:
    next(row for row in document["figures"] if row["maximum"] == "points:1.1")["maximum"] = "points:1.2"


def literal(text: str, value: str) -> Callable[[dict[str, Any]], None]:
    return lambda document: step_of(document, op="literal", text=text).update(value=value)


FORGERIES: dict[str, tuple[Callable[[dict[str, Any]], None], str]] = {
    "the words of a band": (other_words, "band:1: lời văn của / words of band:1/0"),
    "what was written in a cell": (
        lambda document: step_of(document, op="datum", text="Số tin bài")["input"].update(written="140"),
        "not in the words: 140",
    ),
    "a yes written as no": (
        lambda document: step_of(document, op="datum", text="Bị xử lý kỷ luật")["input"].update(written="có"),
        "not in the words: có",
    ),
    "one reading of a datum": (one_reading_of_a_datum_changed, ": Tổng số hồ sơ"),
    "a hundredth of a figure": (literal("10 điểm", "0.1"), "not in the words: 10 điểm"),
    "another day of the month": (literal("15/12", "2022-12-05"), "not in the words: 15/12"),
    "another month": (literal("31/01", "2022-03-31"), "not in the words: 31/01"),
    "a year far off": (literal("31/01", "2032-01-31"), "not in the words: 31/01"),
    "the share of a quota": (literal("20% số đơn vị", "0.6"), "not in the words: Loại xuất sắc không quá 20%"),
    "the maximum of another item": (maximum_of_another_item, "result 1.1 maximum: points:1.2"),
    "the name in the result": (lambda document: document["result"].update(unit="Sở X"), "unit"),
    "another unit twice": (other_unit_twice, "a unit twice"),
    "itself among the others": (itself_among_the_others, "a unit twice"),
}


@pytest.mark.parametrize(("forge", "told"), FORGERIES.values(), ids=FORGERIES.keys())
def test_a_forgery_is_noticed_though_the_digest_be_computed_again(
    forge: Callable[[dict[str, Any]], None], told: str
) -> None:
    document = copy.deepcopy(holder())
    assert unfounded(document) == []
    forge(document)
    assert told in " ".join(map(str, (part for found in unfounded(document) for part in found)))


def test_every_operation_is_used_somewhere_and_known_to_the_schema_and_to_the_program() -> None:
    used = {step["op"] for document in documents() for step in document["steps"]}
    known = program_file()
    assert used == {*known.WHATEVER_LACKS, *known.ON_VALUES, *known.ON_NUMBERS}
    assert used == set(SCHEMA["$defs"]["step"]["properties"]["op"]["enum"])


def test_traces_are_as_the_schema_says() -> None:
    shown: set[str] = set()
    validator = Draft202012Validator(SCHEMA)
    for document in documents():
        forms = {"+".join(sorted(step)) + step["op"] for step in document["steps"]}
        if len(document["steps"]) < 100 and forms - shown:
            validator.validate(document)
            shown |= forms


def test_the_program_of_the_auditors_is_one_short_file_of_the_standard_library() -> None:
    text = PROGRAM.read_text(encoding="utf-8")
    modules = set(re.findall(r"^\s*(?:import|from) (\w+)", text, re.MULTILINE))
    assert modules <= sys.stdlib_module_names
    assert len([line for line in text.split("\n") if line.strip()]) <= 280


def program(given: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = (sys.executable, "-I", str(PROGRAM), *arguments)
    return subprocess.run(command, input=given, capture_output=True, text=True, encoding="utf-8", check=False)


def test_the_program_tells_right_from_altered() -> None:
    document = next(each for each in documents() if each["result"]["status"] == "graded")
    assert program(json.dumps(document), "-").returncode == 0
    with altered(document, ("result", "total")):
        other = program(json.dumps(document), "-")
    assert other.returncode == 1
    assert "result total: ghi / says" in other.stdout
    assert "sha256 (nội dung đã bị sửa / content was altered)" in other.stdout


HOSTILE = ("", "[" * 100_000, '{"schema": NaN}', '{"a": 1, "a": 2}', "1" * 10_000, "{}", "[]", '{"schema": 1.5}')


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_what_is_no_trace_ends_in_a_message(text: str) -> None:
    ended = program(text, "-")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "Không đọc được" in ended.stderr
    assert "Traceback" not in ended.stderr
