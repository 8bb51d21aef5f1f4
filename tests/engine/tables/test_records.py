import json
import time
from fractions import Fraction

import pytest

from thangdiem.dsl.diagnostic import Diagnostic, has_errors
from thangdiem.engine.tables import Table, read_table


def read(text: str, name: str = "a.json") -> Table:
    table, found = read_table(name, text.encode())
    assert not found, [one.message("en") for one in found]
    assert table is not None
    return table


def faults(text: str, name: str = "a.json") -> list[Diagnostic]:
    table, found = read_table(name, text.encode())
    assert table is None
    assert has_errors(found)
    for one in found:
        assert name in one.message("vi")
        assert name in one.message("en")
        assert one.hint("vi")
    return list(found)


def test_a_list_of_units_is_a_table_with_exact_numbers() -> None:
    table = read('[{"Đơn vị":"Sở A","1.1":0.1,"1.2":1.5e3},{"Đơn vị":"Sở B","1.3":"12,5"}]')
    assert [cell.text for cell in table.header] == ["Đơn vị", "1.1", "1.2", "1.3"]
    assert [[cell.value for cell in row] for row in table.rows] == [
        ["Sở A", Fraction(1, 10), Fraction(1500), None],
        ["Sở B", None, None, "12,5"],
    ]


def test_units_may_stand_in_an_object_or_one_a_line() -> None:
    listed = read('[{"unit":"A","1":1},{"unit":"B","1":2}]')
    inside = read('{"units":[{"unit":"A","1":1},{"unit":"B","1":2}]}')
    lines = read('{"unit":"A","1":1}\n{"unit":"B","1":2}\n', "a.jsonl")
    assert listed.rows == inside.rows == lines.rows
    assert read('{"unit":"A","1":1}\n{"unit":"B","1":2}\n', "-") == Table(
        "-", None, lines.header, lines.rows, form=lines.form
    )


def test_a_value_is_found_again_by_its_pointer() -> None:
    table = read('{"units":[{"unit":"A"},{"unit":"B","a/b":2}]}')
    assert table.place(table.rows[1][1]).cell == "/units/1/a~1b"
    lines = read('{"unit":"A","1":1}\n\n{"unit":"B","1":2}\n', "a.jsonl")
    place = lines.place(lines.rows[1][1])
    assert place.start is not None
    assert (place.start.line, place.cell) == (2, "/1")


def test_true_null_and_lists_of_marks_keep_their_meaning() -> None:
    table = read('[{"a":true,"b":false,"c":null,"d":["a","đ"],"e":"","f":[],"g":"80%"}]')
    assert [cell.value for cell in table.rows[0]] == [True, False, None, ("a", "đ"), None, (), "80%"]
    assert [cell.text for cell in table.rows[0]] == ["true", "false", "", "a, đ", "", "", "80%"]
    assert table.rows[0][6].percent


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ('[{"a":1,"b":NaN}]', "TD444", "/0/b"),
        ('[{"a":-Infinity}]', "TD444", "/0/a"),
        ('[{"a":1,"a":2}]', "TD443", "/0/a"),
        ('[{"a":1e1000000}]', "TD445", "/0/a"),
        ('[{"a":' + "9" * 5000 + "}]", "TD445", "/0/a"),
        ('[{"a":{"b":1}}]', "TD446", "/0/a"),
        ('[{"a":[1]}]', "TD446", "/0/a"),
        ('[{"a":[["x"]]}]', "TD446", "/0/a"),
        ('[{"a":"\\u0000"}]', "TD419", "/0/a"),
        ('[{"a":"\\ud800"}]', "TD419", "/0/a"),
        ('[{"a":"' + "x" * 32_768 + '"}]', "TD406", "/0/a"),
        ('[{"a":1},{"A":1}]', "TD414", "/1/A"),
        ('[{"a":1},3]', "TD442", "/1"),
        ('{"units":5}', "TD441", None),
        ('{"rows":[]}', "TD441", None),
        ('{"units":[],"units":[]}', "TD441", None),
        ('"x"', "TD441", None),
        ("[]", "TD400", None),
        ('[{"a":1},]', "TD440", None),
        ('[{"a":1}', "TD440", None),
    ],
)
def test_each_fault_is_named_with_its_place(text: str, code: str, place: str | None) -> None:
    found = faults(text)
    assert [(one.code, one.place and one.place.cell) for one in found] == [(code, place)]


def test_a_syntax_error_is_told_with_its_line_and_column() -> None:
    found = faults('{"unit":"A"}\n{"unit":}\n', "a.jsonl")
    assert found[0].place is not None
    assert found[0].place.start is not None
    assert (found[0].place.start.line, found[0].place.start.column) == (1, 8)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 1_000_000,
        "[" + "[]," * 500_000 + "[]]",
        "[" + "1," * 2_100_000 + "1]",
        '"' + '\\"' * 1_000_000,
        '[{"a":' + "[" * 100 + "]" * 100 + "}]",
    ],
    ids=["deep", "many lists", "many numbers", "unclosed", "deep inside"],
)
def test_hostile_json_is_refused_soon(text: str) -> None:
    start = time.perf_counter()
    assert {one.code for one in faults(text)} <= {"TD447", "TD440"}
    assert time.perf_counter() - start < 60  # a bound on hostile input, no measure of speed


def test_lines_of_many_lists_are_counted_together() -> None:
    line = '{"a":[' + "[]," * 1000 + "[]]}\n"
    assert "TD447" in {one.code for one in faults(line * 500, "a.jsonl")}


def test_units_without_any_value_are_passed_over() -> None:
    table = read('[{},{"a":null},{"a":1}]')
    assert [(row[0].value, row[0].row) for row in table.rows] == [(Fraction(1), 3)]


def test_what_json_itself_writes_is_read() -> None:
    units = [{"Đơn vị": f"Sở {i}", **{f"1.{j}": j / 10 for j in range(10)}} for i in range(50)]
    table = read(json.dumps(units))
    assert all(row[j + 1].value == Fraction(j, 10) for row in table.rows for j in range(10))


@pytest.mark.parametrize(
    ("unit", "shown"),
    [("12345", "12345"), ('"Sở A"', '"Sở A"'), ("null", "null"), ("true", "true"), ("[1]", "[…]"), ("1e999", "1e999")],
)
def test_what_stands_where_a_unit_should_is_shown_as_it_is_written(unit: str, shown: str) -> None:
    (found,) = faults(f"[{unit}]")
    assert (found.code, found.arguments["found"]) == ("TD442", shown)
