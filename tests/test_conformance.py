"""The conformance corpus: its files are what the sources give, we answer as expected, and nothing is left out."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from assurance.corpus.case import Case
from assurance.corpus.files import FOLDER, corpus_files, corpus_paths, written_cases
from assurance.corpus.runner import conforms
from assurance.corpus.running import answered
from assurance.corpus.sources import cases
from assurance.corpus.sources.written import Written, written
from jsonschema import Draft202012Validator

from thangdiem.dsl.diagnostic import catalogue

ROOT = Path(__file__).parents[1]
PATHS = corpus_paths(ROOT)


@cache
def corpus() -> dict[str, Case]:
    return {case.id: case for case in written_cases(ROOT)}


def codes(case: Case) -> Iterator[str]:
    told = [*case.expected["diagnostics"], *([case.expected["why"]] if "why" in case.expected else [])]
    return (each["code"] for each in told)


def test_the_files_are_what_the_sources_give() -> None:
    """``python -m assurance corpus --write`` writes them; read the difference before you commit it."""
    made = list(cases(ROOT))
    assert len({case.id for case in made}) == len(made)
    there = corpus()
    expecting = [case.expecting(there[case.id].expected) for case in made if case.id in there]
    assert [case.id for case in made] == [case.id for case in expecting]
    texts = {path.stem: path.read_text(encoding="utf-8") for path in PATHS}
    assert corpus_files(expecting) == texts


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_we_answer_every_case_as_expected(path: Path) -> None:
    mine = [case for case in corpus().values() if case.construct == path.stem]
    assert mine
    assert [case.id for case in mine if json.loads(json.dumps(answered(case))) != case.expected] == []


def test_every_code_of_the_catalogue_is_expected() -> None:
    every = {code for code in catalogue() if re.fullmatch(r"TD\d{3}", code)}
    assert every == {code for case in corpus().values() for code in codes(case)}


def test_more_is_rejected_than_accepted() -> None:
    accepted = [case.expected["accepted"] for case in corpus().values()]
    assert accepted.count(False) > accepted.count(True)


def test_the_files_are_as_their_schema_says() -> None:
    schema = json.loads((ROOT / FOLDER / "schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    for path in PATHS:
        assert list(validator.iter_errors(json.loads(path.read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize("each", list(written(ROOT)), ids=lambda each: each.case.id)
def test_what_comes_out_of_a_written_case_is_what_its_author_said(each: Written) -> None:
    expected = corpus()[each.case.id].expected
    told = [found for found in expected["diagnostics"] if found["severity"] != "hint"]
    assert [found["code"] for found in told] == list(each.codes)
    assert expected.get("unmet") is None
    marks = [(found.get("file"), tuple(found.get("from", ())), tuple(found.get("to", ()))) for found in told]
    if each.marks:
        assert marks == list(each.marks)
    units = [unit_line(unit) for unit in expected.get("units", [])]
    assert [line for line in each.units if line not in units] == []


def unit_line(unit: dict[str, object]) -> str:
    """``A: graded, total 5, grade tốt, rank 1``."""
    figures = [f"{key} {unit[key]}" for key in ("total", "grade", "rank") if key in unit]
    return f"{unit['unit']}: {', '.join([str(unit['status']), *figures])}"


def test_the_sample_runner_drives_an_implementation_through_its_streams(tmp_path: Path) -> None:
    """A few cases of each sort, one of them with an expectation that is false."""
    chosen = [corpus()[name] for name in ("TD042/wrong", "TD042/right", "data/good/csv")]
    false = {**chosen[0].expected, "diagnostics": []}
    held = [case.to_json() for case in (*chosen, chosen[0].expecting(false))]
    (tmp_path / "run.py").write_bytes((ROOT / FOLDER / "run.py").read_bytes())
    (tmp_path / "a.json").write_text(json.dumps({"cases": held}), encoding="utf-8")
    ours = [sys.executable, "-m", "assurance", "answer"]
    ended = subprocess.run(
        [sys.executable, str(tmp_path / "run.py"), *ours], cwd=ROOT, capture_output=True, text=True, encoding="utf-8"
    )
    assert ended.stdout.splitlines() == ["TD042/wrong", "3 of 4 cases"]
    assert ended.returncode == 1


def test_an_answer_conforms_if_it_says_no_less_and_finds_no_more() -> None:
    error = {"code": "TD042", "severity": "error", "file": "a", "from": [1, 2]}
    hint = {"code": "TD305", "severity": "hint"}
    expected = {"accepted": False, "diagnostics": [error, hint], "units": [{"unit": "A", "total": "1/3"}]}
    assert conforms(expected, {**expected, "diagnostics": [hint, {**hint, "code": "TD133"}, error], "more": 1})
    assert not conforms(expected, {**expected, "diagnostics": [error]})
    assert not conforms(expected, {**expected, "diagnostics": [hint]})
    assert not conforms(expected, {**expected, "diagnostics": [hint, error, error]})
    assert not conforms(expected, {**expected, "diagnostics": [hint, {**error, "from": [1, 3]}]})
    assert not conforms(expected, {**expected, "units": [{"unit": "A", "total": "0.333"}]})
    assert not conforms(expected, {**expected, "units": []})


def test_the_page_shows_the_runner_as_it_is_and_says_all_that_a_case_may_have() -> None:
    page = (ROOT / "docs" / "reference" / "conformance.md").read_text(encoding="utf-8")
    shown = re.search(r"```python runner\n(.*?)```", page, re.DOTALL)
    assert shown is not None
    assert shown[1] in (ROOT / FOLDER / "run.py").read_text(encoding="utf-8")
    schema = json.loads((ROOT / FOLDER / "schema.json").read_text(encoding="utf-8"))["$defs"]
    keys = {key for part in ("case", "question", "answer", "unit", "diagnostic") for key in schema[part]["properties"]}
    keys |= set(schema["content"]["oneOf"][1]["properties"])
    assert sorted(key for key in keys if f"`{key}`" not in page) == []


OTHER_WORDS = {
    "slips/tones/row truoc ngay",
    "slips/tones/theo truong",
    "slips/tones/vuot",
    "slips/tones/vuot nhieu",
}
"""Without its tone marks the line is another right one: a name of that spelling."""


def test_one_slip_of_the_hand_is_told_once() -> None:
    """What the units of an example then lack is another matter."""
    told = {
        case.id: [found for found in case.expected["diagnostics"] if found["severity"] == "error"]
        for case in corpus().values()
        if case.construct.startswith("slips-of-the-hand") and "units" not in case.expected
    }
    assert len(told) > 200
    assert {name for name, errors in told.items() if len(errors) > 1} == OTHER_WORDS


def test_places_are_in_the_folder_of_the_case_on_any_machine() -> None:
    found = [(case.id, told.get("file", "")) for case in corpus().values() for told in case.expected["diagnostics"]]
    assert [(name, file) for name, file in found if Path(file).is_absolute() or ".." in Path(file).parts] == []
