"""``thangdiem fmt``: rule files are rewritten whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., Any]


def test_a_file_is_laid_out_and_then_stays(run: Run, rules: Path) -> None:
    wanted = rules.read_bytes()
    rules.write_bytes(wanted.replace(b"\n      - ", b"\n- ").replace(b"\n", b"\r\n"))
    ended = run("fmt", rules)
    assert ended.code == 0
    assert "đã sắp xếp lại" in ended.err
    assert rules.read_bytes() == wanted
    assert "không có gì thay đổi" in run("fmt", rules).err
    assert rules.read_bytes() == wanted


def test_check_only_tells_what_would_change(run: Run, rules: Path) -> None:
    text = rules.read_text("utf-8").replace("    Chấm trực tiếp", "  Chấm trực tiếp")
    rules.write_text(text, "utf-8")
    ended = run("fmt", "--check", rules)
    assert ended.code == 1
    assert "2 dòng sẽ thay đổi" in ended.out
    assert "+    Chấm trực tiếp" in ended.out
    assert rules.read_text("utf-8") == text


def test_a_file_with_slips_is_refused_and_left_as_it_is(run: Run, rules: Path) -> None:
    rules.write_text(rules.read_text("utf-8") + "xyz xyz\n", "utf-8")
    before = rules.read_bytes()
    ended = run("fmt", rules)
    assert ended.code == 65
    assert "TD909" in ended.err
    assert rules.read_bytes() == before


def test_standard_input_is_laid_out_to_standard_output(run: Run, rules: Path) -> None:
    text = rules.read_text("utf-8")
    assert run("fmt", "-", given=text.replace("    Chấm", "Chấm")).out == text


def test_to_english_and_back_gives_the_same_bytes(run: Run, rules: Path) -> None:
    text = rules.read_text("utf-8")
    english = run("fmt", "--to", "en", "-", given=text).out
    assert "Decision 7/QĐ-UBND" in english
    assert run("fmt", "--to", "vi", "-", given=english).out == text


def test_permissions_and_links_survive(run: Run, rules: Path, tmp_path: Path) -> None:
    rules.chmod(0o640)
    link = tmp_path / "link.rubric"
    link.symlink_to(rules)
    rules.write_text(rules.read_text("utf-8").replace("    Chấm", "Chấm"), "utf-8")
    assert run("fmt", link).code == 0
    assert link.is_symlink()
    assert rules.stat().st_mode & 0o777 == 0o640
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".rubric", ".rubric"]


def test_what_would_be_read_as_something_else_is_told_and_not_written(run: Run, rules: Path) -> None:
    text = rules.read_text("utf-8") + '  Chỉ số 9 "Chín": 1 điểm\n    Cộng các ý đạt:\n      a)#khi họp: 1 điểm\n'
    rules.write_text(text, "utf-8")
    for options in ((), ("--check",), ("--to", "en")):
        ended = run("fmt", *options, rules)
        assert ended.code == 65
        assert "TD917" in ended.err
        assert "a)#khi họp: 1 điểm" in ended.err
    assert rules.read_text("utf-8") == text


def test_a_name_that_is_a_keyword_of_the_other_dialect_is_not_translated(run: Run, rules: Path) -> None:
    given = 'Bộ tiêu chí "Ví dụ"\nThang điểm a "A": 10 điểm\n  Criteria = 5\n  Chỉ số 1 "Một": 10 điểm\n'
    ended = run("fmt", "--to", "en", "-", given=given)
    assert ended.code == 65
    assert "TD917" in ended.err
    assert "Criteria = 5" in ended.err
    assert ended.out == ""
