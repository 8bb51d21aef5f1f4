import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from thangdiem.dsl.diagnostic import catalogue, has_errors
from thangdiem.engine.tables import Table, read_table

NAMES = ["a.csv", "a.tsv", "a.json", "a.jsonl", "a.xlsx", "a", "-", ""]
JSON_TEXT = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=12,
).map(json.dumps)


def check(name: str, data: bytes) -> None:
    table, found = read_table(name, data)
    assert (table is None) == has_errors(found)
    for one in found:
        for language in ("vi", "en"):
            (one.message(language) + one.hint(language)).encode()
    if table is not None:
        well_formed(table)


def well_formed(table: Table) -> None:
    assert table.header
    assert table.rows
    for row in table.rows:
        assert [cell.column for cell in row] == [title.column for title in table.header]
        for cell in row:
            cell.text.encode()
            assert cell.value != ""
            assert table.place(cell).cell


@given(st.sampled_from(NAMES), st.binary(max_size=300))
@example("a.csv", b"\xff\xfe\x00")
@example("a.json", b"[" * 5000)
@example("a.xlsx", b"PK\x03\x04")
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_read_or_refused(name: str, data: bytes) -> None:
    check(name, data)


@given(st.sampled_from(NAMES), st.text(alphabet='ab1;,\t\n\r"{}[]:\\é\u0301\0% ', max_size=80))
@settings(max_examples=400, deadline=None)
def test_any_text_is_read_or_refused(name: str, text: str) -> None:
    check(name, text.encode())


@given(st.sampled_from(["a.json", "a.jsonl", "-"]), JSON_TEXT)
@settings(max_examples=300, deadline=None)
def test_any_json_is_read_or_refused(name: str, text: str) -> None:
    check(name, text.encode())
    check(name, f"[{text}]".encode())


@given(st.binary(max_size=200))
@settings(max_examples=100, deadline=None)
def test_any_bytes_behind_the_mark_of_an_archive_or_an_encoding_are_refused_or_read(data: bytes) -> None:
    for mark in (
        b"PK\x03\x04",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"\xfe\xff",
    ):
        check("a", mark + data)


@pytest.mark.parametrize(
    ("name", "text"), [("-", "a;b\nx;1\n"), ("-", '[{"a":"x","b":1}]'), ("-", '{"units":[{"a":"x"}]}')]
)
def test_without_a_telling_name_the_content_tells_the_kind(name: str, text: str) -> None:
    assert read_table(name, text.encode())[1] == ()


def test_every_finding_says_what_to_do_in_both_languages() -> None:
    ours = {code: entry for code, entry in catalogue().items() if "TD400" <= code <= "TD449"}
    assert ours
    for code, entry in ours.items():
        assert {"severity", "vi", "en", "hint_vi", "hint_en"} <= set(entry), code
        assert "{file}" in entry["vi"], code
        assert "{file}" in entry["en"], code
