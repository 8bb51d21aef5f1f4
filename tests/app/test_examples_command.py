"""``thangdiem test``: the examples of rule files are run and what differs is shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., Any]


def test_examples_that_hold(run: Run, rules: Path) -> None:
    ended = run("test", rules)
    assert ended.code == 0
    assert ended.out.splitlines() == [
        str(rules),
        "  đạt  đủ điểm (2 kết quả mong đợi)",
        "1 ví dụ đạt, 0 không đạt.",
    ]


def test_an_example_that_fails_shows_place_expected_and_got(run: Run, rules: Path) -> None:
    rules.write_text(rules.read_text("utf-8").replace("2 = 4\n", "2 = 1,5\n"), "utf-8")
    ended = run("test", rules)
    assert ended.code == 1
    assert f"    {rules}:28:12: đủ điểm\n      mong đợi: tổng 10 điểm\n      kết quả: 7,5\n" in ended.out
    assert "      mong đợi: loại tốt\n      kết quả: khá\n" in ended.out
    assert ended.out.splitlines()[-1] == "0 ví dụ đạt, 1 không đạt."


def test_a_refused_unit_says_why(run: Run, rules: Path) -> None:
    rules.write_text(rules.read_text("utf-8").replace("  2 = 4\n", ""), "utf-8")
    ended = run("test", rules)
    assert ended.code == 1
    assert "kết quả: bị từ chối" in ended.out
    assert "TD500" in ended.out


def test_a_file_with_errors_is_not_run(run: Run, rules: Path) -> None:
    rules.write_text(rules.read_text("utf-8").replace("dưới 8", "dưới 7"), "utf-8")
    ended = run("test", rules)
    assert (ended.code, ended.out) == (65, "")


def test_a_file_without_examples_is_fine(run: Run, rules: Path) -> None:
    text = rules.read_text("utf-8")
    rules.write_text(text[: text.index("Ví dụ")], "utf-8")
    ended = run("test", rules)
    assert ended.code == 0
    assert "Không có ví dụ nào." in ended.out
