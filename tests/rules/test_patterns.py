"""Every way of scoring that the texts were seen to use, in one file: it checks, prints back, translates and runs."""

from pathlib import Path

import pytest

from thangdiem.dsl import check_text, print_file
from thangdiem.engine.examples import run_examples

TEXT = Path(__file__).with_name("patterns.rubric").read_text(encoding="utf-8")


def test_the_patterns_check_without_errors() -> None:
    assert not check_text(TEXT).has_errors


def test_the_patterns_print_back_unchanged() -> None:
    syntax = check_text(TEXT).syntax
    assert syntax is not None
    assert print_file(syntax) == TEXT


def test_the_patterns_come_back_from_english_byte_for_byte() -> None:
    syntax = check_text(TEXT).syntax
    assert syntax is not None
    english = check_text(print_file(syntax, "en"))
    assert english.syntax is not None
    assert not english.has_errors
    assert print_file(english.syntax, "vi") == TEXT


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_example_of_the_patterns_comes_out_as_stated(language: str) -> None:
    syntax = check_text(TEXT).syntax
    assert syntax is not None
    book = check_text(print_file(syntax, language)).book
    assert book is not None
    reports = run_examples(book)
    assert len(reports) == 1
    assert all(report.passed for report in reports)
