"""Results and traces written for other programs: exact, stable, and as the shipped schemas say."""

import csv
import io
import json
from fractions import Fraction
from importlib.resources import files
from typing import Any, cast

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from binding_rubrics import FORMS, book
from thangdiem.dsl.diagnostic import NOTHING_NEAR, Diagnostic, Place, Related
from thangdiem.dsl.library import ScaleRules
from thangdiem.dsl.rulebook import State
from thangdiem.engine.evaluator import evaluate_all
from thangdiem.engine.facts import Fact, Origin, UnitFacts
from thangdiem.engine.result import ItemResult, Mode, Results, Status, UnitResult
from thangdiem.engine.writing import result_json, to_csv, to_jsonl, trace_json
from thangdiem.engine.writing.lines import guarded
from thangdiem.engine.writing.plain import diagnostic
from thangdiem.engine.writing.traces import digest

BOOK = book(FORMS)
SCALE = BOOK.scales[0]
SHEET = Place("s.xlsx", sheet="S", cell="C7")
FOUND = Diagnostic(
    "TD460",
    {"where_vi": "ô C7", "where_en": "cell C7", "unit": "A", "column": "2", "found": "x"},
    SHEET,
    (Related(SHEET, "first-here"),),
)
ORIGIN = Origin("s.csv", "", 2, 3, "C2")
GIVEN = Fact(State.VALUE, Fraction(77, 2), "38,5", ORIGIN)
SCORED = evaluate_all(ScaleRules(BOOK, SCALE), [UnitFacts("Sở A", SCALE.id, scores={"2": GIVEN})]).units[0]
UNIT = UnitResult(
    "=Sở A", "tỉnh", Status.GRADED, Fraction(1, 3), Fraction(100), Fraction(1, 300), "tốt",
    (
        ItemResult("1.1", "Chỉ đạo", State.NOT_APPLICABLE, None, Fraction(10), parent="1"),
        ItemResult("2", "Sáng kiến", State.VALUE, Fraction(-77, 2), Fraction(40)),
    ),
    UnitFacts("=Sở A", "tỉnh"), None, 1, grades=("tốt",), diagnostics=(FOUND,),
)  # fmt: skip
OPEN = evolve(
    UNIT, unit="Sở B", status=Status.UNDETERMINED, total=None, share=None, grade=None, rank=None,
    range=(Fraction(1), None), grades=("tốt", "khá"), gaps=("2",),
)  # fmt: skip
RESULTS = Results(BOOK, SCALE, Mode.DRAFT, (UNIT, OPEN), 2024, (FOUND,))


def validator(name: str) -> Draft202012Validator:
    shipped = json.loads(files("thangdiem.engine").joinpath("schemas", name).read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(shipped)
    return Draft202012Validator(shipped)


def test_results_are_as_the_shipped_schema_says_and_stable() -> None:
    document = result_json([RESULTS])
    validator("result-1.json").validate(document)
    assert json.dumps(document) == json.dumps(result_json([RESULTS]))


def test_numbers_are_texts_and_what_is_no_decimal_says_what_it_is_about() -> None:
    unit = cast(Any, result_json([RESULTS]))["units"][0]
    assert (unit["total"], unit["total_approx"], unit["maximum"]) == ("1/3", "0.333333", "100")
    third = evolve(UNIT, items=(ItemResult("2", "x", State.VALUE, Fraction(2, 3), Fraction(1)),))
    item = cast(Any, result_json([evolve(RESULTS, units=(third,))]))["units"][0]["items"][0]
    assert (item["score"], item["approx"]) == ("2/3", "0.666667")


def test_findings_have_the_shape_of_the_language_server_and_name_the_file() -> None:
    found = cast(Any, result_json([RESULTS]))["diagnostics"][0]
    assert found["severity"] == 1
    assert (found["file"], found["sheet"], found["cell"]) == ("s.xlsx", "S", "C7")
    related = found["relatedInformation"][0]
    assert related["message"] == "lần đầu ở đây"


def test_a_hint_that_only_asks_for_what_is_near_is_left_out_where_nothing_is() -> None:
    near, far = (
        diagnostic(Diagnostic("TD115", {"code": "x", "nearest": each}), "vi") for each in ("“y”", NOTHING_NEAR)
    )
    assert near["hint"] == "Có phải: “y”?"
    assert "hint" not in far


def test_a_trace_is_as_the_shipped_schema_says_and_every_step_stands_once() -> None:
    document = cast(Any, trace_json(SCORED, BOOK, SCALE))
    validator("trace-1.json").validate(document)
    ids = [step["id"] for step in document["steps"]]
    assert len(ids) == len(set(ids))
    known: set[object] = {None}
    for step in document["steps"]:
        assert set(step.get("operands", [])) <= known
        known.add(step["id"])
    assert {step for row in document["figures"] for step in row.values()} <= known


def test_the_digest_is_of_everything_else() -> None:
    document = trace_json(SCORED, BOOK, SCALE)
    assert document["sha256"] == digest(document)
    assert digest({**document, "unit": "Sở B"}) != document["sha256"]


def test_a_step_names_its_words_its_place_and_where_its_input_stands() -> None:
    steps = cast(Any, trace_json(SCORED, BOOK, SCALE))["steps"]
    step = next(one for one in steps if one["kind"] == "given" and one["state"] == "value")
    method = SCALE.items[1].method
    assert method is not None
    assert step["provision"]["text"] == BOOK.source.text[method.span.start : method.span.end]
    assert step["span"]["line"] == BOOK.source.text[: method.span.start].count("\n")
    given = step["input"]
    assert (given["written"], given["value"], given["origin"]["row"]) == ("38,5", "38.5", 2)


def test_a_unit_without_a_trace_and_no_results_are_misuse() -> None:
    with pytest.raises(ValueError, match="trace"):
        trace_json(UNIT, BOOK, SCALE)
    with pytest.raises(ValueError, match="results"):
        result_json([])


def test_a_table_for_excel_never_holds_a_formula_and_keeps_negative_numbers() -> None:
    text = to_csv([RESULTS])
    assert text.startswith("\ufeffĐơn vị;")
    head, first, second = csv.reader(io.StringIO(text[1:]), delimiter=";")
    row = dict(zip(head, first, strict=True))
    assert (row["Đơn vị"], row["2"], row["Tổng điểm"], row["1.1"]) == (
        "'=Sở A",
        "-38,5",
        "1/3",
        "không áp dụng",
    )
    assert row["Tổng điểm (gần đúng)"] == "0,333333"
    assert second[3] == "chưa xác định"


@given(st.text(alphabet="=+-@\t\r\n ＝aĐ1", max_size=6))
def test_no_text_begins_like_a_formula(text: str) -> None:
    shown = guarded(text)
    assert not shown.lstrip().startswith(("=", "+", "-", "@"))
    assert shown.removeprefix("'") == text


def test_lines_hold_one_unit_each() -> None:
    lines = to_jsonl([RESULTS]).splitlines()
    assert [json.loads(line)["unit"] for line in lines] == ["=Sở A", "Sở B"]


@given(st.fractions(max_denominator=10**6))
def test_every_number_is_read_back_exactly(value: Fraction) -> None:
    unit = evolve(UNIT, total=value)
    written = json.loads(to_jsonl([evolve(RESULTS, units=(unit,))]))
    assert Fraction(written["total"]) == value
