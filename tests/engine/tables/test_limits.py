"""Tables larger than any office has are refused in the words of their limit, however they are written."""

from __future__ import annotations

import pytest

from thangdiem.engine.tables import read_table


def codes(name: str, text: str) -> list[str]:
    table, found = read_table(name, text.encode())
    assert table is None
    return [each.code for each in found]


@pytest.mark.parametrize(
    ("limit", "most", "name", "text", "code"),
    [
        ("records.MAX_ROWS", 2, "a.jsonl", '{"a": 1}\n' * 4, "TD403"),
        ("records.MAX_ROWS", 2, "a.json", '[{"a": 1}, {"a": 2}, {"a": 3}]', "TD403"),
        ("records.MAX_COLUMNS", 2, "a.json", '[{"a": 1, "b": 2, "c": 3}]', "TD404"),
        ("records.MAX_CELLS", 3, "a.json", '[{"a": 1, "b": 2}, {"a": 1, "b": 2}]', "TD405"),
        ("delimited._MOST_DELIMITERS", 9, "a.csv", "x;y\n" + ";" * 10 + "\n", "TD404"),
        ("delimited.MAX_CELLS", 3, "a.csv", "Đơn vị;x\nA;1\nB;2\n", "TD405"),
        ("layout.MAX_CELLS", 3, "a.csv", "Đơn vị;x\nA;1\nB;2\n", "TD405"),
    ],
)
def test_a_table_beyond_a_limit_is_refused(
    limit: str, most: int, name: str, text: str, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"thangdiem.engine.tables.{limit}", most)
    assert code in codes(name, text)
